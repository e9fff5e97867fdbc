"""``dam index``: what photographs are found by, filled or built anew."""

import click

from dam import wiring
from dam.workflows import index


@click.command("index", short_help="Fill the search index, or build it anew.")
@click.option("--rebuild", is_flag=True, help="Empty it first and put every photograph in again.")
def command(*, rebuild: bool) -> None:
    """Put all photographs into the search index that are not in it.

    While it is built anew, searches find what is in it already.
    """
    archive = wiring.build_archive(wiring.open_place())
    if rebuild:
        index.empty(archive)
    done = index.fill(archive, lambda so_far: click.echo(f"{so_far} photographs …", err=True))
    click.echo(f"{done} photographs put into the index.")
