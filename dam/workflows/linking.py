"""Linking: the authority record that each name means, found, or made when that is asked for."""

from dataclasses import dataclass, field, replace
from typing import TypeVar

from dam.catalogue.authorities import (
    Authority,
    AuthorityKind,
    AuthorityName,
    NameStatus,
    new_authority,
    with_variant,
)
from dam.catalogue.changes import Description, Words
from dam.catalogue.links import LinkKind, with_links, words_with_links
from dam.catalogue.names import spelling_key
from dam.catalogue.places import is_contained
from dam.records import authorities, log
from dam.records.base import Session
from dam.workflows.archive import Archive

_Record = TypeVar("_Record")
_NEW = {
    LinkKind.CONTRIBUTOR: AuthorityKind.AGENT,
    LinkKind.PERSON: AuthorityKind.PERSON,
    LinkKind.PLACE: AuthorityKind.PLACE,
}
_SHORTEST_KEY = 4  # letters; shorter names of one sound are too often two places
_AS_PUBLISHED = "as published"


def known(db: Session, description: Description, before: Description) -> Description:
    """Return *description* with links to the records that its names mean without doubt.

    Only what differs from *before* is looked up, so that saving one field changes no other. Links
    to records that were merged go to what took their place.
    """
    found = with_links(description, _Linker(db).link)
    given = description
    return replace(
        found,
        contributors=_kept(before.contributors, given.contributors, found.contributors),
        people=_kept(before.people, given.people, found.people),
        places=_kept(before.places, given.places, found.places),
    )


def _kept(
    before: tuple[_Record, ...], given: tuple[_Record, ...], found: tuple[_Record, ...]
) -> tuple[_Record, ...]:
    return before if given == before else found


def current(db: Session, words: Words, *, look_up: bool = False) -> Words:
    """Return what a field of an old event holds, naming the records that stand today.

    With *look_up* names without a link are looked up too: in the oldest events there is none.
    """
    linker = _Linker(db, look_up=look_up)
    return words_with_links(words, linker.link)


def filed(
    db: Session,
    archive: Archive,
    description: Description,
    by: str,
    kinds: frozenset[LinkKind] = frozenset(LinkKind),
) -> Description:
    """Return *description* with every name of these kinds linked, to a new record if need be.

    A name that several records have stays without a link: a person decides which of them it is.
    """
    return with_links(description, _Linker(db, _Filing(archive, by, kinds)).link)


@dataclass(frozen=True, slots=True)
class _Filing:
    """Who makes new records, and of what."""

    archive: Archive
    by: str
    kinds: frozenset[LinkKind]


@dataclass(slots=True)
class _Linker:
    """Finds records by names, within one transaction; makes them where there is a filing."""

    db: Session
    filing: _Filing | None = None
    look_up: bool = True
    _now: dict[str, str] = field(default_factory=dict)

    def link(self, kind: LinkKind, words: str, linked: str, above: tuple[str, ...]) -> str:
        """Return the record that *words* mean; empty where none does, or several could."""
        if linked:
            return self._standing(linked)
        if not self.look_up or not words.strip():
            return ""
        found = self._places(words, above) if kind is LinkKind.PLACE else self._agents(words)
        if len(found) == 1:
            self._add_spelling(found[0], words)
            return found[0].id
        if found or self.filing is None or kind not in self.filing.kinds:
            return ""
        return self._make(self.filing, kind, words, above)

    def _standing(self, identifier: str) -> str:
        if identifier not in self._now:
            self._now |= authorities.redirects(self.db, [identifier])
        return self._now[identifier]

    def _agents(self, words: str) -> tuple[Authority, ...]:
        return authorities.named(self.db, authorities.AGENTS, words)

    def _places(self, words: str, above: tuple[str, ...]) -> tuple[Authority, ...]:
        """Return the places of that name that can lie there, else one of that sound nearby.

        Another spelling is taken for the same name only within a place that both lie in.
        """
        found = authorities.named(self.db, authorities.PLACES, words)
        if found:
            return tuple(
                one for one in found if is_contained(authorities.ancestors(self.db, one.id), above)
            )
        if len(spelling_key(words)) < _SHORTEST_KEY:
            return ()
        return tuple(
            one
            for one in authorities.spelled(self.db, authorities.PLACES, words)
            if set(authorities.ancestors(self.db, one.id)) & set(above)
        )

    def _add_spelling(self, found: Authority, words: str) -> None:
        """Keep another spelling as a variant, so that it is found by it from now on."""
        if self.filing is None or found.is_named(words):
            return
        name = AuthorityName(words, status=NameStatus.VARIANT, source=_AS_PUBLISHED)
        authorities.write(self.db, with_variant(found, name))
        self._log(self.filing, "named", found.id, words)

    def _make(self, filing: _Filing, kind: LinkKind, words: str, above: tuple[str, ...]) -> str:
        identifier = filing.archive.new_id()
        made = new_authority(identifier, _NEW[kind], words, above[-1] if above else "")
        authorities.add(self.db, made, filing.archive.now())
        self._log(filing, "added", identifier, words)
        return identifier

    def _log(self, filing: _Filing, verb: str, identifier: str, words: str) -> None:
        now = filing.archive.now()
        log.write(self.db, log.Event(now, filing.by, verb, "authority", identifier, after=words))
