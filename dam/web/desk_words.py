"""From a photograph's description to what the caption form shows of it."""

from dam.catalogue.captions import CaptionSource
from dam.catalogue.changes import Description
from dam.catalogue.text import TextField
from dam.catalogue.typed import (
    typed_contributors,
    typed_creators,
    typed_notices,
    typed_people,
)
from dam.web import pages, public_pages
from dam.workflows.desk_form import dateline_of
from dam.workflows.presentation import Told


def sensitivity(one: Told) -> str:
    """Return what the rights records say of it, for whoever writes about it."""
    found = one.asked.facts.sensitivity
    if found is None:
        return ""
    advisory = f" {public_pages.advisory_sentence(one)}" if public_pages.advised(one) else ""
    return f"Recorded as {', '.join(found.terms)}.{advisory}"


def other_captions(one: Told) -> tuple[pages.OtherCaption, ...]:
    """Return the captions beside the preferred ones, with who wrote them."""
    return tuple(
        pages.OtherCaption(number, each.language, each.text, _by(each.credited))
        for number, each in enumerate(one.photograph.description.other_captions)
    )


def credited_captions(one: Told) -> tuple[pages.OtherCaption, ...]:
    """Return the preferred captions of which it is known who wrote them."""
    return tuple(
        pages.OtherCaption(number, each.language, "", _by(each))
        for number, each in enumerate(one.photograph.description.caption_sources)
    )


def _by(source: CaptionSource) -> str:
    return ", ".join(part for part in (source.author, source.source, source.date_text) if part)


def texts(description: Description, language: str, added: str) -> tuple[pages.Texts, ...]:
    """Return the texts by language: the archive's, those that are used, and one *added*."""
    found = description.texts
    keywords = {each.language: "; ".join(each.words) for each in description.keywords_in}
    used = dict.fromkeys(
        [language, *(text.language for text in found), *keywords, *([added] if added else [])]
    )
    by_key = {(text.field, text.language): text.value for text in found}
    return tuple(
        pages.Texts(
            language=tag,
            title=by_key.get((TextField.TITLE, tag), ""),
            headline=by_key.get((TextField.HEADLINE, tag), ""),
            caption=by_key.get((TextField.CAPTION, tag), ""),
            alt=by_key.get((TextField.ALT, tag), ""),
            keywords=keywords.get(tag, ""),
        )
        for tag in used
    )


def facts(description: Description, language: str) -> pages.CaptionFacts:
    """Return what is in no language, and what is shown in the archive's *language* alone."""
    by_key = {(text.field, text.language): text.value for text in description.texts}
    return pages.CaptionFacts(
        creator=typed_creators(description.contributors),
        credit=by_key.get((TextField.CREDIT, language), ""),
        source=by_key.get((TextField.SOURCE, language), ""),
        copyright=by_key.get((TextField.COPYRIGHT, language), ""),
        date=description.date_text or "",
        place=by_key.get((TextField.PLACE, language), ""),
        dateline=dateline_of(description, language),
        keywords="; ".join(description.keywords),
        accession=description.accession or "",
        negative=description.negative or "",
        people=typed_people(description.people),
        contributors=typed_contributors(description.contributors),
        notices=typed_notices(description.notices),
    )
