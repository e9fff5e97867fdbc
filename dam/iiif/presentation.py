"""Manifests, canvases and collections of Presentation API 3.0: the one door to iiif_prezi3.

Every address of ours starts with a mark in the place of the origin, so that JSON can be stored
once and served under any origin: ``fill_origin(stored_text(document), origin)``.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import iiif_prezi3 as prezi

from dam.iiif.presentation_extras import (
    contexts_of,
    nav_place,
    placeholder,
    records,
    renderings,
    structures,
    with_restricted,
)
from dam.iiif.presentation_frames import explained_metadata, explained_summary
from dam.iiif.presentation_parts import (
    BUILD_ORIGIN,
    address_of,
    agent,
    caption_pages,
    descriptive,
    homepage_link,
    label_of,
    painting_page,
    present,
    search_services,
    thumbnails,
)
from dam.iiif.presentation_source import (
    CONTEXT,
    CollectionSource,
    FrameSource,
    ImageSource,
    InvalidPresentation,
    ManifestItem,
    ManifestSource,
    PageItem,
    Provider,
    canvas_path,
    collection_path,
    manifest_path,
)
from dam.iiif.presentation_words import ORIGIN_MARK, Json, language_map

_PUBLIC_ORIGIN = re.compile(r"https?://[A-Za-z0-9._~\[\]:/-]*[A-Za-z0-9._~\]-]")
_ADDRESSES = frozenset({"id", "@id", "target"})
# iiif_prezi3 lets these models hold anything; all others drop in silence what they do not know.
_EXTRA_FIELDS = {"ServiceV3": frozenset({"width", "height", "sizes"})}


def canvas(frame: FrameSource, manifest_id: str, provider: Provider) -> Json:
    """Return the canvas of *frame* in one manifest, built and checked, without an origin.

    The canvas has the master's dimensions and the service the pack's; the body is one stored
    level, and has that level's. A canvas without pixels has ``items: []`` (Cookbook 0283) and
    says why in its metadata and its summary. Where signing in opens more, its service is that of
    the restricted image, with the way to be let in; the picture itself stays everybody's.

    Raises:
        InvalidPresentation: rights outside the registry, a refusal without a reason, a date
            without a time zone, an identifier that is none.
    """
    address = BUILD_ORIGIN + canvas_path(frame.photograph_id, manifest_id)
    image = frame.picture if isinstance(frame.picture, ImageSource) else None
    painted = image or (frame.restricted.image if frame.restricted else None)
    summary, metadata = explained_summary(frame), explained_metadata(frame)
    document = {
        "id": address,
        "type": "Canvas",
        "label": label_of(frame.label, frame.photograph_id),
        "height": frame.extent.height,
        "width": frame.extent.width,
        "items": [] if painted is None else [painting_page(painted, frame.alt, address)],
        **descriptive(summary, metadata, frame.terms, frame.nav_date),
        **thumbnails(image),
        "provider": [agent(provider)],
        "homepage": [homepage_link(frame.photograph_id, frame.homepage_label)],
        "seeAlso": records(frame.photograph_id),
        **present(rendering=renderings(frame.files)),
        **placeholder(frame.picture, address),
        **caption_pages(frame.captions, address),
    }
    built = _built(prezi.Canvas, document) | _unchecked(nav_place(frame.points, address))
    return built if frame.restricted is None else with_restricted(built, frame.restricted)


def manifest(source: ManifestSource, canvases: Sequence[Json]) -> Json:
    """Return the manifest around *canvases* that ``canvas`` made for it, without an origin.

    Only the manifest's own properties pass through iiif_prezi3 again.

    Raises:
        InvalidPresentation: no canvas, a canvas of another manifest or the same one twice, or a
            ``rights`` that is not that of every canvas.
    """
    rights = source.terms.rights
    _check_canvases(source, [each.get("id") for each in canvases])
    _check_rights(agree=rights is None or all(each.get("rights") == rights for each in canvases))
    texts = (stored_text(each) for each in canvases)
    return {**_around_canvases(source, contexts_of(texts)), "items": list(canvases)}


def manifest_text(source: ManifestSource, canvas_texts: Sequence[str]) -> str:
    """Return ``stored_text(manifest(source, …))`` of canvases in the form of ``stored_text``.

    Nothing is parsed, so that a thousand canvases cost no more than joining them. In such a text
    the id stands first, and what looks like a property is one: quotes within words are escaped.

    Raises:
        InvalidPresentation: as ``manifest``.
    """
    rights = f'"rights":"{source.terms.rights}"'
    ids = [text.removeprefix('{"id":"').partition('"')[0] for text in canvas_texts]
    _check_canvases(source, ids)
    _check_rights(agree=source.terms.rights is None or all(rights in text for text in canvas_texts))
    around = _around_canvases(source, contexts_of(canvas_texts))
    opening = stored_text({**around, "items": []}).removesuffix("]}")
    return f"{opening}{','.join(canvas_texts)}]}}"


def collection(source: CollectionSource) -> Json:
    """Return the top collection, or one page of it, without an origin; it may be empty."""
    top = {"id": BUILD_ORIGIN + collection_path(), "type": "Collection"}
    document = {
        "id": BUILD_ORIGIN + collection_path(source.page),
        "type": "Collection",
        "label": label_of(source.label, "collection"),
        **present(
            summary=language_map(source.summary),
            provider=[agent(source.provider)],
            partOf=[] if source.page is None else [top],
        ),
        "items": [_item(item) for item in source.items],
    }
    return {"@context": CONTEXT, **_built(prezi.Collection, document)}


def stored_text(document: Json) -> str:
    """Return *document* as the JSON text in which ``fill_origin`` finds its marks."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def fill_origin(text: str, origin: str) -> str:
    """Return stored JSON with every address under *origin*, which has no slash at its end.

    Raises:
        InvalidPresentation: *origin* is no http(s) origin, with or without a path.
    """
    if not _PUBLIC_ORIGIN.fullmatch(origin):
        raise InvalidPresentation(
            "The public address must begin with http:// or https:// and end without a slash."
        )
    return text.replace(ORIGIN_MARK, origin)


