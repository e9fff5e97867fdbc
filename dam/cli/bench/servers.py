"""This service as it is measured, and the floor below it: the same server with nothing to do."""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import dam
from dam.cli.bench.processes import (
    HOST,
    Server,
    answers,
    free_port,
    running,
    wait_for,
    with_environment,
)
from dam.config import SETTINGS

_OF_THE_CACHE = re.compile(r"derivative\w*_bytes")


@contextmanager
def serving_archive(
    home: Path,
    directory: Path,
    processor: int | None,
    *,
    name: str = "dam",
    told: Mapping[str, object] | None = None,
) -> Iterator[Server]:
    """Start this service over the archive in *home*, as ``dam serve --workers 1`` does.

    What is measured is all of it: the worker, the process that watches it, that of the jobs. *told*
    are variables of settings that are not the usual ones.
    """
    port = free_port()
    settings = {"DAM_HOME": home, **(told or {})}
    command = [
        *_our_python(**settings),
        *("-m", "dam.cli", "serve", "--workers", "1", "--host", HOST, "--port", str(port)),
    ]
    with running(f"serve-{port}", command, directory, processor) as process:
        wait_for(lambda: answers(port), process, "The service")
        yield Server(name, port, (process.pid,))


def without_cache() -> dict[str, object]:
    """Return the variables that turn the cache of drawn pictures off, where there is one."""
    return {
        setting.variable: 0
        for setting in SETTINGS
        if _OF_THE_CACHE.fullmatch(setting.field)
    }  # fmt: skip


@contextmanager
def serving_floor(
    headers: Sequence[tuple[str, str]], length: int, directory: Path, processor: int | None
) -> Iterator[Server]:
    """Start the same server with the same options over an application that answers a constant.

    It sends *headers* and *length* bytes to everybody: what it costs, no Python service on this
    server can save.
    """
    port = free_port()
    told = json.dumps({"port": port, "length": length, "headers": list(headers)})
    command = [*_our_python(), "-m", "dam.cli.bench.floor", told]
    with running(f"floor-{port}", command, directory, processor) as process:
        wait_for(lambda: answers(port), process, "The floor")
        yield Server("floor", port, (process.pid,))


def _our_python(**variables: object) -> list[str]:
    path = Path(dam.__file__).parents[1]
    return [*with_environment(**variables, PYTHONPATH=path), sys.executable]
