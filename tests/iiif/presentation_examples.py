"""The documents behind tests/golden/presentation.

``PYTHONPATH=. python tests/iiif/presentation_examples.py`` writes them anew.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dam.iiif.geometry import Extent
from dam.iiif.presentation import canvas, collection, fill_origin, manifest, stored_text
from dam.iiif.presentation_frames import photograph_manifest, series_terms
from dam.iiif.presentation_source import (
    CollectionSource,
    FrameSource,
    ImageSource,
    LabelledWords,
    ManifestItem,
    ManifestSource,
    PageItem,
    Provider,
    Refusal,
    Terms,
    Whole,
    WholeKind,
    collection_path,
)

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "presentation"
ORIGIN = "https://photos.example.org"

CREDIT_LABEL = (("en", "Credit"), ("az", "Müəllif"))
PAGE_LABEL = (("en", "About this photograph"),)

PROVIDER = Provider(
    "https://museum.example/", (("en", "Museum of Photography"),), "https://museum.example/en/"
)
BY = Terms(
    "http://creativecommons.org/licenses/by/4.0/",
    (("en", "CC BY 4.0"),),
    LabelledWords(CREDIT_LABEL, (("en", "Photograph: Nino Beridze"), ("az", "Foto: Nino Beridze"))),
)
IN_COPYRIGHT = Terms(
    "http://rightsstatements.org/vocab/InC/1.0/",
    (("en", "In Copyright"),),
    LabelledWords(CREDIT_LABEL, (("none", "© Rustam Əliyev / JAMnews"),)),
)
PUBLIC_DOMAIN = Terms(
    "http://creativecommons.org/publicdomain/mark/1.0/", (("en", "Public Domain Mark 1.0"),)
)


def picture(service_id, width=6000, height=4000):
    sizes = []
    side = Extent(width, height)
    while True:
        sizes.append(side)
        if max(side.width, side.height) <= 512:
            break
        side = Extent(-(-side.width // 2), -(-side.height // 2))
    return ImageSource(service_id, Extent(width, height), tuple(sizes))


FRAME = FrameSource(
    photograph_id="k7m2q9",
    extent=Extent(6000, 4000),
    label=(("en", "Market day"), ("az", "Bazar günü"), ("ka", "ბაზრობის დღე")),
    picture=picture("k7m2q9"),
    homepage_label=PAGE_LABEL,
    terms=BY,
    summary=(
        ("en", "Farmers wait for the bus to Şəki, the day after the first frost."),
        ("es-419", "Campesinos esperan el autobús."),
        ("ar", "مزارعون ينتظرون الحافلة"),
    ),
    metadata=(
        LabelledWords((("en", "Date"),), (("none", "1992-02-03"),)),
        LabelledWords((("en", "Place"),), (("az", "Zaqatala"), ("ru", "Закаталы"))),
        LabelledWords((("en", "Keywords"),), (("en", "market"), ("en", "bus"))),
    ),
    alt=(("en", "Six people with baskets beside a road"),),
    nav_date=datetime(1992, 2, 3, tzinfo=UTC),
)
RECORD_ONLY = replace(
    FRAME,
    photograph_id="p3x8d1",
    label=(("en", "Untitled photograph"),),
    picture=Refusal(
        (("en", "Image"),),
        (("en", "Not shown: the agreement with the photographer ended."),),
    ),
    terms=IN_COPYRIGHT,
    alt=(),
    nav_date=None,
)
SERIES_FRAMES = (
    FRAME,
    RECORD_ONLY,
    replace(
        FRAME,
        photograph_id="z0z1z2",
        extent=Extent(5000, 7001),
        label=(("none", "3"),),
        picture=picture("z0z1z2", 715, 1000),
        terms=PUBLIC_DOMAIN,
    ),
    replace(FRAME, photograph_id="k7m2qa", picture=picture("k7m2qa")),
)
TOP = Whole(WholeKind.COLLECTION, collection_path(), (("en", "All photographs"),))


def manifest_of(frame):
    source = photograph_manifest(frame, PROVIDER, (TOP,))
    return manifest(source, [canvas(frame, frame.photograph_id, PROVIDER)])


def series_source(terms):
    return ManifestSource(
        manifest_id="s5s5s5",
        label=(("en", "Winter on the border"),),
        provider=PROVIDER,
        homepage_label=(("en", "About this series"),),
        terms=terms,
        part_of=(TOP,),
        thumbnail=picture("k7m2q9"),
    )


def series_manifest(frames=SERIES_FRAMES):
    terms = series_terms([frame.terms for frame in frames], CREDIT_LABEL)
    return manifest(series_source(terms), [canvas(frame, "s5s5s5", PROVIDER) for frame in frames])


def top_collection():
    pages = (PageItem(1, (("en", "1 to 2"),)), PageItem(2, (("en", "3 to 3"),)))
    return collection(
        CollectionSource(TOP.label, PROVIDER, pages, (("en", "Everything in public view."),))
    )


def collection_page(page):
    items = {
        1: (
            ManifestItem("k7m2q9", FRAME.label, picture("k7m2q9")),
            ManifestItem("p3x8d1", RECORD_ONLY.label),
        ),
        2: (ManifestItem("s5s5s5", (("en", "Winter on the border"),), picture("k7m2q9")),),
    }
    return collection(CollectionSource((("en", f"Page {page}"),), PROVIDER, items[page], page=page))


def served(document):
    """Return the document as a client reads it."""
    return json.loads(fill_origin(stored_text(document), ORIGIN))


EXAMPLES = {
    "photograph": lambda: manifest_of(FRAME),
    "record-only": lambda: manifest_of(RECORD_ONLY),
    "series": series_manifest,
    "collection": top_collection,
    "collection-page-1": lambda: collection_page(1),
    "collection-page-2": lambda: collection_page(2),
}


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, make in EXAMPLES.items():
        text = json.dumps(served(make()), ensure_ascii=False, indent=1) + "\n"
        (GOLDEN / f"{name}.json").write_text(text, encoding="utf-8")
