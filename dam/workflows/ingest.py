"""Ingest: bytes come in, are hashed, looked at, and become a photograph, or are kept aside.

The order is what makes it safe: the master is in the store before a row names it, and one
transaction writes photograph, master, words, rights, events and jobs. A file that is refused is
kept with its reason and can be tried again; the rest of its batch goes in.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from dam.catalogue.links import LinkKind
from dam.catalogue.repair import proposals
from dam.catalogue.text import TextField, clean
from dam.errors import DamError, Unavailable
from dam.imaging.probe import MasterLimits, Probe, probe
from dam.imaging.refusals import NotAPicture
from dam.imaging.signatures import names_a_picture
from dam.metadata.file_claims import file_claims
from dam.records import carried, catalogue, log, queue, refused
from dam.records import proposals as repairs
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.values import RefusedFile, StoredMaster
from dam.storage import keys
from dam.storage.base import ObjectExists, Received
from dam.workflows import clear, linking
from dam.workflows.archive import Archive
from dam.workflows.batch import Batch, Options, make_batch
from dam.workflows.repeats import Repeated, repeated
from dam.workflows.said_by_file import Said, read_said

_CHUNK_BYTES = 1 << 20
# Of these names authority records are made; of places only where a dateline names them in order.
_FILED = frozenset({LinkKind.CONTRIBUTOR, LinkKind.PERSON})
_ASIDE = "refused file"  # of which an event speaks


class State(StrEnum):
    """What became of a file."""

    READY = "ready"
    TAKEN_IN = "taken in"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, in words; *id* is its photograph's, for a duplicate the first one's.

    *refused_id* names the file that was kept aside.
    """

    name: str
    state: State
    reason: str = ""
    id: str | None = None
    duplicate_of: str | None = None
    refused_id: str | None = None
    notes: tuple[str, ...] = ()


def read_file(path: Path) -> Iterable[bytes]:
    """Yield a file in pieces of a mebibyte."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def take_in(
    archive: Archive,
    name: str,
    chunks: Iterable[bytes],
    batch: Batch,
    *,
    skip_strangers: bool = False,
) -> Outcome:
    """Take one file in and return what became of it; nothing of it is lost.

    *name* is its relative path in the batch. With *skip_strangers* a file that is no picture, and
    does not call itself one, is skipped rather than kept aside: folders hold such files.
    """
    try:
        received = archive.store.receive(chunks, max_bytes=archive.settings.max_upload_bytes)
    except Unavailable as error:
        return Outcome(name, State.FAILED, str(error))
    except DamError as error:
        return Outcome(name, State.REFUSED, str(error))
    try:
        return take_in_received(archive, name, received, batch, skip_strangers=skip_strangers)
    finally:
        received.path.unlink(missing_ok=True)


def take_in_received(
    archive: Archive,
    name: str,
    received: Received,
    batch: Batch,
    *,
    skip_strangers: bool = False,
) -> Outcome:
    """Take in a file whose bytes are here already; it stays where it is unless it was kept."""
    try:
        return _looked_at(archive, name, received, batch, skip_strangers=skip_strangers)
    except Unavailable as error:  # the file is not at fault, and the rest of its batch goes on
        return Outcome(name, State.FAILED, str(error))


def _looked_at(
    archive: Archive, name: str, received: Received, batch: Batch, *, skip_strangers: bool
) -> Outcome:
    with archive.reading() as db:
        first = repeated(db, received.sha256)
    if first is not None:
        return _duplicate(name, first)
    limits = MasterLimits(max_pixels=archive.settings.max_pixels)
    try:
        facts = archive.decoding.run(probe, received.path, limits, name=name)
        said = read_said(archive, received.path, name, batch)
    except NotAPicture as error:
        if skip_strangers and not names_a_picture(name):
            return Outcome(name, State.SKIPPED, str(error))
        return _keep_aside(archive, name, received, str(error), batch.options.by)
    except DamError as error:
        return _keep_aside(archive, name, received, str(error), batch.options.by)
    return _keep_master(archive, name, received, facts, said, batch)


def _duplicate(name: str, first: Repeated) -> Outcome:
    known = first.photograph_id
    return Outcome(name, State.DUPLICATE, first.sentence, id=known, duplicate_of=known)


def _keep_master(
    archive: Archive, name: str, received: Received, facts: Probe, said: Said, batch: Batch
) -> Outcome:
    key = keys.master(received.sha256)
    # A master without a row was left by a crash; its key is the hash, so the bytes are these.
    with suppress(ObjectExists):
        archive.store.keep(received.path, key)
    master = StoredMaster(
        key=key,
        sha256=received.sha256,
        size_bytes=received.size_bytes,
        media_type=facts.media_type,
        extent=facts.extent,
        notes=facts.notes,
    )
    photograph_id = archive.new_id()
    with archive.writing.begin() as db:
        first = repeated(db, received.sha256)
        if first is None:
            arrival = Arrival(photograph_id, name, master, said)
            _write(db, archive, arrival, batch)
    if first is not None:
        return _duplicate(name, first)
    clear.after_rights_change(archive)
    notes = (*facts.notes, *said.plan.notes)
    return Outcome(name, State.TAKEN_IN, id=photograph_id, notes=notes)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that is taken in: its new identifier, its name, its master, and what to record."""

    photograph_id: str
    name: str
    master: StoredMaster
    said: Said


