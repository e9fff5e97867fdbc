"""``dam withdraw``: no pixel leaves any more."""

import click

from dam.cli.place import open_archive, operator
from dam.cli.several import for_each
from dam.workflows import clear


@click.command("withdraw", short_help="No pixel of these photographs leaves any more.")
@click.argument("identifiers", metavar="ID...", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why, in a few words; it is recorded.")
def command(identifiers: tuple[str, ...], reason: str) -> None:
    """Withdraw photographs: when this returns, no pixel of them leaves any more."""
    archive, by = open_archive(), operator()

    def withdraw(one: str) -> str:
        clear.withdraw(archive, one, reason, by)
        return "withdrawn"

    for_each(identifiers, withdraw)
