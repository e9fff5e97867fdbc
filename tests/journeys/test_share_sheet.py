"""The share sheet in a real browser: two clicks to an iframe, a detail by hand, keys alone."""

import re

import pytest
from browser import Watched, keep, site, violations
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.xdist_group("photographs")]


@pytest.fixture(scope="module")
def context(browser: Browser):
    made = browser.new_context(
        viewport={"width": 1000, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    made.set_default_timeout(30_000)
    yield made
    made.close()


@pytest.fixture
def watched(context):
    page = context.new_page()
    yield Watched(page)
    page.close()


@pytest.fixture
def one(photographs) -> str:
    """A photograph that may be zoomed by everybody."""
    return photographs.ids["Bridge_by_Sander_Klootwijk.jpg"]


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Share, embed or cite").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("tab", name="Embed")).to_be_focused()


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_two_clicks_copy_an_iframe_that_works(photographs, watched, one, tmp_path):
    page = watched.page
    opened(page, f"{photographs.origin}/p/{one}")
    page.get_by_role("button", name="Copy Iframe").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    code = clipboard(page)
    assert code.startswith(f'<iframe src="{photographs.origin}/embed/{one}"')
    assert violations(page) == []
    keep(page, "share-embed")
    head = "<!doctype html><html lang=en><link rel=icon href=data:,><title>x</title>"
    (tmp_path / "index.html").write_text(head + code)
    with site(tmp_path) as museum:
        page.goto(museum)
        inside = page.frame_locator("iframe")
        expect(inside.locator(".viewer-still")).to_be_hidden()
        expect(inside.locator(".viewer-credit")).to_contain_text("Sander Klootwijk")
    assert not watched.errors


def test_each_tab_has_one_field_to_copy_and_no_fault_of_access(photographs, watched, one):
    page = watched.page
    opened(page, f"{photographs.origin}/p/{one}?xywh=10,20,300,200")
    for name in ("Embed", "Link", "Detail", "Cite", "IIIF"):
        page.get_by_role("tab", name=name).click()
        panel = page.get_by_role("tabpanel")
        expect(panel).to_have_count(1)
        fields = panel.locator(".share-fields .copyable:visible")
        expect(fields).to_have_count(1)
        assert violations(page) == [], name
        keep(page, f"share-{name.lower()}")


def test_a_choice_shows_its_own_field(photographs, watched, one):
    page = watched.page
    opened(page, f"{photographs.origin}/p/{one}")
    page.get_by_role("tab", name="Cite").click()
    page.get_by_role("radio", name="BibTeX").check()
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(page).startswith(f"@misc{{{one},")


def test_a_rectangle_that_is_drawn_becomes_a_link_to_this_detail(photographs, watched, one):
    page = watched.page
    opened(page, f"{photographs.origin}/p/{one}")
    page.get_by_role("tab", name="Detail").click()
    stage = page.locator(".region-stage")
    box = stage.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.75)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.5, steps=4)
    page.mouse.up()
    link = page.get_by_label("Link", exact=True).and_(page.locator("#share-detail"))
    expect(link).to_have_value(re.compile(r"/p/\w+\?xywh=\d+,\d+,\d+,\d+$"))
    x, y, w, h = map(int, link.input_value().rpartition("=")[2].split(","))
    whole = page.evaluate("({...document.querySelector('form.region').dataset})")
    width, height = int(whole["width"]), int(whole["height"])
    for found, wanted in zip(
        (x / width, y / height, w / width, h / height), (0.25, 0.5, 0.5, 0.25), strict=True
    ):
        assert abs(found - wanted) < 0.01
    page.goto(link.input_value())
    expect(page.locator("dam-viewer")).to_have_attribute("data-region", f"{x},{y},{w},{h}")
    assert not watched.errors


def test_numbers_that_are_typed_do_the_same_and_the_rectangle_follows(photographs, watched, one):
    page = watched.page
    opened(page, f"{photographs.origin}/p/{one}")
    page.get_by_role("tab", name="Detail").press("ArrowRight")  # away, and back by keys
    page.keyboard.press("ArrowLeft")
    for name, value in (("From the left", 0), ("From the top", 0), ("Width", 640), ("Height", 480)):
        page.get_by_label(name).fill(str(value))
    page.keyboard.press("Enter")
    expect(page.locator("#share-detail")).to_have_value(re.compile("xywh=0,0,640,480$"))
    expect(page.locator("[data-said]")).to_have_text("The links are of 640 by 480 pixels at 0, 0.")
    expect(page.locator(".region-box")).to_be_visible()


def test_what_the_viewer_shows_becomes_the_detail(photographs, watched, one):
    page = watched.page
    page.goto(f"{photographs.origin}/p/{one}?xywh=100,100,800,600")
    expect(page.locator(".viewer-still")).to_be_hidden()
    page.get_by_role("link", name="Share, embed or cite").click()
    page.get_by_role("tab", name="Detail").click()
    page.get_by_role("button", name="Take what the viewer shows").click()
    expect(page.locator("#share-detail")).to_have_value(re.compile("xywh="))
    region = page.locator("#share-detail").input_value().rpartition("=")[2]
    x, y, w, h = map(int, region.split(","))
    assert x <= 101 and y <= 101 and x + w >= 899 and y + h >= 699


def test_the_keyboard_alone_opens_goes_through_and_closes_the_sheet(photographs, watched, one):
    page = watched.page
    page.goto(f"{photographs.origin}/p/{one}")
    button = page.get_by_role("link", name="Share, embed or cite")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Embed")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="IIIF")).to_be_focused()
    expect(page.get_by_role("tab", name="IIIF")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Embed")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_without_a_script_all_of_it_stands_on_a_page(photographs, browser, one):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{photographs.origin}/p/{one}")
    page.get_by_role("link", name="Share, embed or cite").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Share")
    for name in ("Iframe", "oEmbed link", "Chicago", "Manifest: cite this"):
        expect(page.get_by_label(name).first).to_be_visible()
    for name in ("From the left", "From the top", "Width", "Height"):
        page.get_by_label(name).fill("100")
    page.get_by_role("button", name="Link to this detail").click()
    expect(page.locator("#share-detail")).to_have_value(re.compile("xywh=100,100,100,100$"))
    keep(page, "share-without-script")
    context.close()


@pytest.mark.parametrize("width", [320, 1400])
def test_the_page_of_the_sheet_has_no_fault_of_access_and_nothing_sticks_out(
    photographs, context, one, width
):
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{photographs.origin}/p/{one}/share")
    expect(page.get_by_role("tab", name="Embed")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    keep(page, f"share-page-{width}")
    page.close()
