"""The process that draws large pictures: ``python -I -m dam.imaging.drawing_process SOCKET``.

Pillow holds the interpreter while it makes, copies and frees a picture of 200 megabytes, which
takes a tenth of a second and more; in a web worker every tile would wait for that. So here is an
interpreter of its own, of low priority. It is started by :mod:`dam.imaging.drawing_apart` and by
nobody else, draws one order after the other, and ends when the other end of its socket closes.
"""

import os
import pickle
import select
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dam.iiif.tiles import Pyramid
from dam.imaging.drawing_orders import ANSWER, ORDER, Order, Outcome
from dam.imaging.packs import DamagedPack
from dam.imaging.render import render
from dam.imaging.runtime import give_memory_back, start_libvips

_FIRST_TO_GO = b"1000"


@dataclass(frozen=True, slots=True)
class _Tiles:
    """The tiles of an order, read from the open pack."""

    pyramid: Pyramid
    grayscale: bool
    places: Mapping[str, tuple[int, int]]
    descriptor: int

    def read(self, name: str) -> bytes:
        """Return the bytes of a tile; raises ``DamagedPack`` where the file ends before."""
        offset, length = self.places[name]
        content = os.pread(self.descriptor, length, offset)
        if len(content) != length:
            raise DamagedPack("ends before its last tile")
        return content


def main(arguments: list[str]) -> int:
    """Draw what is ordered until the socket closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    with suppress(OSError):  # when memory runs out, rather this process than a web worker
        Path("/proc/self/oom_score_adj").write_bytes(_FIRST_TO_GO)
    give_memory_back()
    start_libvips(concurrency=1)
    connection = socket.socket(fileno=int(arguments[0]))
    watch = threading.Thread(target=_end_with, args=(connection,), name="parent", daemon=True)
    watch.start()
    while (received := _received(connection)) is not None:
        outcome, body = _drawn(*received)
        connection.sendall(ANSWER.pack(outcome, len(body)))
        connection.sendall(body)
    return 0


def _received(connection: socket.socket) -> tuple[Order, int] | None:
    """Return the next order and the open pack it is drawn from, or None at the end."""
    head, descriptors, *_ = socket.recv_fds(connection, ORDER.size, 1)
    if len(head) < ORDER.size or not descriptors:
        return None
    (length,) = ORDER.unpack(head)
    words = connection.recv(length, socket.MSG_WAITALL)
    # It comes from the process that started this one, over a socket that has no name.
    return pickle.loads(words), descriptors[0]  # noqa: S301


def _drawn(order: Order, descriptor: int) -> tuple[Outcome, bytes]:
    tiles = _Tiles(order.pyramid, order.grayscale, order.tiles, descriptor)
    try:
        return Outcome.DRAWN, render(order.plan, tiles, jpeg_quality=order.jpeg_quality)
    except DamagedPack:
        return Outcome.DAMAGED, b""
    except MemoryError:
        return Outcome.NO_MEMORY, b""
    except Exception:  # noqa: BLE001  # whatever it is, the next order is another picture
        traceback.print_exc()
        return Outcome.FAULT, b""
    finally:
        os.close(descriptor)


def _end_with(connection: socket.socket) -> None:
    """End at once, even while drawing, when the parent is gone: it holds the other end."""
    waiting = select.poll()
    waiting.register(connection, 0)  # a hang-up is told without being asked for
    while not any(event & select.POLLHUP for _, event in waiting.poll()):
        pass
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
