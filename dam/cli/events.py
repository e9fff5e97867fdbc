"""``dam events``: the log of events for other systems."""

from typing import TextIO

import click

from dam.cli.place import open_archive
from dam.workflows import event_log


@click.command("events", short_help="The log of events as PREMIS (JSON-LD).")
@click.argument("identifiers", metavar="[ID]...", nargs=-1)
@click.option("--to", "file", type=click.File("w", encoding="utf-8", lazy=True), default="-")
def command(identifiers: tuple[str, ...], file: TextIO) -> None:
    """Write the events of photographs, or of everything, as PREMIS 3 in JSON-LD."""
    file.writelines(event_log.as_premis(open_archive(), identifiers))
