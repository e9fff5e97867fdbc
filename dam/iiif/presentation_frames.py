"""What a manifest says of itself, taken from the frames it holds."""

from collections.abc import Iterable, Sequence

from dam.iiif.presentation_source import (
    FrameSource,
    ImageSource,
    InvalidPresentation,
    LabelledWords,
    ManifestSource,
    Provider,
    Refusal,
    Terms,
    Whole,
)
from dam.iiif.presentation_words import NO_LANGUAGE, LanguageMap, language_map


def photograph_manifest(
    frame: FrameSource, provider: Provider, part_of: tuple[Whole, ...]
) -> ManifestSource:
    """Return the manifest of one photograph, which says the same as its only canvas."""
    return ManifestSource(
        manifest_id=frame.photograph_id,
        label=frame.label,
        provider=provider,
        homepage_label=frame.homepage_label,
        terms=frame.terms,
        summary=explained_summary(frame),
        metadata=explained_metadata(frame),
        part_of=part_of,
        thumbnail=frame.picture if isinstance(frame.picture, ImageSource) else None,
        nav_date=frame.nav_date,
        searched=bool(frame.captions),
        has_records=True,
        files=frame.files,
        points=frame.points,
    )


def explained_summary(frame: FrameSource) -> LanguageMap:
    """Return the summary, followed by the reason why there are no pixels, if there are none."""
    if isinstance(frame.picture, Refusal):
        return (*frame.summary, *frame.picture.reason)
    return frame.summary


def explained_metadata(frame: FrameSource) -> tuple[LabelledWords, ...]:
    """Return the metadata in its order, after the reason why there are no pixels.

    Raises:
        InvalidPresentation: pixels are refused without a reason.
    """
    if not isinstance(frame.picture, Refusal):
        return frame.metadata
    reason = LabelledWords(frame.picture.label, frame.picture.reason)
    if not language_map(reason.label) or not language_map(reason.value):
        raise InvalidPresentation("A canvas without pixels must say why; give the reason.")
    return (reason, *frame.metadata)


def series_terms(frames: Sequence[Terms], label: LanguageMap) -> Terms:
    """Return what the manifest of a series says of the rights in its frames, in their order.

    Frames that agree pass their terms on. If they do not, ``rights`` stands only where it is the
    same for all, and the required statement, under *label*, lists each credit and licence with
    the numbers of its frames, because viewers show nothing but the manifest's (RIGHTS.md).
    """
    groups: dict[Terms, list[int]] = {}
    for number, terms in enumerate(frames, start=1):
        groups.setdefault(terms, []).append(number)
    if len(groups) == 1:
        return next(iter(groups))
    first = frames[0] if len({terms.rights for terms in frames}) == 1 else Terms()
    owed = [(numbers, words) for terms, numbers in groups.items() if (words := _owed(terms))]
    value = tuple(_listed(owed))
    statement = LabelledWords(label, value) if value else None
    return Terms(first.rights, first.rights_name, statement)


def _owed(terms: Terms) -> dict[str, list[str]]:
    """Return credit and licence of a frame as sentences by language."""
    statement = terms.required_statement
    credit = language_map(statement.value) if statement else {}
    licence = language_map(terms.rights_name)
    if terms.rights:
        names = licence or {NO_LANGUAGE: []}
        licence = {tag: [" ".join((*name, terms.rights))] for tag, name in names.items()}
    return {
        tag: [*_in_language(credit, tag), *_in_language(licence, tag)]
        for tag in _languages(credit, licence)
    }


def _languages(*maps: dict[str, list[str]]) -> list[str]:
    """Return the tags of all *maps*; words of no language go into every language's list."""
    tags = dict.fromkeys(tag for words in maps for tag in words)
    return [tag for tag in tags if tag != NO_LANGUAGE] or list(tags)


def _in_language(words: dict[str, list[str]], tag: str) -> list[str]:
    """Return the words in that language, or else the first there are: no credit is left out."""
    return words.get(tag) or next(iter(words.values()), [])


def _listed(owed: list[tuple[list[int], dict[str, list[str]]]]) -> Iterable[tuple[str, str]]:
    for tag in _languages(*(words for _, words in owed)):
        for numbers, words in owed:
            yield tag, f"{_ranges(numbers)}: {' · '.join(_in_language(words, tag))}"


def _ranges(numbers: list[int]) -> str:
    """Return ascending *numbers* as people write them, such as ``1-3, 5``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)
