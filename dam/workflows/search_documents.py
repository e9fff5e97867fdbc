"""From a photograph with all that is around it to the document by which it is found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dam.catalogue.authorities import Authority
from dam.catalogue.changes import Description
from dam.catalogue.dates import in_words
from dam.catalogue.edtf import FIRST_DAY
from dam.catalogue.folding import words_of
from dam.catalogue.marks import Gap, MarkKind, decades, mark, value_of_name
from dam.catalogue.people import Knowledge
from dam.catalogue.search_document import SearchDocument, indexed
from dam.catalogue.stages import stage
from dam.catalogue.text import TextField
from dam.records.search import Document
from dam.records.values import StoredPhotograph, StoredSeries
from dam.rights.decision import Decision, Duty, Policy, decide
from dam.rights.facts import Audience, Facts, Publication, Purpose
from dam.rights.governing import recorded_statement

_TITLES = frozenset({TextField.TITLE, TextField.HEADLINE})
NO_STATEMENT = "none"


@dataclass(frozen=True, slots=True)
class Around:
    """What documents are made of beside the photographs themselves, for some of them at once.

    ``authorities`` are the records that they name and the places these lie in.
    """

    series: Mapping[str, tuple[StoredSeries, ...]]
    authorities: Mapping[str, Authority]
    damaged: frozenset[str]
    commented: frozenset[str]


@dataclass(frozen=True, slots=True)
class Made:
    """A document, the words in it, and what its marks are called that no record names."""

    document: Document
    vocabulary: frozenset[str]
    labels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Deciding:
    """Facts, and what decides by them: the policy and the moment from which on it is asked."""

    facts: Facts
    policy: Policy
    now: datetime

    def at(self, moment: datetime, purpose: Purpose = Purpose.VIEW) -> Decision:
        """Return the public's decision at *moment*."""
        return decide(self.facts, Audience.PUBLIC, purpose, moment, self.policy)


def document(one: StoredPhotograph, deciding: Deciding, around: Around) -> Made:
    """Return what *one* is found by, until something of it changes or its answer does by itself."""
    usable = usable_seconds(deciding)
    text = indexed(_words(one, around))
    labels = dict(_labels(one, deciding))
    made = Document(
        photograph_id=one.id,
        day=_day(one),
        created_at=one.created_at,
        usable_from=usable[0],
        usable_until=usable[1],
        marks=tuple(dict.fromkeys(_marks(one, deciding, around))),
        words=text.text,
    )
    return Made(made, text.vocabulary, tuple(labels.items()))


def usable_seconds(deciding: Deciding) -> tuple[int | None, int | None]:
    """Return the seconds from and until which the public sees a picture, from now on.

    0 is since ever, and none as the first is never, as the second without an end.
    """
    moment: datetime | None = deciding.now
    first: int | None = None
    while moment is not None:
        decision = deciding.at(moment)
        if decision.pack is None and first is not None:
            return first, int(moment.timestamp())
        if decision.pack is not None and first is None:
            first = 0 if moment == deciding.now else int(moment.timestamp())
        moment = decision.until
    return first, None


def _day(one: StoredPhotograph) -> date | None:
    if one.date is None:
        return None
    return one.date.latest if one.date.earliest == FIRST_DAY else one.date.earliest


def _words(one: StoredPhotograph, around: Around) -> SearchDocument:
    """Return the words, each where those stand who may read it.

    The names of records of people are for staff: a byline may be a name that hides another.
    """
    description = one.description
    return SearchDocument(
        titles=tuple(text.value for text in description.texts if text.field in _TITLES),
        others=(
            *(text.value for text in description.texts if text.field not in _TITLES),
            *_names(one),
            *_place_names(description, around),
            *(
                text.value
                for series in around.series.get(one.id, ())
                for text in series.description.texts
            ),
        ),
        inner=(
            one.original_name,
            *(caption.text for caption in description.other_captions),
            *_agent_names(description, around),
        ),
    )


def _names(one: StoredPhotograph) -> Iterator[str]:
    description = one.description
    yield from (each.byline for each in description.contributors)
    yield from (person.words for person in description.people)
    yield from description.keywords
    yield from (word for keywords in description.keywords_in for word in keywords.words)
    yield from (place.in_words for place in description.places)
    yield description.accession or ""
    yield description.negative or ""
    yield description.date_text or ""
    yield one.id
    if one.date is not None:
        yield one.date.edtf
        yield in_words(one.date, "en")


