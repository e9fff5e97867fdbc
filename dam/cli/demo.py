"""``dam demo``: an archive with pictures in it, served."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from dam import wiring
from dam.cli.addresses import origin, require_free
from dam.cli.drawing import draw_missing
from dam.cli.folders import find_files
from dam.cli.intake import progress, take_in_files
from dam.cli.place import operator
from dam.cli.report import print_table, tell
from dam.cli.running import Stopping, run_jobs
from dam.cli.serve import PORT
from dam.cli.server import run_server
from dam.cli.user import sign_in_link
from dam.records.users import UserExists
from dam.rights.facts import Audience
from dam.workflows import accounts, demo, jobs
from dam.workflows.archive import Archive
from dam.workflows.batch import Options, make_batch
from dam.workflows.ingest import State

_ADDRESS = "127.0.0.1"
_NAME = "demo"


@click.command("demo", short_help="Serve an archive with pictures in it.")
@click.argument(
    "paths", metavar="[PATH...]", nargs=-1, type=click.Path(exists=True, path_type=Path)
)
@click.option("--port", type=PORT, default=8000, show_default=True, help="The port.")
@click.option("--scale", type=click.FloatRange(0.02, 1), default=1.0, hidden=True)
def command(paths: tuple[Path, ...], port: int, scale: float) -> None:
    """Make an archive in demo/ (or DAM_HOME), put pictures in it, and serve it.

    Without paths the pictures are drawn, which takes about a minute the first time; with paths it
    is made of those photographs, published by your decision.
    """
    require_free(_ADDRESS, port)
    # The processes of the service read the same environment.
    os.environ.setdefault("DAM_HOME", str(Path("demo").resolve()))  # noqa: TID251 (for children)
    place = wiring.open_place()
    wiring.prepare(place)
    archive = wiring.build_archive(place)
    if paths:
        _take_in_given(archive, paths)
    else:
        _take_in_drawn(archive, scale)
    address = origin(_ADDRESS, port)
    click.echo(f"The demo archive is served at {address}; Ctrl-C ends it.")
    click.echo(f"Sign in once as administrator: {_link(archive, address)}")
    run_server(_ADDRESS, port, None)


def _take_in_given(archive: Archive, paths: Sequence[Path]) -> None:
    files = find_files(paths)
    options = Options(by=operator(), language=archive.settings.archive_language, public=True)
    batch = make_batch(options, [file.name for file in files], None, None)
    result = take_in_files(archive, files, batch)
    print_table(archive, result.outcomes)
    if result.interrupted:
        raise click.Abort
    if not any(one.state in {State.READY, State.DUPLICATE} for one in result.outcomes):
        click.get_current_context().exit(1)


def _take_in_drawn(archive: Archive, scale: float) -> None:
    names = demo.missing(archive)
    folder = archive.settings.home / "drawn"
    if names:
        tell("The pictures are drawn now; the first time this takes about a minute.")
    with progress("Drawing", len(names)) as done:
        draw_missing(folder, names, scale, done)
    drawn = [demo.Drawn(name, folder / name) for name in names]
    with Stopping() as stopping:
        with progress("Taking in", len(names)) as done:
            for number, outcome in enumerate(demo.take_in(archive, drawn, operator()), start=1):
                done(number)
                if outcome.state is not State.TAKEN_IN:
                    tell(f"{outcome.name}: {outcome.reason}")
                if stopping.wanted:
                    raise click.Abort
        left = jobs.unfinished(archive)
        with progress("Making tiles and manifests", left) as done:
            run_jobs(archive, stopping, lambda now_left: done(max(0, left - now_left)))
        if stopping.wanted:
            raise click.Abort


def _link(archive: Archive, address: str) -> str:
    """Return a fresh link that signs in as the administrator of the demo."""
    with suppress(UserExists):
        accounts.add_user(archive, _NAME, Audience.ADMINISTRATOR, None, operator())
    return sign_in_link(archive, _NAME, address)
