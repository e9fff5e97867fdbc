"""``dam bench sheets``: CPU time and memory of sheets that come in, at two sizes."""

import tempfile
import tracemalloc
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time

import click

from dam import wiring
from dam.cli.bench.findings import Finding
from dam.cli.bench.options import Output, finish, output_options
from dam.cli.bench.report import Chart, Report, Sheet, found_versions
from dam.cli.bench.search_records import documents
from dam.cli.bench.search_words import vocabulary
from dam.config import read_settings
from dam.records.bulk import add_bare
from dam.rights.facts import Audience
from dam.workflows import batch_edit, sheet_trip
from dam.workflows.archive import Archive
from dam.workflows.choosing import Searched
from dam.workflows.find import Query
from dam.workflows.sheet_files import SheetFormat, sheet_lines

_WORDS = 30_000
_PORTION = 2000
_SEED = 1992
_SMALLER = 10  # times
_MOST_GROWTH = 15.0  # of CPU time at ten times the rows
_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Read:
    """What one sheet took: CPU seconds without, peak of Python's memory with the tracing."""

    format: str
    rows: int
    reading_seconds: float
    import_seconds: float
    import_peak_mib: float


@click.command("sheets", short_help="Sheets that come in: CPU time and memory at two sizes.")
@click.option("--rows", default=50_000, show_default=True, help="Of the larger sheet.")
@output_options
def sheets(*, rows: int, output: Output) -> None:
    """Read and import sheets of made records, of a tenth of the rows and of all."""
    found: list[Read] = []
    for count in (rows // _SMALLER, rows):
        with tempfile.TemporaryDirectory(prefix="dam-bench-") as directory:
            archive = _filled(Path(directory), count)
            found += [_measured(archive, kind, Path(directory), count) for kind in SheetFormat]
    finish(_report(found, rows), output)


def _filled(home: Path, rows: int) -> Archive:
    place = wiring.open_place(read_settings({"DAM_HOME": str(home / "home")}))
    wiring.prepare(place)
    archive = wiring.build_archive(place)
    words = vocabulary(_WORDS)
    for first in range(0, rows, _PORTION):
        with archive.writing.begin() as db:
            add_bare(db, list(documents(first, min(rows, first + _PORTION), words, _SEED)))
    return archive


def _measured(archive: Archive, kind: SheetFormat, place: Path, rows: int) -> Read:
    path = place / f"sheet.{kind}"
    with path.open("wb") as file:
        sheet_trip.take_out(archive, Searched(Query(), Audience.STAFF), kind, file)
    with path.open("rb") as file:
        start = process_time()
        for _ in sheet_lines(file):
            pass
        reading = process_time() - start
    start = process_time()
    _import(archive, path)
    importing = process_time() - start
    tracemalloc.start()
    _import(archive, path)
    peak = tracemalloc.get_traced_memory()[1] / _MEBIBYTE
    tracemalloc.stop()
    return Read(kind.value, rows, reading, importing, peak)


def _import(archive: Archive, path: Path) -> None:
    with path.open("rb") as file:
        batch_id = sheet_trip.bring_in(archive, file, path.name, "bench")
    batch_edit.plan(archive, batch_id)


def _report(found: list[Read], rows: int) -> Report:
    kinds = len(SheetFormat)
    pairs = list(zip(found[:kinds], found[kinds:], strict=True))
    return Report(
        bench="sheets",
        summary=f"Sheets of {rows // _SMALLER} and of {rows} rows, read and imported (dry run).",
        workload={"rows": [rows // _SMALLER, rows]},
        details={"sheets": [asdict(one) for one in found]},
        sheet=Sheet(
            ("format", "rows", "reading CPU s", "import CPU s", "import peak MiB"),
            tuple(
                (
                    one.format, str(one.rows), f"{one.reading_seconds:.2f}",
                    f"{one.import_seconds:.2f}", f"{one.import_peak_mib:.1f}",
                )
                for one in found
            ),
        ),
        chart=Chart(
            "CPU time of an import", "s",
            tuple((f"{one.format} {one.rows}", one.import_seconds) for one in found),
        ),
        findings=tuple(
            Finding(
                f"CPU time of ten times the rows, {large.format}",
                large.import_seconds / small.import_seconds, less_is_better=True,
                limit=_MOST_GROWTH, unit="times",
                note=f"peak memory {large.import_peak_mib / small.import_peak_mib:.2f} times",
            )
            for small, large in pairs
        ),
        versions=found_versions(None),
    )  # fmt: skip
