"""Uploads in pieces: begun, continued after any interruption, and taken in when they are whole.

The bytes so far are a partial file, and their number is its size: nothing else can disagree with
it. When the last byte is here the file is taken in at once; a job that was written beside it does
the same a little later, in case the process died in between.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dam.errors import Malformed, TooLarge, Unavailable
from dam.records import catalogue, queue, uploads
from dam.records.uploads import UnknownUpload, Upload, UploadState
from dam.storage.base import ObjectMissing
from dam.workflows import ingest
from dam.workflows.archive import Archive
from dam.workflows.batch import Options, make_batch
from dam.workflows.ingest import Outcome, State

_MOST_OPEN = 2000
_LONGEST_NAME = 400
_AGAIN_AFTER = timedelta(minutes=5)
_TOUCH_AFTER = timedelta(minutes=1)


class EmptyUpload(Malformed):
    """A file without bytes is no photograph."""

    def __init__(self) -> None:
        super().__init__("The file is empty; nothing was sent.")


class UploadBeyondLimit(TooLarge):
    """The file is larger than this archive takes in."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The file is larger than {limit:,} bytes, this archive's limit.")


class TooManyUploads(Unavailable):
    """Too many files of one person are on their way."""

    def __init__(self) -> None:
        super().__init__(
            f"{_MOST_OPEN:,} files of yours are on their way already; let some of them arrive."
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """An upload and how many of its bytes are here."""

    upload: Upload
    offset: int

    @property
    def outcome(self) -> Outcome | None:
        """What became of it, once it is done."""
        return _outcome(self.upload) if self.upload.state is UploadState.DONE else None


def begin(archive: Archive, name: str, size_bytes: int, by: str, series: str = "") -> Progress:
    """Return a new upload of a file of *size_bytes*, of which nothing has come yet.

    Raises:
        EmptyUpload, UploadBeyondLimit, TooManyUploads, StoreUnavailable
    """
    if size_bytes < 1:
        raise EmptyUpload
    if size_bytes > archive.settings.max_upload_bytes:
        raise UploadBeyondLimit(archive.settings.max_upload_bytes)
    now = archive.now()
    upload = Upload(
        id=archive.new_id(),
        name=name[:_LONGEST_NAME],
        series=series[:_LONGEST_NAME],
        size_bytes=size_bytes,
        state=UploadState.ARRIVING,
        sha256="",
        begun_at=now,
        touched_at=now,
        begun_by=by,
    )
    archive.partials.begin(upload.id)
    with archive.writing.begin() as db:
        if uploads.count_open(db, by) >= _MOST_OPEN:
            raise TooManyUploads
        uploads.add(db, upload)
        queue.enqueue(db, queue.JobKind.SWEEP, "uploads", now, at=_sweeping_day(archive))
    return Progress(upload, 0)


def _sweeping_day(archive: Archive) -> datetime:
    """Return the first midnight at which an upload begun now may be given up."""
    after = archive.now() + timedelta(days=archive.settings.upload_days + 1)
    return after.replace(hour=0, minute=0, second=0, microsecond=0)


def progress(archive: Archive, upload_id: str, by: str) -> Progress:
    """Return how far an upload of *by* is.

    Raises:
        UnknownUpload: there is none, or it is somebody else's.
    """
    with archive.reading() as db:
        upload = uploads.one(db, upload_id)
    if upload.begun_by != by:
        raise UnknownUpload
    return Progress(upload, _arrived_bytes(archive, upload))


def _arrived_bytes(archive: Archive, upload: Upload) -> int:
    if upload.state is not UploadState.ARRIVING:
        return upload.size_bytes
    try:
        return archive.partials.size(upload.id)
    except ObjectMissing as error:
        raise UnknownUpload from error


def append(
    archive: Archive, upload_id: str, offset: int, chunks: Iterable[bytes], by: str
) -> Progress:
    """Add bytes at *offset* and return how far the upload is; with the last one it is taken in.

    Raises:
        UnknownUpload, WrongOffset, PartialInUse, StoreUnavailable
        UploadTooLarge: more came than the file was said to have.
    """
    known = progress(archive, upload_id, by)
    if known.upload.state is UploadState.ARRIVING and known.offset < known.upload.size_bytes:
        size = known.upload.size_bytes
        have = archive.partials.append(upload_id, offset, chunks, most=size)
        if archive.now() - known.upload.touched_at > _TOUCH_AFTER:
            with archive.writing.begin() as db:
                uploads.touch(db, upload_id, archive.now())
        if have < size:
            return replace(known, offset=have)
    return Progress(finish(archive, upload_id), known.upload.size_bytes)


def finish(archive: Archive, upload_id: str) -> Upload:
    """Take in an upload that is whole, once, and return it with what became of it.

    It goes on where a process was killed: the hash is recorded before the file is moved, so that
    a file which is gone can be told from one that went in.

    Raises:
        UnknownUpload: bytes are missing, and they are not in the archive either.
        PartialInUse: somebody else is taking it in.
    """
    with archive.reading() as db:
        upload = uploads.one(db, upload_id)
    if upload.state is UploadState.DONE:
        return upload
    try:
        with archive.partials.held(upload_id):
            return _take_in(archive, upload)
    except ObjectMissing as error:
        found = _went_in_before(archive, upload)
        if found is None:
            raise UnknownUpload from error
        return found


def _take_in(archive: Archive, upload: Upload) -> Upload:
    with archive.reading() as db:
        upload = uploads.one(db, upload.id)  # as it is now that nobody else holds it
    if upload.state is UploadState.DONE:
        return upload
    received = archive.partials.received(upload.id)
    if received.size_bytes != upload.size_bytes:
        raise UnknownUpload
    now = archive.now()
    with archive.writing.begin() as db:
        uploads.arrived(db, upload.id, received.sha256, now)
        queue.enqueue(
            db, queue.JobKind.TAKE_IN, upload.id, now, at=now + _AGAIN_AFTER
        )  # in case this process dies now
    options = Options(
        by=upload.begun_by,
        language=archive.settings.archive_language,
        series=upload.series or None,
    )
    batch = make_batch(options, [upload.name], None, None)
    outcome = ingest.take_in_received(archive, upload.name, received, batch)
    if (
        outcome.state is State.FAILED
    ):  # the disk is full, say: the bytes stay, and it is tried again
        raise Unavailable(outcome.reason)
    done = _record(archive, upload.id, outcome)
    archive.partials.discard(upload.id)
    return done


def _record(archive: Archive, upload_id: str, outcome: Outcome) -> Upload:
    became = outcome.id or outcome.refused_id or ""
    with archive.writing.begin() as db:
        return uploads.finish(db, upload_id, (outcome.state, outcome.reason, became), archive.now())


def _went_in_before(archive: Archive, upload: Upload) -> Upload | None:
    """Return the upload as done where its bytes became a photograph before the process died."""
    with archive.reading() as db:
        upload = uploads.one(db, upload.id)
        holder = catalogue.holder_of(db, upload.sha256) if upload.sha256 else None
    if upload.state is UploadState.DONE or holder is None:
        return upload if upload.state is UploadState.DONE else None
    return _record(archive, upload.id, Outcome(upload.name, State.TAKEN_IN, id=holder))


def _outcome(upload: Upload) -> Outcome:
    state = State(upload.outcome)
    refused = state is State.REFUSED
    return Outcome(
        upload.name,
        state,
        upload.reason,
        id=None if refused else upload.became or None,
        duplicate_of=upload.became if state is State.DUPLICATE else None,
        refused_id=upload.became if refused else None,
    )


def give_up(archive: Archive, upload_id: str, by: str) -> None:
    """Stop an upload and remove what has come of it; one that is done only leaves the list.

    Raises:
        UnknownUpload
        PartialInUse: it is being written or taken in at this moment.
    """
    known = progress(archive, upload_id, by)
    if known.upload.state is UploadState.ARRIVING:
        with archive.partials.held(upload_id):
            archive.partials.discard(upload_id)
    with archive.writing.begin() as db:
        uploads.forget(db, upload_id)


def unfinished(archive: Archive, by: str) -> tuple[Progress, ...]:
    """Return the uploads of *by* that have not arrived whole, with how far they are."""
    with archive.reading() as db:
        found = uploads.open_of(db, by)
    known = []
    for upload in found:
        try:
            known.append(Progress(upload, _arrived_bytes(archive, upload)))
        except UnknownUpload:
            continue
    return tuple(known)


def sweep(archive: Archive) -> int:
    """Remove what is left of uploads that nobody went on with, and return how many there were.

    A file that has arrived whole is never removed: its job takes it in. Scratch files that a
    killed process left behind go too.
    """
    old = archive.now() - timedelta(days=archive.settings.upload_days)
    with archive.reading() as db:
        stale = list(uploads.untouched_since(db, old))
    stale = [one for one in stale if one.state is not UploadState.ARRIVED]
    for upload in stale:
        archive.partials.discard(upload.id)
        with archive.writing.begin() as db:
            uploads.forget(db, upload.id)
    archive.store.sweep(old)
    return len(stale)
