"""What the benchmark of tiles found, as a table for people or one JSON object for programs."""

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from dam.cli.bench_archive import Picture
from dam.cli.bench_servers import found_nginx
from dam.cli.bench_tiles import BY_BOTH, SEED, Measured, Plan, processors

_WIDE = 120
_CPU_LIMIT, _CPU_GOAL = 3.0, 2.0
_IIPSRV_LIMIT = 5.0
_BUSY = 0.9
_TINY = 1e-9  # a short turn may cost less than the kernel counts
_NGINX_NOTES = {
    "nginx": "CPU per tile, beside the same bytes as files",
    "nginx-open": "CPU per tile, beside the same bytes as files that nginx keeps open",
}
_IIPSRV_NOTE = "Tiles a second; the budget is for iipsrv 1.3, which passes some tiles through"


@dataclass(frozen=True, slots=True)
class Budget:
    """A promise of the design beside what was found.

    *ratio* is of the best turns of each, *median_ratio* is of turns that followed each other.
    *kept_by_percent* is negative where the budget is missed, by that much.
    """

    name: str
    ratio: float
    median_ratio: float
    limit: float
    goal: float | None
    kept: bool
    kept_by_percent: float
    note: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told of one run."""

    plan: Plan
    pictures: Sequence[Picture]
    measured: Sequence[Measured]
    versions: dict[str, str]
    notes: tuple[str, ...]


def budgets(measured: Sequence[Measured]) -> tuple[Budget, ...]:
    """Return the budgets that could be measured."""
    by_name = {(one.server, one.form): one for one in measured}
    found = []
    for peer in measured:
        mine = by_name["dam", peer.form]
        if peer.server in _NGINX_NOTES:
            best = min(_cpu(mine)) / max(min(_cpu(peer)), _TINY)
            turns = zip(_cpu(mine), _cpu(peer), strict=True)
            middle = median(ours / max(theirs, _TINY) for ours, theirs in turns)
            note = _NGINX_NOTES[peer.server]
            found.append(_at_most(f"CPU: dam / {peer.server}", best, middle, note))
        elif peer.server == "iipsrv":
            best = max(_speed(mine)) / max(_speed(peer))
            turns = zip(_speed(mine), _speed(peer), strict=True)
            middle = median(ours / theirs for ours, theirs in turns)
            name = f"speed: dam / iipsrv ({peer.form})"
            found.append(_at_least(name, best, middle, _IIPSRV_NOTE))
    return tuple(found)


def _at_most(name: str, best: float, middle: float, note: str) -> Budget:
    spare = (1 - best / _CPU_LIMIT) * 100
    return Budget(name, best, middle, _CPU_LIMIT, _CPU_GOAL, best <= _CPU_LIMIT, spare, note)


def _at_least(name: str, best: float, middle: float, note: str) -> Budget:
    spare = (best / _IIPSRV_LIMIT - 1) * 100
    return Budget(name, best, middle, _IIPSRV_LIMIT, None, best >= _IIPSRV_LIMIT, spare, note)


def found_versions(directory: Path) -> dict[str, str]:
    """Return the versions of everything that took part; *directory* holds the servers' logs."""
    found = {"python": platform.python_version(), "granian": version("granian")}
    nginx = found_nginx()
    if nginx is not None:
        said = subprocess.run(  # noqa: S603 (the path was found on the system's own path)
            [nginx, "-v"], capture_output=True, text=True, check=False, timeout=10
        )
        found["nginx"] = said.stderr.strip().rpartition("/")[2]
    log = directory / "iipsrv.log"
    named = re.search(r"Version ([\d.]+\w*)", log.read_text("utf-8")) if log.exists() else None
    if named:
        found["iipsrv"] = named[1]
    return found


def as_json(report: Report) -> dict[str, object]:
    """Return the run as one JSON object."""
    return {
        "bench": "tiles",
        "machine": {"processors": os.cpu_count(), "pinned": processors()[0] is not None},
        "versions": report.versions,
        "workload": {
            "pictures": [
                {"width": one.extent.width, "height": one.extent.height, "tiles": len(one.tiles)}
                for one in report.pictures
            ],
            "tiles": sum(len(one.tiles) for one in report.pictures),
            "seconds": report.plan.seconds,
            "rounds": report.plan.rounds,
            "connections": report.plan.connections,
            "seed": SEED,
        },
        "servers": [_as_json(one) for one in report.measured],
        "checks": {"every_answer_is_200": True, "same_bytes_as_nginx": same_bytes(report)},
        "budgets": [asdict(one) for one in budgets(report.measured)],
        "notes": list(report.notes),
    }


