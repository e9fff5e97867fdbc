"""Shorthand: the codes and templates that spare typing; kept for all who work here."""

from collections.abc import Iterable

from dam.catalogue.codes import BadLine, Code, read_codes
from dam.catalogue.templates import Template
from dam.errors import Malformed, NotFound
from dam.records import authorities, codes, log
from dam.records.base import Session
from dam.workflows.archive import Archive

_CODE, _TEMPLATE = "code", "template"


class BadCode(Malformed):
    """The code cannot be kept."""


class UnknownCode(NotFound):
    """There is no such code."""

    def __init__(self) -> None:
        super().__init__("There is no such code.")


class UnknownTemplate(NotFound):
    """There is no template of that name."""

    def __init__(self) -> None:
        super().__init__("There is no template of that name.")


def all_codes(archive: Archive) -> tuple[Code, ...]:
    """Return every code, in the order of the alphabet."""
    with archive.reading() as db:
        return tuple(codes.all_codes(db).values())


def put_code(archive: Archive, code: Code, by: str) -> None:
    """Write a code in place of one that is written the same.

    Raises:
        BadCode: it is written with what no code holds, or stands for nothing.
        UnknownAuthority: it links a record that is not there.
    """
    read = read_codes("\t".join((code.code, *code.replacements)))
    if len(read.codes) != 1:
        reason = read.bad_lines[0].sentence if read.bad_lines else "A code needs letters or digits."
        raise BadCode(reason)
    with archive.writing.begin() as db:
        if code.authority_id:
            authorities.authority(db, code.authority_id)
        _put(db, archive, (code,), by)


def import_codes(archive: Archive, text: str, by: str) -> tuple[int, tuple[BadLine, ...]]:
    """Write the codes of a tab-separated text; return how many, and the lines left out."""
    read = read_codes(text)
    with archive.writing.begin() as db:
        _put(db, archive, read.codes, by)
    return len(read.codes), read.bad_lines


def _put(db: Session, archive: Archive, given: Iterable[Code], by: str) -> None:
    now = archive.now()
    given = tuple(given)
    codes.put_codes(db, given)
    for code in given:
        after = "\t".join(code.replacements)
        log.write(db, log.Event(now, by, "written", _CODE, code.code.casefold(), after=after))


def remove_code(archive: Archive, code: str, by: str) -> None:
    """Remove a code; raises ``UnknownCode``."""
    with archive.writing.begin() as db:
        if code.casefold() not in codes.all_codes(db):
            raise UnknownCode
        codes.remove_code(db, code)
        log.write(db, log.Event(archive.now(), by, "removed", _CODE, code.casefold()))


def all_templates(archive: Archive) -> tuple[Template, ...]:
    """Return every template by name."""
    with archive.reading() as db:
        return codes.all_templates(db)


def put_template(archive: Archive, template: Template, by: str) -> None:
    """Write a template in place of the one of that name."""
    with archive.writing.begin() as db:
        codes.put_template(db, template)
        log.write(db, log.Event(archive.now(), by, "written", _TEMPLATE, template.name))


def remove_template(archive: Archive, name: str, by: str) -> None:
    """Remove a template; raises ``UnknownTemplate``."""
    with archive.writing.begin() as db:
        if all(one.name != name for one in codes.all_templates(db)):
            raise UnknownTemplate
        codes.remove_template(db, name)
        log.write(db, log.Event(archive.now(), by, "removed", _TEMPLATE, name))
