"""One instruction for many photographs: set, append, find and replace, remove, copy.

Pure: an instruction and a description give a description. What is looked for is plain text; no
pattern can be written that takes long to match.
"""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import assert_never

from dam.catalogue.changes import Description
from dam.catalogue.edit_fields import (
    EditField,
    Target,
    WouldNotFit,
    joined,
    split,
    with_words,
    words_in,
)
from dam.errors import Malformed


class Action(StrEnum):
    """What is done to a field."""

    SET = "set"
    APPEND = "append"
    PREPEND = "prepend"
    REPLACE = "replace"
    REMOVE = "remove"
    CLEAR = "empty"
    COPY = "copy"


class Between(StrEnum):
    """What stands between a text and what is put before or after it."""

    SPACE = "space"
    NOTHING = "nothing"
    LINE = "line"
    PARAGRAPH = "paragraph"

    @property
    def sign(self) -> str:
        """The characters."""
        return {"space": " ", "nothing": "", "line": "\n", "paragraph": "\n\n"}[self.value]


class BadInstruction(Malformed):
    """The instruction does not say what it needs to."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """What to do to one field of each photograph.

    ``words`` are set, put before or after, removed, or put in the place of ``find``. ``source`` is
    the field that is copied. With ``only_empty`` a field that holds something stays as it is.

    Raises:
        BadInstruction: what the action needs is not there.
    """

    action: Action
    target: Target
    words: str = ""
    find: str = ""
    whole_words: bool = False
    match_case: bool = True
    between: Between = Between.SPACE
    source: Target | None = None
    only_empty: bool = False

    def __post_init__(self) -> None:
        field = self.target.field
        needs_words = {Action.SET, Action.APPEND, Action.PREPEND, Action.REMOVE}
        if self.action in needs_words and not split(field, self.words):
            raise BadInstruction("Write the words first; to take all away, choose Empty.")
        if self.action is Action.REPLACE and not self.find.strip():
            raise BadInstruction("Write the words that are to be found.")
        if self.action is Action.COPY and self.source in {None, self.target}:
            raise BadInstruction("Choose another field to copy from.")

    @property
    def in_words(self) -> str:
        """Return the instruction as a sentence without its full stop."""
        field, words = self.target.in_words, f"“{_short(self.words)}”"
        where = ", where it is empty" if self.only_empty else ""
        source = self.source.in_words if self.source else ""
        return {
            Action.SET: f"Set {field} to {words}{where}",
            Action.APPEND: f"Append {words} to {field}",
            Action.PREPEND: f"Put {words} before {field}",
            Action.REPLACE: f"Replace “{_short(self.find)}” by {words} in {field}",
            Action.REMOVE: f"Remove {words} from {field}",
            Action.CLEAR: f"Empty {field}",
            Action.COPY: f"Copy {source} to {field}{where}",
        }[self.action]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def carried_out(instruction: Instruction, description: Description, language: str) -> Description:
    """Return *description* as the instruction makes it; *language* is the archive's.

    Raises:
        WouldNotFit: the field cannot hold what would come of it.
    """
    target = instruction.target
    words = words_in(description, target)
    if instruction.only_empty and words:
        return description
    return with_words(description, target, _words(instruction, words, description), language)


def _words(
    instruction: Instruction, before: tuple[str, ...], description: Description
) -> tuple[str, ...]:
    field = instruction.target.field
    given = split(field, instruction.words)
    match instruction.action:
        case Action.SET:
            found = given
        case Action.CLEAR:
            found = ()
        case Action.APPEND:
            found = _put(field, before, given, instruction.between)
        case Action.PREPEND:
            found = _put(field, given, before, instruction.between)
        case Action.REPLACE:
            found = _replaced(instruction, before)
        case Action.REMOVE:
            found = _removed(instruction, before, given)
        case Action.COPY:
            found = _copied(instruction, before, description)
        case _:
            assert_never(instruction.action)
    return found


def _put(
    field: EditField, first: tuple[str, ...], second: tuple[str, ...], between: Between
) -> tuple[str, ...]:
    if field.lists:
        return tuple(dict.fromkeys((*first, *second)))
    return split(field, between.sign.join((*first, *second)))


def _replaced(instruction: Instruction, before: tuple[str, ...]) -> tuple[str, ...]:
    """Return *before* with each place of the find replaced; an item that is emptied goes."""
    pattern = _pattern(instruction, instruction.find)
    replacement = unicodedata.normalize("NFC", instruction.words)
    changed = (pattern.sub(lambda _: replacement, one) for one in before)
    return _cleaned(instruction.target.field, before, tuple(changed))


def _removed(
    instruction: Instruction, before: tuple[str, ...], given: tuple[str, ...]
) -> tuple[str, ...]:
    """Return *before* without the items, or without each place of a text and the gap it leaves."""
    if instruction.target.field.lists:
        gone = {_folded(instruction, one) for one in given}
        return tuple(one for one in before if _folded(instruction, one) not in gone)
    # The space before goes along, else two would be left.
    pattern = _pattern(instruction, given[0], " ?")
    return _cleaned(instruction.target.field, before, tuple(pattern.sub("", one) for one in before))


def _cleaned(
    field: EditField, before: tuple[str, ...], changed: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what was changed as it is stored; what was not stays to the letter."""
    found = [
        one if one == was else "".join(split(field, one) if not field.lists else (one.strip(),))
        for was, one in zip(before, changed, strict=True)
    ]
    return tuple(dict.fromkeys(one for one in found if one))


def _folded(instruction: Instruction, text: str) -> str:
    return text if instruction.match_case else text.casefold()


def _pattern(instruction: Instruction, find: str, before: str = "") -> re.Pattern[str]:
    # What is found is escaped: one literal, which is matched in linear time.
    literal = re.escape(unicodedata.normalize("NFC", find.replace("\r\n", "\n")))
    if instruction.whole_words:
        literal = rf"(?<!\w){literal}(?!\w)"
    flags = re.NOFLAG if instruction.match_case else re.IGNORECASE
    return re.compile(before + literal, flags)


def _copied(
    instruction: Instruction, before: tuple[str, ...], description: Description
) -> tuple[str, ...]:
    """Return the words of the other field; where that is empty, nothing changes."""
    source = instruction.source
    if source is None:
        return before
    found = words_in(description, source)
    if not found:
        return before
    field = instruction.target.field
    if field.lists == source.field.lists and field.by_lines == source.field.by_lines:
        return found if field.lists else split(field, found[0])
    return split(field, joined(source.field, found))


def written_instruction(instruction: Instruction) -> str:
    """Return the instruction as one text, to be kept."""
    return json.dumps(asdict(instruction), ensure_ascii=False)


def read_instruction(text: str) -> Instruction:
    """Return the instruction that was kept."""
    found = json.loads(text)
    source = found["source"]
    return Instruction(
        action=Action(found["action"]),
        target=_target(found["target"]),
        words=found["words"],
        find=found["find"],
        whole_words=found["whole_words"],
        match_case=found["match_case"],
        between=Between(found["between"]),
        source=None if source is None else _target(source),
        only_empty=found["only_empty"],
    )


def _target(found: dict[str, str]) -> Target:
    return Target(EditField(found["field"]), found["language"])


__all__ = [
    "Action",
    "BadInstruction",
    "Between",
    "EditField",
    "Instruction",
    "Target",
    "WouldNotFit",
    "carried_out",
    "read_instruction",
    "written_instruction",
]