def _agent_names(description: Description, around: Around) -> Iterator[str]:
    agents = [one.agent_id for one in description.contributors]
    agents += [one.agent_id for one in description.people]
    for agent in dict.fromkeys(agents):
        record = around.authorities.get(agent)
        yield from (name.name for name in record.names) if record else ()


def _place_names(description: Description, around: Around) -> Iterator[str]:
    for place in _places(description, around):
        yield from (name.name for name in place.names)


def _places(description: Description, around: Around) -> list[Authority]:
    """Return the places that are named and those that they lie in, each once."""
    found: dict[str, Authority] = {}
    waiting = [name.place_id for place in description.places for name in place.names]
    while waiting:
        record = around.authorities.get(waiting.pop(0))
        if record is not None and record.id not in found:
            found[record.id] = record
            waiting.append(record.parent_id)
    return list(found.values())


def _marks(one: StoredPhotograph, deciding: Deciding, around: Around) -> Iterator[str]:
    facts = deciding.facts
    yield mark(MarkKind.ALL)
    if _found_by_all(deciding):
        yield mark(MarkKind.LISTED)
    if usable_seconds(deciding)[0] is not None:
        yield mark(MarkKind.USABLE)
    state = stage(
        in_review=one.in_review,
        published=facts.publication is Publication.PUBLISHED,
        withdrawn=facts.withdrawn,
    )
    yield mark(MarkKind.STATE, state.replace(" ", ""))
    yield mark(MarkKind.RIGHTS, _rights_value(facts))
    yield from _ways_in(one, around)
    for gap, holds in _gaps(one, around):
        if holds:
            yield mark(MarkKind.GAP, gap)


def _ways_in(one: StoredPhotograph, around: Around) -> Iterator[str]:
    """Yield the marks of what everybody can browse by."""
    description = one.description
    for series in around.series.get(one.id, ()):
        yield mark(MarkKind.SERIES, series.id)
    for creator in description.contributors:
        if creator.role.creates:
            record = around.authorities.get(creator.agent_id)
            yield mark(MarkKind.CREATOR, record.id if record else value_of_name(creator.byline))
    for person in description.people:
        shown = around.authorities.get(person.agent_id)
        if shown is not None:
            yield mark(MarkKind.PERSON, shown.id)
    for place in _places(description, around):
        yield mark(MarkKind.PLACE, place.id)
    for decade in decades(one.date):
        yield mark(MarkKind.DECADE, decade)


def _found_by_all(deciding: Deciding) -> bool:
    """Whether the public may find it.

    What waits for a review is not to be indexed: nobody outside may come upon it by a name.
    """
    decision = deciding.at(deciding.now, Purpose.LIST)
    return decision.listed and Duty.UNINDEXED not in decision.duties


def _gaps(one: StoredPhotograph, around: Around) -> tuple[tuple[Gap, bool], ...]:
    description = one.description
    fields = {text.field for text in description.texts if text.value.strip()}
    linked = any(name.place_id for place in description.places for name in place.names)
    unknown = any(person.known is Knowledge.UNIDENTIFIED for person in description.people)
    return (
        (Gap.CAPTION, TextField.CAPTION not in fields),
        (Gap.ALT, TextField.ALT not in fields),
        (Gap.DAMAGED, one.id in around.damaged),
        (Gap.PLACE, not linked),
        (Gap.PERSON, unknown),
        (Gap.DATE, one.date is None),
        (Gap.COMMENT, one.id in around.commented),
    )


def _rights_value(facts: Facts) -> str:
    found = recorded_statement(facts)
    return "".join(words_of(found.uri.split("//", 1)[-1])) if found else NO_STATEMENT


def _labels(one: StoredPhotograph, deciding: Deciding) -> Iterator[tuple[str, str]]:
    """Yield what marks are called: creators and people by the words that everybody may read.

    A record is named by photographs that the public may find alone: another may hide its name.
    """
    found = recorded_statement(deciding.facts)
    if found is not None:
        yield mark(MarkKind.RIGHTS, _rights_value(deciding.facts)), found.label()
    public = _found_by_all(deciding)
    for creator in one.description.contributors:
        if creator.role.creates and creator.byline.strip() and (public or not creator.agent_id):
            value = creator.agent_id or value_of_name(creator.byline)
            yield mark(MarkKind.CREATOR, value), creator.byline.strip()
    for person in one.description.people:
        if person.agent_id and person.words.strip() and public:
            yield mark(MarkKind.PERSON, person.agent_id), person.words.strip()
