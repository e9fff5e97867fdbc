"""From what the desk knows to the dataclasses of its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dam.catalogue.links import unlinked
from dam.catalogue.stages import missing
from dam.config import Settings
from dam.metadata.file_claims import FileClaim
from dam.records.desk import Waiting
from dam.records.log import Event
from dam.records.values import Place, Proposal
from dam.rights.decision import Decision
from dam.rights.facts import Publication, Step
from dam.rights.rules import Rule
from dam.web import desk_words, name_pages, pages, public_pages
from dam.web.dates import clock_in_words, day_in_words
from dam.web.edits import edits
from dam.web.offered_files import files_with_words, offered_files, size_in_words
from dam.web.work import work_part
from dam.workflows.desk import CaptionView, DeskFrame, DeskList
from dam.workflows.names import Named
from dam.workflows.presentation import Told
from dam.workflows.review import Work

_LABELS = {
    Waiting.ALL: "All",
    Waiting.NO_CAPTION: "No caption",
    Waiting.DRAFT: "Not published",
    Waiting.PUBLISHED: "Published",
}
USUAL_LANGUAGES = ("en", "az", "hy", "ka", "ru", "tr", "fa", "ar", "uk", "fr", "de", "es")
ACCEPTS = ".jpg,.jpeg,.tif,.tiff,.png,.webp,.avif,.gif,.jp2,.j2k,.psd"


def state(frame: DeskFrame) -> tuple[pages.FrameState, str]:
    """Return how far a photograph is, and what the state alone does not say."""
    facts, decision = frame.told.asked.facts, frame.public
    if facts.withdrawn:
        return pages.FrameState.WITHDRAWN, ""
    if frame.failure:
        return pages.FrameState.FAILED, frame.failure
    if not frame.told.photograph.packs:
        return pages.FrameState.PREPARING, ""
    if facts.publication is Publication.PUBLISHED:
        return _published(decision)
    if not frame.told.words.captions:
        return pages.FrameState.NO_CAPTION, ""
    ready = frame.told.words.titled and bool(frame.told.words.alts)
    return (pages.FrameState.READY if ready else pages.FrameState.DRAFT), ""


def _published(decision: Decision) -> tuple[pages.FrameState, str]:
    embargo = next((one for one in decision.reasons if one.rule is Rule.EMBARGO), None)
    if embargo is not None:
        return pages.FrameState.EMBARGOED, embargo.words
    if decision.step <= Step.RECORD:
        return pages.FrameState.HIDDEN, " ".join(one.words for one in decision.reasons)
    note = decision.step.word
    if decision.step is Step.CAPPED and decision.pack is not None:
        note = f"capped at {decision.pack.long_side} pixels"
    return pages.FrameState.PUBLISHED, note


def desk_frame(frame: DeskFrame, origin: str, current: str = "") -> pages.DeskFrame:
    """Return a photograph as the lists of the desk show it."""
    one = frame.told
    word, note = state(frame)
    title = public_pages.title(one).text if one.words.titled else one.photograph.original_name
    return pages.DeskFrame(
        id=one.photograph.id,
        title=title,
        state=word,
        picture=public_pages.picture(one, origin),
        note=note,
        added=day_in_words(one.photograph.created_at.date()),
        current=one.photograph.id == current,
        mark=one.photograph.description.mark or "",
    )


def desk_page(found: DeskList, site: pages.Site, origin: str, waiting: Waiting) -> pages.DeskPage:
    """Return the page of the desk."""
    return pages.DeskPage(
        site=site,
        frames=tuple(desk_frame(one, origin) for one in found.frames),
        filters=tuple(
            pages.Filter(_LABELS[one], _url(one, 1), count, current=one is waiting)
            for one, count in found.counts.items()
        ),
        refused=tuple(_refused(found)),
        count=found.found,
        paging=pages.Paging.at(found.number, found.pages, lambda number: _url(waiting, number)),
        accepts=ACCEPTS,
    )


def _url(waiting: Waiting, number: int) -> str:
    asked = {"state": waiting.value, "page": str(number) if number > 1 else ""}
    return "/desk/?" + urlencode({name: value for name, value in asked.items() if value})


def _refused(found: DeskList) -> list[pages.RefusedFile]:
    return [
        pages.RefusedFile(
            id=file.id,
            name=file.name,
            size=size_in_words(file.size_bytes),
            reason=file.reason,
            refused_at=day_in_words(file.received_at.date()),
        )
        for file in found.refused
    ]


@dataclass(frozen=True, slots=True)
class Editing:
    """What the dark room knows beside the photograph, such as what was understood of it."""

    added_language: str = ""
    saved: Event | None = None
    undo: str | None = None
    repairs: tuple[Proposal, ...] = ()
    claims: tuple[FileClaim, ...] = ()
    work: Work | None = None
    templates: tuple[str, ...] = ()
    understood: Mapping[str, tuple[str, ...]] | None = None
    named: tuple[Named, ...] = ()
    alike: tuple[pages.Link, ...] = ()


def caption_desk(
    view: CaptionView, site: pages.Site, origin: str, settings: Settings, editing: Editing
) -> pages.CaptionDesk:
    """Return the dark room of one photograph."""
    saved = editing.saved
    one = view.frame.told
    words = one.photograph.description
    word, _ = state(view.frame)
    return pages.CaptionDesk(
        site=site,
        id=one.photograph.id,
        heading=one.photograph.original_name or one.photograph.id,
        state=word,
        picture=public_pages.picture(one, origin),
        filmstrip=tuple(desk_frame(each, origin, one.photograph.id) for each in view.strip),
        number=view.number,
        count=view.count,
        previous_id=view.previous_id,
        next_id=view.next_id,
        next_without_caption_id=view.next_without_caption_id,
        revision=one.photograph.revision,
        saved_at=None if saved is None else clock_in_words(saved.at, settings.timezone),
        texts=desk_words.texts(words, settings.archive_language, editing.added_language),
        facts=desk_words.facts(words, settings.archive_language),
        publishing=publishing(view.frame),
        languages_to_add=USUAL_LANGUAGES,
        understood=editing.understood,
        templates=editing.templates,
        mark=words.mark or "",
        recto=desk_frame(view.recto, origin) if view.recto else None,
        versos=tuple(desk_frame(each, origin) for each in view.versos),
        series_id=view.series_id,
        series=tuple(
            pages.Link(
                each.series_title, f"/desk/series/{each.series_id}", f"frame {each.position}"
            )
            for each in view.series
        ),
        records=tuple(name_pages.named_link(each, settings) for each in editing.named),
        alike=editing.alike,
        chosen_fields=view.desk_fields,
        undo=editing.undo,
        repairs=tuple(_repair(one, proposal) for proposal in editing.repairs),
        public_view=pages.Link("Page", f"/p/{one.photograph.id}"),
        claims=tuple(
            pages.FileClaim(said.label, said.name, said.value, said.block, said.language, said.note)
            for said in editing.claims
        ),
        downloads=(*offered_files(one), *files_with_words(one)),
        other_captions=desk_words.other_captions(one),
        credited_captions=desk_words.credited_captions(one),
        unlinked=tuple(dict.fromkeys(name.words for name in unlinked(words))),
        missing=missing(words, settings.archive_language),
        sensitivity=desk_words.sensitivity(one),
        work=_work(one, editing, settings),
    )


def _work(one: Told, editing: Editing, settings: Settings) -> pages.Work | None:
    if editing.work is None:
        return None
    sensitive = one.asked.facts.sensitivity is not None
    return work_part(editing.work, settings, sensitive=sensitive)


def _stands_in(place: Place) -> pages.Link:
    return pages.Link(
        place.series_title, f"/desk/series/{place.series_id}", f"frame {place.position}"
    )


_AROUND = 40


def _repair(one: Told, proposal: Proposal) -> pages.Repair:
    """Return a proposed repair with some of the text around it."""
    text = next(
        (
            text.value
            for text in one.photograph.description.texts
            if (text.field, text.language) == (proposal.field, proposal.language)
        ),
        "",
    )
    end = proposal.start + len(proposal.found)
    return pages.Repair(
        number=proposal.id,
        field=proposal.field,
        language=proposal.language,
        before=text[max(0, proposal.start - _AROUND) : proposal.start],
        found=proposal.found,
        proposed=proposal.proposed,
        after=text[end : end + _AROUND],
        reason=proposal.reason,
    )


def publishing(frame: DeskFrame) -> pages.Publishing:
    """Return what the publish button says will happen, and whether it can be pressed."""
    facts = frame.told.asked.facts
    if facts.withdrawn:
        return pages.Publishing(
            "It was withdrawn; the rights desk can reinstate it.", possible=False
        )
    if facts.publication is Publication.PUBLISHED:
        word, note = state(frame)
        return pages.Publishing(
            f"It is public: {word.value}{f', {note}' if note else ''}.", possible=False
        )
    statement = frame.told.words.statement
    if statement is not None and statement.permits_showing:
        return pages.Publishing(f"Everybody may see it, under {statement.label()}.", possible=True)
    return pages.Publishing(
        "No rights are recorded that allow it. Publishing records that you decided to show it "
        "without evidence, to be reviewed in 12 months.",
        possible=True,
        label="Publish, and answer for it",
    )


def event_list(
    site: pages.Site,
    photograph_id: str,
    heading: str,
    events: tuple[Event, ...],
    settings: Settings,
) -> pages.EventList:
    """Return everything that was done to a photograph."""
    return pages.EventList(site, photograph_id, heading, edits(events, settings, undoable=True))
