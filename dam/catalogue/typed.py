"""People and notices as they are typed into one field, and how they are written back into it."""

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import replace

from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.people import Contributor, PersonShown, Role
from dam.catalogue.text import clean, language_tag
from dam.errors import DamError


def items_of(text: str) -> tuple[str, ...]:
    """Return what stands between semicolons, cleaned, each once, in order."""
    parts = (clean(part, multiline=False) for part in text.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def typed_creators(contributors: Iterable[Contributor]) -> str:
    """Return the bylines of the photographers, as the form has them."""
    return "; ".join(one.byline for one in contributors if one.role is Role.PHOTOGRAPHER)


def typed_contributors(contributors: Iterable[Contributor]) -> str:
    """Return all others, one a line: "printer: Anna"."""
    return "\n".join(
        f"{one.role}: {one.byline}" for one in contributors if one.role is not Role.PHOTOGRAPHER
    )


def read_contributors(
    fields: Mapping[str, str], before: tuple[Contributor, ...], errors: MutableMapping[str, str]
) -> tuple[Contributor, ...]:
    """Return the contributors that the fields ``creator`` and ``contributors`` name.

    A byline that was there keeps its link. A line without a known role keeps what was stored, and
    is named in *errors*. A field that is not there changes nothing.
    """
    photographers = [one for one in before if one.role is Role.PHOTOGRAPHER]
    others = [one for one in before if one.role is not Role.PHOTOGRAPHER]
    if "creator" in fields and fields["creator"].strip() != typed_creators(before):
        photographers = [Contributor(byline) for byline in items_of(fields["creator"])]
    if "contributors" in fields:
        try:
            others = list(_others(fields["contributors"]))
        except UnknownRole as error:
            errors["contributors"] = str(error)
    links = {(one.role, one.byline): one.agent_id for one in before}
    return tuple(
        replace(one, agent_id=links.get((one.role, one.byline), one.agent_id))
        for one in (*photographers, *others)
    )


class UnknownRole(DamError):
    """A line names no role that there is."""

    def __init__(self, line: str) -> None:
        roles = ", ".join(role for role in Role if role is not Role.PHOTOGRAPHER)
        super().__init__(f"“{line[:60]}” has no role before a colon; write one of: {roles}.")


def _others(text: str) -> Iterable[Contributor]:
    for line in text.splitlines():
        written = clean(line, multiline=False)
        role, colon, byline = (part.strip() for part in written.partition(":"))
        if not written:
            continue
        if not colon or role.lower() not in set(Role) or not byline:
            raise UnknownRole(written)
        yield Contributor(byline, Role(role.lower()))


def typed_people(people: Iterable[PersonShown]) -> str:
    """Return the people shown, as the form has them."""
    return "; ".join(one.words for one in people)


def read_people(
    fields: Mapping[str, str], before: tuple[PersonShown, ...]
) -> tuple[PersonShown, ...]:
    """Return the people that the field ``people`` names, in order.

    Whoever was there keeps link and region. A field that is not there changes nothing.
    """
    if "people" not in fields or fields["people"].strip() == typed_people(before):
        return before
    known = {one.words: one for one in before}
    return tuple(known.get(words, PersonShown(words)) for words in items_of(fields["people"]))


def typed_notices(notices: Iterable[Notice]) -> str:
    """Return what must be shown, one a line: "funding en: Supported by …"."""
    return "\n".join(f"{one.kind} {one.language}: {one.text}" for one in notices)


def read_notices(
    fields: Mapping[str, str], before: tuple[Notice, ...], errors: MutableMapping[str, str]
) -> tuple[Notice, ...]:
    """Return the notices that the field ``notices`` holds, one a line.

    Where a line cannot be read all stay as they were stored, and *errors* says why.
    """
    if "notices" not in fields:
        return before
    try:
        return tuple(map(_notice, filter(str.strip, fields["notices"].splitlines())))
    except DamError as error:
        errors["notices"] = str(error)
        return before


class NoNotice(DamError):
    """A line does not say what kind of notice it is, and in which language."""

    def __init__(self, line: str) -> None:
        super().__init__(
            f"“{line[:60]}” does not begin with a kind and a language; write credit, funding or "
            "disclaimer, the language and a colon, as in “funding en: Supported by …”."
        )


def _notice(line: str) -> Notice:
    head, _, text = line.partition(":")
    words = clean(text, multiline=False)
    match head.split():
        case [kind, language] if kind.lower() in set(NoticeKind) and words:
            return Notice(NoticeKind(kind.lower()), language_tag(language), words)
        case _:
            raise NoNotice(line.strip())