def _write(db: Session, archive: Archive, arrival: Arrival, batch: Batch) -> None:
    photograph_id, plan, master = arrival.photograph_id, arrival.said.plan, arrival.master
    now, by = archive.now(), batch.options.by
    kinds = _FILED | ({LinkKind.PLACE} if plan.dateline else set())
    description = linking.filed(db, archive, plan.description, by, kinds)
    catalogue.add_photograph(
        db,
        photograph_id,
        original_name=_in_text(arrival.name),
        description=description,
        master=master,
        now=now,
    )
    db.flush()  # rows that name the photograph follow
    blocks = arrival.said.blocks
    carried.keep(db, photograph_id, blocks, file_claims(blocks))
    event = log.Event(now, by, "taken in", "photograph", photograph_id, after=master.sha256)
    log.write(db, event)
    for text in plan.description.texts:
        if text.field in {TextField.CAPTION, TextField.TITLE}:
            found = proposals(text.value, text.language)
            repairs.replace_proposals(db, photograph_id, text.field, text.language, found)
    if plan.series:
        series_id = _series(db, archive, plan.series, batch)
        series_rows.add_frame(db, series_id, photograph_id, plan.position)
        log.write(db, replace(event, verb="put into", field="series", after=plan.series))
        db.flush()  # the jobs that follow look for the series of the photograph
    records = plan.records
    if plan.publish:
        known = clear.facts_of_records(records)
        records = (*records, *clear.publication_records(known, archive))
    if plan.claimed:
        log.write(db, replace(event, verb="read in the file", field="rights", after=plan.claimed))
    clear.write_records(db, archive, photograph_id, records, by)


def _in_text(name: str) -> str:
    """Return a file name that can be stored: on Linux it may be bytes that are no text."""
    return clean(name, multiline=False)


def _series(db: Session, archive: Archive, title: str, batch: Batch) -> str:
    """Return the series of that title, made if there is none."""
    known = series_rows.series_titled(db, title)
    if known is not None:
        return known
    series_id, now = archive.new_id(), archive.now()
    series_rows.add_series(
        db,
        series_id,
        title=title,
        language=batch.options.language,
        introduction=batch.introduction,
        now=now,
    )
    log.write(db, log.Event(now, batch.options.by, "added", "series", series_id, after=title))
    return series_id


def _keep_aside(archive: Archive, name: str, received: Received, reason: str, by: str) -> Outcome:
    """Keep a refused file with its reason; the same bytes are kept once."""
    with archive.reading() as db:
        known = refused.with_bytes(db, received.sha256)
    refused_id = known.id if known else archive.new_id()
    file = RefusedFile(
        id=refused_id,
        name=_in_text(name),
        reason=reason,
        key=known.key if known else keys.refused(refused_id),
        size_bytes=received.size_bytes,
        received_at=archive.now(),
        tries=1,
    )
    if known is None:
        archive.store.keep(received.path, file.key)
    event = log.Event(file.received_at, by, "kept aside", _ASIDE, refused_id, after=reason)
    with archive.writing.begin() as db:
        refused.keep(db, file, received.sha256, by)
        log.write(db, replace(event, before=known.reason if known else ""))
    return Outcome(name, State.REFUSED, reason, refused_id=refused_id)


def try_again(archive: Archive, refused_id: str, by: str) -> Outcome:
    """Take in a refused file once more, for instance after an upgrade.

    Raises:
        UnknownRefusedFile: it went in meanwhile, or there is none.
    """
    with archive.reading() as db:
        file = refused.one(db, refused_id)
    options = Options(by=by, language=archive.settings.archive_language)
    chunks = read_file(archive.store.path(file.key))
    outcome = take_in(archive, file.name, chunks, make_batch(options, [file.name], None, None))
    if outcome.state in {State.TAKEN_IN, State.DUPLICATE}:
        event = log.Event(archive.now(), by, "went in", _ASIDE, refused_id, before=file.reason)
        with archive.writing.begin() as db:
            refused.forget(db, refused_id)
            log.write(db, replace(event, after=outcome.id or ""))
        archive.store.discard(file.key)
    return outcome


def settled(archive: Archive, outcome: Outcome) -> Outcome:
    """Return *outcome* after the jobs have run: ready, or failed with the reason."""
    if outcome.state is not State.TAKEN_IN or outcome.id is None:
        return outcome
    with archive.reading() as db:
        failures = queue.failures(db, outcome.id)
        packs = catalogue.packs(db, outcome.id)
    if packs and not failures:
        return replace(outcome, state=State.READY)
    reason = failures[0] if failures else "Its tiles are not made yet; `dam worker` makes them."
    return replace(outcome, state=State.FAILED, reason=reason)
