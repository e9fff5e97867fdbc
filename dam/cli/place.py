"""The archive that a command works on, and the person who runs it."""

import getpass
import os

from dam import wiring
from dam.workflows.archive import Archive


def open_archive() -> Archive:
    """Return the archive that the environment names.

    Raises:
        BadSetting: a setting is unknown or unusable.
        NotInitialised: there is no archive there, or one of another version.
    """
    return wiring.build_archive(wiring.open_place())


def operator() -> str:
    """Return the name under which the system knows who runs this command."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run as a number that has no name
        return f"uid {os.getuid()}"
