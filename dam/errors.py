"""The errors of the archive: what kind of thing went wrong, never how HTTP says so.

The first line of each message is the sentence that a person reads. It says what was wrong and
what to do, and holds no path, no stack and no text of a foreign exception.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class DamError(Exception):
    """Something went wrong that a person can be told about in one sentence."""


class Malformed(DamError):
    """What was sent breaks the grammar of what was asked for."""


class NotFound(DamError):
    """There is nothing of that name here."""


class Forbidden(DamError):
    """It exists, and this audience may not have it."""


class Gone(DamError):
    """It was here and has been withdrawn."""


class Conflict(DamError):
    """Somebody else was first; what is stored is kept as it is."""


class TooLarge(DamError):
    """It is more than a limit of this archive allows."""


class Unsupported(DamError):
    """It is well-formed, and this archive does not do it."""


class Unavailable(DamError):
    """It can be done, and cannot be done now."""


@contextmanager
def translate(foreign: Mapping[type[Exception], DamError]) -> Iterator[None]:
    """Turn the exceptions of a library into ours where they enter.

    The foreign exception stays as ``__cause__`` for the log and never reaches a person.
    """
    try:
        yield
    except tuple(foreign) as error:
        for kind, ours in foreign.items():
            if isinstance(error, kind):
                raise ours from error
        raise
