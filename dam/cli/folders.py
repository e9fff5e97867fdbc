"""The files that a person means by the paths that were given, in the order that people count in."""

import os
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

_SILENT = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file, its name in the batch (relative, with ``/``), and whether a folder was given."""

    path: Path
    name: str
    in_folder: bool


def natural(name: str) -> tuple[tuple[str | int, ...], str]:
    """Return the key that sorts ``frame2`` before ``frame10``."""
    parts = re.split("([0-9]+)", name.casefold())
    return tuple(int(part) if part.isdecimal() else part for part in parts), name


def find_files(paths: Sequence[Path], leave_out: Collection[Path] = ()) -> tuple[FoundFile, ...]:
    """Return the files of *paths*, those of a folder in natural order, each once.

    Hidden files and what file managers leave behind are passed over; *leave_out* too, where it
    lies within a folder. Of folders that link to each other each is walked once. Where two folders
    hold the same name, names begin with that of their folder.
    """
    unwanted = {path.resolve() for path in leave_out}
    found: dict[Path, FoundFile] = {}
    for path in paths:
        for file in _of_path(path):
            if not (file.in_folder and file.path.resolve() in unwanted):
                found.setdefault(file.path.absolute(), file)
    return _with_distinct_names(paths, tuple(found.values()))


def _of_path(path: Path) -> Iterator[FoundFile]:
    if not path.is_dir():
        yield FoundFile(path, _text(path.name), in_folder=False)
        return
    for file in _walk(path, set()):
        yield FoundFile(file, _text(file.relative_to(path).as_posix()), in_folder=True)


def _walk(folder: Path, walked: set[tuple[int, int]]) -> Iterator[Path]:
    """Yield the files below *folder*; a folder that cannot be listed stands for itself."""
    try:
        about = folder.stat()
        names = sorted((path.name for path in folder.iterdir()), key=natural)
    except OSError:
        yield folder
        return
    if (about.st_dev, about.st_ino) in walked:
        return
    walked.add((about.st_dev, about.st_ino))
    for name in names:
        if name.startswith(".") or name.casefold() in _SILENT:
            continue
        path = folder / name
        if path.is_dir():
            yield from _walk(path, walked)
        else:
            yield path


def _with_distinct_names(
    paths: Sequence[Path], files: tuple[FoundFile, ...]
) -> tuple[FoundFile, ...]:
    if max(Counter(file.name for file in files).values(), default=0) <= 1:
        return files
    folders = [path.absolute() for path in paths if path.is_dir()]
    longer = [
        replace(file, name=_text(f"{_parent(file, folders).name}/{file.name}")) for file in files
    ]
    if max(Counter(file.name for file in longer).values()) <= 1:
        return tuple(longer)
    return tuple(
        replace(file, name=_text(file.path.absolute().as_posix().lstrip("/"))) for file in files
    )


def _parent(file: FoundFile, folders: Sequence[Path]) -> Path:
    path = file.path.absolute()
    if file.in_folder:
        return next(folder for folder in folders if path.is_relative_to(folder))
    return path.parent


def _text(name: str) -> str:
    """Return a name as text; bytes that are no UTF-8 cannot be written into a database."""
    return os.fsencode(name).decode("utf-8", "replace")
