"""The caption form as values: what is stored, and two versions side by side."""

from dataclasses import replace

from dam.web import pages


def form_values(page: pages.CaptionDesk) -> dict[str, str]:
    """Return the fields of the caption form with what is stored, by their names in the form."""
    values = {
        f"{name}@{text.language}": getattr(text, name)
        for text in page.texts
        for name in ("title", "caption", "alt")
    }
    names = ("creator", "credit", "source", "copyright", "date", "place", "keywords", "accession")
    return values | {name: getattr(page.facts, name) for name in names}


def with_conflict(
    page: pages.CaptionDesk, mine: dict[str, str], theirs: dict[str, str], editor: str, at: str
) -> pages.CaptionDesk:
    """Return the page with *mine* in the form and both texts side by side."""
    changes = tuple(
        pages.Change(name, name, mine[name], theirs[name])
        for name in theirs
        if name in mine and mine[name] != theirs[name]
    )
    texts = tuple(
        replace(
            text,
            **{
                name: mine.get(f"{name}@{text.language}", getattr(text, name))
                for name in ("title", "caption", "alt")
            },
        )
        for text in page.texts
    )
    facts = replace(
        page.facts,
        **{name: mine[name] for name in form_values(page) if "@" not in name and name in mine},
    )
    conflict = pages.Conflict(editor, at, changes)
    return replace(page, texts=texts, facts=facts, conflict=conflict)
