"""A hostile load: among tiles, every tenth request is for a large picture at its full size."""

import random

from dam.cli.bench.client import Kind, Load, Shot
from dam.cli.bench.findings import Finding
from dam.cli.bench.load import Plan, shoot
from dam.cli.bench.processes import Server, Usage, processors
from dam.cli.bench.report import Chart, Report, Sheet, found_versions
from dam.cli.bench.servers import serving_archive, without_cache
from dam.cli.bench.tiles import SEED, Given

_TILE, _LARGE = "tile", "full/max"
_LARGE_IN_TEN = 1
_P99_LIMIT = 5.0
_TINY = 1e-6
_LONGEST_QUIET_SECONDS = 15.0
_PATIENCE_SECONDS = 120.0
_LARGEST = 2
_LENGTH = 2000  # of the list that is gone through again and again


def attacked(given: Given, plan: Plan) -> Report:
    """Return what became of tiles, first with nothing else and then under fire.

    Raises:
        NotMeasured: an answer is neither 200 nor 503.
    """
    processor = processors()[0]
    quiet_seconds = min(_LONGEST_QUIET_SECONDS, plan.seconds / 2)
    with serving_archive(given.home, given.directory, processor, told=without_cache()) as server:
        before = shoot(_load(server, given, plan, quiet_seconds, large=0), "The quiet load")
        held = server.usage()
        after = shoot(_load(server, given, plan, plan.seconds, large=_LARGE_IN_TEN), "Under fire")
        usage = server.usage()
    quiet = before.kinds[_TILE]
    return _report(given, plan, (quiet, held), after, usage)


def _load(server: Server, given: Given, plan: Plan, seconds: float, *, large: int) -> Load:
    """Return the load with *large* in ten requests for the largest pictures."""
    chance = random.Random(SEED)  # noqa: S311 (an order, no secret)
    tiles = [f"/iiif/3/{one.id}/{tile}" for one in given.pictures for tile in one.tiles]
    by_size = sorted(given.pictures, key=lambda one: one.extent.width * one.extent.height)
    largest = [f"/iiif/3/{one.id}/full/max/0/default.jpg" for one in by_size[-_LARGEST:]]
    kinds = [_LARGE if number % 10 < large else _TILE for number in range(_LENGTH)]
    chance.shuffle(kinds)
    paths = [chance.choice(tiles if kind == _TILE else largest) for kind in kinds]
    return Load(
        server.port, paths, [], seconds, plan.connections, processors()[1], kinds=kinds,
        may_be_unavailable=True, patience_seconds=_PATIENCE_SECONDS,
    )  # fmt: skip


def _report(
    given: Given, plan: Plan, quiet: tuple[Kind, Usage], fire: Shot, usage: Usage
) -> Report:
    before, held = quiet
    rows = (
        ("quiet", _TILE, before),
        *(("under fire", kind, one) for kind, one in fire.kinds.items()),
    )
    peak = usage.peak_resident_bytes / 1_000_000
    said = (
        f"The service held {held.peak_resident_bytes / 1_000_000:.0f} MB at most before the fire"
        f" and {peak:.0f} MB under it."
    )
    return Report(
        bench="hostile",
        summary=f"{plan.connections} connections, every tenth request full/max,"
        f" {plan.seconds:g} s; the load took {fire.seconds:.0f} s to be answered",
        workload={
            "pictures": [
                {"width": one.extent.width, "height": one.extent.height} for one in given.pictures
            ],
            "connections": plan.connections,
            "large_in_ten": _LARGE_IN_TEN,
            "seed": SEED,
        },
        details={
            "seconds": {"wanted": plan.seconds, "until_all_was_answered": fire.seconds},
            "answers": [
                {
                    "phase": phase, "kind": kind, "answers_200": one.answers,
                    "answers_503": one.unavailable,
                    "answers_503_without_retry_after": one.without_retry_after,
                    "p50_ms": one.p50_ms, "p95_ms": one.p95_ms, "p99_ms": one.p99_ms,
                }
                for phase, kind, one in rows
            ],
            "quiet_peak_resident_bytes": held.peak_resident_bytes,
            "peak_resident_bytes": usage.peak_resident_bytes,
        },
        sheet=Sheet(
            ("phase", "asked for", "200", "503", "without Retry-After", "p50 ms", "p95 ms",
             "p99 ms"),
            tuple(_row(*row) for row in rows),
        ),
        chart=Chart(
            "99 of 100 answers came within", "ms",
            tuple((f"{phase}, {kind}", one.p99_ms) for phase, kind, one in rows),
        ),
        findings=findings(before, fire, usage.peak_resident_bytes),
        where=(said,),
        versions=found_versions(None),
    )  # fmt: skip


def findings(quiet: Kind, fire: Shot, peak_bytes: int) -> tuple[Finding, ...]:
    """Return what the load did to tiles, to memory, and whether refusals say when to come back."""
    tile = fire.kinds[_TILE]
    bare = sum(one.without_retry_after for one in fire.kinds.values())
    asked = tile.answers + tile.unavailable
    slower = tile.p99_ms / max(quiet.p99_ms, _TINY)
    refused = tile.unavailable / asked * 100 if asked else 0.0
    note = "With as many connections, and nothing else asked for"
    return (
        Finding(
            "p99 of tiles: under fire / quiet", slower, less_is_better=True, limit=_P99_LIMIT,
            note=note,
        ),
        Finding(
            "answers 503 without Retry-After", float(bare), less_is_better=True, limit=0.0,
            unit="answers",
        ),
        Finding("tiles refused", refused, less_is_better=True, unit="%"),
        Finding("memory at most", peak_bytes / 1_000_000, less_is_better=True, unit="MB"),
    )  # fmt: skip


def _row(phase: str, kind: str, one: Kind) -> tuple[str, ...]:
    return (
        phase, kind, str(one.answers), str(one.unavailable), str(one.without_retry_after),
        f"{one.p50_ms:.2f}", f"{one.p95_ms:.2f}", f"{one.p99_ms:.2f}",
    )  # fmt: skip
