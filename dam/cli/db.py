"""``dam db upgrade``: bring the tables of the database to this version."""

import click

from dam import wiring


@click.group("db", short_help="Look after the database.")
def command() -> None:
    """Look after the database."""


@command.command("upgrade", short_help="Bring the database to this version.")
def upgrade() -> None:
    """Bring the database to this version of dam; nothing in it is lost."""
    wiring.prepare(wiring.open_place())
    click.echo("The database is up to date.")
