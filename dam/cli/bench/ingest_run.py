"""One file, taken in or cut bare, in a process of its own that tells what it used.

What is measured begins when everything is imported, the archive is there and a small file has gone
the same way, so that neither side pays for the start of a program: as a later file of a batch.
"""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from dam import wiring
from dam.cli.bench.processes import peak_resident_bytes, usage_of
from dam.config import read_settings
from dam.iiif.tiles import TILE_SIZE
from dam.imaging.comparing import cut_bare
from dam.imaging.runtime import start_libvips
from dam.workflows import ingest, jobs
from dam.workflows.archive import Archive
from dam.workflows.batch import Batch, Options, make_batch
from dam.workflows.ingest import Outcome

FIRST_FILE = "first.jpg"  # beside the place, small
_CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True, slots=True)
class Used:
    """What one file cost; *receiving_cpu_seconds* is the part before its tiles were cut.

    *fault* says why nothing was measured.
    """

    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    receiving_cpu_seconds: float = 0.0
    peak_resident_bytes: int = 0
    fault: str = ""


class Stopwatch:
    """CPU time of this process and all that it started, and time on the wall, since it began."""

    def __init__(self) -> None:
        self._cpu, self._wall = _cpu_seconds(), time.perf_counter()

    @property
    def cpu_seconds(self) -> float:
        """CPU time so far."""
        return _cpu_seconds() - self._cpu

    @property
    def wall_seconds(self) -> float:
        """Time so far."""
        return time.perf_counter() - self._wall


def _cpu_seconds() -> float:
    """Return what this process, what it has waited for, and what it has started have used."""
    used = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    living = usage_of((os.getsid(0),), but=os.getpid()).cpu_seconds
    return living + sum(one.ru_utime + one.ru_stime for one in used)


def ours(home: Path, picture: Path) -> Used:
    """Take *picture* in, publish it, cut its tiles and write its manifests, in a new archive."""
    place = wiring.open_place(read_settings({"DAM_HOME": str(home)}))
    wiring.prepare(place)
    archive = wiring.build_archive(place)
    start_libvips()
    first = home.parent / FIRST_FILE
    batch = make_batch(
        Options(by="bench", rights=_CC0, public=True), [first.name, picture.name], None, None
    )
    _take_in(archive, first, batch)
    watch = Stopwatch()
    outcome, receiving = _take_in(archive, picture, batch)
    cpu, wall = watch.cpu_seconds, watch.wall_seconds
    settled = ingest.settled(archive, outcome)
    fault = "" if settled.state is ingest.State.READY else settled.reason or settled.state.value
    place.engine.dispose()
    return Used(cpu, wall, receiving, peak_resident_bytes(), fault)


def _take_in(archive: Archive, picture: Path, batch: Batch) -> tuple[Outcome, float]:
    """Return what became of *picture*, and the CPU time until its jobs began."""
    watch = Stopwatch()
    outcome = ingest.take_in(archive, picture.name, ingest.read_file(picture), batch)
    receiving = watch.cpu_seconds
    while jobs.run_one(archive):
        pass
    return outcome, receiving


def bare(out: Path, picture: Path) -> Used:
    """Cut *picture* into the same tiles with libvips alone."""
    start_libvips()
    cut_bare(out.parent / FIRST_FILE, out, tile_size=TILE_SIZE)
    out.unlink()
    watch = Stopwatch()
    cut_bare(picture, out, tile_size=TILE_SIZE)
    return Used(watch.cpu_seconds, watch.wall_seconds, 0.0, peak_resident_bytes())


def main(which: str, place: Path, picture: Path) -> None:
    """Do one of both, and print what was used."""
    used = ours(place, picture) if which == "ours" else bare(place, picture)
    print(json.dumps(asdict(used)))  # noqa: T201 (its output is its answer)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
