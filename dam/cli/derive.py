"""``dam derive``: make the tile packs of photographs."""

import click

from dam.cli.place import open_archive
from dam.cli.running import Stopping, run_jobs
from dam.cli.several import chosen, for_each
from dam.workflows import derive


@click.command("derive", short_help="Make tile packs that are missing.")
@click.argument("identifiers", metavar="[ID...]", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All photographs.")
@click.option("--rebuild", is_flag=True, help="Make them again even where there are some.")
def command(identifiers: tuple[str, ...], *, every: bool, rebuild: bool) -> None:
    """Make the tile packs of photographs, each cut from the master, and their manifests."""
    archive = open_archive()
    wanted = chosen(archive, identifiers, every=every)

    def make(one: str) -> str:
        packs = derive.derive(archive, one, rebuild=rebuild)
        made, kept = ", ".join(packs.made), ", ".join(packs.kept)
        return "; ".join(
            part for part in (made and f"made {made}", kept and f"kept {kept}") if part
        )

    try:
        for_each(wanted, make)
    finally:
        with Stopping() as stopping:
            run_jobs(archive, stopping)
