"""A picture that comes again, in a browser: compared by keyboard, without scripts; words stay."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from browser import keep, violations
from entering import entering
from PIL import Image, PngImagePlugin
from playwright.sync_api import Browser, Page, expect
from served import Served, serve

from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.records import catalogue
from dam.rights.facts import Audience
from dam.workflows import accounts

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("alike")]
TITLE = "The weavers of Łódź"


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    small = Image.fromarray(np.random.default_rng(7).integers(0, 255, (6, 9, 3), dtype="uint8"))
    return small.resize((900, 600), Image.Resampling.BICUBIC)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory, picture) -> Path:
    """The directory of a picture, the same with other metadata, and a copy on its side."""
    pictures = tmp_path_factory.mktemp("pictures")
    picture.save(pictures / "print.png")
    words = PngImagePlugin.PngInfo()
    words.add_text("Description", "As the agency sent it")
    picture.save(pictures / "agency.png", pnginfo=words)
    picture.rotate(-90, expand=True).save(pictures / "side.jpg", quality=80)
    return pictures


@pytest.fixture(scope="module")
def service(tmp_path_factory, pictures) -> Iterator[Served]:
    """An archive of one published photograph."""
    with serve(tmp_path_factory.mktemp("alike")) as served:
        accounts.add_user(served.archive, "Rana", Audience.ADMINISTRATOR, None, "the test")
        served.take_in(pictures / "print.png", public=True)
        with served.archive.writing.begin() as db:
            texts = (Text(TextField.TITLE, "en", TITLE),)
            catalogue.describe(db, served.ids["print.png"], Description(texts=texts))
        yield served


@pytest.fixture
def enter(browser: Browser, service: Served):
    """A maker of browsers in which Rana is signed in."""
    with entering(browser, service) as make:
        yield partial(make, "Rana")


def send(page: Page, service: Served, path: Path) -> None:
    """Add a file by the plain form, and let its tiles be cut."""
    page.locator("#files").set_input_files(path)
    page.get_by_role("button", name="Add photographs").click()
    page.wait_for_url("**/desk/?done=*")
    service.work()


def press(page: Page, label: str) -> None:
    """Reach a button by the keyboard alone, and press it."""
    for _ in range(80):
        if page.evaluate("document.activeElement.textContent.trim()") == label:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_the_same_picture_with_other_metadata_becomes_the_new_version_its_words_stay(
    enter, service, pictures
):
    page = enter(java_script_enabled=False)
    send(page, service, pictures / "print.png")
    expect(page.locator("main")).to_contain_text("here already; nothing was changed")
    send(page, service, pictures / "agency.png")
    page.goto("/desk/")
    page.get_by_role("link", name="Compare agency.png").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two photographs that are alike")
    expect(page.locator(".side img")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("The same picture, pixel for pixel")
    page.get_by_role("button", name="Make the later one the new version").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Rana made the later one the new version")
    service.work()
    older = service.ids["print.png"]
    page.goto(f"/p/{older}")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    master = page.request.get(f"/p/{older}/master")
    assert b"As the agency sent it" in master.body()
    assert page.request.get(f"/iiif/3/{older}/full/200,/0/default.jpg").status == 200
    page.goto(f"/desk/p/{older}")
    page.get_by_role("link", name="Beside").click()
    page.get_by_role("button", name="Undo this choice").click()
    expect(page.get_by_role("status")).to_contain_text("Undone. Both are as before.")
    service.work()
    assert b"As the agency sent it" not in page.request.get(f"/p/{older}/master").body()


def test_a_copy_that_lies_on_its_side_is_compared_and_skipped_by_keyboard(enter, service, pictures):
    page = enter()
    page.goto("/desk/")
    page.locator("#files").set_input_files(pictures / "side.jpg")
    expect(page.locator("#uploads-summary")).to_contain_text("1 of 1 done")
    service.work()
    page.goto("/desk/alike")
    link = page.get_by_role("link", name="Compare side.jpg").filter(has_text=TITLE)
    expect(link).to_contain_text("turned by 90 degrees clockwise")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/alike/*/*")
    press(page, "Skip the later one")
    expect(page.locator("main")).to_contain_text("Rana skipped the later one")
    press(page, "Undo this choice")
    expect(page.get_by_role("status")).to_contain_text("Undone.")


@pytest.mark.parametrize("width", [1400, 320])
def test_axe_finds_nothing_and_no_page_of_pairs_is_wider_than_the_window(
    enter, service, pictures, width
):
    page = enter(viewport={"width": width, "height": 900}, bypass_csp=True)
    send(enter(java_script_enabled=False), service, pictures / "agency.png")
    page.goto("/desk/alike")
    paths = ["/desk/", "/desk/alike"]
    paths += [a.get_attribute("href") for a in page.locator(".pairs a").all()[:1]]
    for path in paths:
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        keep(page, f"alike-{len(path.split('/'))}-{width}")
