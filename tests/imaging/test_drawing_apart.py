"""Large pictures are drawn in a process of their own: the same pictures, and nothing hangs."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from made_pictures import coordinates, pack_of, plan

from dam.iiif.image_request import Format
from dam.imaging.drawing_apart import DrawingApart, NotDrawn
from dam.imaging.drawing_orders import Order
from dam.imaging.encoding import TooLargeForFormat
from dam.imaging.packs import DamagedPack
from dam.imaging.render import render, tile_names

WIDTH, HEIGHT = 1501, 1103
WHOLE = (0, 0, WIDTH, HEIGHT)


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return pack_of(coordinates(WIDTH, HEIGHT), tmp_path_factory.mktemp("pack"))


@pytest.fixture
def tiles(pack, tmp_path):
    """The tiles of the pack in one open file, and where they lie."""
    places = {}
    with (tmp_path / "tiles").open("w+b") as file:
        for name in pack.pyramid.tile_names():
            content = pack.read(name)
            places[name] = (file.tell(), len(content))
            file.write(content)
        file.flush()
        yield file, places


@pytest.fixture
def apart():
    processes = DrawingApart()
    yield processes
    processes.end()


def order(pack, places, asked):
    wanted = {name: places[name] for name in tile_names(asked, pack.pyramid)}
    return Order(asked, pack.pyramid, pack.grayscale, 85, wanted)


@pytest.mark.parametrize(
    ("region", "size"),
    [(WHOLE, (1501, 1103)), (WHOLE, (333, 245)), ((700, 500, 400, 300), (400, 300))],
)
def test_picture_is_the_one_that_is_drawn_here(pack, tiles, apart, region, size):
    file, places = tiles
    asked = plan(region, size)
    drawn = apart.draw(order(pack, places, asked), file.fileno())
    assert drawn == render(asked, pack, jpeg_quality=85)


def test_process_is_kept_and_as_many_are_there_as_draw_at_once(pack, tiles, apart):
    file, places = tiles
    one = order(pack, places, plan(WHOLE, (500, 367)))
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(apart.draw(one, file.fileno())))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 3 and len(set(found)) == 1
    kept = set(apart.process_ids)
    assert 1 <= len(kept) <= 3
    apart.draw(one, file.fileno())
    assert set(apart.process_ids) == kept


def test_process_that_is_killed_costs_one_answer_and_the_next_is_drawn(pack, tiles, apart):
    file, places = tiles
    one = order(pack, places, plan(WHOLE, (500, 367)))
    before = apart.draw(one, file.fileno())
    [killed] = apart.process_ids
    os.kill(killed, signal.SIGKILL)
    with pytest.raises(NotDrawn):
        apart.draw(one, file.fileno())
    assert apart.draw(one, file.fileno()) == before
    assert killed not in apart.process_ids


def test_damaged_tile_is_said_and_the_process_goes_on(pack, tiles, apart):
    file, places = tiles
    whole = order(pack, places, plan(WHOLE, (1501, 1103)))
    broken = dict(whole.tiles)
    offset, length = broken[next(iter(broken))]
    broken[next(iter(broken))] = (offset + 7, length - 7)
    wrong = Order(whole.plan, whole.pyramid, whole.grayscale, 85, broken)
    with pytest.raises(DamagedPack):
        apart.draw(wrong, file.fileno())
    past = Order(whole.plan, whole.pyramid, whole.grayscale, 85, dict.fromkeys(broken, (10**9, 10)))
    with pytest.raises(DamagedPack):
        apart.draw(past, file.fileno())
    [kept] = apart.process_ids
    apart.draw(whole, file.fileno())
    assert apart.process_ids == (kept,)


def test_what_a_format_cannot_hold_is_refused_before_a_process_is_asked(pack, tiles, apart):
    file, places = tiles
    too_wide = plan((0, 0, 100, 1), (17_000, 170), format=Format.WEBP)
    with pytest.raises(TooLargeForFormat):
        apart.draw(order(pack, places, too_wide), file.fileno())
    assert apart.process_ids == ()


def test_process_ends_with_the_one_that_started_it():
    """Also when that one is killed and can end nothing itself."""
    starter = (
        "import sys, os\n"
        "from dam.imaging.drawing_apart import DrawingApart, _Process\n"
        "process = _Process()\n"
        "print(process.process_id, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", starter], capture_output=True, text=True, check=False, timeout=60
    )
    number = int(done.stdout)
    for _ in range(600):
        if not _lives(number):
            break
        threading.Event().wait(0.1)
    assert not _lives(number)


def _lives(number: int) -> bool:
    try:
        status = Path(f"/proc/{number}/stat").read_text()
        return status.rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
