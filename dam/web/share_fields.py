"""What can be copied of a photograph or a series: one field for each, as the public may have it."""

from dataclasses import dataclass

from dam.catalogue.citations import Cited, Style, citation
from dam.iiif.content_state import Region
from dam.iiif.crops import Crop, middle, whole
from dam.iiif.presentation_source import manifest_path, page_path, service_path
from dam.rights.decision import Duty
from dam.web import pages, public_pages
from dam.web.pages import Copyable
from dam.web.share_code import Credited, FigurePicture, figure, iframe
from dam.workflows.presentation import Told

EDITORS_SIDE = 1600
_STYLE_SENTENCES = {
    Style.CHICAGO: "For a footnote or a bibliography by the Chicago Manual of Style.",
    Style.MLA: "For a list of works cited by MLA 9.",
    Style.APA: "For a reference list by APA 7.",
    Style.BIBTEX: "For a bibliography made with BibTeX or biblatex.",
}
_VERSION_2 = "For old viewers, by Presentation API 2.1."


@dataclass(frozen=True, slots=True)
class Shared:
    """A photograph as everybody may see it, and the addresses that all of its tabs are made of."""

    one: Told
    cited: Cited
    origin: str
    region: Region | None

    @property
    def page_url(self) -> str:
        """The page, opened on the region if there is one."""
        found = f"?xywh={self.region.text}" if self.region else ""
        return f"{self.origin}{page_path(self.one.photograph.id)}{found}"

    @property
    def credit(self) -> Credited:
        """The credit line with the statement that it names."""
        return Credited(self.one.words.credit, self.one.words.statement)

    @property
    def service(self) -> str:
        """The public's image service."""
        return self.origin + service_path(self.one.photograph.id)


def photograph_iframe(
    one: Told, origin: str, width: int | None = None, height: int | None = None, query: str = ""
) -> str:
    """Return the iframe of a photograph, at most as large as is asked for."""
    address = f"{origin}/embed/{one.photograph.id}{query}"
    label = f"{public_pages.title(one).text}. {one.words.credit}".strip()
    sizes = {"width": width, "height": height}
    return iframe(address, label, **{name: side for name, side in sizes.items() if side})


def figure_field(shared: Shared) -> Copyable:
    """Return the picture as a ``<figure>``; for a photograph that is shown without an advisory."""
    one = shared.one
    picture = public_pages.picture(one, shared.origin)
    caption = public_pages.words(one.words.captions)
    code = ""
    if picture is not None:
        size = picture.extent(EDITORS_SIDE)
        code = figure(
            FigurePicture(
                picture.at(EDITORS_SIDE), size.width, size.height, picture.alt, shared.cited.url
            ),
            caption.text if caption else shared.cited.title,
            shared.credit,
        )
    return Copyable(
        "share-figure",
        "Picture as HTML",
        code,
        "For pages that take no iframe: the picture with its caption and credit.",
        several_lines=True,
    )


def jpegs(shared: Shared) -> tuple[pages.Jpeg, ...]:
    """Return the JPEGs for editors: the whole and, where it may be changed, in two shapes."""
    pack = shared.one.pack
    if pack is None:
        return ()
    crops: list[tuple[str, Crop]] = [("Whole", whole(pack.extent, EDITORS_SIDE))]
    if not unchanged_only(shared.one):
        crops += [
            ("16 : 9", middle(pack.extent, 16, 9, EDITORS_SIDE)),
            ("1 : 1", middle(pack.extent, 1, 1, EDITORS_SIDE)),
        ]
    return tuple(
        pages.Jpeg(label, f"{shared.service}/{crop.path}", crop.size.width, crop.size.height)
        for label, crop in crops
    )


def unchanged_only(one: Told) -> bool:
    """Say whether the licence allows no changed copies, such as crops."""
    return Duty.NO_DERIVATIVES in one.asked.decision.duties


def beside(one: Told) -> tuple[Copyable, ...]:
    """Return the words that an editor's system asks for beside a picture."""
    alt, caption = public_pages.words(one.words.alts), public_pages.words(one.words.captions)
    rows = (
        ("share-alt", "Alternative text", alt.text if alt else "", "For those who cannot see it."),
        ("share-caption", "Caption", caption.text if caption else "", "To print below it."),
        ("share-credit", "Credit", one.words.credit, "To print beside it."),
    )
    return tuple(
        Copyable(name, label, text, sentence, several_lines=len(text) > 80)
        for name, label, text, sentence in rows
        if text
    )


def citations(cited: Cited) -> tuple[Copyable, ...]:
    """Return the citation in each style."""
    return tuple(
        Copyable(
            f"share-cite-{style.lower()}",
            style.value,
            citation(cited, style),
            _STYLE_SENTENCES[style],
            several_lines=True,
        )
        for style in Style
    )


def manifests(origin: str, identifier: str) -> tuple[Copyable, ...]:
    """Return the manifest by both versions of the Presentation API."""
    manifest = origin + manifest_path(identifier)
    return (
        Copyable(
            "share-manifest",
            "Manifest: cite this",
            manifest,
            "Its address stays. Paste it into any IIIF viewer; credit and rights travel with it.",
        ),
        Copyable(
            "share-manifest-2",
            "Manifest, version 2.1",
            manifest.replace("/manifests/3/", "/manifests/2/"),
            _VERSION_2,
        ),
    )


def iframe_field(code: str, sentence: str, name: str = "share-iframe") -> Copyable:
    """Return an iframe to paste."""
    return Copyable(name, "Iframe", code, f"{sentence}.", several_lines=True)


def oembed_field(page_url: str) -> Copyable:
    """Return the link that systems turn into an embed by themselves."""
    return Copyable(
        "share-oembed",
        "oEmbed link",
        page_url,
        "Paste this link alone into a line of WordPress, Drupal or another system that speaks "
        "oEmbed; it fetches the viewer by itself.",
    )


def page_field(page_url: str) -> Copyable:
    """Return the address of the page."""
    return Copyable("share-link", "Page", page_url, "For a message, a text or a post; it stays.")
