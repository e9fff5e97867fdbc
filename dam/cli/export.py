"""``dam export``: what the public may see, as files that any web host can serve."""

from pathlib import Path

import click

from dam.cli.asking import public_service
from dam.cli.place import open_archive, operator
from dam.cli.report import tell
from dam.workflows import static_site
from dam.workflows.static_site import Wanted

_TOLD_EVERY = 2000  # files


@click.command("export", short_help="Write what the public may see as a site of plain files.")
@click.argument("identifiers", metavar="[ID...]", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All that is public.")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="A directory that is not there yet.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["static"]), default="static",
              help="static: pages, manifests and tiles as files.")  # fmt: skip
@click.option("--url", default="", help="Where the site will stand; without it DAM_PUBLIC_URL.")
def command(
    identifiers: tuple[str, ...], target: Path, form: str, url: str, *, every: bool
) -> None:
    """Write photographs, series, or all that is public, for a host that runs no program.

    Only what the public may see is written, and who wrote it is recorded: a copy on another host
    cannot be called back.
    """
    del form  # there is one
    if every == bool(identifiers):
        raise click.UsageError("Give identifiers, or --all.")
    archive = open_archive()
    address = (url or archive.settings.public_url or "").rstrip("/")
    wanted = Wanted(address, tuple(dict.fromkeys(identifiers)))
    ask = public_service(archive, address)
    written = static_site.write(archive, wanted, target, ask, operator(), _told)
    click.echo(
        f"{target}: {written.photographs} photographs, {written.files} files, "
        f"{written.size_bytes / 1e6:.1f} MB, for {address}"
    )


def _told(files: int) -> None:
    if files % _TOLD_EVERY == 0:
        tell(f"{files} files")
