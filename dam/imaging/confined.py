"""The process that decodes uploads: ``python -I -m dam.imaging.confined SCRATCH BYTES``.

It reads one task a line from its input and writes one answer a line to its output, both JSON, and
ends when its input closes. It is started by :mod:`dam.imaging.decoding` and by nobody else.
"""

import json
import os
import select
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from dam.imaging.confinement import confine

_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


def main(arguments: list[str]) -> int:
    """Do tasks until the input closes."""
    scratch, memory_bytes = Path(arguments[0]), int(arguments[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    # Libraries may write to the standard output; the answers go where they cannot.
    answers = os.fdopen(os.dup(_OUTPUT), "wb")
    os.dup2(_ERRORS, _OUTPUT)
    confine(scratch, memory_bytes)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    tasks = _tasks()
    with os.fdopen(os.dup(_INPUT), "rb") as requests:
        for line in requests:
            _write(answers, _answer(tasks, json.loads(line)))
    return 0


def _tasks() -> Mapping[str, Callable[..., Any]]:
    # Here and not above: what they import starts threads, which the confinement must precede.
    from dam.imaging.decoding import TASKS  # noqa: PLC0415

    return TASKS


def _answer(tasks: Mapping[str, Callable[..., Any]], request: dict[str, Any]) -> dict[str, Any]:
    from dam.errors import DamError  # noqa: PLC0415
    from dam.imaging import values  # noqa: PLC0415

    os.putenv("TMPDIR", request["temporary"])  # libvips asks the C library, not os.environ
    task = tasks[request["task"]]
    try:
        made = task(**values.arguments(task, request["arguments"]))
        return {"made": values.plain(made)}
    except DamError as error:
        if _is_of_memory(error):
            return {"fault": "memory"}
        return {
            "refused": type(error).__name__,
            "sentence": str(error),
            "facts": {name: values.plain(fact) for name, fact in vars(error).items()},
        }
    except Exception as error:  # noqa: BLE001  # whatever a hostile file makes a decoder raise
        traceback.print_exc()
        return {"fault": "memory" if _is_of_memory(error) else "crash"}


def _is_of_memory(error: BaseException | None) -> bool:
    """Say whether *error*, or what caused it, is about memory; each decoder has its words."""
    while error is not None:
        if isinstance(error, MemoryError) or "memory" in str(error).lower():
            return True
        error = error.__cause__
    return False


def _write(answers: BinaryIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode("ascii") + b"\n")
    answers.flush()


def _end_with_parent() -> None:
    """End at once, even within a task, when the parent is gone: it holds the other end."""
    waiting = select.poll()
    waiting.register(_INPUT, 0)  # a hang-up is told without being asked for
    while not any(event & select.POLLHUP for _, event in waiting.poll()):
        pass
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
