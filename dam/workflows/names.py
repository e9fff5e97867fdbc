"""Names: what the pages of authority records show, beside their edits in ``authorities``."""

from collections.abc import Sequence
from dataclasses import dataclass

from dam.catalogue.authorities import Authority, AuthorityKind
from dam.catalogue.changes import Description
from dam.catalogue.links import LinkKind, with_links
from dam.records import authorities, authority_lists, links, log
from dam.records.authorities import StoredAuthority
from dam.rights.facts import Audience
from dam.workflows import desk
from dam.workflows.archive import Archive

PAGE = 100
_MOST_USES, _MOST_WITHIN = 60, 200


@dataclass(frozen=True, slots=True)
class NameList:
    """One page of records, each with its larger place if it has one."""

    records: tuple[Authority, ...]
    parents: dict[str, Authority]
    found: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class NameView:
    """A record with what was done to it, and the photographs that name it, as staff see them."""

    stored: StoredAuthority
    parent: Authority | None
    into: Authority | None
    uses: tuple[tuple[desk.DeskFrame, tuple[LinkKind, ...]], ...]
    use_count: int
    events: tuple[log.Event, ...]
    called: dict[str, str]
    within: tuple[Authority, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a photograph names: as what, in which words, and the record as it stands."""

    kind: LinkKind
    words: str
    record: Authority


def named_by(archive: Archive, description: Description) -> tuple[Named, ...]:
    """Return the records that a description names, each name once, in the order of the form."""
    found: list[tuple[LinkKind, str, str]] = []

    def note(kind: LinkKind, words: str, identifier: str, _: tuple[str, ...]) -> str:
        if identifier:
            found.append((kind, words, identifier))
        return identifier

    with_links(description, note)
    with archive.reading() as db:
        known = authorities.authorities(db, {identifier for *_, identifier in found})
    named = (Named(kind, words, known[one]) for kind, words, one in found if one in known)
    return tuple(dict.fromkeys(named))


def listed(archive: Archive, kinds: Sequence[AuthorityKind], words: str, number: int) -> NameList:
    """Return page *number* of the records of these kinds, or those whose names hold *words*."""
    with archive.reading() as db:
        if words.strip():
            found = authorities.search(db, kinds, words, most=PAGE)
            return NameList(found, authorities.parents_of(db, found), len(found), 1, 1)
        count = authority_lists.count(db, kinds)
        pages = max(1, -(-count // PAGE))
        number = min(max(1, number), pages)
        shown = authority_lists.by_name(db, kinds, offset=(number - 1) * PAGE, most=PAGE)
        return NameList(shown, authorities.parents_of(db, shown), count, number, pages)


def view(archive: Archive, authority_id: str, audience: Audience) -> NameView:
    """Return one record for its page; raises ``UnknownAuthority``."""
    with archive.reading() as db:
        stored = authorities.authority(db, authority_id)
        one = stored.authority
        events = log.of_subject(db, "authority", authority_id)
        named = {text for event in events for text in (event.before, event.after) if text}
        named |= {one.parent_id, one.merged_into} - {""}
        known = authorities.authorities(db, named)
        uses: dict[str, list[LinkKind]] = {}
        for photograph, kind in authority_lists.uses(db, authority_id, most=_MOST_USES):
            uses.setdefault(photograph, []).append(kind)
        count = links.count_uses(db, authority_id)
        within = authority_lists.within(db, authority_id, most=_MOST_WITHIN)
    frames = {one.told.photograph.id: one for one in desk.frames(archive, [*uses], audience)}
    return NameView(
        stored=stored,
        parent=known.get(one.parent_id),
        into=known.get(one.merged_into),
        uses=tuple((frames[each], tuple(kinds)) for each, kinds in uses.items()),
        use_count=count,
        events=events,
        called={each: found.name() for each, found in known.items()},
        within=within,
    )
