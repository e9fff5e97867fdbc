"""``dam bench ingest``: files taken in, beside libvips cutting the same tiles and nothing else."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

import dam
from dam.cli.bench.findings import Aim, Finding, ratio
from dam.cli.bench.ingest_run import FIRST_FILE, Used
from dam.cli.bench.load import NotMeasured
from dam.cli.bench.options import FILE, Output, finish, output_options, require_linux
from dam.cli.bench.pictures import draw_picture
from dam.cli.bench.processes import stop, stopped_by_signals, usage_of, with_environment
from dam.cli.bench.report import Chart, Report, Sheet, found_versions
from dam.cli.intake import progress

_LOOK_SECONDS = 0.05
_LARGE = 100 / 24  # of the large picture beside the others
_GIGAPIXEL = (1_000_000_000, 1.6)  # 40 000 by 25 000
_MEMORY_LIMIT_MB = 500.0
_CPU_AIM = Aim(1.25, note="CPU time, all processes")
_WALL_AIM = Aim(1.25, note="Time on the wall")
_MEGA = 1_000_000
_FIRST_PIXELS = 600_000


@dataclass(frozen=True, slots=True)
class Case:
    """A file that is taken in; where *most_mb* is given, in so much memory."""

    name: str
    path: Path
    most_mb: float | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What one file cost both, by turns."""

    name: str
    file_bytes: int
    ours: tuple[Used, ...]
    bare: tuple[Used, ...]


@click.command("ingest", short_help="Files taken in, beside libvips alone.")
@click.option(
    "--rounds", type=click.IntRange(min=1), default=3, show_default=True,
    help="How often each file is taken in.",
)  # fmt: skip
@click.option("--pictures", multiple=True, type=FILE, help="Your picture; may be given again.")
@click.option(
    "--megapixels", type=click.FloatRange(0.01, 1000), default=24.0, show_default=True,
    help="The size of the pictures that are drawn; the large one has four times as much.",
)  # fmt: skip
@click.option("--gigapixel", is_flag=True, help="Also a TIFF of 40,000 by 25,000 pixels (3 GB).")
@output_options
def ingest(
    *,
    rounds: int,
    pictures: tuple[Path, ...],
    megapixels: float,
    gigapixel: bool,
    output: Output,
) -> None:
    """Take files in as `dam ingest` does, and cut the same tiles of them with libvips alone.

    Ours reads, hashes and keeps the master, reads its metadata, writes records, tiles and
    manifests; libvips only cuts. Both run in processes of their own and do a small file first.
    """
    require_linux()
    with stopped_by_signals(), TemporaryDirectory(prefix="dam-bench-") as directory:
        place = Path(directory)
        cases = [Case(path.name, path) for path in pictures]
        if not cases:
            cases = _drawn(place, round(megapixels * _MEGA))
        if gigapixel:
            cases.append(_gigapixel(place))
        draw_picture(place / FIRST_FILE, _FIRST_PIXELS)
        with progress("Taking in", rounds * len(cases)) as done:
            taken = []
            for number, case in enumerate(cases):
                taken.append(_measured(case, rounds, place))
                done(rounds * (number + 1))
        report = _report(cases, taken, rounds)
    finish(report, output)


def _drawn(place: Path, pixels: int) -> list[Case]:
    cases = [
        Case("JPEG", place / "lying.jpg"),
        Case("TIFF", place / "lying.tif"),
        Case("JPEG on its side", place / "standing.jpg"),
        Case("large JPEG", place / "large.jpg"),
    ]
    draw_picture(cases[0].path, pixels)
    draw_picture(cases[1].path, pixels)
    draw_picture(cases[2].path, pixels, shape=2 / 3, on_its_side=True)
    draw_picture(cases[3].path, round(pixels * _LARGE))
    return cases


def _gigapixel(place: Path) -> Case:
    pixels, shape = _GIGAPIXEL
    draw_picture(place / "gigapixel.tif", pixels, shape=shape)
    return Case("gigapixel TIFF", place / "gigapixel.tif", _MEMORY_LIMIT_MB)


def _measured(case: Case, rounds: int, place: Path) -> Taken:
    """Take one file in and cut it bare, in turns."""
    ours, bare = [], []
    for _ in range(rounds):
        home, out = place / "home", place / "bare.zip"
        ours.append(_run("ours", home, case))
        shutil.rmtree(home)
        bare.append(_run("bare", out, case))
        out.unlink()
    return Taken(case.name, case.path.stat().st_size, tuple(ours), tuple(bare))


