"""What one run found: a table and a chart for people, one JSON object for programs."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

from rich.console import Console
from rich.table import Table

from dam.cli.bench.baseline import Verdict
from dam.cli.bench.findings import Finding
from dam.cli.bench.peers import SaidByIipsrv, nginx_version
from dam.cli.bench.processes import processors

_WIDE = 130
_BAR_WIDTH = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts; the first *left* columns are words, the others numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 2


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from nothing, each a label and a length, all in the same *unit*."""

    title: str
    unit: str
    bars: tuple[tuple[str, float], ...]

    def part(self, value: float) -> float:
        """Return how long the bar of *value* is, the longest being 1."""
        return value / (max((length for _, length in self.bars), default=0) or 1)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told of one run.

    *workload* holds what has to be the same for two runs to be compared, *details* all else that
    programs read. *where* says in lines where the time goes.
    """

    bench: str
    summary: str
    workload: Mapping[str, object]
    details: Mapping[str, object]
    sheet: Sheet
    chart: Chart
    findings: tuple[Finding, ...]
    where: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """The verdicts on one run beside a baseline, and the line that introduces them."""

    line: str
    verdicts: tuple[Verdict, ...] = ()


def found_versions(iipsrv: SaidByIipsrv | None) -> dict[str, str]:
    """Return the versions of everything that took part."""
    found = {name: version(name) for name in ("granian", "pyvips-binary", "pillow")}
    found["python"] = platform.python_version()
    nginx = nginx_version()
    if nginx is not None:
        found["nginx"] = nginx
    if iipsrv is not None:
        found["iipsrv"] = iipsrv.version
    return found


def machine() -> dict[str, object]:
    """Return what is said of the machine: enough to know one's own again."""
    return {
        "processors": os.cpu_count(),
        "architecture": platform.machine(),
        "pinned": processors()[0] is not None,
    }


def as_json(report: Report, compared: Compared | None) -> dict[str, object]:
    """Return the run as one JSON object."""
    budgets = [one.as_json() for one in report.findings if one.limit is not None]
    others = [one.as_json() for one in report.findings if one.limit is None]
    found: dict[str, object] = {
        "bench": report.bench,
        "machine": machine(),
        "versions": dict(report.versions),
        "workload": dict(report.workload),
        **report.details,
        "budgets": budgets,
        "ratios": others,
        "where": list(report.where),
        "notes": list(report.notes),
        "baseline": None,
    }
    if compared is not None:
        found["baseline"] = {
            "line": compared.line,
            "verdicts": [
                {"name": one.name, "now": one.now, "before": one.before, "change": one.change.value}
                for one in compared.verdicts
            ],
        }
    return found


def print_table(report: Report, compared: Compared | None) -> None:
    """Print the run for people."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    for line in (report.summary, versions_in_words(report)):
        console.print(line, highlight=False, markup=False)
    console.print(_table(report.sheet))
    console.print(_bars(report.chart))
    sections = (
        ("Budgets", [one.words for one in report.findings]),
        ("Where the time goes", report.where),
        ("Notes", report.notes),
    )
    for title, lines in sections:
        _print_lines(console, title, lines)
    if compared is not None:
        lines = [one.words for one in compared.verdicts]
        _print_lines(console, f"Baseline: {compared.line}", lines or ["nothing was compared"])


def versions_in_words(report: Report) -> str:
    """Return the versions in one line."""
    return ", ".join(f"{name} {number}" for name, number in report.versions.items())


def _print_lines(console: Console, title: str, lines: Sequence[str]) -> None:
    if lines:
        console.print(f"\n{title}", style="bold", highlight=False, markup=False)
    for line in lines:
        console.print(f"  {line}", highlight=False, markup=False)


def _table(sheet: Sheet) -> Table:
    table = Table(box=None, pad_edge=False)
    for number, heading in enumerate(sheet.headings):
        justify = "left" if number < sheet.left else "right"
        table.add_column(heading, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    for row in sheet.rows:
        table.add_row(*row)
    return table


def _bars(chart: Chart) -> Table:
    table = Table(box=None, pad_edge=False, title=f"\n{chart.title}", title_justify="left")
    table.add_column("", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column(chart.unit, justify="right", no_wrap=True)
    for label, value in chart.bars:
        table.add_row(label, "█" * max(1, round(chart.part(value) * _BAR_WIDTH)), f"{value:.3g}")
    return table
