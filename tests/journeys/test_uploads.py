"""Uploads in a browser: interrupted, resumed, closed, and five hundred at once."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser import keep
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from served import Served, running, serve

from dam.records import desk
from dam.records.desk import Waiting
from dam.rights.facts import Audience
from dam.workflows import accounts

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("uploads")]

_PIECE_BYTES = 8 * 1024 * 1024


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("uploads")
    with serve(home) as served, running(home, {"DAM_HOME": str(home)}, "dam.jobs"):
        accounts.add_user(served.archive, "Rana", Audience.STAFF, None, "the test")
        yield served


@pytest.fixture
def page(browser: Browser, service: Served) -> Iterator[Page]:
    """A browser that is signed in, at the desk."""
    context = browser.new_context(base_url=service.origin)
    page = context.new_page()
    page.goto(f"/sign-in/{accounts.make_link(service.archive, 'Rana')}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")
    yield page
    context.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A TIFF of noise in three pieces; its time stays, as that of a file that is dropped again."""
    path = tmp_path_factory.mktemp("large") / "large.tif"
    noise = np.random.default_rng(5).integers(0, 255, (2600, 2600, 3), dtype="uint8")
    Image.fromarray(noise).save(path)
    assert 2 * _PIECE_BYTES < path.stat().st_size < 3 * _PIECE_BYTES
    return path


def choose(page: Page, *paths: Path) -> None:
    page.locator("#files").set_input_files([str(path) for path in paths])


def pieces(page: Page) -> list[int]:
    """The offsets of the pieces that the page sends from now on."""
    sent: list[int] = []

    def seen(request) -> None:
        if request.method == "PATCH":
            sent.append(int(request.headers["upload-offset"]))

    page.on("request", seen)
    return sent


def test_a_broken_connection_costs_one_piece_and_mends_itself(page, service, large):
    sent, broken = pieces(page), []

    def break_once(route) -> None:
        if route.request.headers.get("upload-offset") == str(_PIECE_BYTES) and not broken:
            broken.append(True)
            route.abort("connectionreset")
        else:
            route.fallback()

    page.route("**/desk/uploads/*", break_once)
    choose(page, large)
    line = page.locator(".uploads li")
    expect(line).to_contain_text("Taken in.", timeout=60_000)
    assert broken and sent == [0, _PIECE_BYTES, _PIECE_BYTES, 2 * _PIECE_BYTES]


def test_a_page_that_was_closed_goes_on_when_the_same_file_comes_again(
    page, service, large, tmp_path
):
    other = tmp_path / "other.tif"  # other bytes of the same size, which nobody has sent yet
    changed = bytearray(large.read_bytes())
    changed[-5000:-4000] = bytes(1000)
    other.write_bytes(changed)
    page.route(
        "**/desk/uploads/*",
        lambda route: (
            route.abort("connectionreset")
            if route.request.headers.get("upload-offset") == str(_PIECE_BYTES)
            else route.fallback()
        ),
    )
    choose(page, other)
    expect(page.locator(".uploads li")).to_contain_text("Interrupted", timeout=60_000)
    page.unroute("**/desk/uploads/*")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/desk/")
    note = page.locator("#unfinished")
    expect(note).to_contain_text("1 file has not arrived whole")
    expect(note).to_contain_text("other.tif")
    keep(page, "upload-unfinished")
    sent = pieces(page)
    choose(page, other)
    expect(page.locator(".uploads li")).to_contain_text("Taken in.", timeout=60_000)
    assert sent[0] == _PIECE_BYTES, "what had arrived is not sent again"


def test_what_will_not_be_gone_on_with_is_forgotten_by_one_button(page, service, large, tmp_path):
    third = tmp_path / "third.tif"
    third.write_bytes(large.read_bytes()[:-9] + b"different")
    page.route("**/desk/uploads/*", lambda route: route.abort("connectionreset"))
    choose(page, third)
    expect(page.locator(".uploads li")).to_contain_text("Interrupted", timeout=60_000)
    page.unroute("**/desk/uploads/*")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/desk/")
    page.get_by_role("button", name="Forget them").click()
    expect(page.locator("#unfinished")).to_be_hidden()
    page.reload()
    expect(page.locator("#unfinished")).to_be_hidden()


def test_a_session_that_ended_is_said_and_keeps_what_arrived(page, service, tmp_path):
    path = tmp_path / "late.png"
    Image.new("RGB", (60, 40), "maroon").save(path)
    page.context.clear_cookies()
    choose(page, path)
    expect(page.locator(".uploads li")).to_contain_text(re.compile("[Ss]ign in"))


@pytest.mark.timeout(600)
def test_five_hundred_files_in_one_drop_need_no_decision(page, service, tmp_path):
    with service.archive.reading() as db:
        before = desk.count(db, Waiting.ALL)
    files = []
    for number in range(500):
        path = tmp_path / f"{number:03}.png"
        colour = (number % 256, number // 2 % 256, 90)
        Image.new("RGB", (12, 8), colour).save(path)
        files.append([path.name, base64.b64encode(path.read_bytes()).decode()])
    carried = page.evaluate_handle(
        """files => {
          const carried = new DataTransfer();
          for (const [name, text] of files) {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            carried.items.add(new File([bytes], name, { lastModified: 1 }));
          }
          return carried;
        }""",
        files,
    )
    page.dispatch_event("body", "drop", {"dataTransfer": carried})
    summary = page.locator("#uploads-summary")
    expect(summary).to_contain_text("500 of 500 done", timeout=500_000)
    expect(page.locator(".uploads li")).to_have_count(500)
    keep(page, "upload-five-hundred")
    with service.archive.reading() as db:
        assert desk.count(db, Waiting.ALL) == before + 500


def test_files_go_into_a_series_that_is_named(page, service, tmp_path):
    path = tmp_path / "frame.png"
    Image.new("RGB", (64, 40), "teal").save(path)
    page.get_by_text("Into a series").click()
    page.get_by_label("Title of the series").fill("The road to Aghdam")
    choose(page, path)
    expect(page.locator(".uploads li")).to_contain_text("Taken in.")
    page.get_by_role("link", name="Open").click()
    expect(page.get_by_text("Frame 1 of 1")).to_be_visible()
