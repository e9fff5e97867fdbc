"""From a series and what may be told of its frames to the dataclass of its page."""

from flask import request

from dam.catalogue.fields import SeriesField
from dam.catalogue.series_words import SeriesDescription
from dam.iiif.presentation_source import page_path
from dam.web import pages, public_pages
from dam.workflows.browse import InSeries
from dam.workflows.presentation import Told


def series_page(
    found: InSeries, site: pages.Site, origin: str, desk_url: str | None
) -> pages.SeriesPage:
    """Return a series as an essay; frames wait behind one advisory if any of them has one."""
    series, path = found.series, page_path(found.series.id)
    advisories = [one for one in found.frames if public_pages.advised(one)]
    held = bool(advisories) and request.args.get("show") != "1"
    frames = () if held else found.frames
    title_words = public_pages.words(series.description.words(SeriesField.SERIES_TITLE))
    introduction = public_pages.words(series.description.words(SeriesField.INTRODUCTION))
    title = title_words or pages.Words(series.title, series.language)
    return pages.SeriesPage(
        site=site,
        id=series.id,
        title=title,
        other_titles=_other_titles(series.description),
        introduction=introduction,
        other_languages=tuple(
            pages.LanguageLink(language, f"{path}?lang={language}")
            for language in dict.fromkeys(text.language for text in series.description.texts)
            if title_words is None or language != title_words.language
        ),
        required=public_pages.required(series.description.notices),
        frames=tuple(_essay_frame(n, one, origin) for n, one in enumerate(frames, start=1)),
        share=public_pages.share(series.id, origin),
        preview=public_pages.preview(title, introduction, found.frames, origin),
        advisory=public_pages.advisory_sentence(advisories[0]) if held else None,
        show_url=f"{path}?show=1" if held else None,
        desk_url=desk_url,
    )


def _other_titles(words: SeriesDescription) -> tuple[pages.Words, ...]:
    """Return the other titles, one a line of each language's text."""
    return tuple(
        pages.Words(line, tag)
        for tag, text in words.words(SeriesField.OTHER_TITLES)
        for line in filter(str.strip, text.splitlines())
    )


def _essay_frame(number: int, one: Told, origin: str) -> pages.EssayFrame:
    path = page_path(one.photograph.id)
    return pages.EssayFrame(
        number=number,
        url=path,
        title=public_pages.title(one),
        view=public_pages.view(one, origin, f"{path}?show=1"),
        dateline=public_pages.dateline(one),
        caption=public_pages.words(one.words.captions),
        credit=one.words.credit,
    )
