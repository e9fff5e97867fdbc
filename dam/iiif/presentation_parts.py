"""The parts of manifests and canvases as JSON, under an origin that stands for all origins."""

from collections.abc import Sequence
from datetime import UTC, datetime

from dam.iiif.geometry import Extent
from dam.iiif.presentation_source import (
    ImageSource,
    InvalidPresentation,
    LabelledWords,
    Provider,
    Terms,
    caption_suffix,
    image_path,
    is_rights_uri,
    page_path,
    search_path,
    service_path,
)
from dam.iiif.presentation_words import (
    NO_LANGUAGE,
    Json,
    LanguageMap,
    language_map,
    language_tag,
    plain,
)
from dam.iiif.tiles import BODY_SIDE_PIXELS

# iiif_prezi3 wants whole URLs. RFC 2606 keeps this name from ever being somebody's.
BUILD_ORIGIN = "https://origin.invalid"

# A picture for readers that know no Image API is a stored level, never the gigapixel itself; the
# thumbnail is the largest level that is one tile.
THUMBNAIL_SIDE_PIXELS = 512

CAPTION_MOTIVATION = "commenting"


def painting_page(image: ImageSource, alt: LanguageMap, canvas_address: str) -> Json:
    """Return the annotation page that paints one level of *image* onto its canvas.

    The alternative text is the label of the picture; Presentation API 3.0 has no other place.
    """
    body = _image(image, BODY_SIDE_PIXELS) | present(label=language_map(alt))
    annotation = {
        "id": f"{canvas_address}/painting",
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": canvas_address,
    }
    return {"id": f"{canvas_address}/page", "type": "AnnotationPage", "items": [annotation]}


def caption_pages(captions: LanguageMap, canvas_address: str) -> Json:
    """Return the ``annotations`` property: each caption is a comment on its whole canvas.

    Viewers list comments beside the picture, and a search answers with them.
    """
    comments = [
        caption_annotation(language, text, canvas_address)
        for language, text in captions
        if plain(text).strip()
    ]
    if not comments:
        return {}
    page = {"id": f"{canvas_address}/captions", "type": "AnnotationPage", "items": comments}
    return {"annotations": [page]}


def caption_annotation(language: str, text: str, canvas_address: str) -> Json:
    """Return one caption as an annotation; a photograph has one caption in a language."""
    tag = language_tag(language)
    body: Json = {"type": "TextualBody", "value": plain(text), "format": "text/plain"}
    return {
        "id": canvas_address + caption_suffix(language),
        "type": "Annotation",
        "motivation": CAPTION_MOTIVATION,
        "body": body | ({} if tag == NO_LANGUAGE else {"language": tag}),
        "target": canvas_address,
    }


def search_services(manifest_id: str) -> list[Json]:
    """Return the services that search in a manifest: Content Search 2.0, and 1.0 for Mirador."""
    two, one = (address_of(search_path(manifest_id, version)) for version in (3, 2))
    completing = {"id": f"{two}/complete", "type": "AutoCompleteService2"}
    completing_1 = {
        "@id": f"{one}/complete",
        "@type": "AutoCompleteService1",
        "profile": "http://iiif.io/api/search/1/autocomplete",
    }
    return [
        {"id": two, "type": "SearchService2", "service": [completing]},
        {
            "@id": one,
            "@type": "SearchService1",
            "profile": "http://iiif.io/api/search/1/search",
            "service": [completing_1],
        },
    ]


def _image(image: ImageSource, side_pixels: int) -> Json:
    level = _level(image, side_pixels)
    return {
        "id": BUILD_ORIGIN + image_path(image.service_id, level),
        "type": "Image",
        "format": "image/jpeg",
        "width": level.width,
        "height": level.height,
        "service": [image_service(image)],
    }


def image_service(image: ImageSource) -> Json:
    """Return the service of an image, with its measures."""
    sizes = [{"width": size.width, "height": size.height} for size in _ascending(image.sizes)]
    service = {
        "id": BUILD_ORIGIN + service_path(image.service_id),
        "type": "ImageService3",
        "profile": "level2",
        "width": image.extent.width,
        "height": image.extent.height,
    }
    return service | present(sizes=sizes)


def _level(image: ImageSource, side_pixels: int) -> Extent:
    """Return the largest level within *side_pixels*, or the smallest of all."""
    levels = _ascending((*image.sizes, image.extent))
    within = [level for level in levels if max(level.width, level.height) <= side_pixels]
    return within[-1] if within else levels[0]


def _ascending(sizes: Sequence[Extent]) -> list[Extent]:
    return sorted(set(sizes), key=lambda size: (size.width, size.height))


def thumbnails(image: ImageSource | None) -> Json:
    """Return the ``thumbnail`` property, or nothing without an *image*."""
    return {} if image is None else {"thumbnail": [_image(image, THUMBNAIL_SIDE_PIXELS)]}


def descriptive(
    summary: LanguageMap,
    metadata: Sequence[LabelledWords],
    terms: Terms,
    nav_date: datetime | None,
) -> Json:
    """Return the properties that describe: words, rights, credit and date; none of them empty."""
    if terms.rights is not None and not is_rights_uri(terms.rights):
        raise InvalidPresentation(
            "Rights must be a URI of Creative Commons or RightsStatements.org, exactly as IIIF"
            " lists it; put everything else into the credit."
        )
    rows = [_labelled(row) for row in metadata if language_map(row.label)]
    statement = terms.required_statement
    required = _labelled(statement) if statement else {}
    if required.get("value") and not required.get("label"):
        raise InvalidPresentation("A credit has no label; give it one, such as Attribution.")
    return present(
        summary=language_map(summary),
        metadata=[row for row in rows if row["value"]],
        requiredStatement=required if required.get("value") else None,
        rights=terms.rights,
        navDate=None if nav_date is None else _moment(nav_date),
    )


def _labelled(words: LabelledWords) -> Json:
    return {"label": language_map(words.label), "value": language_map(words.value)}


def _moment(moment: datetime) -> str:
    if moment.utcoffset() is None:
        raise InvalidPresentation("A date for a timeline has no time zone; give it one.")
    whole_seconds = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return f"{whole_seconds.isoformat()}Z"


def agent(provider: Provider) -> Json:
    """Return the entry of ``provider``, which viewers must show."""
    label = label_of(provider.label, provider.id)
    written: Json = {"id": address_of(provider.id), "type": "Agent", "label": label}
    if provider.homepage:
        written["homepage"] = [_web_page(address_of(provider.homepage), label)]
    return written


def homepage_link(page_id: str, label: LanguageMap) -> Json:
    """Return the link to the public page of a photograph or a series."""
    return _web_page(BUILD_ORIGIN + page_path(page_id), label_of(label, page_id))


def _web_page(address: str, label: dict[str, list[str]]) -> Json:
    return {"id": address, "type": "Text", "label": label, "format": "text/html"}


def label_of(words: LanguageMap, fallback: str) -> dict[str, list[str]]:
    """Return a label that is never empty: hostile words may be blank once they are plain."""
    return language_map(words) or {NO_LANGUAGE: [plain(fallback)]}


def address_of(address: str) -> str:
    """Return an http(s) URL as it is, and a path of ours under ``BUILD_ORIGIN``."""
    if address.startswith("/"):
        return BUILD_ORIGIN + address
    if address.startswith(("http://", "https://")):
        return address
    raise InvalidPresentation("An address must begin with http://, https:// or a slash.")


def present(**properties: object) -> Json:
    """Return the properties that hold something; IIIF has no empty arrays and maps."""
    return {name: value for name, value in properties.items() if value not in (None, {}, [])}
