"""``dam bench tiles``: stored tiles, beside nginx with the same files and iipsrv with a pyramid."""

import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from dam.cli.bench.findings import Aim, Finding, ratio
from dam.cli.bench.load import Measured, NotMeasured, Plan, Subject, fetch, measure
from dam.cli.bench.options import (
    FILE,
    Output,
    Peers,
    finish,
    found_peers,
    output_options,
    require_linux,
)
from dam.cli.bench.peers import PEERS, said_by_iipsrv, serving_files, serving_iipsrv
from dam.cli.bench.pictures import Picture, draw_picture, take_in, write_pyramid
from dam.cli.bench.processes import Server, processors, stopped_by_signals
from dam.cli.bench.report import Report, found_versions
from dam.cli.bench.servers import serving_archive, serving_floor
from dam.cli.bench.tables import chart_of, notes_on, servers_as_json, sheet_of
from dam.cli.intake import progress

SEED = 20270301
BY_BOTH, BY_WIDTH, CONSTANT = "w,h", "w,", "constant"
_NGINX_AIMS = {
    "nginx": Aim(3.0, 2.0, "CPU per tile, beside the same bytes as files"),
    "nginx-open": Aim(
        3.0, 2.0, "CPU per tile, beside the same bytes as files that nginx keeps open"
    ),
}
_IIPSRV_AIM = Aim(5.0, note="Tiles a second")
_LIGHT_AIM = Aim(1.05, note="CPU per tile, beside this service without it")
_FLOOR_AIM = Aim(
    note="CPU per tile, beside the same web server with nothing to decide, find or read"
)


@dataclass(frozen=True, slots=True)
class Given:
    """The photographs that a run is about, and where it works."""

    pictures: tuple[Picture, ...]
    home: Path
    directory: Path


@click.command("tiles", short_help="Stored tiles, beside nginx and iipsrv.")
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
@click.option("--pictures", multiple=True, type=FILE, help="Your picture; may be given again.")
@click.option(
    "--megapixels", type=click.FloatRange(0.01, 1000), default=24.0, show_default=True,
    help="The size of the picture that is drawn where none is given.",
)  # fmt: skip
@click.option("--iipsrv", type=FILE, help="The iipsrv.fcgi of the comparison.")
@click.option("--without", multiple=True, type=click.Choice(PEERS), help="Leave a server out.")
@output_options
def tiles(
    *,
    pictures: tuple[Path, ...],
    megapixels: float,
    iipsrv: Path | None,
    without: tuple[str, ...],
    output: Output,
    **how: float,
) -> None:
    """Serve the same tiles with this service, with nginx as files, and with iipsrv.

    Everything is made in a temporary directory and taken away again. nginx and iipsrv take part
    where they are installed; iipsrv is asked in both spellings, width alone and width with height.
    """
    require_linux()
    peers = found_peers(without, iipsrv)
    plan = Plan(
        how["seconds"], int(how["rounds"]), int(how["connections"]), peers.nginx, peers.iipsrv
    )
    with stopped_by_signals(), TemporaryDirectory(prefix="dam-bench-") as directory:
        report = _run(plan, peers, pictures, round(megapixels * 1_000_000), Path(directory))
    finish(report, output)


