"""Captioning by the keyboard alone: forty frames, a shared caption, one or two names on each."""

import statistics
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from browser import Watched, keep
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from referees import referee
from served import Served, running, serve

from dam.catalogue.authorities import AuthorityKind, AuthorityName, new_authority, with_variant
from dam.catalogue.codes import Code, CodeKind
from dam.records import catalogue, codes
from dam.rights.facts import Audience
from dam.workflows import accounts, authorities, frames

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("captioning")]

FRAMES = 40
SHARED = "Refugees on the road to Aghdam. "
_SHOWN = """() => {
  window.times = [];
  let began = 0;
  addEventListener("keydown", (event) => {
    if (event.key === "PageDown") began = performance.now();
  }, true);
  document.addEventListener("dam:page", async () => {
    const still = document.querySelector(".viewer-still");
    if (still) await still.decode().catch(() => {});
    requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - began)));
  });
}"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Forty drafts of one series, two people with codes, and places with their other names."""
    home = tmp_path_factory.mktemp("captioning")
    with serve(home) as served, running(home, {"DAM_HOME": str(home)}, "dam.jobs"):
        archive = served.archive
        accounts.add_user(archive, "Rana", Audience.ADMINISTRATOR, None, "the test")
        chance = np.random.default_rng(1)
        paths = []
        for number in range(FRAMES):
            small = Image.fromarray(chance.integers(0, 255, (4, 6, 3), dtype="uint8"))
            path = home / f"frame-{number:02}.jpg"
            small.resize((600, 400), Image.Resampling.BICUBIC).save(path, quality=85)
            paths.append(path)
        served.take_in(*paths, public=False, series="Road")
        people = {
            code: authorities.create(archive, new_authority("", AuthorityKind.PERSON, name), "Rana")
            for code, name in (("mt", "Murad Taghiyev"), ("sa", "Sara Ahmadova"))
        }
        names = {"mt": "Murad Taghiyev", "sa": "Sara Ahmadova"}
        with archive.writing.begin() as db:
            codes.put_codes(
                db, [Code(c, (names[c],), CodeKind.AGENT, one) for c, one in people.items()]
            )
        country = authorities.create(
            archive, new_authority("", AuthorityKind.PLACE, "Azerbaijan"), "Rana"
        )
        town = with_variant(
            new_authority("", AuthorityKind.PLACE, "Ağdam", country), AuthorityName("Aghdam")
        )
        authorities.create(archive, town, "Rana")
        served.ids.update({f"record {code}": one for code, one in people.items()})
        yield served


@pytest.fixture
def page(browser: Browser, service: Served) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, base_url=service.origin, bypass_csp=True
    )
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.goto(f"/sign-in/{accounts.make_link(service.archive, 'Rana')}")
    opened.get_by_role("button", name="Sign in").click()
    opened.wait_for_url("**/desk/")
    yield opened
    context.close()


def words(service: Served, number: int):
    with service.archive.reading() as db:
        one = catalogue.photograph(db, service.ids[f"frame-{number:02}.jpg"])
    return one.description


