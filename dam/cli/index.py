"""``dam index``: what photographs are found and known again by, filled or built anew."""

import click

from dam import wiring
from dam.workflows import index, likeness


@click.command("index", short_help="Fill the search index, or build it anew.")
@click.option("--rebuild", is_flag=True, help="Empty it first and put every photograph in again.")
def command(*, rebuild: bool) -> None:
    """Put all photographs into the search index that are not in it, and look what they look like.

    While it is built anew, searches find what is in it already. Pictures are looked at so that one
    which comes again is known; of those that are looked at only their small pictures are read.
    """
    archive = wiring.build_archive(wiring.open_place())
    if rebuild:
        index.empty(archive)
    done = index.fill(archive, lambda so_far: click.echo(f"{so_far} photographs …", err=True))
    click.echo(f"{done} photographs put into the index.")
    seen = likeness.fill(archive, lambda so_far: click.echo(f"{so_far} pictures …", err=True))
    click.echo(f"{seen} pictures looked at.")
