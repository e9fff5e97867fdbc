"""``dam reinstate``: what was withdrawn comes back."""

import click

from dam.cli.place import open_archive, operator
from dam.cli.several import for_each
from dam.workflows import clear


@click.command("reinstate", short_help="Bring withdrawn photographs back.")
@click.argument("identifiers", metavar="ID...", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why, in a few words; it is recorded.")
def command(identifiers: tuple[str, ...], reason: str) -> None:
    """Bring withdrawn photographs back to what their other records allow."""
    archive, by = open_archive(), operator()

    def reinstate(one: str) -> str:
        clear.reinstate(archive, one, reason, by)
        return "reinstated"

    for_each(identifiers, reinstate)
