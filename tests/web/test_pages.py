"""Every page renders, says its language, has one heading, and lets nothing in that was typed."""

import dataclasses
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_samples import SAMPLES, photograph, picture

from dam.web import pages
from dam.web.assets import Assets
from dam.web.phrases import ENGLISH
from dam.web.rendering import environment as english_templates

TEMPLATES = Path(__file__).resolve().parents[2] / "dam" / "web" / "templates"
BUILT = Assets(
    MappingProxyType(
        {
            name: name.replace(".", "-0123ABCD.")
            for name in (
                "app.css",
                "app.js",
                "scheme.js",
                "viewer.js",
                "upload.js",
                "find.js",
                "caption.js",
                "share.js",
                "token.js",
                "close.js",
            )
        }
    )
)
NOT_BUILT = Assets(MappingProxyType({}))
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'&"
VOID = {"meta", "link", "img", "input", "br", "path", "option", "rect"}

environment = english_templates(ENGLISH)


def render(page: pages.Page, assets: Assets = BUILT) -> str:
    template = environment.get_template(page.template)
    return template.render(page=page, assets=assets, csrf_token=lambda: "token")


class Document(HTMLParser):
    """Start tags, ids and nesting of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


every_page = pytest.mark.parametrize("page", SAMPLES.values(), ids=SAMPLES)


def hostile(value: object) -> object:
    """The same value with every text of a person made hostile."""
    match value:
        case pages.Words():
            result: object = pages.Words(HOSTILE, value.language)
        case pages.FrameState():
            result = value
        case str():
            address = re.match(r"^(/|https?:|mailto:|[a-z0-9-]{0,20}$)", value)
            result = value if address else HOSTILE
        case tuple():
            result = tuple(hostile(item) for item in value)
        case dict():
            result = {key: hostile(item) for key, item in value.items()}
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
            result = type(value)(**{name: hostile(item) for name, item in fields.items()})
        case _:
            result = value
    return result


@every_page
@pytest.mark.parametrize("assets", [BUILT, NOT_BUILT], ids=["built", "not built"])
def test_every_page_renders_with_and_without_a_front_end_build(
    page: pages.Page, assets: Assets
) -> None:
    html = render(page, assets)
    assert html.lstrip().startswith("<!doctype html>")
    assert ("<script" in html) is bool(assets.files and "</script>" in html)


def test_every_page_of_the_package_has_a_sample() -> None:
    all_pages = {
        kind for name in pages.__all__ if hasattr(kind := getattr(pages, name), "template")
    }
    all_pages.discard(pages.Page)
    assert all_pages == {type(page) for page in SAMPLES.values()}


def test_every_template_is_of_a_page_or_part_of_one() -> None:
    parts = {
        "alike_parts.html",
        "base.html",
        "caption_fields.html",
        "desk_nav.html",
        "differences.html",
        "discovery.html",
        "edit_list.html",
        "file_claims.html",
        "icons.html",
        "open_graph.html",
        "parts.html",
        "rights_nav.html",
        "share_open.html",
        "share_sheet.html",
        "find_parts.html",
        "form_fields.html",
        "viewer_keys.html",
        "way_parts.html",
        "work.html",
    }
    used = {page.template for page in SAMPLES.values()}
    assert {path.name for path in TEMPLATES.glob("*.html")} == used | parts


@every_page
def test_every_page_is_well_nested_with_a_language_and_one_heading(page: pages.Page) -> None:
    document = Document(render(page))
    assert document.wrong == []
    assert document.open == []
    assert document.named("html")[0]["lang"] == "en"
    assert len(document.named("h1")) == 1
    assert len(document.named("main")) == 1


@every_page
def test_ids_are_unique_and_what_points_to_them_finds_them(page: pages.Page) -> None:
    document = Document(render(page))
    ids = [attributes["id"] for _, attributes in document.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in document.tags:
        for name in ("for", "aria-labelledby", "aria-describedby", "data-copy", "form", "list"):
            for target in (attributes.get(name) or "").split():
                assert target in ids, (name, target)


@every_page
def test_the_strict_content_security_policy_holds(page: pages.Page) -> None:
    document = Document(render(page))
    for tag, attributes in document.tags:
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert not str(attributes.get("href", "")).startswith("javascript:")
    for script in document.named("script"):
        assert str(script.get("src")).startswith("/static/dist/")


@every_page
def test_every_picture_has_its_size_and_an_alt_and_every_field_a_label(page: pages.Page) -> None:
    document = Document(render(page))
    for image in document.named("img"):
        assert {"alt", "width", "height"} <= image.keys()
    labelled = {attributes.get("for") for attributes in document.named("label")}
    for tag in ("input", "textarea", "select"):
        for field in document.named(tag):
            if field.get("type") in {"hidden", "checkbox"} or "data-scheme-choice" in field:
                continue
            assert field.get("id") in labelled, field


@every_page
def test_every_form_that_changes_something_carries_the_token(page: pages.Page) -> None:
    for form in re.findall(r"<form.*?</form>", render(page), re.DOTALL):
        if 'method="post"' in form:
            assert 'name="csrf_token" value="token"' in form


@every_page
def test_hostile_words_stay_words(page: pages.Page) -> None:
    bad = hostile(page)
    assert isinstance(bad, type(page))
    html = render(bad)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "49" not in re.sub(r"\d{3,}", "", html)
    assert Document(html).wrong == []


def test_a_page_that_withholds_or_warns_holds_no_pixel_of_the_photograph() -> None:
    for name in ("photograph-withheld", "photograph-advised"):
        page = dataclasses.replace(SAMPLES[name], series=None)  # type: ignore[type-var]  # a dataclass
        assert "/iiif/" not in render(page)
    for name in ("embed-withheld", "embed-advised", "series-advised", "tombstone"):
        assert "/iiif/" not in render(SAMPLES[name])
    locked = render(SAMPLES["embed-locked"])
    assert "<img" not in locked and "default.jpg" not in locked, "a browser asks for nothing"


def test_credit_and_rights_stand_in_the_viewer_without_script() -> None:
    html = render(SAMPLES["photograph"], NOT_BUILT)
    viewer = html[html.index("<dam-viewer") : html.index("</dam-viewer>")]
    assert "Photo: Sander Klootwijk" in viewer
    assert "CC BY 4.0" in viewer
    assert '<img class="viewer-still"' in viewer


def test_the_public_is_told_no_reason_that_is_for_staff() -> None:
    assert "restriction R-3" not in render(photograph(pages.Shown(picture("bridge"))))


@pytest.mark.parametrize(
    ("language", "expected", "reason"),
    [
        ("en", "ltr", "Latin"),
        ("fa", "rtl", "Arabic script by default"),
        ("fa-IR", "rtl", "a region changes nothing"),
        ("az", "ltr", "Latin by default"),
        ("az-Arab", "rtl", "the script subtag overrules"),
        ("ur-Latn-PK", "ltr", "the script subtag overrules"),
        ("und", "auto", "nobody said, the browser looks"),
    ],
)
def test_direction_follows_language_and_script(language: str, expected: str, reason: str) -> None:
    assert pages.Words("…", language).direction == expected, reason


@given(st.integers(1, 60_000), st.integers(1, 60_000), st.integers(1, 4_000))
def test_a_picture_is_never_asked_for_larger_than_it_is(width: int, height: int, side: int) -> None:
    picture = pages.Picture("/iiif/3/x", width, height, "")
    extent = picture.extent(side)
    assert max(extent.width, extent.height) <= max(min(side, max(width, height)), 1)
    assert extent.width >= 1 and extent.height >= 1
    assert max(picture.stored.width, picture.stored.height) <= 512
    assert re.fullmatch(r"r\d{2,3}", picture.ratio_class)


@given(st.integers(1, 60_000), st.integers(1, 60_000))
def test_the_thumbnail_is_a_level_of_the_pack(width: int, height: int) -> None:
    stored = pages.Picture("/iiif/3/x", width, height, "").stored
    levels = {(-(-width >> k), -(-height >> k)) for k in range(17)}
    assert (stored.width, stored.height) in levels


def test_assets_give_the_hashed_name(tmp_path: Path) -> None:
    meta = {"sources": "x", "files": {"viewer.js": "viewer-AB12.js"}}
    (tmp_path / "meta.json").write_text(json.dumps(meta), "utf-8")
    assets = Assets.load(tmp_path)
    assert assets.url("viewer.js") == "/static/dist/viewer-AB12.js"
    with pytest.raises(LookupError):
        assets.url("misspelt.js")


@pytest.mark.parametrize("content", [None, "", "[]", '{"files": 3}', "{"])
def test_pages_go_without_assets_where_the_build_is_missing_or_broken(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "meta.json").write_text(content, "utf-8")
    assert Assets.load(tmp_path).url("viewer.js") is None
