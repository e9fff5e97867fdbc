"""Codes."""

from typing import Annotated

from pydantic import Field

from dam.catalogue.codes import Code, CodeKind
from dam.errors import Malformed
from dam.rights.facts import Audience
from dam.web.api.operation import Body, Call, Operation, Reply
from dam.web.api.shapes import Link, Name, Shape
from dam.workflows import code_list


class NotText(Malformed):
    """The body is no text in UTF-8."""

    def __init__(self) -> None:
        super().__init__("Send the codes as text in UTF-8, one a line: the code, a tab, the text.")


class CodeWords(Shape):
    """What a code stands for: alternatives in their order, and the record that it links."""

    replacements: Annotated[list[Name], Field(min_length=1, max_length=98)]
    kind: CodeKind = CodeKind.TEXT
    authority_id: Link = ""


class CodeShape(Shape):
    """A code and what it stands for."""

    code: str
    stands_for: CodeWords


class CodeList(Shape):
    """Every code."""

    codes: list[CodeShape]


class LineLeftOut(Shape):
    """A line that was left out, and why."""

    line: int
    reason: str


class Imported(Shape):
    """How many codes were new, changed, and as they were; and the lines that were left out."""

    added: int
    changed: int
    same: int
    left_out: list[LineLeftOut]


def list_codes(call: Call) -> Reply:
    """Answer every code."""
    shapes = [
        CodeShape.model_construct(
            code=one.code,
            stands_for=CodeWords.model_construct(
                replacements=list(one.replacements), kind=one.kind, authority_id=one.authority_id
            ),
        )
        for one in code_list.all_codes(call.archive)
    ]
    return Reply(CodeList.model_construct(codes=shapes))


def put_code(call: Call) -> Reply:
    """Write a code."""
    given = call.taken(CodeWords)
    code = Code(call.word("code"), tuple(given.replacements), given.kind, given.authority_id)
    code_list.put_linked(call.archive, code, call.by)
    return Reply()


def remove_code(call: Call) -> Reply:
    """Remove a code."""
    code_list.remove(call.archive, call.word("code"), call.by)
    return Reply()


def import_codes(call: Call) -> Reply:
    """Write the codes of a tab-separated text."""
    try:
        text = b"".join(call.stream()).decode()
    except UnicodeDecodeError as error:
        raise NotText from error
    read = code_list.read_file(call.archive, text, call.by)
    lines = [LineLeftOut.model_construct(line=one.line, reason=one.sentence) for one in read.bad]
    return Reply(
        Imported.model_construct(
            added=len(read.added), changed=len(read.changed), same=read.same, left_out=lines
        )
    )


_STAFF = Audience.STAFF
OPERATIONS = (
    Operation("listCodes", "GET", "/codes", "List every code", _STAFF, list_codes, CodeList),
    Operation(
        "putCode",
        "PUT",
        "/codes/{code}",
        "Write a code in place of the one that is written the same",
        _STAFF,
        put_code,
        status=204,
        body=Body.JSON,
        takes=CodeWords,
    ),
    Operation(
        "removeCode", "DELETE", "/codes/{code}", "Remove a code", _STAFF, remove_code, status=204
    ),
    Operation(
        "importCodes",
        "POST",
        "/codes/import",
        "Write the codes of a tab-separated text; lines that are none are named",
        _STAFF,
        import_codes,
        Imported,
        body=Body.LINES,
    ),
)