def _run(which: str, place: Path, case: Case) -> Used:
    """Run one of both in a process of its own, and watch the memory of all that it starts."""
    command = [
        *with_environment(PYTHONPATH=Path(dam.__file__).parents[1]),
        *(sys.executable, "-m", "dam.cli.bench.ingest_run", which, str(place), str(case.path)),
    ]
    process = subprocess.Popen(  # noqa: S603 (our own module, run by our own Python)
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        most = 0
        while process.poll() is None:
            most = max(most, usage_of((process.pid,)).resident_bytes)
            time.sleep(_LOOK_SECONDS)
        said, _ = process.communicate()
    finally:
        stop(process)
    if process.returncode:
        raise NotMeasured(f"{case.name}: the benchmark stopped with an error.")
    used = Used(**json.loads(said))
    if used.fault:
        raise NotMeasured(f"{case.name} cannot be measured: {used.fault}")
    return replace(used, peak_resident_bytes=max(most, used.peak_resident_bytes))


def _report(cases: Sequence[Case], taken: Sequence[Taken], rounds: int) -> Report:
    rows = tuple(
        _row(one.name, who, used) for one in taken for who, used in
        (("dam", one.ours), ("libvips", one.bare))
    )  # fmt: skip
    bars = tuple(
        (f"{row[1]} {row[0]}", min(used.cpu_seconds for used in turns))
        for row, turns in zip(
            rows, [turns for one in taken for turns in (one.ours, one.bare)], strict=True
        )
    )
    return Report(
        bench="ingest",
        summary=f"{len(taken)} files, each taken in {rounds} times",
        workload={"files": {one.name: one.file_bytes for one in taken}},
        details={
            "turns": {"rounds": rounds},
            "files": [
                {"name": one.name, "bytes": one.file_bytes, "dam": _as_json(one.ours),
                 "libvips": _as_json(one.bare)}
                for one in taken
            ],
        },
        sheet=Sheet(("file", "by", "CPU s", "wall s", "MB at most"), rows),
        chart=Chart("CPU time for one file, best turn", "s", bars),
        findings=findings(taken, {case.name: case.most_mb for case in cases}),
        where=tuple(where(one) for one in taken),
        versions=found_versions(None),
    )  # fmt: skip


def findings(taken: Sequence[Taken], most_mb: dict[str, float | None]) -> tuple[Finding, ...]:
    """Return the budgets of every file."""
    found = []
    for one in taken:
        cpu = [[used.cpu_seconds for used in turns] for turns in (one.ours, one.bare)]
        wall = [[used.wall_seconds for used in turns] for turns in (one.ours, one.bare)]
        name = f"{one.name}: dam / libvips"
        found.append(ratio(f"CPU, {name}", *cpu, less_is_better=True, aim=_CPU_AIM))
        found.append(ratio(f"wall, {name}", *wall, less_is_better=True, aim=_WALL_AIM))
        limit = most_mb.get(one.name)
        peak = max(used.peak_resident_bytes for used in one.ours) / _MEGA
        found.append(Finding(f"memory, {one.name}", peak, True, limit, unit="MB"))  # noqa: FBT003
    return tuple(found)


def where(one: Taken) -> str:
    """Say what part of the CPU time is libvips cutting, and what the rest is."""
    best = min(one.ours, key=lambda used: used.cpu_seconds)
    bare = min(used.cpu_seconds for used in one.bare)
    rest = best.cpu_seconds - best.receiving_cpu_seconds - bare
    return (
        f"{one.name}: {best.cpu_seconds:.2f} s of CPU, of which {bare:.2f} s is what libvips needs"
        f" to cut, {best.receiving_cpu_seconds:.2f} s receiving, hashing, looking and keeping, and"
        f" {rest:+.2f} s everything else (records, colours, index, manifests)."
    )


def _row(name: str, who: str, used: Sequence[Used]) -> tuple[str, ...]:
    return (
        name,
        who,
        f"{min(one.cpu_seconds for one in used):.2f}",
        f"{min(one.wall_seconds for one in used):.2f}",
        f"{max(one.peak_resident_bytes for one in used) / _MEGA:.0f}",
    )


def _as_json(used: Sequence[Used]) -> dict[str, object]:
    return {
        "cpu_seconds": min(one.cpu_seconds for one in used),
        "wall_seconds": min(one.wall_seconds for one in used),
        "peak_resident_bytes": max(one.peak_resident_bytes for one in used),
    }
