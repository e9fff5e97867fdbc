"""Opens what strangers sent, in a process of its own that may fall.

A task is a function of this room; it runs in a confined process that is started at the first use,
does many tasks one after the other, and is replaced when it dies. What comes back is a value.
"""

import json
import logging
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from dam.errors import DamError, Malformed, TooLarge, Unavailable
from dam.imaging import packs, probe, refusals, runtime, values
from dam.imaging.child import Child, Died, Silent

LOG = logging.getLogger("dam.decoding")
Parameters = ParamSpec("Parameters")
Made = TypeVar("Made")

TASKS: Mapping[str, Callable[..., Any]] = {
    "probe": probe.probe,
    "make_pack": packs.make_pack,
}
_QUICK = {"probe"}  # they read headers, and people wait for them
_QUICK_SHARE = 10
_MOST_TASKS = 200


class OutOfMemory(TooLarge):
    """Decoding the file takes more memory than the archive allows."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(
            f"The file made its decoder run out of memory ({limit_bytes / 1e6:,.0f} MB are"
            " allowed); it was kept aside, and the operator can raise DAM_DECODER_MEMORY_BYTES."
        )


class OutOfTime(TooLarge):
    """Decoding the file takes more time than the archive allows."""

    def __init__(self, limit_seconds: float) -> None:
        super().__init__(
            f"The file kept its decoder busy for more than {limit_seconds:,.0f} seconds; it was"
            " kept aside, and the operator can raise DAM_DECODER_SECONDS."
        )


class DecoderFell(Malformed):
    """The process that decoded the file crashed, twice."""

    def __init__(self) -> None:
        super().__init__(
            "The file made its decoder crash; it was kept aside. Export it anew, for instance as"
            " TIFF, and send that."
        )


class NoDecoder(Unavailable):
    """The process that decodes cannot be started; the log says why."""

    def __init__(self) -> None:
        super().__init__("The decoder of pictures could not be started; try again later.")


@dataclass(frozen=True, slots=True)
class DecoderLimits:
    """What one task may take: memory, and time by the clock (a tenth of it for headers)."""

    memory_bytes: int = 4_000_000_000
    seconds: float = 1800


class Decoding:
    """Runs tasks in a confined process; safe to be used by several threads, one after the other."""

    def __init__(self, scratch: Path, limits: DecoderLimits) -> None:
        """*scratch* is the one directory below which tasks may write."""
        self._scratch = scratch
        self._limits = limits
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._closing: weakref.finalize[[Child], Decoding] | None = None

    def run(
        self,
        task: Callable[Parameters, Made],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Made:
        """Return what *task*, one of ``TASKS``, answers, or raise what it raises.

        Raises:
            OutOfMemory, OutOfTime, DecoderFell: the file was too much for its decoder.
            NoDecoder: the process cannot be started.
        """
        name = task.__name__
        call = values.bound(task, *args, **kwargs)
        seconds = self._limits.seconds / (_QUICK_SHARE if name in _QUICK else 1)
        with self._lock, tempfile.TemporaryDirectory(dir=self._scratch, prefix=".") as temporary:
            request = {"task": name, "temporary": temporary, "arguments": call}
            answer = self._ask(json.dumps(request).encode("ascii"), seconds)
        if "made" not in answer:
            raise self._error(answer)
        try:
            made: Made = values.answer(task, answer["made"])
        except values.WrongValue as error:
            raise DecoderFell from error
        return made

    @property
    def process_id(self) -> int | None:
        """The process that is there now, if there is one."""
        return self._child.process_id if self._child else None

    def close(self) -> None:
        """End the process; the next task starts another."""
        with self._lock:
            self._end()

    def _ask(self, request: bytes, seconds: float) -> dict[str, Any]:
        """Ask the process that is there, and a new one where an older one dies of the task.

        An older one may die of an earlier file, or of a person's doing; the death of a new one is
        laid to the file.
        """
        deadline = time.monotonic() + seconds
        while True:
            child = self._ready()
            fresh = child.done == 0
            try:
                return self._checked(child.ask(request, deadline - time.monotonic()))
            except Silent as error:
                self._end()
                raise OutOfTime(seconds) from error
            except Died as death:
                self._end()
                LOG.warning("the decoder ended with %s: %s", death.code, death.words)
                if fresh:
                    return {"fault": "memory" if death.for_want_of_memory else "crash"}

    def _ready(self) -> Child:
        if self._child is not None and self._child.done >= _MOST_TASKS:
            self._end()
        if self._child is None:
            try:
                self._child = Child(self._scratch, self._limits.memory_bytes)
            except OSError as error:
                raise NoDecoder from error
            self._closing = weakref.finalize(self, Child.end, self._child)
        return self._child

    def _end(self) -> None:
        if self._closing is not None:
            self._closing()
        self._child = self._closing = None

    def _checked(self, line: bytes) -> dict[str, Any]:
        """Return the answer; whatever is no JSON object counts as a crash."""
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if isinstance(answer, dict):
            return answer
        self._end()
        return {"fault": "crash"}

    def _error(self, answer: Mapping[str, Any]) -> DamError:
        if answer.get("fault") == "memory":
            return OutOfMemory(self._limits.memory_bytes)
        kind = _REFUSALS.get(str(answer.get("refused")))
        facts = answer.get("facts")
        if kind is None or not isinstance(facts, dict):
            return DecoderFell()
        error = kind.__new__(kind)
        error.args = (str(answer.get("sentence")),)
        vars(error).update(facts)
        return error


def _refusals() -> Mapping[str, type[DamError]]:
    return {
        name: each
        for module in (refusals, packs, runtime)
        for name, each in vars(module).items()
        if isinstance(each, type) and issubclass(each, DamError)
    }


_REFUSALS = _refusals()
