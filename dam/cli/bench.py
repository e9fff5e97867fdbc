"""``dam bench``: how fast this archive is on this machine, beside others."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from dam.cli.bench_archive import draw_picture, take_in
from dam.cli.bench_report import Report, as_json, found_versions, notes_on, print_table, same_bytes
from dam.cli.bench_servers import found_iipsrv, found_nginx, stopped_by_signals
from dam.cli.bench_tiles import NotMeasured, Plan, measure, subjects
from dam.cli.intake import progress
from dam.errors import Unsupported

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PEERS = ("nginx", "iipsrv")


class OnlyOnLinux(Unsupported):
    """CPU time is read from /proc, which this system does not have."""


@click.group("bench", short_help="Measure this archive on this machine.")
def bench() -> None:
    """Measure how fast this archive is on this machine, beside other servers."""


@bench.command("tiles", short_help="Stored tiles, beside nginx and iipsrv.")
@click.option("--json", "json_wanted", is_flag=True, help="Print one JSON object.")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=2.0, show_default=True,
    help="How long one turn of one server lasts.",
)  # fmt: skip
@click.option(
    "--rounds", type=click.IntRange(min=1), default=5, show_default=True,
    help="How many turns each server has.",
)  # fmt: skip
@click.option(
    "--connections", type=click.IntRange(1, 256), default=8, show_default=True,
    help="How many tiles are asked for at once.",
)  # fmt: skip
@click.option("--pictures", multiple=True, type=_FILE, help="Your picture; may be given again.")
@click.option(
    "--megapixels", type=click.FloatRange(0.01, 1000), default=24.0, show_default=True,
    help="The size of the picture that is drawn where none is given.",
)  # fmt: skip
@click.option("--without", multiple=True, type=click.Choice(_PEERS), help="Leave a server out.")
def tiles(
    *,
    json_wanted: bool,
    pictures: tuple[Path, ...],
    megapixels: float,
    without: tuple[str, ...],
    **how: float,
) -> None:
    """Serve the same tiles with this service, with nginx as files, and with iipsrv.

    Everything is made in a temporary directory and taken away again. nginx and iipsrv take part
    where they are installed; iipsrv is asked in both spellings, width alone and width with height.
    """
    if not Path("/proc/self/stat").exists():
        raise OnlyOnLinux("This benchmark reads CPU time from /proc; run it on Linux.")
    left_out = _left_out(without)
    plan = Plan(
        seconds=how["seconds"],
        rounds=int(how["rounds"]),
        connections=int(how["connections"]),
        with_nginx="nginx" not in left_out,
        with_iipsrv="iipsrv" not in left_out,
    )
    with stopped_by_signals(), TemporaryDirectory(prefix="dam-bench-") as directory:
        report = _run(plan, pictures, round(megapixels * 1_000_000), left_out, Path(directory))
    if json_wanted:
        click.echo(json.dumps(as_json(report)))
    else:
        print_table(report)


def _left_out(without: Sequence[str]) -> tuple[str, ...]:
    found = {"nginx": found_nginx(), "iipsrv": found_iipsrv()}
    return tuple(name for name in _PEERS if name in without or found[name] is None)


def _run(
    plan: Plan,
    given: Sequence[Path],
    pixels: int,
    left_out: Sequence[str],
    directory: Path,
) -> Report:
    home, masters = directory / "home", list(given)
    if not masters:
        masters = [directory / "drawn.tif"]
        draw_picture(masters[0], pixels)
    taken = take_in(home, masters)
    with subjects(taken, home, directory, plan) as asked:
        with progress("Measuring", plan.rounds * len(asked)) as done:
            turns = iter(range(1, sys.maxsize))
            measured = measure(asked, plan, lambda: done(next(turns)))
        versions = found_versions(directory)
    report = Report(plan, taken, measured, versions, notes_on(measured, left_out))
    if same_bytes(report) is False:
        raise NotMeasured("nginx sent other bytes than this service, so nothing can be compared.")
    return report


command = bench