def _run(plan: Plan, peers: Peers, given: Sequence[Path], pixels: int, directory: Path) -> Report:
    home, masters = directory / "home", list(given)
    if not masters:
        masters = [directory / "drawn.tif"]
        draw_picture(masters[0], pixels)
    taken = take_in(home, masters)
    with subjects(Given(taken, home, directory), plan) as asked:
        with progress("Measuring", plan.rounds * len(asked)) as done:
            turns = iter(range(1, sys.maxsize))
            measured = measure(asked, plan, lambda: done(next(turns)))
        said = said_by_iipsrv(directory)
    same = same_bytes(measured)
    if same is False:
        raise NotMeasured("nginx sent other bytes than this service, so nothing can be compared.")
    count = sum(len(one.tiles) for one in taken)
    notes = notes_on(measured, peers.left_out)
    if said is not None:
        passing = "passes tiles through" if said.passes_tiles_through else "decodes every tile"
        notes.append(f"iipsrv {said.version} {passing}, as it says itself ({peers.iipsrv}).")
    return Report(
        bench="tiles",
        summary=f"{count} tiles, {plan.rounds} turns of {plan.seconds:g} s,"
        f" {plan.connections} connections",
        workload=_workload(taken, plan),
        details={
            "servers": servers_as_json(measured, "tile"),
            "checks": {"every_answer_is_200": True, "same_bytes_as_nginx": same},
            "turns": {"seconds": plan.seconds, "rounds": plan.rounds},
            "iipsrv_passes_tiles_through": said.passes_tiles_through if said else None,
        },
        sheet=sheet_of(measured, "tile"),
        chart=chart_of(measured, "tile"),
        findings=findings(measured),
        where=where(measured),
        notes=tuple(notes),
        versions=found_versions(said),
    )


def _workload(pictures: Sequence[Picture], plan: Plan) -> dict[str, object]:
    return {
        "pictures": [
            {"width": one.extent.width, "height": one.extent.height, "tiles": len(one.tiles)}
            for one in pictures
        ],
        "tiles": sum(len(one.tiles) for one in pictures),
        "connections": plan.connections,
        "seed": SEED,
    }


@contextmanager
def subjects(given: Given, plan: Plan) -> Iterator[tuple[Subject, ...]]:
    """Start all servers of *plan*, over the pictures, and yield what is to be asked of them."""
    order = [(picture.id, tile) for picture in given.pictures for tile in picture.tiles]
    random.Random(SEED).shuffle(order)  # noqa: S311 (an order, no secret)
    both = [f"/iiif/3/{name}/{tile}" for name, tile in order]
    processor = processors()[0]
    with ExitStack() as stack:
        ours = stack.enter_context(serving_archive(given.home, given.directory, processor))
        found = [Subject(ours, BY_BOTH, both)]
        for name, told in _with_more(given.directory).items():
            more = serving_archive(given.home, given.directory, processor, name=name, told=told)
            found.append(Subject(stack.enter_context(more), BY_BOTH, both))
        if plan.with_nginx:
            root = given.directory / "files"
            for path in both:
                _keep(root, path, fetch(ours, path)[1])
            for kept_open in (False, True):
                files = stack.enter_context(
                    serving_files(root, given.directory, processor, kept_open=kept_open)
                )
                found.append(Subject(files, BY_BOTH, both))
        if plan.iipsrv:
            peer = stack.enter_context(pyramids_served(given, plan.iipsrv, processor))
            full = [f"/iiif/{name}.tif/{tile}" for name, tile in order]
            short = [f"/iiif/{name}.tif/{by_width(tile)}" for name, tile in order]
            ours_short = [f"/iiif/2/{name}/{by_width(tile)}" for name, tile in order]
            found.append(Subject(ours, BY_WIDTH, ours_short))
            found.append(Subject(peer, BY_BOTH, full))
            found.append(Subject(peer, BY_WIDTH, short))
        found.append(stack.enter_context(_floor(ours, both, given.directory, processor)))
        yield tuple(found)


def _with_more(directory: Path) -> dict[str, dict[str, object]]:
    """Return what this service can do with each tile if it is told to, by name: its variables."""
    return {
        "dam-log": {"DAM_REQUEST_LOG": directory / "requests.log"},
        "dam-credit": {"DAM_ATTRIBUTION_IN_TILES": "yes"},
    }


def _keep(root: Path, path: str, body: bytes) -> None:
    """Write what this service sends for *path* as a file: whole pictures carry their credit."""
    file = root / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


