"""Credit: the line that names whom a photograph is owed to, and the text that must be shown.

Attribution licences make credit a duty. For the public domain it is asked for and never forced,
so nothing here makes a viewer lay it over the picture.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dam.rights.statements import Statement

LanguageMap = Mapping[str, tuple[str, ...]]

_COPYRIGHT_SIGN = re.compile(r"\s*(?:\bcopyright\s*)?(?:©|\(c\))\s*", re.IGNORECASE)
_SEPARATOR = " / "
_DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class RequiredStatement:
    """Label and value of IIIF's ``requiredStatement``, as plain text by language."""

    label: LanguageMap
    value: LanguageMap


@dataclass(frozen=True, slots=True)
class FrameCredit:
    """The credit line and the statement of one frame; *position* counts from 1."""

    position: int
    credit: str
    statement: Statement | None


def claims_copyright_in_public_domain(text: str, statement: Statement | None) -> bool:
    """Whether *text* says "©" of a work that is in the public domain, which the audit reports."""
    return statement is not None and statement.public_domain and says_copyright(text)


def says_copyright(text: str) -> bool:
    """Whether a text has a copyright sign in it."""
    return _COPYRIGHT_SIGN.search(text) is not None


def credit_line(
    creators: Sequence[str],
    credit: str | None,
    statement: Statement | None,
    *,
    source: str | None = None,
) -> str:
    """Return the line to print beside the photograph; empty where nobody is known.

    A credit that was given is kept to the letter. Without one the line is composed of creators
    and source, with the licence where it makes credit a duty. The one thing that is never
    repeated is a copyright sign on a work in the public domain: it would be a false claim.
    """
    given = (credit or "").strip()
    if given:
        if claims_copyright_in_public_domain(given, statement):
            return _COPYRIGHT_SIGN.sub(" ", given).strip()
        return given
    names = dict.fromkeys(name.strip() for name in (*creators, source or "") if name.strip())
    parts = [f"Photo: {_SEPARATOR.join(names)}"] if names else []
    if statement is not None and statement.requires_attribution:
        parts.append(statement.label())
    return ", ".join(parts)


def required_statement(
    credit: str,
    statement: Statement | None,
    *,
    notices: tuple[str, ...] = (),
    languages: tuple[str, ...] = ("en",),
) -> RequiredStatement | None:
    """Return what viewers must show with one photograph, or none where nothing is required.

    *notices* are texts that somebody is owed word for word, such as a funder's disclaimer. For the
    public domain only those are required. Presentation API 3.0, ``requiredStatement``.
    """
    if statement is not None and statement.public_domain:
        return _required("Notice", dict.fromkeys(languages, notices))
    label = "Credit" if credit else "Rights"
    return _required(
        label,
        {
            language: (*_without_repetition(credit, statement, language), *notices)
            for language in languages
        },
    )


def required_statement_of_series(
    frames: Iterable[FrameCredit],
    *,
    notices: tuple[str, ...] = (),
    languages: tuple[str, ...] = ("en",),
) -> RequiredStatement | None:
    """Return what viewers must show with a series: each credit and licence, by frame.

    Viewers show only the manifest's own statement, so it has to speak for every canvas. Frames in
    the public domain are named where others are not, so that nobody takes them for those.
    """
    groups: dict[tuple[str, Statement | None], list[int]] = {}
    for frame in frames:
        groups.setdefault((frame.credit, frame.statement), []).append(frame.position)
    if len(groups) == 1:
        ((credit, statement),) = groups
        return required_statement(credit, statement, notices=notices, languages=languages)
    if all(statement is not None and statement.public_domain for _, statement in groups):
        return _required("Notice", dict.fromkeys(languages, notices))
    return _required(
        "Credit",
        {language: (*_credits_by_frame(groups, language), *notices) for language in languages},
    )


def manifest_rights(statements: Iterable[Statement | None]) -> str | None:
    """Return the one URI that holds for every frame, or none where they differ or one has none."""
    uris = {None if statement is None else statement.uri for statement in statements}
    return uris.pop() if len(uris) == 1 else None


def frames_in_words(positions: Iterable[int]) -> str:
    """Return the frames that are meant, runs joined by a dash: ``Frame 7``, ``Frames 1-3, 7``."""
    runs: list[list[int]] = []
    for position in sorted(set(positions)):
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    spans = [f"{run[0]}{_DASH}{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    several = sum(map(len, runs)) > 1
    return f"{'Frames' if several else 'Frame'} {', '.join(spans)}"


def _credits_by_frame(
    groups: Mapping[tuple[str, Statement | None], list[int]], language: str
) -> tuple[str, ...]:
    lines = []
    for (credit, statement), positions in groups.items():
        owed = ", ".join(_without_repetition(credit, statement, language))
        lines.append(f"{frames_in_words(positions)}: {owed or 'no credit on record'}")
    return tuple(lines)


def _without_repetition(credit: str, statement: Statement | None, language: str) -> tuple[str, ...]:
    """The credit and the statement's name, which composed credits already carry."""
    label = "" if statement is None else statement.label(language)
    named = bool(label) and (credit == label or credit.endswith(f", {label}"))
    return tuple(part for part in (credit, "" if named else label) if part)


def _required(label: str, value: LanguageMap) -> RequiredStatement | None:
    """Text that is the same in every language belongs to none, so that no viewer drops it."""
    if not any(value.values()):
        return None
    if len(set(value.values())) == 1:
        value = {"none": next(iter(value.values()))}
    return RequiredStatement(label={"en": (label,)}, value=value)
