"""One confined process as its parent holds it: lines go in, lines come out, or it dies."""

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_MODULE = "dam.imaging.confined"
_MOST_ANSWER_BYTES = 64 * 1024 * 1024
_PIECE_BYTES = 1 << 16
_MOST_WORDS = 4000
_A_MOMENT_SECONDS = 10.0
_OF_MEMORY = ("alloc", "memory")


class Died(Exception):
    """The process is gone: its exit code, and the end of what it wrote to its errors."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = words

    @property
    def for_want_of_memory(self) -> bool:
        """Whether its last words, or the way it was killed, speak of memory.

        A system that runs short kills with a signal that nobody can catch.
        """
        lowered = self.words.lower()
        return self.code == -signal.SIGKILL or any(word in lowered for word in _OF_MEMORY)


class Silent(Exception):
    """It did not answer in time, or answers without end."""


class Child:
    """A confined process; ``done`` counts the tasks that it has answered."""

    def __init__(self, scratch: Path, memory_bytes: int) -> None:
        """Start it, as a new interpreter with an empty environment and three open files.

        Raises:
            OSError: it cannot be started.
        """
        self.done = 0
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed in end()
        arguments = [sys.executable, "-I", "-X", "utf8", "-m", _MODULE, str(scratch)]
        try:
            self._process = subprocess.Popen(  # noqa: S603  # our own module
                [*arguments, str(memory_bytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env={},
                cwd="/",
                start_new_session=True,
            )
        except BaseException:
            self._errors.close()
            raise

    @property
    def process_id(self) -> int:
        """Its number in the system."""
        return self._process.pid

    def ask(self, request: bytes, seconds: float) -> bytes:
        """Return the line that answers *request*, which is one line without its end.

        Raises:
            Died: it ended before it answered.
            Silent: it did not answer within *seconds*.
        """
        deadline = time.monotonic() + seconds
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise Silent
        try:
            requests.write(request + b"\n")
            requests.flush()
        except BrokenPipeError:
            raise self._death() from None
        line = bytearray()
        while not line.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or len(line) > _MOST_ANSWER_BYTES:
                raise Silent
            if not select.select([answers], [], [], left)[0]:
                continue
            piece = os.read(answers.fileno(), _PIECE_BYTES)
            if not piece:
                raise self._death()
            line += piece
        self.done += 1
        return bytes(line)

    def _death(self) -> Died:
        try:
            code = self._process.wait(_A_MOMENT_SECONDS)
        except subprocess.TimeoutExpired:  # it closed its output and lives on
            self._process.kill()
            code = self._process.wait()
        end = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, end - _MOST_WORDS))
        return Died(code, self._errors.read().decode("utf-8", "replace").strip())

    def end(self) -> None:
        """End it, whatever it does; it holds nothing that could be lost."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
        self._process.kill()
        self._process.wait()
        self._errors.close()
