"""Names, series, codes and the import screen in a browser: keyboard, no scripts, axe."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from browser import keep, violations
from entering import entering
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from served import Served, serve

from dam.catalogue.authorities import AuthorityKind, new_authority
from dam.records import series as series_rows
from dam.rights.facts import Audience
from dam.workflows import accounts, authorities

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("catalogue-pages")]

TEXT = "Bridges\n\nFrance, Paris, May 1968\n\nA bridge.\n\nFrance, Lille, 1969\n\nAnother.\n"
WIDE, NARROW = {"width": 1400, "height": 900}, {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An archive of one series of two frames, and an account."""
    home = tmp_path_factory.mktemp("catalogue-pages")
    chance = np.random.default_rng(7)
    paths: list[Path] = []
    for number in range(2):
        small = Image.fromarray(chance.integers(0, 255, (6, 9, 3), dtype="uint8"))
        paths.append(home / f"bridge-{number}.jpg")
        small.resize((300, 200), Image.Resampling.BICUBIC).save(paths[-1], quality=90)
    with serve(home / "archive") as served:
        accounts.add_user(served.archive, "Rana", Audience.ADMINISTRATOR, None, "the test")
        served.take_in(*paths, series="Bridges")
        yield served


@pytest.fixture
def enter(browser: Browser, service: Served) -> Iterator[Callable[..., BrowserContext]]:
    """A maker of browsers in which Rana is signed in."""
    with entering(browser, service) as make:

        def of_rana(**options: object) -> BrowserContext:
            page = make("Rana", **({"viewport": WIDE} | options))
            page.close()
            return page.context

        yield of_rana


def press(page: Page, name: str) -> None:
    """Press a button by the keyboard alone."""
    button = page.get_by_role("button", name=name, exact=True)
    for _ in range(120):
        if button.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {name}")


def test_a_text_is_imported_and_undone_by_keyboard_without_scripts(service, enter):
    page = enter(java_script_enabled=False).new_page()
    page.goto("/desk/import")
    page.get_by_label("Text of an essay").fill(TEXT)
    page.get_by_label("Series").select_option(label="Bridges (2)")
    press_plain(page, "Read it")
    expect(page.get_by_text("2 frames.")).to_be_visible()
    keep(page, "import-read")
    press_plain(page, "Import")
    expect(page.get_by_role("region", name="Imported")).to_be_visible()
    press_plain(page, "Undo this import")
    expect(page.get_by_role("status")).to_contain_text("The import was undone")


def press_plain(page: Page, name: str) -> None:
    """Focus a button and press Enter; without scripts nothing else can be asked of the page."""
    page.get_by_role("button", name=name, exact=True).press("Enter")


def test_a_frame_is_moved_by_keyboard_alone(service, enter):
    with service.archive.reading() as db:
        (series,) = series_rows.all_series(db)
    page = enter().new_page()
    page.goto(f"/desk/series/{series.id}")
    press(page, "Down : frame 1")
    expect(page.get_by_role("status").first).to_have_text("The order was saved.")
    with service.archive.reading() as db:
        assert series_rows.series(db, series.id).frames == series.frames[::-1]


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1400", "320"])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_window(service, enter, viewport):
    one = authorities.create(
        service.archive, new_authority("", AuthorityKind.PLACE, f"Paris {viewport['width']}"), "R"
    )
    other = authorities.create(
        service.archive, new_authority("", AuthorityKind.PLACE, f"Pariz {viewport['width']}"), "R"
    )
    with service.archive.reading() as db:
        (series,) = series_rows.all_series(db)
    photograph = series.frames[0]
    context = enter(viewport=viewport, bypass_csp=True)
    found = []
    for name, path in {
        "names": "/desk/names",
        "name": f"/desk/names/{one}",
        "merge": f"/desk/names/{one}/merge?into={other}",
        "series-list": "/desk/series",
        "series-desk": f"/desk/series/{series.id}?add=fa",
        "codes": "/desk/codes",
        "import": "/desk/import",
        "preview": "/desk/import",
        "work": f"/desk/p/{photograph}",
        "events": f"/desk/p/{photograph}/events",
    }.items():
        page = context.new_page()
        page.goto(path)
        if name == "preview":
            page.get_by_label("Text of an essay").fill(TEXT)
            page.get_by_label("Series").select_option(label="Bridges (2)")
            page.get_by_role("button", name="Read it").click()
            expect(page.get_by_text("2 frames.")).to_be_visible()
        page.wait_for_load_state("networkidle")
        keep(page, f"catalogue-{name}-{viewport['width']}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name}: wider than the window")
        found += [
            f"{name}: {rule}: {[html[:120] for html in broken[:3]]}"
            for rule, broken in violations(page)
        ]
        page.close()
    assert not found, "\n".join(found)
