"""Templates: words that are put where there are none."""

from urllib.parse import quote

from dam.records.templates import StoredTemplate
from dam.rights.facts import Audience
from dam.web.api.operation import PREFIX, Body, Call, Operation, Reply
from dam.web.api.shapes import Name, Shape
from dam.web.api.word_shapes import Words, description_of, words_of
from dam.workflows import edit_words, template_list


class TemplateShape(Shape):
    """A template with its revision: words that are put where there are none."""

    name: str
    revision: int
    words: Words


class TemplateList(Shape):
    """Every template by name."""

    templates: list[TemplateShape]


class NewName(Shape):
    """What a template is to be called."""

    name: Name


def list_templates(call: Call) -> Reply:
    """Answer every template."""
    shapes = list(map(_shape, template_list.all_templates(call.archive)))
    return Reply(TemplateList.model_construct(templates=shapes))


def read(call: Call) -> Reply:
    """Answer one template."""
    stored = template_list.one(call.archive, call.word("name"))
    return Reply(_shape(stored), revision=stored.revision)


def put(call: Call) -> Reply:
    """Write a template, a new one where no tag is sent."""
    words = description_of(call.taken(Words))
    edit_words.check_links(call.archive, words)
    template_list.keep(call.archive, call.word("name"), words, call.by, call.revision)
    return Reply()


def rename(call: Call) -> Reply:
    """Call a template otherwise."""
    name = call.taken(NewName).name
    template_list.rename(call.archive, call.word("name"), name, call.by, call.revision)
    location = f"{PREFIX}/templates/{quote(name.strip(), safe='')}"
    return Reply(location=location)


def remove(call: Call) -> Reply:
    """Remove a template."""
    template_list.remove(call.archive, call.word("name"), call.by, call.revision)
    return Reply()


def _shape(stored: StoredTemplate) -> TemplateShape:
    one = stored.template
    return TemplateShape.model_construct(
        name=one.name, revision=stored.revision, words=words_of(one.words)
    )


_STAFF = Audience.STAFF
_ONE = "/templates/{name}"
OPERATIONS = (
    Operation(
        "listTemplates",
        "GET",
        "/templates",
        "List every template",
        _STAFF,
        list_templates,
        TemplateList,
    ),
    Operation(
        "readTemplate",
        "GET",
        _ONE,
        "Read one template with its revision",
        _STAFF,
        read,
        TemplateShape,
        tagged=True,
    ),
    Operation(
        "putTemplate",
        "PUT",
        _ONE,
        "Write a new template, or with If-Match the one that was read",
        _STAFF,
        put,
        status=204,
        body=Body.JSON,
        takes=Words,
        may_match=True,
    ),
    Operation(
        "renameTemplate",
        "POST",
        f"{_ONE}/rename",
        "Call a template otherwise",
        _STAFF,
        rename,
        status=204,
        body=Body.JSON,
        takes=NewName,
        may_match=True,
    ),
    Operation(
        "removeTemplate",
        "DELETE",
        _ONE,
        "Remove a template",
        _STAFF,
        remove,
        status=204,
        may_match=True,
    ),
)
