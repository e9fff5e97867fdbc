"""info.json: of what the asker may see, or with 401 of what signing in would open.

The public's image is described alike for everybody. A restricted one says by which services of
Authorization Flow one is let in; RIGHTS.md, "What a URL answers".
"""

from dataclasses import dataclass

from flask import Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from dam.iiif.authorization import CONTEXT_2 as AUTH_CONTEXT
from dam.iiif.authorization import Door, in_older_documents, login_service_1, probe_service
from dam.iiif.image_request import ApiVersion
from dam.iiif.info import CONTEXT_2, CONTEXT_3, InfoFacts, info_2, info_3
from dam.iiif.presentation_source import is_rights_uri, manifest_path
from dam.iiif.presentation_words import Json
from dam.iiif.tiles import Pyramid
from dam.records.values import StoredPack
from dam.rights.facts import Audience
from dam.rights.governing import recorded_statement
from dam.web.access_tokens import token_holder
from dam.web.image_headers import PROFILES
from dam.web.origin import Origin
from dam.web.reader import picture_audience
from dam.web.responses import iiif_json, json_text
from dam.workflows import deliver
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked, Withheld
from dam.workflows.deliver import FULL_SUFFIX
from dam.workflows.restricted import restricted

_CONTEXTS = {ApiVersion.V3: CONTEXT_3, ApiVersion.V2: CONTEXT_2}


@dataclass(frozen=True, slots=True)
class Described:
    """An image by its measures and the decision; *locked*: more comes by signing in."""

    service_id: str
    photograph_id: str
    asked: Asked
    pack: StoredPack
    locked: bool


def info_json(
    archive: Archive, origin: Origin, version: ApiVersion, service_id: str
) -> AnyResponse:
    """Return the description of an image service for whoever asks.

    Raises:
        Unknown, Withheld, Withdrawn, BeingPrepared, DamagedPack: as ``deliver.open_image``.
    """
    own = service_id.endswith(FULL_SUFFIX)
    try:
        image = deliver.open_image(archive, service_id, _audience() if own else Audience.PUBLIC)
    except Withheld as refusal:
        if not refusal.signing_in_helps:
            raise
        return _sign_in_first(archive, origin, version, service_id, refusal)
    locked = image.asked.decision.signing_in_helps or not image.asked.decision.as_public
    found = Described(service_id, image.photograph_id, image.asked, image.pack, locked)
    max_age = image.asked.life.seconds_at(archive.now()) if image.public else None
    return _answer(archive, origin, version, found, max_age)


def _audience() -> Audience:
    """Return who asks: a token speaks for a person where an image is described, not for pixels."""
    holder = token_holder()
    return picture_audience() if holder is None else holder.role


def _sign_in_first(
    archive: Archive, origin: Origin, version: ApiVersion, service_id: str, refusal: Withheld
) -> AnyResponse:
    """Answer 401 with the description, or lead to what everybody may see of it.

    Spec: Authentication 1.0 §3.1 and §3.2: the body is a description with its services; where
    there is a lower tier, 302 to it.
    """
    found = restricted(archive, service_id.removesuffix(FULL_SUFFIX))
    if found is None:
        raise refusal
    if found.public:
        answer: AnyResponse = redirect(
            f"{origin()}/iiif/{version}/{found.photograph_id}/info.json", 302
        )
        answer.headers["Cache-Control"] = "private, no-store"
        answer.vary.update(("Authorization", "Cookie", "Origin"))
        return answer
    described = Described(
        found.service_id, found.photograph_id, found.asked, found.pack, locked=True
    )
    answer = _answer(archive, origin, version, described, None)
    answer.status_code = 401
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _answer(
    archive: Archive, origin: Origin, version: ApiVersion, found: Described, max_age: int | None
) -> Response:
    facts = _facts(archive, origin, version, found)
    document = info_3(facts) if version is ApiVersion.V3 else info_2(facts)
    response = iiif_json(
        json_text(document),
        _CONTEXTS[version],
        max_age=max_age,
        linked_first=version is ApiVersion.V3,
    )
    response.headers["Link"] = f'<{PROFILES[version]}>;rel="profile"'
    if max_age is None:
        response.vary.update(("Authorization", "Cookie", "Origin"))
    return response


def _facts(archive: Archive, origin: Origin, version: ApiVersion, found: Described) -> InfoFacts:
    statement = recorded_statement(found.asked.facts)
    rights = statement.uri if statement and is_rights_uri(statement.uri) else None
    credit = deliver.credit(archive, found.photograph_id, found.asked)
    return InfoFacts(
        id=f"{origin()}/iiif/{version}/{found.service_id}",
        pyramid=Pyramid(found.pack.extent, found.pack.tile_size),
        limits=deliver.limits(archive),
        grayscale=found.pack.grayscale,
        rights=rights,
        attribution=credit or None,
        manifest=origin() + manifest_path(found.photograph_id),
        services=(services := _services(archive, origin, version, found)),
        contexts=(AUTH_CONTEXT,) if any(one.get("type") for one in services) else (),
    )


def _services(
    archive: Archive, origin: Origin, version: ApiVersion, found: Described
) -> tuple[Json, ...]:
    if not found.locked:
        return ()
    door = Door(origin(), archive.settings.archive_name)
    older = login_service_1(door)
    if version is ApiVersion.V2:
        return (in_older_documents(older),)
    # What everybody may see is restricted by nothing: only clients of 1.0 look there for the way.
    if not found.service_id.endswith(FULL_SUFFIX):
        return (older,)
    return probe_service(door, found.service_id), older
