"""``dam bench search``: how long a search takes among many records, on SQLite and PostgreSQL."""

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import click

from dam import wiring
from dam.catalogue.marks import MarkKind
from dam.cli.bench.findings import Finding
from dam.cli.bench.options import Output, finish, output_options
from dam.cli.bench.report import Chart, Report, Sheet, found_versions
from dam.cli.bench.search_records import documents, drawn
from dam.cli.bench.search_words import vocabulary
from dam.config import read_settings
from dam.records import search as search_rows
from dam.records import search_text
from dam.records.bulk import add_bare
from dam.rights.facts import Audience
from dam.workflows import find
from dam.workflows.archive import Archive
from dam.workflows.find import Order, Query

_WORDS = 30_000
_PORTION = 2000
_BUDGET_MS = 50.0
_SEED = 1992
_LETTERS = 3  # of a word that is being typed
_HEADINGS = ("database", "search", "p50 ms", "p95 ms", "p99 ms", "hits (median)")


@dataclass(frozen=True, slots=True)
class Timed:
    """What one kind of search took on one database."""

    database: str
    kind: str
    milliseconds: tuple[float, ...]
    hits: tuple[int, ...]

    def percentile(self, which: int) -> float:
        """Return the *which*-th percentile in milliseconds."""
        return quantiles(self.milliseconds, n=100, method="inclusive")[which - 1]


@click.command("search", short_help="Searches among many records; SQLite and PostgreSQL.")
@click.option("--records", default=20_000, show_default=True, help="How many; try 1000000.")
@click.option("--searches", default=200, show_default=True, help="How many of each kind.")
@click.option("--postgres", metavar="URL", help="An empty PostgreSQL database to measure too.")
@output_options
def search(*, records: int, searches: int, postgres: str | None, output: Output) -> None:
    """Measure searches among made records: facets counted, by date, counts stopping at 1000.

    One third are two words, one third a word and the beginning of another, one third a word
    within a decade.
    """
    timed: list[Timed] = []
    with tempfile.TemporaryDirectory(prefix="dam-bench-") as directory:
        for name, url in (("SQLite", None), ("PostgreSQL", postgres)):
            if name == "SQLite" or url is not None:
                timed += _measured(name, _filled(Path(directory) / name, url, records), searches)
    finish(_report(timed, records, searches), output)


def _filled(home: Path, url: str | None, records: int) -> Archive:
    settings = {"DAM_HOME": str(home)} | ({"DAM_DATABASE_URL": url} if url else {})
    place = wiring.open_place(read_settings(settings))
    wiring.prepare(place)
    archive = wiring.build_archive(place)
    words = vocabulary(_WORDS)
    for first in range(0, records, _PORTION):
        with archive.writing.begin() as db:
            add_bare(db, list(documents(first, min(records, first + _PORTION), words, _SEED)))
    with archive.writing.begin() as db:
        search_rows.learn(db, words)
        search_text.settle(db)
    return archive


def _kinds(searches: int) -> Iterator[tuple[str, list[Query]]]:
    words = vocabulary(_WORDS)
    makers: dict[str, Callable[[random.Random], Query]] = {
        "two words": lambda chance: Query(" ".join(drawn(chance, words, 2)), order=Order.DATE),
        "word and prefix": lambda chance: Query(_typed(chance, words), order=Order.DATE),
        "word in a decade": lambda chance: Query(
            drawn(chance, words, 1)[0],
            ((MarkKind.DECADE, f"{chance.randrange(190, 202)}0"),),
            Order.DATE,
        ),
    }
    for kind, make in makers.items():
        chance = random.Random(f"{_SEED} {kind}")  # noqa: S311 (made searches)
        yield kind, [make(chance) for _ in range(searches)]


def _typed(chance: random.Random, words: tuple[str, ...]) -> str:
    whole, begun = drawn(chance, words, 2)
    return f"{whole} {begun[:_LETTERS]}"


def _measured(name: str, archive: Archive, searches: int) -> list[Timed]:
    found = []
    for kind, queries in _kinds(searches):
        for query in queries[:10]:
            find.find(archive, Audience.STAFF, query)
        times, hits = [], []
        for query in queries:
            start = perf_counter()
            with archive.reading() as db:
                result, _ = find.looked_up(db, archive, Audience.STAFF, query)
            times.append((perf_counter() - start) * 1000)
            hits.append(result.count)
        found.append(Timed(name, kind, tuple(times), tuple(hits)))
    every = tuple(one for each in found for one in each.milliseconds)
    hits_of_all = tuple(hit for one in found for hit in one.hits)
    return [*found, _pages(name, archive, searches), Timed(name, "all", every, hits_of_all)]


def _pages(name: str, archive: Archive, searches: int) -> Timed:
    """Time whole pages of 60 with their rows and decisions, for the first kind of search."""
    times, hits = [], []
    for query in next(_kinds(searches))[1]:
        start = perf_counter()
        found = find.find(archive, Audience.STAFF, query)
        times.append((perf_counter() - start) * 1000)
        hits.append(found.count)
    return Timed(name, "two words, with the page", tuple(times), tuple(hits))


def _report(timed: list[Timed], records: int, searches: int) -> Report:
    whole = [one for one in timed if one.kind == "all"]
    return Report(
        bench="search",
        summary=f"{searches} searches of each of three kinds among {records} made records.",
        workload={
            "records": records,
            "searches": searches,
            "databases": [one.database for one in whole],
        },
        details={"searches": [_as_json(one) for one in timed]},
        sheet=Sheet(_HEADINGS, tuple(_row(one) for one in timed)),
        chart=Chart(
            "95th percentile", "ms",
            tuple((f"{one.database} {one.kind}", one.percentile(95)) for one in timed),
        ),
        findings=tuple(
            Finding(
                f"p95 of a search on {one.database}", one.percentile(95), less_is_better=True,
                limit=_BUDGET_MS, unit="ms",
                note="hits and facets; the rows of the page that is shown come on top",
            )
            for one in whole
        ),
        versions=found_versions(None),
    )  # fmt: skip


def _row(one: Timed) -> tuple[str, ...]:
    percentiles = (f"{one.percentile(which):.1f}" for which in (50, 95, 99))
    return (one.database, one.kind, *percentiles, str(sorted(one.hits)[len(one.hits) // 2]))


def _as_json(one: Timed) -> dict[str, object]:
    return {
        "database": one.database,
        "kind": one.kind,
        "p50_ms": one.percentile(50),
        "p95_ms": one.percentile(95),
        "p99_ms": one.percentile(99),
        "median_hits": sorted(one.hits)[len(one.hits) // 2],
    }
