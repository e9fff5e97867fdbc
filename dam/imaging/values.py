"""Values of this room as JSON and back, by the types that their functions declare.

What comes from a process that opened a hostile file is only believed when it has the very type
that was promised; nothing is ever executed, as unpickling would.
"""

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class WrongValue(Exception):
    """The value is not of the type that was promised; never leaves this package."""


def plain(value: Any) -> Any:  # noqa: ANN401
    """Return *value* as JSON has it: a dataclass is an object, a tuple a list, a path text."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def read(kind: Any, found: object) -> Any:  # noqa: ANN401
    """Return *found*, which came as JSON, as a value of the type *kind*.

    Raises:
        WrongValue: it is something else.
    """
    origin = typing.get_origin(kind)
    if origin is types.UnionType or origin is typing.Union:
        return _read_either(kind, found)
    if origin is tuple:
        return _read_tuple(typing.get_args(kind), found)
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_dataclass(kind, found)
    if isinstance(kind, type) and issubclass(kind, (StrEnum, Path)) and isinstance(found, str):
        try:
            return kind(found)
        except ValueError as error:
            raise WrongValue from error
    if type(found) is kind and not (
        isinstance(found, int) and found < 0
    ):  # no number here is negative
        return found
    if kind is float and type(found) is int:
        return float(found)
    raise WrongValue


def arguments(task: Callable[..., Any], given: object) -> dict[str, Any]:
    """Return the keyword arguments of *task* that *given*, an object of JSON, holds.

    Raises:
        WrongValue: one is unknown or of another type.
    """
    if not isinstance(given, Mapping):
        raise WrongValue
    kinds = typing.get_type_hints(task)
    if not set(given) <= set(kinds) - {"return"}:
        raise WrongValue
    return {name: read(kinds[name], each) for name, each in given.items()}


def bound(task: Callable[..., Any], *args: object, **kwargs: object) -> dict[str, Any]:
    """Return what *task* is called with, each argument by its name, as JSON has it."""
    call = inspect.signature(task).bind(*args, **kwargs)
    return {name: plain(each) for name, each in call.arguments.items()}


def answer(task: Callable[..., Any], found: object) -> Any:  # noqa: ANN401
    """Return what *task* answered.

    Raises:
        WrongValue: it is not of the type that *task* declares.
    """
    return read(typing.get_type_hints(task)["return"], found)


def _read_either(kind: object, found: object) -> object:
    for each in typing.get_args(kind):
        if each is type(None):
            if found is None:
                return None
            continue
        try:
            return read(each, found)
        except WrongValue:
            continue
    raise WrongValue


def _read_tuple(kinds: tuple[Any, ...], found: object) -> tuple[Any, ...]:
    if not isinstance(found, list):
        raise WrongValue
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(read(kinds[0], each) for each in found)
    if len(kinds) != len(found):
        raise WrongValue
    return tuple(read(kind, each) for kind, each in zip(kinds, found, strict=True))


def _read_dataclass(kind: type, found: object) -> object:
    hints = typing.get_type_hints(kind)
    names = {field.name for field in fields(kind)}
    if not isinstance(found, Mapping) or set(found) != names:
        raise WrongValue
    try:
        return kind(**{name: read(hints[name], found[name]) for name in names})
    except ValueError as error:  # what the value itself refuses to be
        raise WrongValue from error
