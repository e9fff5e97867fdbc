"""Finding in a browser: while one types, by keyboard alone, without scripts; axe finds nothing."""

from collections.abc import Iterator

import numpy as np
import pytest
from browser import keep, violations
from entering import entering
from PIL import Image
from playwright.sync_api import Browser, expect
from served import Served, serve

from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.records import catalogue
from dam.rights.facts import Audience
from dam.workflows import accounts

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("finding")]
TITLES = ("The weavers of Łódź", "A road near Ağdam", "غروب آفتاب")


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Iterator[Served]:
    """An archive of three published photographs."""
    home = tmp_path_factory.mktemp("finding")
    pictures = tmp_path_factory.mktemp("pictures")
    chance = np.random.default_rng(7)
    paths = []
    for number in range(len(TITLES)):
        small = Image.fromarray(chance.integers(0, 255, (6, 9, 3), dtype="uint8"))
        paths.append(pictures / f"{number}.jpg")
        small.resize((900, 600), Image.Resampling.BICUBIC).save(paths[-1], quality=90)
    with serve(home) as served:
        accounts.add_user(served.archive, "Rana", Audience.ADMINISTRATOR, None, "the test")
        served.take_in(*paths, public=True)
        for path, title in zip(paths, TITLES, strict=True):
            with served.archive.writing.begin() as db:
                texts = (Text(TextField.TITLE, "fa" if title == TITLES[2] else "en", title),)
                catalogue.describe(db, served.ids[path.name], Description(texts=texts))
        yield served


@pytest.fixture
def enter(browser: Browser, service: Served):
    """A maker of browsers: of Rana, or of the public."""
    with entering(browser, service) as make:
        yield make


def test_results_follow_what_is_typed(enter):
    page = enter()
    page.goto("/search")
    expect(page.locator("#found .rows li")).to_have_count(len(TITLES))
    page.get_by_label("Words about a photograph").press_sequentially("lod")
    expect(page.locator("#found .rows li")).to_have_count(1)
    expect(page.locator("#found")).to_contain_text("Łódź")
    assert "q=lod" in page.url
    expect(page.get_by_label("Words about a photograph")).to_be_focused()


def test_a_search_is_made_and_narrowed_without_scripts(enter):
    page = enter("Rana", java_script_enabled=False)
    page.goto("/desk/find")
    page.get_by_label("Words, names, numbers").fill("weevers")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#found")).to_contain_text("Shown for weavers")
    page.locator("nav[aria-label=Wanting]").get_by_role("link", name="No caption").click()
    expect(page.locator(".desk-frames li")).to_have_count(1)
    page.get_by_text("Save this search").click()
    page.get_by_label("Name", exact=True).fill("Weavers")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Weavers", exact=True)).to_be_visible()
    page.get_by_role("button", name="Remove Weavers").click()
    expect(page.get_by_role("link", name="Weavers", exact=True)).to_have_count(0)


def test_keyboard_alone_reaches_a_hit(enter):
    page = enter("Rana")
    page.goto("/desk/find")
    for _ in range(40):
        if page.evaluate("document.activeElement.id") == "q":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("agdam")
    expect(page.locator(".desk-frames li")).to_have_count(1)
    for _ in range(60):
        if page.evaluate("document.activeElement.matches('.desk-frames a')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/p/*")


@pytest.mark.parametrize("width", [1400, 320])
def test_axe_finds_nothing_and_no_page_of_finding_is_wider_than_the_window(enter, width):
    page = enter("Rana", viewport={"width": width, "height": 900}, bypass_csp=True)
    for path in ("/desk/find", "/desk/find?q=weevers", "/search", "/search?q=nothing-at-all"):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        keep(page, f"{path.strip('/').split('?')[0].replace('/', '-')}-{width}")
