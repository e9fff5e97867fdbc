"""``dam sheet``: words of many photographs as a sheet, out and in, and back again."""

from pathlib import Path

import click

from dam.catalogue.change_words import value_in_words
from dam.cli.new_files import new_file
from dam.cli.place import open_archive, operator
from dam.records import edit_batches
from dam.records.batch_values import BatchState, Item, ItemState
from dam.rights.facts import Audience
from dam.workflows import batch_edit, sheet_trip
from dam.workflows.archive import Archive
from dam.workflows.choosing import Searched
from dam.workflows.find import Query
from dam.workflows.sheet_files import SheetFormat

_AT_ONCE = 250


@click.group("sheet", short_help="Words as a sheet (XLSX, CSV), out and in.")
def command() -> None:
    """Take the words of photographs out as a sheet, bring them in, undo that."""


@command.command("out")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--search", "words", default="", metavar="WORDS", help="Only what these words find.")
def take_out(file: Path, words: str) -> None:
    """Write FILE, whose name ends in .xlsx or .csv; a file that is there stays."""
    kind = next((one for one in SheetFormat if file.suffix.lower() == f".{one}"), None)
    if kind is None:
        raise click.UsageError("Give the sheet a name that ends in .xlsx or .csv.")
    archive = open_archive()
    with new_file(file) as new:
        chosen = Searched(Query(words), Audience.ADMINISTRATOR)
        count = sheet_trip.take_out(archive, chosen, kind, new)
    click.echo(f"{file}: {count} photographs.")


@command.command("in")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--apply", "applying", is_flag=True, help="Make the changes too, not only show them.")
def bring_in(file: Path, *, applying: bool) -> None:
    """Show cell by cell what FILE would change, and what is not taken and why."""
    archive = open_archive()
    with file.open("rb") as sheet:
        batch_id = sheet_trip.bring_in(archive, sheet, file.name, operator())
    batch_edit.plan(archive, batch_id)
    _show(archive, batch_id)
    if applying:
        batch_edit.start(archive, batch_id, operator())
        _work(archive, batch_id)
        click.echo(f"Undo it with `dam sheet undo {batch_id}`.")
    else:
        click.echo("Nothing was changed; --apply does.")


@command.command("undo")
@click.argument("batch_id", metavar="BATCH")
def undo(batch_id: str) -> None:
    """Take back what a sheet changed; what was edited since stays."""
    archive = open_archive()
    _work(archive, batch_edit.undo(archive, batch_id, operator()))


def _show(archive: Archive, batch_id: str) -> None:
    offset = 0
    while True:
        with archive.reading() as db:
            items = edit_batches.items(db, batch_id, None, offset=offset, most=_AT_ONCE)
        for item in items:
            _show_one(item)
        if len(items) < _AT_ONCE:
            break
        offset += _AT_ONCE
    with archive.reading() as db:
        counts = edit_batches.counts(db, [batch_id])[batch_id]
        refused = edit_batches.count_refused(db, batch_id)
    click.echo(
        f"{counts[ItemState.PLANNED]} photographs would change, "
        f"{counts[ItemState.UNCHANGED]} unchanged, {refused} rows with refused cells."
    )


def _show_one(item: Item) -> None:
    where = f"{item.position} {item.photograph_id}"
    for one in item.changes:
        field = f"{one.field}@{one.language}" if one.language else one.field
        before, after = value_in_words(one.before), value_in_words(one.after)
        click.echo(f"{where} {field}: {before!r} → {after!r}")
    for refusal in item.refusals:
        click.echo(f"{where} {refusal.column}: {refusal.value!r} refused. {refusal.sentence}")


def _work(archive: Archive, batch_id: str) -> None:
    while True:
        batch_edit.run(archive, batch_id)
        with archive.reading() as db:
            if edit_batches.one(db, batch_id).state is not BatchState.APPLYING:
                break
    with archive.reading() as db:
        counts = edit_batches.counts(db, [batch_id])[batch_id]
    click.echo(
        f"{counts[ItemState.APPLIED]} photographs changed, "
        f"{counts[ItemState.CONFLICT]} edited by others and kept."
    )
