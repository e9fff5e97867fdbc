"""Which of several captions is the preferred one of its language."""

from dataclasses import replace

from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.errors import NotFound


class NoSuchCaption(NotFound):
    """There is no other caption of that number."""

    def __init__(self) -> None:
        super().__init__("There is no other caption of that number; look at the list again.")


def preferring(description: Description, number: int) -> Description:
    """Return *description* with the other caption *number*, from 0, as the preferred one.

    The one that was preferred in that language takes its place in the list; no word is lost.

    Raises:
        NoSuchCaption
    """
    if not 0 <= number < len(description.other_captions):
        raise NoSuchCaption
    chosen = description.other_captions[number]
    former = preferred_caption(description, chosen.language)
    others = list(description.other_captions)
    others[number : number + 1] = [former] if former else []
    key = (TextField.CAPTION, chosen.language)
    texts = (text for text in description.texts if (text.field, text.language) != key)
    sources = (one for one in description.caption_sources if one.language != chosen.language)
    return replace(
        description,
        texts=(*texts, Text(*key, chosen.text)),
        caption_sources=(*sources, chosen.credited),
        other_captions=tuple(others),
    )


def preferred_caption(description: Description, language: str) -> Caption | None:
    """Return the preferred caption of a language with who wrote it, if there is one."""
    text = next(
        (
            text.value
            for text in description.texts
            if text.field is TextField.CAPTION and text.language == language
        ),
        None,
    )
    if text is None:
        return None
    sources = (one for one in description.caption_sources if one.language == language)
    by = next(sources, CaptionSource(language))
    return Caption(language, text, by.author, by.source, by.date_text)


def without_caption(description: Description, number: int) -> Description:
    """Return *description* without the other caption *number*, from 0.

    Raises:
        NoSuchCaption
    """
    others = description.other_captions
    if not 0 <= number < len(others):
        raise NoSuchCaption
    return replace(description, other_captions=(*others[:number], *others[number + 1 :]))


def with_caption(description: Description, caption: Caption) -> Description:
    """Return *description* with *caption* beside the preferred one of its language.

    The first caption of a language is the preferred one. A caption without a text says who wrote
    the one that is preferred.
    """
    first = preferred_caption(description, caption.language) is None
    if caption.text and not first:
        others = dict.fromkeys((*description.other_captions, caption))
        return replace(description, other_captions=tuple(others))
    sources = (one for one in description.caption_sources if one.language != caption.language)
    texts = description.texts
    if caption.text:
        texts = (*texts, Text(TextField.CAPTION, caption.language, caption.text))
    return replace(description, texts=texts, caption_sources=(*sources, caption.credited))
