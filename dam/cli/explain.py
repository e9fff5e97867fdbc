"""``dam explain``: the decision about a photograph, and the records that made it."""

from datetime import datetime

import click

from dam.cli.place import open_archive
from dam.rights.facts import Audience
from dam.workflows import accounts, explain
from dam.workflows.archive import Archive

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("explain", short_help="Why somebody sees what they see.")
@click.argument("identifier", metavar="ID")
@click.option(
    "--as", "who", default="public", metavar="WHO", help="public, staff, … or a user; public."
)
@click.option("--on", type=_DAY, metavar="DATE", help="On another day, by today's records.")
@click.option("--as-of", type=_DAY, metavar="DATE", help="By what was recorded up to that day.")
def command(identifier: str, who: str, on: datetime | None, as_of: datetime | None) -> None:
    """Say what somebody sees of a photograph, and which records decide it."""
    archive = open_archive()
    explanation = explain.explain(
        archive,
        identifier,
        _audience(archive, who),
        on=on.date() if on else None,
        as_of=as_of.date() if as_of else None,
    )
    for line in explanation.lines:
        click.echo(line)


def _audience(archive: Archive, who: str) -> Audience:
    """Return the audience of that name, or else that of the user's role."""
    for audience in Audience:
        if audience.word == who.strip().lower().replace("-", " ").replace("_", " "):
            return audience
    for user in accounts.all_users(archive):
        if user.name == who:
            return user.role
    audiences = ", ".join(audience.word.replace(" ", "-") for audience in Audience)
    raise click.BadParameter(f"There is no user of that name; the audiences are {audiences}.")
