"""The OpenAPI 3.1 document, made of the same rows as the routes."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from dam.rights.facts import Audience
from dam.web.api.operation import PREFIX, Body, Operation
from dam.web.api.shapes import Problem, Shape

Json = dict[str, object]
_REFS = "#/components/schemas/{model}"
_ABOUT = (
    "Programs send a token (Authorization: Bearer …; `dam user token` makes one). Browsers that "
    "are signed in send their cookie, and with all but GET the header X-CSRFToken. Words are "
    "edited from a revision: send the ETag that was read as If-Match. Lists are paged by `next`. "
    "Large files go in pieces, by tus 1.0.0 at /desk/uploads."
)
_IDENTIFIER: Json = {"type": "string", "pattern": "^[0-9A-Za-z]{1,32}$"}
_NUMBER: Json = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
_WORD: Json = {"type": "string", "minLength": 1, "maxLength": 200}
_WORDS = frozenset({"name", "code"})
_FILES = (Body.FILE.value, "image/jpeg", "image/png", "image/tiff")
_Key = tuple[type[Shape], JsonSchemaMode]
_Refs = Mapping[Any, dict[str, Any]]


def document(operations: Sequence[Operation], archive_name: str, version: str) -> Json:
    """Return the document of these operations."""
    keys = _keys(operations)
    refs, definitions = models_json_schema(keys, ref_template=_REFS)
    paths: dict[str, Json] = {}
    for one in operations:
        paths.setdefault(PREFIX + one.path, {})[one.method.lower()] = _operation(one, refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": archive_name, "version": version, "description": _ABOUT},
        "paths": paths,
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "dam"},
            },
        },
    }


def _keys(operations: Sequence[Operation]) -> list[_Key]:
    found: dict[_Key, None] = {(Problem, "serialization"): None}
    for one in operations:
        for shape, mode in ((one.takes, "validation"), (one.answer, "serialization")):
            if shape is not None:
                found[shape, "validation" if mode == "validation" else "serialization"] = None
    return list(found)


def _operation(one: Operation, refs: _Refs) -> Json:
    told: Json = {
        "operationId": one.name,
        "tags": [one.group],
        "summary": one.summary,
        "description": f"For {one.needs.word}." if one.needs else "For everybody.",
        "security": [
            *([{}] if one.needs is Audience.PUBLIC else []),
            {"token": []},
            {"session": []},
        ],
        "responses": _responses(one, refs),
    }
    parameters = [*map(_part, one.parts), *_query(one), *_headers(one)]
    if parameters:
        told["parameters"] = parameters
    if one.body is not Body.NONE:
        told["requestBody"] = {"required": True, "content": _content(one, refs)}
    return told


def _part(name: str) -> Json:
    schema = _NUMBER if name == "number" else _WORD if name in _WORDS else _IDENTIFIER
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query(one: Operation) -> list[Json]:
    if one.query is None:
        return []
    schema = one.query.model_json_schema()
    definitions = schema.get("$defs", {})
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": _flat(given, definitions),
        }
        for name, given in schema["properties"].items()
    ]


def _flat(schema: Json, definitions: dict[str, Json]) -> Json:
    """Return the schema of a parameter: what is absent is left out, and never sent as null."""
    options = schema.get("anyOf")
    if isinstance(options, list):
        [schema] = [one for one in options if one != {"type": "null"}]
    reference = schema.get("$ref")
    if isinstance(reference, str):
        schema = definitions[reference.rpartition("/")[2]]
    return {name: value for name, value in schema.items() if name not in {"title", "default"}}


def _headers(one: Operation) -> list[Json]:
    if not (one.if_match or one.may_match):
        return []
    about = "The ETag of what was read"
    schema = {"type": "string", "pattern": '^"[0-9]{1,9}(-[0-9a-f]{8})?"$'}
    return [
        {
            "name": "If-Match",
            "in": "header",
            "required": one.if_match,
            "description": about,
            "schema": schema,
        }
    ]


def _content(one: Operation, refs: _Refs) -> Json:
    if one.body is Body.FILE:
        return {name: {"schema": {"type": "string", "format": "binary"}} for name in _FILES}
    if one.body is Body.LINES or one.takes is None:
        return {one.body.value: {"schema": {"type": "string"}}}
    names = (one.body.value,) if one.body is Body.JSON else (one.body.value, Body.JSON.value)
    return {name: {"schema": refs[one.takes, "validation"]} for name in names}


def _responses(one: Operation, refs: _Refs) -> Json:
    answered: Json = {str(status): _answer(one, status, refs) for status in (one.status, *one.also)}
    if one.method == "GET" and not one.file:
        answered["304"] = {"description": "As it was when its ETag was read"}
    problem = {"application/problem+json": {"schema": refs[Problem, "serialization"]}}
    for status in one.refused:
        answered[str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": problem,
        }
    return answered


def _answer(one: Operation, status: int, refs: _Refs) -> Json:
    told: Json = {"description": HTTPStatus(status).phrase}
    if one.file:
        told["content"] = {one.file: {"schema": {"type": "string", "format": "binary"}}}
    if one.answer is not None:
        told["content"] = {"application/json": {"schema": refs[one.answer, "serialization"]}}
    if one.tagged:
        told["headers"] = {"ETag": {"required": True, "schema": {"type": "string"}}}
    return told
