"""``dam bench publish``: what one edit costs in a long series, beside publishing all of it."""

import random
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import click

from dam import wiring
from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.cli.bench.findings import Finding
from dam.cli.bench.options import Output, finish, output_options
from dam.cli.bench.report import Chart, Report, Sheet, found_versions
from dam.cli.bench.search_records import drawn
from dam.cli.bench.search_words import vocabulary
from dam.config import read_settings
from dam.iiif.extents import Extent
from dam.records import catalogue, register
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.register import NewRecord, RecordKind
from dam.records.values import StoredMaster, StoredPack
from dam.rights.facts import Publication
from dam.workflows import describe, publish
from dam.workflows.archive import Archive

_SERIES = "bench"
_LICENCE = "http://creativecommons.org/licenses/by/4.0/"
_FIRST_BUDGET_MS, _EDIT_BUDGET_MS = 5000.0, 100.0
_SEED = 1992
_MASTER = Extent(6000, 4000)


@click.command("publish", short_help="One edit in a long series, beside all of it.")
@click.option("--frames", default=1000, show_default=True, help="How many frames in the series.")
@click.option("--edits", default=20, show_default=True, help="How many captions are edited.")
@output_options
def publishing(*, frames: int, edits: int, output: Output) -> None:
    """Measure how long a series takes to be published, whole and after one caption was edited.

    The photographs are made of words alone; publishing reads no pixels.
    """
    with tempfile.TemporaryDirectory(prefix="dam-bench-") as directory:
        archive = filled(Path(directory), frames)
        first = timed(archive)
        times = [edited(archive, number % frames) for number in range(edits)]
        size = (archive.settings.manifests / f"3/{_SERIES}/manifest.json").stat().st_size
    finish(_report(frames, size, first, times), output)


def filled(home: Path, frames: int) -> Archive:
    """Return an archive in *home* with one series of that many published photographs."""
    place = wiring.open_place(read_settings({"DAM_HOME": str(home)}))
    wiring.prepare(place)
    archive = wiring.build_archive(place)
    words = vocabulary(5000)
    chance = random.Random(_SEED)  # noqa: S311 (made records)
    with archive.writing.begin() as db:
        for number in range(frames):
            _add(db, archive, number, drawn(chance, words, 40))
        series_rows.add_series(
            db, _SERIES, title="A long series", language="en", introduction="", now=archive.now()
        )
        db.flush()  # frames refer to it
        for number in range(frames):
            series_rows.add_frame(db, _SERIES, _identifier(number), number + 1)
    return archive


def _identifier(number: int) -> str:
    return f"p{number:07}"


def _add(db: Session, archive: Archive, number: int, caption: list[str]) -> None:
    one, now = _identifier(number), archive.now()
    texts = (
        Text(TextField.TITLE, "en", f"Frame {number}"),
        Text(TextField.CAPTION, "en", " ".join(caption)),
        Text(TextField.CREDIT, "en", f"Photo: Person {number % 7}"),
        Text(TextField.PLACE, "en", f"Place {number // 100}"),
    )
    master = StoredMaster(one, one.rjust(64, "0"), 1, "image/jpeg", _MASTER, ())
    catalogue.add_photograph(
        db, one, original_name="", description=Description(texts=texts), master=master, now=now
    )
    db.flush()  # what follows refers to it
    register.add(db, one, NewRecord(RecordKind.STATEMENT, _LICENCE), "bench", now)
    register.add(db, one, NewRecord(RecordKind.PUBLICATION, Publication.PUBLISHED), "bench", now)
    catalogue.set_publication(db, one, Publication.PUBLISHED)
    pack = StoredPack("full", one, one, _MASTER, 512, grayscale=False, transparent=None)
    catalogue.put_pack(db, one, pack, 1, now)


def timed(archive: Archive) -> tuple[float, float]:
    """Return the milliseconds that publishing took, and those of the processor."""
    start, cpu = perf_counter(), process_time()
    publish.publish_series(archive, _SERIES)
    return (perf_counter() - start) * 1000, (process_time() - cpu) * 1000


def edited(archive: Archive, number: int) -> tuple[float, float]:
    """Edit the caption of one frame, and return how long publishing the series took then."""
    one = _identifier(number)
    with archive.reading() as db:
        found = catalogue.photograph(db, one)
    others = tuple(text for text in found.description.texts if text.field is not TextField.CAPTION)
    caption = Text(TextField.CAPTION, "en", f"An edited caption of frame {number}.")
    after = replace(found.description, texts=(*others, caption))
    describe.describe(archive, one, found.revision, after, "bench")
    return timed(archive)


def _report(
    frames: int, size: int, first: tuple[float, float], edits: list[tuple[float, float]]
) -> Report:
    wall, cpu = (median(each[which] for each in edits) for which in (0, 1))
    return Report(
        bench="publish",
        summary=f"A series of {frames} frames, {size / 1e6:.1f} MB of manifest.",
        workload={"frames": frames, "edits": len(edits), "manifest_bytes": size},
        details={"first_ms": first, "edits_ms": edits},
        sheet=Sheet(
            ("what", "ms", "CPU ms"),
            (
                ("first publish", f"{first[0]:.0f}", f"{first[1]:.0f}"),
                ("one caption edit (median)", f"{wall:.1f}", f"{cpu:.1f}"),
                ("slowest edit", f"{max(edits)[0]:.1f}", f"{max(each[1] for each in edits):.1f}"),
            ),
        ),
        chart=Chart("Publishing", "ms", (("first", first[0]), ("one edit", wall))),
        findings=(
            Finding(
                "first publish", first[0], less_is_better=True, limit=_FIRST_BUDGET_MS, unit="ms"
            ),
            Finding(
                "one caption edit", wall, less_is_better=True, limit=_EDIT_BUDGET_MS, unit="ms",
                note="median; from the job's start until the copy is on the disk and told",
            ),
        ),
        versions=found_versions(None),
    )  # fmt: skip
