"""``dam bench render``: pictures that have to be drawn, beside iipsrv; or under hostile load."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from dam.cli.bench.fidelity import Fidelity, Judged, judge
from dam.cli.bench.findings import Aim, Finding, ratio
from dam.cli.bench.hostile import attacked
from dam.cli.bench.load import Measured, Plan, Subject, measure
from dam.cli.bench.options import FILE, Output, finish, found_peers, output_options, require_linux
from dam.cli.bench.peers import said_by_iipsrv
from dam.cli.bench.pictures import Picture, draw_several, take_in
from dam.cli.bench.processes import Server, processors, stopped_by_signals
from dam.cli.bench.report import Report, found_versions
from dam.cli.bench.requests import SEED, Form, Wanted, wanted
from dam.cli.bench.servers import serving_archive, without_cache
from dam.cli.bench.tables import chart_of, notes_on, servers_as_json, sheet_of
from dam.cli.bench.tiles import Given, pyramids_served
from dam.cli.intake import progress

_LIMITS = {Form.THUMBNAILS: 1.3, Form.REGIONS: 1.0, Form.PREVIEWS: 1.0}
_COLD, _WARM = "dam-cold", "dam"
_PEER_COLD, _PEER_WARM = "iipsrv-cold", "iipsrv"
# Ours without its cache beside theirs without, and beside theirs with; then both with.
_PAIRS = ((_COLD, _PEER_COLD), (_COLD, _PEER_WARM), (_WARM, _PEER_WARM))
_LARGE_MEGAPIXELS, _USUAL_MEGAPIXELS = 100.0, 24.0
_LONG_SECONDS, _USUAL_SECONDS = 60.0, 2.0


@click.command("render", short_help="Drawn pictures, beside iipsrv; or under hostile load.")
@click.option(
    "--rounds", type=click.IntRange(min=1), default=3, show_default=True,
    help="How many turns each server has for each kind of picture.",
)  # fmt: skip
@click.option("--connections", type=click.IntRange(1, 256), help="Asked at once; 4, hostile 64.")
@click.option("--pictures", multiple=True, type=FILE, help="Your picture; may be given again.")
@click.option(
    "--megapixels", type=click.FloatRange(0.1, 1000),
    help="The size of the largest picture that is drawn where none is given; 24, hostile 100.",
)  # fmt: skip
@click.option("--iipsrv", type=FILE, help="The iipsrv.fcgi of the comparison.")
@click.option("--without", multiple=True, type=click.Choice(("iipsrv",)), help="Leave it out.")
@click.option("--hostile", is_flag=True, help="Ask this service for too much, among tiles.")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1),
    help="How long a turn lasts at least, or the hostile load; 2, hostile 60.",
)  # fmt: skip
@output_options
def render(
    *,
    pictures: tuple[Path, ...],
    iipsrv: Path | None,
    without: tuple[str, ...],
    output: Output,
    hostile: bool,
    **how: float | None,
) -> None:
    """Draw the same pictures with this service and with iipsrv, and compare speed and fidelity.

    Ours is asked with its cache of drawn pictures off (cold) and on; iipsrv with its cache of
    decoded tiles off (cold) and on. With --hostile, a tenth of the requests is for the largest
    picture at its full size, and what becomes of tiles meanwhile is measured.
    """
    require_linux()
    usual = _LARGE_MEGAPIXELS if hostile else _USUAL_MEGAPIXELS
    pixels = round((how["megapixels"] or usual) * 1_000_000)
    connections = int(how["connections"] or (64 if hostile else 4))
    peers = found_peers(("nginx", *without, *(("iipsrv",) if hostile else ())), iipsrv)
    plan = Plan(
        how["seconds"] or (_LONG_SECONDS if hostile else _USUAL_SECONDS),
        int(how["rounds"] or 1),
        connections,
        with_nginx=False,
        iipsrv=peers.iipsrv,
    )
    with stopped_by_signals(), TemporaryDirectory(prefix="dam-bench-") as directory:
        place = Path(directory)
        masters = list(pictures) or draw_several(place, pixels)
        given = Given(take_in(place / "home", masters), place / "home", place)
        report = attacked(given, plan) if hostile else _run(given, plan)
    finish(report, output)


def _run(given: Given, plan: Plan) -> Report:
    extents = [picture.extent for picture in given.pictures]
    lists = {form: wanted(form, extents) for form in Form}
    lists = {form: asked for form, asked in lists.items() if asked}
    with _servers(given, plan) as servers:
        subjects = [
            _subject(server, form, asked, given.pictures)
            for form, asked in lists.items()
            for server in servers
        ]
        with progress("Measuring", plan.rounds * len(subjects)) as done:
            turns = iter(range(1, sys.maxsize))
            measured = measure(subjects, plan, lambda: done(next(turns)))
        # Each with its cache off: what is judged is what is drawn.
        judged = [
            Judged(server, _prefixes(server, given.pictures))
            for server in servers
            if server.name in {_COLD, _PEER_COLD}
        ]
        fidelity = tuple(
            found
            for form, asked in lists.items()
            for found in judge(judged, form, asked, given.pictures)
        )
        said = said_by_iipsrv(given.directory)
    count = sum(len(asked) for asked in lists.values())
    notes = notes_on(measured, () if plan.iipsrv else ("iipsrv",))
    if not without_cache():
        notes.append("This service keeps no drawn pictures: it is as cold when it should be warm.")
    return Report(
        bench="render",
        summary=(
            f"{count} pictures to draw, {plan.rounds} turns of {plan.seconds:g} s,"
            f" {plan.connections} connections"
        ),
        workload={
            "pictures": [{"width": one.width, "height": one.height} for one in extents],
            "requests": {form.value: len(asked) for form, asked in lists.items()},
            "connections": plan.connections,
            "seed": SEED,
        },
        details={
            "servers": servers_as_json(measured, "picture"),
            "fidelity": [
                {"server": one.server, "form": one.form.value, "psnr_db": one.mean,
                 "least_psnr_db": one.least}
                for one in fidelity
            ],
            "turns": {"seconds": plan.seconds, "rounds": plan.rounds},
        },
        sheet=sheet_of(measured, "picture"),
        chart=chart_of(measured, "picture"),
        findings=findings(measured, fidelity),
        where=where(measured, fidelity),
        notes=tuple(notes),
        versions=found_versions(said),
    )  # fmt: skip


@contextmanager
def _servers(given: Given, plan: Plan) -> Iterator[tuple[Server, ...]]:
    processor = processors()[0]
    with ExitStack() as stack:
        found = [
            stack.enter_context(
                serving_archive(
                    given.home,
                    given.directory,
                    processor,
                    name=name,
                    told={} if cached else without_cache(),
                )
            )
            for name, cached in ((_COLD, False), (_WARM, True))
        ]
        if plan.iipsrv:
            found += [
                stack.enter_context(pyramids_served(given, plan.iipsrv, processor, cached=cached))
                for cached in (False, True)
            ]
        yield tuple(found)


def _subject(
    server: Server, form: Form, asked: Sequence[Wanted], pictures: Sequence[Picture]
) -> Subject:
    prefixes = _prefixes(server, pictures)
    paths = [f"{prefixes[one.picture]}/{one.tail}" for one in asked]
    return Subject(server, form, paths, whole_passes=True)


def _prefixes(server: Server, pictures: Sequence[Picture]) -> tuple[str, ...]:
    ours = server.name in {_COLD, _WARM}
    return tuple(f"/iiif/3/{one.id}" if ours else f"/iiif/{one.id}.tif" for one in pictures)


def findings(measured: Sequence[Measured], fidelity: Sequence[Fidelity]) -> tuple[Finding, ...]:
    """Return the budgets that could be measured, and what else can be compared."""
    by_name = {(one.server, one.form): one for one in measured}
    found: list[Finding] = []
    for form in Form:
        for ours, theirs in _PAIRS:
            mine, peer = by_name.get((ours, form)), by_name.get((theirs, form))
            if mine is None or peer is None:
                continue
            pair = f"{form}: {ours} / {theirs}"
            aim = Aim(_LIMITS[form], note="Pictures a second")
            found.append(
                ratio(f"speed, {pair}", mine.speed, peer.speed, less_is_better=False, aim=aim)
            )
            found.append(ratio(f"CPU, {pair}", mine.cpu, peer.cpu, less_is_better=True))
        found += _truer(form, fidelity)
        if (_COLD, form) in by_name:
            cold, warm = by_name[_COLD, form], by_name[_WARM, form]
            name = f"CPU, {form}: {_WARM} / {_COLD}"
            found.append(ratio(name, warm.cpu, cold.cpu, less_is_better=True))
    return tuple(found)


def _truer(form: Form, fidelity: Sequence[Fidelity]) -> list[Finding]:
    means: Mapping[str, float] = {one.server: one.mean for one in fidelity if one.form is form}
    if _PEER_COLD not in means:
        return []
    apart = means[_COLD] - means[_PEER_COLD]
    note = f"PSNR {means[_COLD]:.2f} dB beside {means[_PEER_COLD]:.2f} dB of iipsrv"
    return [
        Finding(
            f"fidelity, {form}: dam - iipsrv",
            apart,
            less_is_better=False,
            limit=0.0,
            unit="dB",
            note=note,
        )
    ]


def where(measured: Sequence[Measured], fidelity: Sequence[Fidelity]) -> tuple[str, ...]:
    """Say what drawing costs here, beside an answer from the cache."""
    cpu = {(one.server, one.form): min(one.cpu) for one in measured}
    lines = [
        f"One of the {form} costs {cpu[_COLD, form]:.2f} ms of CPU where nothing drawn is kept and"
        f" {cpu[_WARM, form]:.2f} ms where it was drawn before."
        for form in Form
        if (_COLD, form) in cpu
    ]
    lines += [
        f"{one.server}, {one.form}: PSNR {one.mean:.2f} dB, the worst one {one.least:.2f} dB."
        for one in fidelity
    ]
    return tuple(lines)
