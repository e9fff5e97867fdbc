"""``dam init``: make the archive."""

import click

from dam import wiring


@click.command("init", short_help="Make an archive in DAM_HOME.")
def command() -> None:
    """Make an archive in DAM_HOME (by default here), or bring the one there up to date."""
    place = wiring.open_place()
    wiring.prepare(place)
    click.echo(f"The archive in {place.settings.home} is ready.")