def _around_canvases(source: ManifestSource, contexts: Sequence[str]) -> Json:
    """Return the manifest without its ``items``, which come last."""
    address = BUILD_ORIGIN + manifest_path(source.manifest_id)
    part_of = [
        present(id=address_of(whole.path), type=whole.kind.value, label=language_map(whole.label))
        for whole in source.part_of
    ]
    document = {
        "id": address,
        "type": "Manifest",
        "label": label_of(source.label, source.manifest_id),
        "items": [],
        **descriptive(source.summary, source.metadata, source.terms, source.nav_date),
        **thumbnails(source.thumbnail),
        **present(
            provider=[agent(source.provider)],
            homepage=[homepage_link(source.manifest_id, source.homepage_label)],
            seeAlso=records(source.manifest_id) if source.has_records else [],
            rendering=renderings(source.files),
            service=search_services(source.manifest_id) if source.searched else [],
            partOf=part_of,
        ),
    }
    own = _built(prezi.Manifest, document)
    del own["items"]
    own |= _unchecked(nav_place(source.points, address.removesuffix("/manifest.json")))
    own |= present(structures=structures(source.manifest_id, source.ranges))
    return {"@context": contexts[0] if len(contexts) == 1 else list(contexts), **own}


def _unchecked(properties: Json) -> Json:
    """Return properties that iiif_prezi3 does not know, without an origin."""
    return {name: _without_origin(value, name) for name, value in properties.items()}


def _check_canvases(source: ManifestSource, ids: Sequence[object]) -> None:
    if not ids:
        raise InvalidPresentation("A manifest needs at least one canvas; there is nothing to show.")
    own = ORIGIN_MARK + canvas_path(source.manifest_id, source.manifest_id)
    named = {each for each in ids if isinstance(each, str)}
    foreign = {each for each in named if each != own and not each.startswith(f"{own}/")}
    if len(named) != len(ids) or foreign:
        raise InvalidPresentation(
            "A canvas comes twice or belongs to another manifest; build it for this one."
        )


def _check_rights(*, agree: bool) -> None:
    if not agree:
        raise InvalidPresentation(
            "The photographs have several rights; give the manifest none and list them in words."
        )


def _item(item: ManifestItem | PageItem) -> Json:
    match item:
        case ManifestItem(manifest_id, label, thumbnail):
            return {
                "id": BUILD_ORIGIN + manifest_path(manifest_id),
                "type": "Manifest",
                "label": label_of(label, manifest_id),
                **thumbnails(thumbnail),
            }
        case PageItem(number, label):
            return {
                "id": BUILD_ORIGIN + collection_path(number),
                "type": "Collection",
                "label": label_of(label, str(number)),
            }


def _built(kind: type, document: Json) -> Json:
    """Return *document* as iiif_prezi3 writes it, after making sure that it changed nothing."""
    try:
        model = kind(**document)
    except ValueError as error:  # pydantic's ValidationError is one
        raise InvalidPresentation(
            "The IIIF library refuses what was to be published; check addresses and sizes."
        ) from error
    written: Json = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    unknown = sorted(_unknown_fields(model))
    if unknown or not _same(document, written):
        raise InvalidPresentation(
            "The IIIF library would publish something else than was asked; check the addresses."
        )
    return {name: _without_origin(value, name) for name, value in written.items()}


def _unknown_fields(value: object) -> Iterator[str]:
    """Walk the models of iiif_prezi3 and yield each field that no model knows."""
    if isinstance(value, list):
        for each in value:
            yield from _unknown_fields(each)
    elif hasattr(type(value), "model_fields"):
        model = type(value).__name__
        extra: Mapping[str, object] = getattr(value, "__pydantic_extra__", None) or {}
        yield from extra.keys() - _EXTRA_FIELDS.get(model, frozenset())
        for each in vars(value).values():
            yield from _unknown_fields(each)


def _same(asked: object, written: object, name: str = "") -> bool:
    """Return whether nothing changed; only a foreign address may be spelt in another way.

    The library writes ``https://h/`` for ``https://h``, and names in other letters in punycode.
    """
    match asked, written:
        case dict(), dict():
            return asked.keys() == written.keys() and all(
                _same(asked[key], written[key], key) for key in asked
            )
        case list(), list():
            return len(asked) == len(written) and all(map(_same, asked, written))
        case str(), str() if name == "id" and not asked.startswith(BUILD_ORIGIN):
            return written.startswith(("http://", "https://"))
        case _:
            return asked == written


def _without_origin(value: object, name: str = "") -> object:
    """Put the mark in the place of the origin, in addresses and never in words.

    ``id`` is also the tag of Indonesian, whose words stand in a list.
    """
    match value:
        case dict():
            return {key: _without_origin(each, key) for key, each in value.items()}
        case list():
            return [_without_origin(each) for each in value]
        case str() if name in _ADDRESSES and value.startswith(BUILD_ORIGIN):
            return ORIGIN_MARK + value.removeprefix(BUILD_ORIGIN)
        case _:
            return value