def _as_json(one: Measured) -> dict[str, object]:
    return {
        "server": one.server,
        "form": one.form,
        "requests": sum(turn.requests for turn in one.rounds),
        "tiles_per_second": {"best": max(_speed(one)), "median": median(_speed(one))},
        "cpu_ms_per_tile": {"best": min(_cpu(one)), "median": median(_cpu(one))},
        "p50_ms": median(turn.p50_ms for turn in one.rounds),
        "p95_ms": median(turn.p95_ms for turn in one.rounds),
        "p99_ms": median(turn.p99_ms for turn in one.rounds),
        "bytes_per_tile": one.bytes_per_tile,
        "resident_bytes": one.resident_bytes,
        "client_load": max(turn.client_load for turn in one.rounds),
    }


def same_bytes(report: Report) -> bool | None:
    """Say whether nginx sent what this service sent, or None where nginx took no part."""
    digests = {one.server: one.digest for one in report.measured if one.form == BY_BOTH}
    if "nginx" not in digests:
        return None
    return digests["dam"] == digests["nginx"] == digests["nginx-open"]


def print_table(report: Report) -> None:
    """Print the run for people."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    plan, tiles = report.plan, sum(len(one.tiles) for one in report.pictures)
    versions = ", ".join(f"{name} {number}" for name, number in report.versions.items())
    console.print(
        f"{tiles} tiles, {plan.rounds} turns of {plan.seconds:g} s, {plan.connections} connections,"
        f" {versions}",
        highlight=False,
    )
    console.print(_table(report.measured))
    for budget in budgets(report.measured):
        console.print(_in_words(budget), highlight=False)
    for note in report.notes:
        console.print(note, highlight=False)


def _table(measured: Sequence[Measured]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("server", no_wrap=True)
    for heading in (
        "size", "tiles/s", "CPU ms/tile", "(median)", "p50 ms", "p95 ms", "p99 ms", "kB/tile",
        "MB held",
    ):  # fmt: skip
        table.add_column(heading, justify="right", no_wrap=True)
    for one in measured:
        turns = one.rounds
        table.add_row(
            one.server,
            one.form,
            f"{max(_speed(one)):.0f}",
            f"{min(_cpu(one)):.4f}",
            f"{median(_cpu(one)):.4f}",
            f"{median(turn.p50_ms for turn in turns):.2f}",
            f"{median(turn.p95_ms for turn in turns):.2f}",
            f"{median(turn.p99_ms for turn in turns):.2f}",
            f"{one.bytes_per_tile / 1000:.1f}",
            f"{one.resident_bytes / 1_000_000:.0f}",
        )
    return table


def _in_words(budget: Budget) -> str:
    kept = "kept" if budget.kept else "MISSED"
    sign = "≤" if budget.goal is not None else "≥"
    goal = ""
    if budget.goal is not None:
        reached = "reached" if budget.ratio <= budget.goal else "not reached"
        goal = f"; the goal of {budget.goal:g} is {reached}"
    return (
        f"{budget.name} = {budget.ratio:.2f} (median {budget.median_ratio:.2f}), budget {sign}"
        f" {budget.limit:g}: {kept} by {abs(budget.kept_by_percent):.0f} %{goal}. {budget.note}."
    )


def notes_on(measured: Sequence[Measured], left_out: Sequence[str]) -> tuple[str, ...]:
    """Return what has to be known to read the numbers."""
    notes = [f"{name} took no part." for name in left_out]
    if processors()[0] is None:
        notes.append("Servers and client shared one processor, which slows down the fast ones.")
    notes += [
        f"The client was the limit of {one.server} {one.form}: its tiles/s could be more."
        for one in measured
        if max(turn.client_load for turn in one.rounds) > _BUSY
    ]
    return tuple(notes)


def _cpu(one: Measured) -> list[float]:
    return [turn.cpu_ms_per_tile for turn in one.rounds]


def _speed(one: Measured) -> list[float]:
    return [turn.tiles_per_second for turn in one.rounds]
