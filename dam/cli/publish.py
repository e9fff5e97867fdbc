"""``dam publish``: write the published manifests again."""

import click

from dam.cli.place import open_archive
from dam.cli.several import for_each
from dam.records import catalogue
from dam.records import series as series_rows
from dam.workflows import publish
from dam.workflows.archive import Archive


@click.command("publish", short_help="Write the published manifests again.")
@click.argument("identifiers", metavar="[ID...]", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All photographs, series and collections.")
def command(identifiers: tuple[str, ...], *, every: bool) -> None:
    """Write the public's manifests again, of photographs or of series.

    What may be seen is decided by the records; this command publishes nothing new.
    """
    if every == bool(identifiers):
        raise click.UsageError("Give identifiers, or --all.")
    archive = open_archive()
    if every:
        count = publish.publish_all(archive)
        click.echo(f"The manifests of {count} photographs, their series and collections are new.")
        return
    for_each(identifiers, lambda one: _publish(archive, one))


def _publish(archive: Archive, identifier: str) -> str:
    with archive.reading() as db:
        is_series = any(one.id == identifier for one in series_rows.all_series(db))
        if not is_series:
            catalogue.photograph(db, identifier)
    if is_series:
        publish.publish_series(archive, identifier)
    else:
        publish.everywhere(archive, identifier)
    return "published again"
