"""Codes: the code replacements of the desk, added, removed, and read from files."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dam.catalogue.codes import BadLine, Code, CodeKind, read_codes
from dam.errors import Malformed
from dam.records import authorities, codes, log
from dam.records.base import Session
from dam.workflows.archive import Archive


class NoCode(Malformed):
    """What was typed is no code, or stands for nothing."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file of codes would change: ``added`` and ``changed`` as they would be written."""

    added: tuple[Code, ...]
    changed: tuple[Code, ...]
    same: int
    bad: tuple[BadLine, ...]


def all_codes(archive: Archive) -> tuple[Code, ...]:
    """Return every code, in the order of the codes."""
    with archive.reading() as db:
        return tuple(codes.all_codes(db).values())


def put(archive: Archive, code: str, stands_for: str, by: str) -> None:
    """Write one code; it links the record that has the name it stands for, if there is just one.

    *stands_for* are the alternatives, one a line.

    Raises:
        NoCode
    """
    found = read_codes("\t".join([code, *stands_for.splitlines()]))
    if not found.codes:
        raise NoCode(
            found.bad_lines[0].sentence
            if found.bad_lines
            else "Write the code and what it stands for."
        )
    with archive.writing.begin() as db:
        _write(db, archive, found.codes, by)


def put_linked(archive: Archive, code: Code, by: str) -> None:
    """Write one code that may say itself which record it links.

    Raises:
        NoCode
        UnknownAuthority: the record that it links is not there.
    """
    found = read_codes("\t".join((code.code, *code.replacements)))
    if len(found.codes) != 1:
        raise NoCode(next((bad.sentence for bad in found.bad_lines), "Write one code."))
    with archive.writing.begin() as db:
        if code.authority_id:
            authorities.authority(db, code.authority_id)
        _write(db, archive, (code,), by)


def remove(archive: Archive, code: str, by: str) -> None:
    """Remove a code; one that is not there is removed already."""
    with archive.writing.begin() as db:
        before = codes.all_codes(db).get(code.casefold())
        if before is not None:
            codes.remove_code(db, code)
            event = log.Event(archive.now(), by, "removed", "code", before.code.casefold())
            log.write(db, replace(event, before="; ".join(before.replacements)))


def try_file(archive: Archive, text: str) -> Read:
    """Return what the codes of a file would change; nothing is written."""
    found = read_codes(text)
    with archive.reading() as db:
        return _read(db, _linked(db, found.codes), found.bad_lines)


def read_file(archive: Archive, text: str, by: str) -> Read:
    """Write the codes of a file, and return what that changed; bad lines are left out."""
    found = read_codes(text)
    with archive.writing.begin() as db:
        read = _read(db, _linked(db, found.codes), found.bad_lines)
        _write(db, archive, (*read.added, *read.changed), by)
    return read


def _read(db: Session, found: tuple[Code, ...], bad: tuple[BadLine, ...]) -> Read:
    before = codes.all_codes(db)
    known = [one for one in found if one.code.casefold() in before]
    changed = tuple(one for one in known if before[one.code.casefold()] != one)
    added = tuple(one for one in found if one.code.casefold() not in before)
    return Read(added, changed, len(known) - len(changed), bad)


def _write(db: Session, archive: Archive, wanted: Iterable[Code], by: str) -> None:
    before = codes.all_codes(db)
    now, group = archive.now(), archive.new_id()
    for one in _linked(db, wanted):
        was = before.get(one.code.casefold())
        if was == one:
            continue
        codes.put_codes(db, [one])
        event = log.Event(now, by, "changed" if was else "added", "code", one.code.casefold())
        before_words = "; ".join(was.replacements) if was else ""
        after_words = "; ".join(one.replacements)
        log.write(db, replace(event, before=before_words, after=after_words, group_id=group))


def _linked(db: Session, wanted: Iterable[Code]) -> tuple[Code, ...]:
    """Return the codes linked to the one record that has the name that each stands for."""
    return tuple(_link(db, one) for one in wanted)


def _link(db: Session, one: Code) -> Code:
    if one.authority_id:
        return one
    for kind, kinds in (
        (CodeKind.AGENT, authorities.AGENTS),
        (CodeKind.PLACE, authorities.PLACES),
    ):
        found = authorities.named(db, kinds, one.replacements[0])
        if len(found) == 1:
            return replace(one, kind=kind, authority_id=found[0].id)
    return one


def as_file(archive: Archive) -> str:
    """Return all codes as a tab-separated file, which ``read_file`` reads back the same."""
    return "".join("\t".join([one.code, *one.replacements]) + "\r\n" for one in all_codes(archive))
