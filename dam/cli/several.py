"""The same for several photographs: one that cannot be done stops no other."""

from collections.abc import Callable, Sequence

import click

from dam.catalogue.text import clean
from dam.errors import DamError
from dam.records import catalogue
from dam.workflows.archive import Archive


def for_each(identifiers: Sequence[str], do: Callable[[str], str]) -> None:
    """Do it to each identifier once, say what became of it, and exit with 1 if one failed."""
    failed = False
    for one in dict.fromkeys(identifiers):
        shown = clean(one, multiline=False)[:80]
        try:
            click.echo(f"{shown}: {do(one)}")
        except DamError as error:
            failed = True
            click.echo(f"{shown}: {error}", err=True)
    if failed:
        click.get_current_context().exit(1)


def chosen(archive: Archive, identifiers: Sequence[str], *, every: bool) -> tuple[str, ...]:
    """Return the identifiers that were given, or with *every* those of all photographs."""
    if every == bool(identifiers):
        raise click.UsageError("Give identifiers, or --all.")
    if not every:
        return tuple(identifiers)
    with archive.reading() as db:
        return catalogue.all_ids(db)
