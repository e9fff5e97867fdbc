"""``dam ingest``: files and folders come in; it returns when tiles and manifests are there."""

from dataclasses import dataclass
from pathlib import Path

import click

from dam.catalogue.essay import read_essay
from dam.catalogue.sheet import read_sheet
from dam.catalogue.text import clean
from dam.cli.folders import FoundFile, find_files
from dam.cli.intake import pictures_of, take_in_files
from dam.cli.place import open_archive, operator
from dam.cli.report import print_json, print_table, tell
from dam.cli.sheets import read_table, read_text
from dam.rights.statements import normalise
from dam.workflows.archive import Archive
from dam.workflows.batch import Batch, Options, make_batch
from dam.workflows.ingest import State

_INTERRUPTED = 130
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Said:
    """What the command line says about every file, and what comes along with them."""

    series: str | None
    sheet: Path | None
    text: Path | None
    rights: str | None
    credit: str | None
    public: bool


@click.command("ingest", short_help="Take photographs in.")
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--series", metavar="TITLE", help="Put them into this series, in order.")
@click.option("--sheet", type=_FILE, help="A sheet (CSV or XLSX): one row for a photograph.")
@click.option("--text", type=_FILE, help="A photo essay: a dateline and a caption for each.")
@click.option("--rights", metavar="URI", help="The licence or rights statement of all of them.")
@click.option("--credit", metavar="TEXT", help="The credit line of all of them.")
@click.option("--public", is_flag=True, help="Publish them; without rights, as your decision.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each file.")
def command(paths: tuple[Path, ...], *, as_json: bool, **said: str | Path | bool | None) -> None:
    """Take photographs in, files or whole folders, and make their tiles and manifests.

    What cannot be taken in is named with its reason and stops nothing else. Files that are no
    pictures are skipped where a folder was given.
    """
    wanted = Said(**said)  # type: ignore[arg-type]  # click passes each option as it is declared
    rights = normalise(wanted.rights) if wanted.rights else None
    archive = open_archive()
    files = find_files(paths, [path for path in (wanted.sheet, wanted.text) if path])
    batch = _batch(archive, wanted, rights, files)
    for note in batch.notes:
        tell(note)
    result = take_in_files(archive, files, batch)
    for outcome in result.outcomes:
        for note in outcome.notes:
            tell(f"{outcome.name}: {note}")
    (print_json if as_json else print_table)(archive, result.outcomes)
    if result.interrupted:
        click.get_current_context().exit(_INTERRUPTED)
    if not any(outcome.state in {State.READY, State.DUPLICATE} for outcome in result.outcomes):
        click.get_current_context().exit(1)


def _batch(archive: Archive, said: Said, rights: str | None, files: tuple[FoundFile, ...]) -> Batch:
    language = archive.settings.archive_language
    options = Options(
        by=operator(),
        language=language,
        series=_line(said.series),
        rights=rights,
        credit=_line(said.credit),
        public=said.public,
    )
    sheet = essay = None
    if said.sheet is not None:
        table = read_table(said.sheet)
        sheet = read_sheet(table.header, table.rows, language)
        for note in table.notes:
            tell(note)
    if said.text is not None:
        text, notes = read_text(said.text)
        essay = read_essay(text, language)
        for note in notes:
            tell(note)
    # The frames of an essay are those of the pictures: a list of files among them has none.
    named = files if essay is None else pictures_of(files)
    return make_batch(options, [file.name for file in named], sheet, essay)


def _line(text: str | None) -> str | None:
    return clean(text, multiline=False) or None if text else None
