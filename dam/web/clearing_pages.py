"""From rights records to the dataclasses of the rights desk."""

from datetime import date, datetime, tzinfo
from urllib.parse import urlencode

from dam.records.register import RecordKind, RightsRecord, standing
from dam.rights.facts import Facts, Step
from dam.rights.layers import Layer
from dam.rights.statements import statement, statements
from dam.web import entry_pages, pages, public_pages
from dam.web.clearing_forms import REVIEWED
from dam.web.dates import day_in_words, when_in_words
from dam.web.entry_forms import KINDS
from dam.workflows.desk import DeskList
from dam.workflows.presentation import Told

_USUAL = (
    "http://creativecommons.org/publicdomain/zero/1.0/",
    "http://creativecommons.org/publicdomain/mark/1.0/",
    "http://creativecommons.org/licenses/by/4.0/",
    "http://creativecommons.org/licenses/by-sa/4.0/",
    "http://creativecommons.org/licenses/by-nd/4.0/",
    "http://creativecommons.org/licenses/by-nc/4.0/",
    "http://creativecommons.org/licenses/by-nc-sa/4.0/",
    "http://creativecommons.org/licenses/by-nc-nd/4.0/",
)
SENSITIVITIES = (
    "human-remains",
    "graphic-injury",
    "identifiable-victim",
    "grief",
    "prisoner",
    "minor",
    "burial-rite",
    "nudity",
    "cultural",
)
_CEILINGS = (Step.HIDDEN, Step.RECORD, Step.THUMBNAIL, Step.CAPPED, Step.ZOOM, Step.DOWNLOAD)


def rights_list(
    found: DeskList, site: pages.Site, origin: str, search: str, today: datetime
) -> pages.RightsList:
    """Return the table of photographs with what the public gets of each; *today* is local."""
    rows = tuple(
        pages.RightsRow(
            id=frame.told.photograph.id,
            title=public_pages.title(frame.told).text,
            statement=frame.told.words.statement.label()
            if frame.told.words.statement
            else "No statement",
            decision="withdrawn" if frame.public.withdrawn else frame.public.step.word,
            until=""
            if frame.public.until is None
            else day_in_words(frame.public.until.astimezone(today.tzinfo).date()),
            picture=public_pages.picture(frame.told, origin),
        )
        for frame in found.frames
    )
    return pages.RightsList(
        site=site,
        rows=rows,
        count=found.found,
        paging=pages.Paging.at(found.number, found.pages, lambda number: _url(number, search)),
        day=day_in_words(today.date()),
        search=search,
    )


def _url(number: int, search: str) -> str:
    return "/rights/?" + urlencode({"page": number} | ({"q": search} if search else {}))


def rights_desk(  # noqa: PLR0913 (each argument is a part of the page, by name)
    told: Told,
    facts: Facts,
    history: tuple[RightsRecord, ...],
    *,
    site: pages.Site,
    origin: str,
    public: pages.Explanation,
    staff: pages.Explanation,
    review: date,
    timezone: tzinfo,
    errors: tuple[str, ...] = (),
    warning: str | None = None,
) -> pages.RightsDesk:
    """Return the rights desk of one photograph, its form filled with what holds now."""
    uri = facts.statement.uri if facts.statement else ""
    options = _statements(uri)
    return pages.RightsDesk(
        site=site,
        id=told.photograph.id,
        heading=public_pages.title(told).text,
        picture=public_pages.picture(told, origin),
        public=public,
        staff=staff,
        revision=history[0].id if history else 0,
        rights=options,
        rights_other="" if any(one.chosen for one in options) else uri,
        access=_ceilings(facts),
        cap=str(facts.cap.long_side_pixels) if facts.cap else "",
        embargo=facts.embargo.until.isoformat() if facts.embargo else "",
        sensitivity=_sensitivities(facts),
        show_without_evidence=facts.showing is not None,
        review=(facts.showing.review_on if facts.showing else review).isoformat(),
        withdrawn=facts.withdrawn,
        history=_history(history, timezone),
        entries=entry_pages.entries(told.photograph.id, history),
        kinds=entry_pages.kinds(told.photograph.id),
        agreements=entry_pages.agreements(facts),
        errors=errors,
        warning=warning,
    )


def _statements(chosen: str) -> tuple[pages.Option, ...]:
    listed = [one for one in statements() if "rightsstatements.org" in one.uri]
    usual = [statement(uri) for uri in _USUAL]
    return (
        pages.Option("", "Nothing recorded", chosen=not chosen),
        *(pages.Option(one.uri, one.label(), chosen=one.uri == chosen) for one in usual),
        *(pages.Option(one.uri, one.label(), chosen=one.uri == chosen) for one in listed),
    )


def _ceilings(facts: Facts) -> tuple[pages.Option, ...]:
    chosen = facts.ceiling.step if facts.ceiling else None
    return (
        pages.Option("", "what the records allow", chosen=chosen is None),
        *(pages.Option(step.word, step.word, chosen=step is chosen) for step in _CEILINGS),
    )


def _sensitivities(facts: Facts) -> tuple[pages.Option, ...]:
    known = facts.sensitivity
    terms = "; ".join(known.terms) if known else ""
    options = [pages.Option("", "nothing that needs care", chosen=not terms)]
    if known is not None:
        label = f"{terms}, {'reviewed' if known.reviewed else 'waiting for a review'}"
        options.append(pages.Option(REVIEWED if known.reviewed else terms, label, chosen=True))
        if not known.reviewed:
            options.append(pages.Option(REVIEWED, f"{terms}: I have looked, with an advisory"))
    listed = {terms} if known else set()
    options += [
        pages.Option(one, one.replace("-", " ")) for one in SENSITIVITIES if one not in listed
    ]
    return tuple(options)


_SENTENCES = {
    RecordKind.SHOWING: "Shown without evidence, by this person; review by {}.",
    RecordKind.CEILING: "Never more than {}.",
    RecordKind.CAP: "Capped at {} pixels.",
    RecordKind.EMBARGO: "Embargo; first visible day {}.",
    RecordKind.SENSITIVITY: "Marked as needing care: {}.",
    RecordKind.REVIEW: "Looked at; shown after an advisory.",
    RecordKind.PUBLICATION: "Publication: {}.",
    RecordKind.WITHDRAWAL: "Withdrawn: {}.",
    RecordKind.REINSTATEMENT: "Reinstated: {}.",
}
_ENDED = "The {} that was recorded before no longer holds."


def _history(history: tuple[RightsRecord, ...], timezone: tzinfo) -> tuple[pages.RightsRecord, ...]:
    holding = {one.id for one in standing(reversed(history)).records}
    seen: set[tuple[RecordKind, Layer]] = set()
    records = []
    for record in history:
        of = (record.value.kind, record.value.layer)
        superseded = of in seen and record.id not in holding
        seen.add(of)
        records.append(
            pages.RightsRecord(
                at=record.recorded_at.isoformat(),
                when=when_in_words(record.recorded_at, timezone, date.min),
                who=record.recorded_by,
                sentence=f"{record.name}. {_sentence(record)}",
                superseded=superseded,
            )
        )
    return tuple(records)


def _sentence(record: RightsRecord) -> str:
    new = record.value
    if not new.holds:
        return _ENDED.format(new.kind.value)
    if new.kind.value in KINDS:
        return entry_pages.sentence(new)
    if new.day is not None:
        value = day_in_words(new.day)
    elif new.number is not None:
        value = str(new.number)
    else:
        value = new.text
    return _SENTENCES[new.kind].format(value.rstrip("."))
