"""Codes: the code replacements of the desk, added, removed, and read from files."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from dam.catalogue.codes import BadLine, Code, CodeKind, read_codes
from dam.errors import Conflict, Malformed
from dam.records import authorities, codes, log
from dam.records.base import Session
from dam.workflows.archive import Archive

_SUBJECT = "code"


class NoCode(Malformed):
    """What was typed is no code, or stands for nothing."""


class CodeTaken(Conflict):
    """The code stands for something else than whoever wrote it again knew."""

    def __init__(self, theirs: Code) -> None:
        self.theirs = theirs
        super().__init__(f"“{theirs.code}” stands for something else already; compare the two.")


class CodesChanged(Conflict):
    """Codes of the file were changed after it was read."""

    def __init__(self) -> None:
        super().__init__("Codes of this file were changed meanwhile; look at what it changes now.")


@dataclass(frozen=True, slots=True)
class Read:
    """What a file of codes would change: ``added`` and ``changed`` as they would be written.

    ``check`` is the same as long as those codes stand for the same.
    """

    added: tuple[Code, ...]
    changed: tuple[Code, ...]
    same: int
    bad: tuple[BadLine, ...]
    check: str = ""


def all_codes(archive: Archive) -> tuple[Code, ...]:
    """Return every code, in the order of the codes."""
    with archive.reading() as db:
        return tuple(codes.all_codes(db).values())


def put(archive: Archive, code: str, stands_for: str, by: str, seen: str) -> None:
    """Write one code; it links the record that has the name it stands for, if there is just one.

    *stands_for* are the alternatives, one a line; *seen* is what the code stood for when that was
    typed, as far as whoever types it knows.

    Raises:
        NoCode
        CodeTaken: it stands for something else by now; nothing is written.
    """
    found = read_codes("\t".join([code, *stands_for.splitlines()]))
    if not found.codes:
        raise NoCode(
            found.bad_lines[0].sentence
            if found.bad_lines
            else "Write the code and what it stands for."
        )
    with archive.writing.begin() as db:
        known = codes.all_codes(db)
        for one in found.codes:
            was = known.get(one.code.casefold())
            if was and was.replacements != one.replacements and in_lines(was) != in_lines_of(seen):
                raise CodeTaken(was)
        _write(db, archive, found.codes, by)


def in_lines(code: Code) -> str:
    """Return what a code stands for, one alternative a line, as forms have it."""
    return "\n".join(code.replacements)


def in_lines_of(text: str) -> str:
    """Return *text* with the ends of lines that ``in_lines`` writes."""
    return "\n".join(text.splitlines())


def last_saved(archive: Archive, code: str) -> log.Event | None:
    """Return the newest event of a code."""
    with archive.reading() as db:
        return next(iter(log.of_subject(db, _SUBJECT, code.casefold())), None)


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
            event = log.Event(archive.now(), by, "removed", _SUBJECT, before.code.casefold())
            log.write(db, replace(event, before="; ".join(before.replacements)))


def try_file(archive: Archive, text: str) -> Read:
    """Return what the codes of a file would change; nothing is written."""
    found = read_codes(text)
    with archive.reading() as db:
        return _read(db, _linked(db, found.codes), found.bad_lines)


def read_file(archive: Archive, text: str, by: str, check: str = "") -> Read:
    """Write the codes of a file, and return what that changed; bad lines are left out.

    Raises:
        CodesChanged: there is a *check*, and what was seen is not what stands; nothing is written.
    """
    found = read_codes(text)
    with archive.writing.begin() as db:
        read = _read(db, _linked(db, found.codes), found.bad_lines)
        if check and check != read.check:
            raise CodesChanged
        _write(db, archive, (*read.added, *read.changed), by)
    return read


def _read(db: Session, found: tuple[Code, ...], bad: tuple[BadLine, ...]) -> Read:
    before = codes.all_codes(db)
    known = [one for one in found if one.code.casefold() in before]
    changed = tuple(one for one in known if before[one.code.casefold()] != one)
    added = tuple(one for one in found if one.code.casefold() not in before)
    stands = repr([(one, before.get(one.code.casefold())) for one in found])
    check = sha256(stands.encode()).hexdigest()[:16]
    return Read(added, changed, len(known) - len(changed), bad, check)


def _write(db: Session, archive: Archive, wanted: Iterable[Code], by: str) -> None:
    before = codes.all_codes(db)
    now, group = archive.now(), archive.new_id()
    for one in _linked(db, wanted):
        was = before.get(one.code.casefold())
        if was == one:
            continue
        codes.put_codes(db, [one])
        event = log.Event(now, by, "changed" if was else "added", _SUBJECT, one.code.casefold())
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
