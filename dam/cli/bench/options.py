"""The options that all benchmarks share, and what becomes of a finished report."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from dam import wiring
from dam.cli.bench import baseline
from dam.cli.bench.baseline import Baseline
from dam.cli.bench.page import as_page
from dam.cli.bench.peers import PEERS, found_iipsrv, found_nginx
from dam.cli.bench.report import Compared, Report, as_json, print_table
from dam.errors import Unavailable, Unsupported, translate

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
Command = Callable[..., Any]


class OnlyOnLinux(Unsupported):
    """CPU time is read from /proc, which this system does not have."""


@dataclass(frozen=True, slots=True)
class Output:
    """How a report leaves: to whom, and beside which baseline."""

    as_json: bool
    page: Path | None
    baseline: Path
    save: bool


@dataclass(frozen=True, slots=True)
class Peers:
    """Which other servers take part, and which are left out, by wish or for want."""

    nginx: bool
    iipsrv: str | None

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names of those that take no part."""
        here = {"nginx": self.nginx, "iipsrv": self.iipsrv is not None}
        return tuple(name for name in PEERS if not here[name])


def output_options(command: Command) -> Command:
    """Add the options of :class:`Output`, which the command gets as ``output``."""

    def told(**given: Any) -> Any:  # noqa: ANN401 (click passes what the command declares)
        output = Output(
            given.pop("as_json"), given.pop("report"), given.pop("baseline"),
            given.pop("save_baseline"),
        )  # fmt: skip
        return command(output=output, **given)

    told.__doc__ = command.__doc__
    told.__dict__.update(command.__dict__)
    options = (
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        click.option("--report", type=_NEW_FILE, help="Write a page with a chart to this file."),
        click.option(
            "--baseline", type=_NEW_FILE, default=baseline.DEFAULT, show_default=".ci/bench.json",
            help="The stored numbers that this run is compared with.",
        ),
        click.option("--save-baseline", is_flag=True, help="Store the numbers of this run there."),
    )  # fmt: skip
    wrapped: Command = told
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


def found_peers(without: tuple[str, ...], iipsrv: Path | None) -> Peers:
    """Return the peers that are installed and wanted; *iipsrv* names one that must be there.

    Raises:
        Unavailable: the iipsrv that is named cannot be run.
    """
    found = None if "iipsrv" in without else found_iipsrv(iipsrv)
    if iipsrv is not None and found is None and "iipsrv" not in without:
        raise Unavailable(
            f"{iipsrv.name} cannot be run; it needs to be a program, beside nginx and spawn-fcgi."
        )
    return Peers("nginx" not in without and found_nginx() is not None, found)


def require_linux() -> None:
    """Pass where CPU time can be measured.

    Raises:
        OnlyOnLinux: it cannot.
    """
    if not Path("/proc/self/stat").exists():
        raise OnlyOnLinux("This benchmark reads CPU time from /proc; run it on Linux.")


def finish(report: Report, output: Output) -> None:
    """Compare *report* with the baseline, tell it, and store it where that is wanted."""
    day = wiring.clock().date().isoformat()
    compared = compared_with(baseline.read(output.baseline, report.bench), report)
    if output.as_json:
        click.echo(json.dumps(as_json(report, compared)))
    else:
        print_table(report, compared)
    if output.page is not None:
        with translate({OSError: Unavailable(f"{output.page.name} cannot be written.")}):
            output.page.write_text(as_page(report, compared, day), "utf-8")
    if output.save:
        numbers = {one.name: one.value for one in report.findings}
        baseline.save(output.baseline, report.bench, Baseline(day, report.workload, numbers))


def compared_with(before: Baseline | None, report: Report) -> Compared | None:
    """Return the verdicts, or why there are none, or None without a baseline."""
    if before is None:
        return None
    if dict(before.workload) != json.loads(json.dumps(dict(report.workload))):
        return Compared(
            f"that of {before.taken} is of another workload; use the same options to compare"
        )
    return Compared(f"of {before.taken}", baseline.compare(report.findings, before.numbers))
