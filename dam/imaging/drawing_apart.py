"""Draws in processes of their own, so that a web worker's other threads are never held up."""

import os
import pickle
import socket
import struct
import subprocess
import sys
from threading import Lock

from dam.errors import Unavailable
from dam.imaging.drawing_orders import ANSWER, ORDER, Order, Outcome
from dam.imaging.packs import DamagedPack
from dam.imaging.render import require_drawable

_MODULE = "dam.imaging.drawing_process"
_LESS_URGENT, _LEAST_URGENT = 10, 19
_LONGEST_SECONDS = 120  # of one picture; what may be ordered at all takes a tenth of it


class NotDrawn(Unavailable):
    """The process that drew this picture ended before it was done; ask again."""

    def __init__(self) -> None:
        super().__init__("This picture could not be drawn at the moment; ask again in a moment.")


class DrawingApart:
    """Processes that draw: started when there is work, one for each picture at a time, kept.

    How many there are is decided by those who order: there are as many as were drawing at once.
    """

    def __init__(self) -> None:
        self._idle: list[_Process] = []
        self._lock = Lock()

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The numbers, in the system, of the processes that wait for work."""
        with self._lock:
            return tuple(process.process_id for process in self._idle)

    def draw(self, order: Order, descriptor: int) -> bytes:
        """Return the picture of *order*, whose tiles are read from the open file *descriptor*.

        Raises:
            TooLargeForFormat: the format cannot hold that many pixels.
            DamagedPack: a tile cannot be read or decoded.
            NotDrawn: the process died, or had no memory for it, or takes too long.
        """
        require_drawable(order.plan)
        process = self._process()
        try:
            outcome, body = process.draw(order, descriptor)
        except BaseException as error:
            process.end()
            if isinstance(error, (OSError, EOFError)):
                raise NotDrawn from error
            raise
        with self._lock:
            self._idle.append(process)
        if outcome is Outcome.DAMAGED:
            raise DamagedPack("holds a tile that cannot be decoded")
        if outcome is not Outcome.DRAWN:
            raise NotDrawn
        return body

    def _process(self) -> "_Process":
        with self._lock:
            if self._idle:
                return self._idle.pop()
        try:
            return _Process()
        except OSError as error:
            raise NotDrawn from error

    def end(self) -> None:
        """End the processes that have nothing to do; there is nothing of them to be lost."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()


def _priority() -> int:
    return min(os.getpriority(os.PRIO_PROCESS, 0) + _LESS_URGENT, _LEAST_URGENT)


class _Process:
    """One process that draws, as a new interpreter that shares nothing but a socket."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        # No timeout of Python's own: it would make the socket one that never waits for all bytes.
        limit = struct.pack("ll", _LONGEST_SECONDS, 0)
        self._ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        try:
            with theirs:
                number = theirs.fileno()
                self._process = subprocess.Popen(  # noqa: S603  # our own module
                    [sys.executable, "-I", "-X", "utf8", "-m", _MODULE, str(number)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=(number,),
                    env={},
                    cwd="/",
                    start_new_session=True,
                )
                # Not by itself: it would begin its work, which is to start, beside the tiles.
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _priority())
        except BaseException:
            self._ours.close()
            raise

    @property
    def process_id(self) -> int:
        """Its number in the system."""
        return self._process.pid

    def draw(self, order: Order, descriptor: int) -> tuple[Outcome, bytes]:
        """Return what became of *order*, and the picture if it was drawn.

        Raises:
            OSError, EOFError: it is gone, or does not answer in time.
        """
        words = pickle.dumps(order)
        socket.send_fds(self._ours, [ORDER.pack(len(words))], [descriptor])
        self._ours.sendall(words)
        outcome, length = ANSWER.unpack(self._received(ANSWER.size))
        return Outcome(outcome), self._received(length)

    def _received(self, length: int) -> bytes:
        # One call, which lets other threads run while it waits and copies.
        received = self._ours.recv(length, socket.MSG_WAITALL) if length else b""
        if len(received) != length:
            raise EOFError
        return received

    def end(self) -> None:
        """End it, whatever it does."""
        self._ours.close()
        self._process.kill()
        self._process.wait()
