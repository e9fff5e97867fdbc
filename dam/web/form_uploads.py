"""The plain form of the desk that takes files in, for readers without scripts."""

from collections.abc import Iterator
from urllib.parse import urlencode

from flask import redirect, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.text import clean
from dam.errors import Malformed
from dam.web.problems import wants_json
from dam.web.reader import actor
from dam.web.responses import plain_json
from dam.workflows import ingest
from dam.workflows.archive import Archive
from dam.workflows.batch import Options, make_batch
from dam.workflows.ingest import Outcome

_CHUNK_BYTES = 1 << 20
_MOST_NAMED = 20  # of files that were here already


class NoFile(Malformed):
    """The form holds no file."""


class FormUploads:
    """The views of the upload form."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def upload(self) -> AnyResponse:
        """Take files in, each by itself; say what became of each."""
        files = [file for file in request.files.getlist("files") if file.filename]
        if not files:
            raise NoFile("Choose one or more photographs first.")
        # The path within a dropped folder is sent with one file at a time.
        path = request.form.get("path", "") if len(files) == 1 else ""
        series = clean(request.form.get("series", ""), multiline=False)[:400]
        outcomes = [_take_in(self._archive, file, path, series) for file in files]
        if wants_json():
            return plain_json([_outcome(one) for one in outcomes])
        return redirect(_after(outcomes), 303)

    def retry(self, refused_id: str) -> AnyResponse:
        """Take a refused file in once more."""
        outcome = ingest.try_again(self._archive, refused_id, actor())
        if wants_json():
            return plain_json(_outcome(outcome))
        return redirect(_after([outcome]), 303)


def _take_in(archive: Archive, file: FileStorage, path: str, series: str) -> Outcome:
    name = clean(path or file.filename or "photograph", multiline=False)[:400]
    language = archive.settings.archive_language
    options = Options(by=actor(), language=language, series=series or None)
    return ingest.take_in(archive, name, _chunks(file), make_batch(options, [name], None, None))


def _chunks(file: FileStorage) -> Iterator[bytes]:
    while chunk := file.stream.read(_CHUNK_BYTES):
        yield chunk


def _outcome(outcome: Outcome) -> dict[str, object]:
    return {
        "path": outcome.name,
        "id": outcome.id,
        "state": outcome.state,
        "reason": outcome.reason,
        "duplicate_of": outcome.duplicate_of,
    }


def _after(outcomes: list[Outcome]) -> str:
    """Return the address of the desk that says what became of files, duplicates by name."""
    here = [one.duplicate_of for one in outcomes if one.duplicate_of is not None]
    if any(one.refused_id is not None for one in outcomes):
        done = "refused"
    else:
        done = "here" if len(here) == len(outcomes) else "added"
    return "/desk/?" + urlencode([("done", done), *(("here", one) for one in here[:_MOST_NAMED])])
