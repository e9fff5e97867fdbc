"""Uploads are decoded in a process that may fall: what it may not do, and what its fall says."""

import os
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from made_pictures import coordinates, corners, png_that_declares, save

from dam.errors import Unavailable
from dam.iiif.geometry import Extent
from dam.imaging import values
from dam.imaging.child import Child, Died
from dam.imaging.decoding import DecoderFell, DecoderLimits, Decoding, OutOfMemory, OutOfTime
from dam.imaging.packs import make_pack
from dam.imaging.probe import MasterLimits, probe
from dam.imaging.refusals import DamagedMaster, MasterTooLarge, NotAPicture

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux has these limits")
LITTLE = 400_000_000  # enough for the libraries and a small picture


@pytest.fixture
def scratch(tmp_path):
    directory = tmp_path / "scratch"
    directory.mkdir()
    return directory


@pytest.fixture
def start(scratch):
    """A maker of confined decoders that are ended with the test."""
    started = []

    def make(**limits: float) -> Decoding:
        started.append(Decoding(scratch, DecoderLimits(**limits)))
        return started[-1]

    yield make
    for each in started:
        each.close()


def test_it_answers_what_the_task_itself_answers(start, scratch, tmp_path):
    decoding = start()
    master = save(coordinates(700, 500), tmp_path / "a.png")
    here = probe(master, name="a.jpg")
    there = decoding.run(probe, master, name="a.jpg")
    assert there == here and there.notes
    made = decoding.run(make_pack, master, there, scratch / "there.zip", long_side=None)
    bare = make_pack(master, here, tmp_path / "here.zip", long_side=None)
    # libvips writes tiles in the order in which its threads finish.
    assert {(one.name, one.length) for one in made.members} == {
        (one.name, one.length) for one in bare.members
    }
    assert replace(made, members=()) == replace(bare, members=())
    assert sorted(scratch.iterdir()) == [scratch / "there.zip"]


REFUSED = [
    (b"Only words.", NotAPicture),
    (b"\x89PNG\r\n\x1a\n" + bytes(40), DamagedMaster),
    (png_that_declares(90_000, 90_000), MasterTooLarge),
]


@pytest.mark.parametrize(("content", "kind"), REFUSED, ids=[row[1].__name__ for row in REFUSED])
def test_it_refuses_what_the_task_itself_refuses(start, tmp_path, content, kind):
    path = tmp_path / "a.png"
    path.write_bytes(content)
    with pytest.raises(kind) as here:
        probe(path)
    with pytest.raises(kind) as there:
        start().run(probe, path)
    assert str(there.value) == str(here.value) and vars(there.value) == vars(here.value)


def test_one_process_does_many_files(start, tmp_path):
    decoding = start()
    master = save(corners(), tmp_path / "a.png")
    assert decoding.process_id is None, "it starts when there is something to do"
    decoding.run(probe, master)
    first = decoding.process_id
    for _ in range(3):
        decoding.run(probe, master)
    assert decoding.process_id == first
    status = alive(first)
    decoding.close()
    assert status and not alive(first)


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_process_is_replaced_and_its_file_goes_in(start, tmp_path):
    decoding = start()
    master = save(corners(), tmp_path / "a.png")
    decoding.run(probe, master)
    os.kill(decoding.process_id, signal.SIGKILL)
    assert decoding.run(probe, master).extent == Extent(64, 48)


def test_a_decompression_bomb_runs_into_the_limit_of_memory_and_the_next_file_goes_in(
    start, scratch, tmp_path
):
    """An interlaced PNG is held in memory whole: 300 megapixels in a file of a few hundred kB."""
    decoding = start(memory_bytes=LITTLE)
    bomb = interlaced_png(20_000, 15_000)
    path = tmp_path / "bomb.png"
    path.write_bytes(bomb)
    facts = decoding.run(probe, path)
    with pytest.raises(OutOfMemory, match=r"run out of memory \(400 MB are allowed\)"):
        decoding.run(make_pack, path, facts, scratch / "bomb.zip", long_side=None)
    good = save(corners(), tmp_path / "good.png")
    facts = decoding.run(probe, good)
    decoding.run(make_pack, good, facts, scratch / "good.zip", long_side=None)
    assert [path.name for path in scratch.glob("*")] == ["good.zip"]


def interlaced_png(width: int, height: int) -> bytes:
    """A black picture in seven passes (PNG §8.2), well formed to its end."""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
              (0, 1, 1, 2))  # fmt: skip
    packer = zlib.compressobj(6)
    pixels = b""
    for left, top, right, down in passes:
        columns, rows = -(-(width - left) // right), -(-(height - top) // down)
        row = bytes(1 + 3 * columns)
        pixels += b"".join(packer.compress(row) for _ in range(rows))
    pixels += packer.flush()

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", checksum)

    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 1)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def test_a_file_that_takes_too_long_is_given_up(start, tmp_path):
    """The process is stopped as a decoder that hangs would stop; the limit is a tenth of 20 s."""
    decoding = start(seconds=20)
    master = save(corners(), tmp_path / "a.png")
    decoding.run(probe, master)
    hung = decoding.process_id
    os.kill(hung, signal.SIGSTOP)
    with pytest.raises(OutOfTime, match="busy for more than 2 seconds"):
        decoding.run(probe, master)
    assert not alive(hung)
    assert decoding.run(probe, master).extent == Extent(64, 48)


