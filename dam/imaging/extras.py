"""The decoders that an operator may install: what for, and under which name."""

import importlib
from types import ModuleType

from dam.imaging.refusals import MissingDecoder
from dam.imaging.signatures import WORDS, MasterFormat

EXTRAS = {
    MasterFormat.HEIC: "heic",
    MasterFormat.CAMERA_RAW: "raw",
    MasterFormat.JPEG_XL: "jp2",
    MasterFormat.JPEG2000: "jp2",
}


def library(module: str, format_: MasterFormat) -> ModuleType:
    """Return the *module* that decodes *format_*.

    Raises:
        MissingDecoder: the extra that brings it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingDecoder(WORDS[format_], EXTRAS[format_]) from error


def is_installed(module: str) -> bool:
    """Say whether *module* can be used here."""
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True