@contextmanager
def pyramids_served(
    given: Given, iipsrv: str, processor: int | None, *, cached: bool = True
) -> Iterator[Server]:
    """Start iipsrv over the same pictures as pyramids, which are written where they are not."""
    images = given.directory / "pyramids"
    if not images.exists():
        images.mkdir()
        for picture in given.pictures:
            write_pyramid(picture, images)
    with serving_iipsrv(iipsrv, images, given.directory, processor, cached=cached) as server:
        yield server


@contextmanager
def _floor(
    ours: Server, paths: Sequence[str], directory: Path, processor: int | None
) -> Iterator[Subject]:
    """Start the floor: the headers of a tile of ours and as many bytes as one has on average."""
    answers = [fetch(ours, path) for path in paths]
    length = round(sum(len(body) for _, body in answers) / len(answers))
    sent_by_server = {"server", "date", "content-length"}
    headers = [(name, value) for name, value in answers[0][0] if name.lower() not in sent_by_server]
    headers.append(("Content-Length", str(length)))
    with serving_floor(headers, length, directory, processor) as server:
        yield Subject(server, CONSTANT, list(paths))


def by_width(tile: str) -> str:
    """Return the spelling of *tile* that gives its width only, as viewers of version 2 do."""
    region, size, rest = tile.split("/", 2)
    return f"{region}/{size.partition(',')[0]},/{rest}"


def findings(measured: Sequence[Measured]) -> tuple[Finding, ...]:
    """Return the budgets that could be measured, and what else can be compared."""
    by_name = {(one.server, one.form): one for one in measured}
    found = []
    for peer in measured:
        mine = by_name["dam", BY_BOTH if peer.form == CONSTANT else peer.form]
        name = f"CPU: dam / {peer.server}"
        if peer.server.startswith("dam-"):
            name = f"CPU: {peer.server} / dam"
            found.append(ratio(name, peer.cpu, mine.cpu, less_is_better=True, aim=_LIGHT_AIM))
        elif aim := _NGINX_AIMS.get(peer.server):
            found.append(ratio(name, mine.cpu, peer.cpu, less_is_better=True, aim=aim))
        elif peer.server == "iipsrv":
            speed = f"speed: dam / iipsrv ({peer.form})"
            found.append(
                ratio(speed, mine.speed, peer.speed, less_is_better=False, aim=_IIPSRV_AIM)
            )
            name = f"{name} ({peer.form})"
            found.append(ratio(name, mine.cpu, peer.cpu, less_is_better=True))
        elif peer.form == CONSTANT:
            found.append(ratio(name, mine.cpu, peer.cpu, less_is_better=True, aim=_FLOOR_AIM))
    return tuple(found)


def where(measured: Sequence[Measured]) -> tuple[str, ...]:
    """Say what part of the CPU time of a tile is the web server's, and what part is ours."""
    by_name = {(one.server, one.form): min(one.cpu) for one in measured}
    whole, floor = by_name["dam", BY_BOTH], by_name["floor", CONSTANT]
    ours, theirs = (whole - floor) * 1000, floor * 1000
    first = (
        f"A tile costs {whole * 1000:.0f} µs of CPU: {theirs:.0f} µs are the web server's, as with"
        f" a constant answer, and {ours:.0f} µs go into deciding, finding and reading."
    )
    lines = [first]
    if nginx := by_name.get(("nginx", BY_BOTH)):
        lines.append(f"With nothing to do, this web server costs {floor / nginx:.1f} times nginx.")
    for name, what in (("dam-log", "A line in the log"), ("dam-credit", "The credit in it")):
        if more := by_name.get((name, BY_BOTH)):
            lines.append(f"{what} costs {(more - whole) * 1000:+.1f} µs a tile.")
    return tuple(lines)


def same_bytes(measured: Sequence[Measured]) -> bool | None:
    """Say whether nginx sent what this service sent, or None where nginx took no part."""
    digests = {one.server: one.digest for one in measured if one.form == BY_BOTH}
    if "nginx" not in digests:
        return None
    return digests["dam"] == digests["nginx"] == digests["nginx-open"]