def test_a_file_that_kills_two_processes_is_said_to(start, tmp_path):
    """Both are killed from outside while they work, as a fault in a decoder would kill them."""
    decoding = start()
    master = tmp_path / "slow.jpg"
    save(coordinates(6000, 6000), master)
    facts = decoding.run(probe, master)
    done = threading.Event()

    def shoot() -> None:
        while not done.wait(0.05):
            if decoding.process_id is not None:
                os.kill(decoding.process_id, signal.SIGSEGV)

    shooter = threading.Thread(target=shoot)
    shooter.start()
    with pytest.raises(DecoderFell, match="made its decoder crash"):
        decoding.run(make_pack, master, facts, tmp_path / "scratch" / "a.zip", long_side=None)
    done.set()
    shooter.join()


FORBIDDEN = [
    # what is tried in a confined process, and why it must fail
    ("socket.create_connection(('127.0.0.1', 9))", "no network"),
    ("socket.socket(socket.AF_UNIX)", "no sockets of this machine either"),
    ("subprocess.run(['/bin/true'])", "no other program"),
    ("os.kill(os.getppid(), 0)", "no signal to its parent"),
    ("open(outside, 'w')", "no new file outside its directory"),
    ("open(existing, 'r+')", "no change of a file outside its directory"),
    ("os.unlink(existing)", "nothing is removed"),
    ("os.rename(existing, str(scratch / 'taken'))", "nothing is moved"),
    ("open(f'/proc/{os.getppid()}/mem', 'r+b')", "no memory of its parent"),
    ("bytearray(500_000_000)", "no more memory than its limit"),
]
CONFINED = """
import os, socket, subprocess, sys
from pathlib import Path
from dam.imaging.confinement import confine
scratch, existing, outside = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
confine(scratch, 400_000_000)
(scratch / "allowed").write_text("written")
try:
    eval(sys.argv[4])
except (OSError, MemoryError) as error:
    print("refused:", type(error).__name__)
else:
    print("done")
"""


@pytest.mark.parametrize(("tried", "why"), FORBIDDEN, ids=[row[1] for row in FORBIDDEN])
def test_a_confined_process_may_not(scratch, tmp_path, tried, why):
    existing = tmp_path / "existing"
    existing.write_text("as it was")
    given = [scratch, existing, tmp_path / "outside", tried]
    run = subprocess.run(
        [sys.executable, "-c", CONFINED, *given], capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("refused: "), why
    assert (scratch / "allowed").read_text() == "written"
    assert existing.read_text() == "as it was" and not (tmp_path / "outside").exists()


def test_it_inherits_neither_environment_nor_files(start, tmp_path, monkeypatch):
    monkeypatch.setenv("DAM_DATABASE_URL", "postgresql://user:secret@host/dam")
    secret = (tmp_path / "secret.key").open("w+")
    os.set_inheritable(secret.fileno(), True)  # noqa: FBT003
    decoding = start()
    decoding.run(probe, save(corners(), tmp_path / "a.png"))
    number = decoding.process_id
    assert b"secret" not in Path(f"/proc/{number}/environ").read_bytes()
    opened = [str(each.readlink()) for each in Path(f"/proc/{number}/fd").iterdir()]
    secret.close()
    assert len(opened) <= 5
    assert all(name.startswith("pipe:") or "(deleted)" in name for name in opened), opened


PARENT = """
import sys
from pathlib import Path
from dam.imaging.decoding import DecoderLimits, Decoding
from dam.imaging.probe import probe
decoding = Decoding(Path(sys.argv[1]), DecoderLimits())
decoding.run(probe, Path(sys.argv[2]))
print(decoding.process_id, flush=True)
sys.stdin.read()
"""


def test_it_ends_when_its_parent_is_killed(scratch, tmp_path):
    master = save(corners(), tmp_path / "a.png")
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, scratch, master],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    number = int(parent.stdout.readline())
    assert alive(number)
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 30
    while alive(number) and running(number) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not (alive(number) and running(number))


def running(number: int) -> bool:
    """Whether it is more than the entry of a dead process that nobody has collected."""
    try:
        status = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_a_process_that_cannot_start_is_no_fault_of_the_file(start, scratch, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python here"))
    with pytest.raises(Unavailable, match="could not be started"):
        start().run(probe, save(corners(), tmp_path / "a.png"))


def test_child_tells_its_death_and_last_words(scratch):
    child = Child(scratch, LITTLE)
    try:
        with pytest.raises(Died) as death:
            child.ask(b"no JSON", 60)
        assert death.value.code == 1 and "JSONDecodeError" in death.value.words
        assert not death.value.for_want_of_memory
    finally:
        child.end()


WRONG = [
    ({"extent": [1, 2]}, "fields are missing"),
    ([], "it is no object"),
    ("Probe", "it is text"),
    (None, "it is nothing"),
]


@pytest.mark.parametrize(("found", "why"), WRONG, ids=[row[1] for row in WRONG])
def test_an_answer_of_another_type_is_not_believed(found, why):
    with pytest.raises(values.WrongValue):
        values.answer(probe, found)


@pytest.mark.parametrize(
    ("field", "lie"), [("bits", "8"), ("orientation", True), ("format", "EXE"), ("notes", "x"),
                       ("extent", {"width": -1, "height": 3}), ("has_alpha", 1)]
)  # fmt: skip
def test_a_field_of_another_type_is_not_believed(tmp_path, field, lie):
    plain = values.plain(probe(save(corners(), tmp_path / "a.png")))
    assert values.answer(probe, plain).extent == Extent(64, 48)
    with pytest.raises(values.WrongValue):
        values.answer(probe, plain | {field: lie})


def test_arguments_go_there_as_they_are(tmp_path):
    limits = MasterLimits(max_pixels=5)
    call = values.bound(probe, tmp_path / "a\udcff.png", limits, name=None)
    assert values.arguments(probe, call) == {
        "path": tmp_path / "a\udcff.png", "limits": limits, "name": None,
    }  # fmt: skip
    with pytest.raises(values.WrongValue):
        values.arguments(probe, call | {"other": 1})
