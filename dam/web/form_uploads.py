"""The plain form of the desk that takes files in, for readers without scripts."""

from collections.abc import Iterator

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
        return redirect(f"/desk/?done={'refused' if _any_refused(outcomes) else 'added'}", 303)

    def retry(self, refused_id: str) -> AnyResponse:
        """Take a refused file in once more."""
        outcome = ingest.try_again(self._archive, refused_id, actor())
        if wants_json():
            return plain_json(_outcome(outcome))
        return redirect(f"/desk/?done={'refused' if _any_refused([outcome]) else 'added'}", 303)


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


def _any_refused(outcomes: list[Outcome]) -> bool:
    return any(one.refused_id is not None for one in outcomes)