class Counted:
    """A keyboard that counts: each key that goes down is one, Control of Control+A too."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, *keys: str) -> None:
        for key in keys:
            self.count += key.count("+") + 1
            self.page.keyboard.press(key)


def caption_forty(service: Served, page: Page) -> dict[int, int]:
    """Caption every frame and return the most keys that one took, by the number of its names."""
    caption = page.locator("[name='caption@en']")
    most = {1: 0, 2: 0}
    for number in range(FRAMES):
        press, two = Counted(page), number % 4 == 3
        press("=", "m", "t", "=")
        if two:
            press(" ", "=", "s", "a", "=")
        names = "Murad Taghiyev Sara Ahmadova" if two else "Murad Taghiyev"
        expect(caption).to_have_value(SHARED + names)
        if number + 1 < FRAMES:
            press("PageDown")
            page.wait_for_url(f"**/desk/p/{service.ids[f'frame-{number + 1:02}.jpg']}")
            expect(caption).to_have_value(SHARED)
        most[1 + two] = max(most[1 + two], press.count)
    return most


def test_forty_frames_are_captioned_in_eight_keys_a_frame_or_twelve_with_two_names(
    service, page, record_property
):
    watched = Watched(page)
    page.goto(f"/desk/p/{service.ids['frame-00.jpg']}#field=caption@en")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[name='caption@en']")).to_be_focused()
    page.keyboard.type(SHARED)
    page.keyboard.press("F4")
    page.evaluate(_SHOWN)
    most = caption_forty(service, page)
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.wait_for_load_state("networkidle")
    keep(page, "captioning-forty")
    median = round(statistics.median(page.evaluate("window.times")))
    record_property("milliseconds_to_the_next_frame", median)
    record_property("most_keys_a_frame", most)
    sys.stdout.write(f"\nmost keys a frame: {most}; next frame in {median} ms (median)\n")
    assert most[1] <= 8
    assert most[2] <= 12
    for number in range(FRAMES):
        shown = [person.agent_id for person in words(service, number).people]
        expected = ["mt", "sa"] if number % 4 == 3 else ["mt"]
        assert shown == [service.ids[f"record {code}"] for code in expected], number
    assert not watched.errors


def test_a_dateline_is_understood_while_it_is_typed_and_what_is_not_is_said(service, page):
    page.goto(f"/desk/p/{service.ids['frame-05.jpg']}#field=dateline")
    page.keyboard.type("Azerbaijan, Aghdam, Februar")
    reading = page.locator("#dateline-reading")
    expect(reading).to_contain_text("No date is understood")
    page.keyboard.type("y 1992")
    expect(reading).to_contain_text("Azerbaijan \u203a Ağdam")
    expect(reading).to_contain_text("1992-02")
    page.keyboard.press("Escape")
    expect(page.locator("#saved")).to_contain_text("Saved")
    found = words(service, 5)
    assert found.date_text == "February 1992"
    assert {text.value for text in found.texts if text.field == "place"} == {"Azerbaijan, Aghdam"}


def test_names_are_offered_and_a_chosen_one_is_linked(service, page):
    page.goto(f"/desk/p/{service.ids['frame-06.jpg']}#field=creator")
    page.keyboard.type("sara")
    expect(page.get_by_role("option", name="Sara Ahmadova")).to_be_visible()
    keep(page, "captioning-names")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name=creator]")).to_have_value("Sara Ahmadova")
    expect(page.locator("#creator-reading")).to_contain_text("Sara Ahmadova (linked)")
    assert [one.agent_id for one in words(service, 6).contributors] == [service.ids["record sa"]]


def test_a_field_is_written_to_chosen_frames_and_taken_back_as_one(service, page):
    page.goto(f"/desk/p/{service.ids['frame-10.jpg']}")
    page.wait_for_load_state("networkidle")
    link = page.locator(f".filmstrip a[href$='{service.ids['frame-11.jpg']}']")
    link.focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#chosen-count")).to_have_text("2 chosen")
    page.locator("[name='title@en']").focus()
    page.keyboard.type("On the road")
    page.keyboard.press("F8")
    banner = page.locator("#caption-banner")
    expect(banner).to_contain_text("Title written to 2 frames")
    titles = [[t.value for t in words(service, n).texts if t.field == "title"] for n in (11, 12)]
    assert titles == [["On the road"], ["On the road"]]
    banner.get_by_role("button", name="Undo on all of them").press("Enter")
    expect(banner).to_contain_text("Taken back on 2 frames")
    assert not [t for n in (11, 12) for t in words(service, n).texts if t.field == "title"]


def test_a_picture_is_turned_and_the_turn_is_taken_back(service, page):
    one = service.ids["frame-20.jpg"]
    page.goto(f"/desk/p/{one}")
    page.wait_for_load_state("networkidle")
    still = page.locator(".viewer-still")
    assert still.get_attribute("width") == "600"
    page.keyboard.press("]")
    expect(still).to_have_attribute("width", "400")
    page.keyboard.press("u")
    expect(page.get_by_role("status").first).to_have_text("Undone.")
    service.work()
    page.reload()
    expect(still).to_have_attribute("width", "600")


def test_a_key_is_changed_and_a_key_that_is_taken_is_told(service, page):
    page.goto(f"/desk/p/{service.ids['frame-21.jpg']}")
    page.keyboard.press("?")
    change = page.get_by_role("button", name="pick this frame: P")
    change.press("Enter")
    page.keyboard.press("F4")
    expect(page.locator("#keys-chosen")).to_contain_text("F4 is taken")
    change.press("Enter")
    page.keyboard.press("k")
    expect(page.locator("#keys-chosen")).to_contain_text("It is K now")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(page.get_by_role("button", name="Pick", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_words_that_could_not_be_saved_are_kept_and_it_is_said_what_to_do(service, page):
    page.goto(f"/desk/p/{service.ids['frame-25.jpg']}#field=title@en")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.keyboard.type("Dusk")
    state = page.locator("#desk-state")
    expect(state).to_contain_text("Offline. What you write is kept")
    keep(page, "captioning-offline")
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("Saved")
    expect(state).to_be_empty()
    page.context.clear_cookies()
    page.keyboard.type(" and dawn")
    expect(state).to_contain_text("The session has ended. The words are kept")
    expect(state.get_by_role("link", name="Sign in")).to_be_visible()
    kept = page.evaluate(
        "id => localStorage.getItem(`dam:draft:${id}`)", service.ids["frame-25.jpg"]
    )
    assert "Dusk and dawn" in kept


def test_a_frame_is_said_to_be_the_back_of_the_one_before_and_both_say_so(service, page):
    page.goto(f"/desk/p/{service.ids['frame-27.jpg']}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("b")
    expect(page.get_by_text("It is the back of frame-26.jpg")).to_be_visible()
    page.goto(f"/desk/p/{service.ids['frame-26.jpg']}")
    expect(page.get_by_text("Its back is frame-27.jpg")).to_be_visible()


@pytest.mark.parametrize("width", [1400, 320])
def test_axe_finds_nothing_on_the_desk_in_several_languages(service, page, width):
    source = (referee("axe-core") / "axe.min.js").read_text("utf-8")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/desk/p/{service.ids['frame-30.jpg']}?add=fa")
    page.locator(".more-fields summary").press("Enter")
    page.wait_for_load_state("networkidle")
    assert page.locator("[name='caption@fa']").get_attribute("dir") == "rtl"
    page.evaluate(source)
    result = page.evaluate("() => axe.run()")
    keep(page, f"captioning-{width}")
    assert not [(r["id"], [n["html"][:120] for n in r["nodes"][:3]]) for r in result["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_template_fills_only_what_is_empty(service):
    archive = service.archive
    first, second = service.ids["frame-31.jpg"], service.ids["frame-32.jpg"]
    frames.write_fields(archive, [first], {"credit": "Reza/W", "title@en": "One"}, "Rana")
    frames.write_fields(archive, [second], {"title@en": "Two"}, "Rana")
    frames.keep_template(archive, first, "Road", "Rana")
    frames.fill_from_template(archive, second, "Road", "Rana")
    said = {t.field.value: t.value for t in words(service, 32).texts}
    assert (said["credit"], said["title"]) == ("Reza/W", "Two")
