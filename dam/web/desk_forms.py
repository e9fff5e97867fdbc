"""The caption form as values: what is stored, what was typed, and two versions side by side."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from dam.catalogue.captions import Caption
from dam.catalogue.text import clean, language_tag
from dam.web import pages
from dam.web.compared import compared, conflict

WordsPage = pages.CaptionDesk | pages.TemplatePage
_Page = TypeVar("_Page", pages.CaptionDesk, pages.TemplatePage)
_LONGEST_LINE = 400
_IN_EACH_LANGUAGE = ("title", "headline", "caption", "alt", "keywords")
_IN_NO_LANGUAGE = (
    "creator",
    "credit",
    "source",
    "copyright",
    "date",
    "place",
    "dateline",
    "keywords",
    "accession",
    "negative",
    "people",
    "contributors",
    "notices",
)


def form_values(page: WordsPage) -> dict[str, str]:
    """Return the fields of the caption form with what is stored, by their names in the form."""
    values = {
        f"{name}@{text.language}": getattr(text, name)
        for text in page.texts
        for name in _IN_EACH_LANGUAGE
    }
    return values | {name: getattr(page.facts, name) for name in _IN_NO_LANGUAGE}


# As the form says them, where a capital letter is not enough.
_LABELS = {
    "alt": "Alternative text",
    "accession": "Accession number",
    "copyright": "Copyright notice",
    "negative": "Negative number",
    "people": "People shown",
    "contributors": "Other contributors",
    "notices": "Texts that must be shown",
    "creator": "Creators",
}


def with_conflict(
    page: pages.CaptionDesk,
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    saved: tuple[str, str],
) -> pages.CaptionDesk:
    """Return the page with *mine* in the form and both texts side by side."""
    changes = compared(mine, theirs, lambda name: field_label(page, name))
    both = conflict("frame", f"/desk/p/{page.id}", saved, changes)
    return replace(with_typed(page, mine), conflict=both)


def field_label(page: WordsPage, name: str) -> str:
    """Return what a field of the form is called, with its language."""
    field, _, language = name.partition("@")
    words = _LABELS.get(field, field.capitalize())
    return f"{words} ({page.language_name(language)})" if language else words


def with_errors(
    page: pages.CaptionDesk, typed: Mapping[str, str], errors: Mapping[str, str]
) -> pages.CaptionDesk:
    """Return the page with *typed* in the form, so that no word is lost, and what is wrong."""
    return replace(with_typed(page, typed), errors=errors)


def with_typed(page: _Page, typed: Mapping[str, str]) -> _Page:
    """Return the page with *typed* in its form, in each language that it is in."""
    stored: dict[str, pages.Texts] = {text.language: text for text in page.texts}
    languages = dict.fromkeys([*stored, *(name.partition("@")[2] for name in typed if "@" in name)])
    texts = tuple(
        replace(
            text,
            **{
                name: typed.get(f"{name}@{text.language}", getattr(text, name))
                for name in _IN_EACH_LANGUAGE
            },
        )
        for text in (stored.get(one, pages.Texts(one)) for one in languages)
    )
    facts = {name: typed[name] for name in _IN_NO_LANGUAGE if name in typed}
    return replace(page, texts=texts, facts=replace(page.facts, **facts))


_LINKED = ("people", "creator")
_MOST_LINKS = 200


def chosen_links(text: str) -> dict[tuple[str, str], str]:
    """Return the records that were chosen for names, by field and words.

    A line each: the field, a tab, the identifier, a tab, the words. Other lines are left out.
    """
    found = {}
    for line in text.splitlines()[:_MOST_LINKS]:
        field, _, rest = line.partition("\t")
        identifier, _, words = rest.partition("\t")
        if field in _LINKED and identifier and words:
            found[field, clean(words, multiline=False)] = identifier
    return found


def caption_of(form: Mapping[str, str]) -> Caption:
    """Return the caption that the form of other captions holds.

    Raises:
        BadLanguageTag: it does not say in which language.
    """

    def line(name: str) -> str:
        return clean(form.get(name, ""), multiline=False)[:_LONGEST_LINE]

    return Caption(
        language_tag(form.get("caption-language", "")),
        clean(form.get("caption-text", ""), multiline=True),
        line("caption-author"),
        line("caption-source"),
        line("caption-date"),
    )


def with_typed_caption(
    page: pages.CaptionDesk, form: Mapping[str, str], problem: str
) -> pages.CaptionDesk:
    """Return the page with what was typed as another caption, and why it was not kept."""
    language, author, source, date = (
        clean(form.get(f"caption-{name}", ""), multiline=False)
        for name in ("language", "author", "source", "date")
    )
    text = clean(form.get("caption-text", ""), multiline=True)
    return replace(
        page, typed_caption=pages.TypedCaption(language, text, author, source, date, problem)
    )
