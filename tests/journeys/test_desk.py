"""What staff do, in a browser: come in, add photographs, write, publish, withdraw."""

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from browser import Watched, keep, site, spread
from entering import entering
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from referees import referee
from served import Served, running, serve

from dam.rights.facts import Audience
from dam.workflows import accounts, describe

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

_WORDS = re.compile(r"Saved \d")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A new archive with two accounts, and a process that runs its jobs."""
    home = tmp_path_factory.mktemp("desk")
    with serve(home) as served, running(home, {"DAM_HOME": str(home)}, "dam.jobs"):
        for name in ("Rana", "Bela"):
            accounts.add_user(served.archive, name, Audience.ADMINISTRATOR, None, "the test")
        yield served


Enter = Callable[..., BrowserContext]


@pytest.fixture
def enter(browser: Browser, service: Served) -> Iterator[Enter]:
    """A maker of browsers: of somebody who signed in by a link, or of the public."""
    with entering(browser, service) as make:

        def context_of(name: str | None = None, **options: object) -> BrowserContext:
            page = make(name, **options)
            page.close()
            return page.context

        yield context_of


@pytest.fixture
def new_picture(tmp_path: Path) -> Callable[[str], Path]:
    """A maker of photographs that nobody has seen: clouds of chance, 900 by 600."""
    chance = np.random.default_rng()

    def make(name: str) -> Path:
        small = Image.fromarray(chance.integers(0, 255, (6, 9, 3), dtype="uint8"))
        path = tmp_path / name
        small.resize((900, 600), Image.Resampling.BICUBIC).save(path, quality=90)
        return path

    return make


@pytest.fixture
def drafts(service: Served, new_picture, request: pytest.FixtureRequest) -> list[str]:
    """Three new photographs in the order of the desk, ready and not published."""
    names = [f"{request.node.name[:20]}-{number}.jpg" for number in range(3)]
    service.take_in(*[new_picture(name) for name in names], public=False)
    return [service.ids[name] for name in names]


def reach(page: Page, name: str) -> None:
    """Press Tab until the field of that name has the focus, as somebody without a mouse does."""
    for _ in range(160):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {name}")


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text(_WORDS)


def drop(page: Page, *paths: Path) -> None:
    """Drop files on the page, as a file manager does."""
    files = [[path.name, base64.b64encode(path.read_bytes()).decode()] for path in paths]
    carried = page.evaluate_handle(
        """files => {
          const carried = new DataTransfer();
          for (const [name, text] of files) {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            carried.items.add(new File([bytes], name));
          }
          return carried;
        }""",
        files,
    )
    for kind in ("dragenter", "dragover", "drop"):
        page.dispatch_event("body", kind, {"dataTransfer": carried})


def test_a_link_signs_in_once(service, enter):
    link = f"/sign-in/{accounts.make_link(service.archive, 'Rana')}"
    page = enter().new_page()
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")
    expect(page.locator(".who")).to_have_text("Rana")
    other = enter().new_page()
    other.goto(link)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_text("This link is used or too old")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/desk/")
    assert "/sign-in" in page.url


def test_files_that_are_dropped_are_taken_in_and_each_says_what_became_of_it(
    service, enter, new_picture, tmp_path
):
    page = enter("Rana").new_page()
    watched = Watched(page)
    page.goto("/desk/")
    picture, letter = new_picture("dropped.jpg"), tmp_path / "letter.jpg"
    letter.write_text("This is no photograph.", "utf-8")
    drop(page, picture)
    lines = page.locator(".uploads li")
    expect(lines).to_have_count(1)
    expect(lines.first).to_contain_text("Taken in.")
    drop(page, letter, picture)
    expect(page.locator("#uploads-summary")).to_contain_text("3 of 3 done")
    expect(lines.nth(1)).to_contain_text("not a picture")
    expect(lines.nth(2)).to_contain_text("Already here")
    keep(page, "desk-uploads")
    page.reload()
    expect(page.get_by_role("rowheader", name="letter.jpg")).to_be_visible()
    expect(page.get_by_text("dropped.jpg")).to_be_visible()
    # The tiles are made by another process, and the desk shows them when they are there.
    frame = page.locator(".desk-frames li", has_text="dropped.jpg")
    for _ in range(100):
        if frame.locator("img").count():
            break
        page.wait_for_timeout(100)
        page.reload()
    expect(frame.locator("img")).to_be_visible()
    keep(page, "desk-overview")
    assert not watched.errors


def test_the_plain_form_takes_files_without_javascript(service, enter, new_picture):
    page = enter("Rana", java_script_enabled=False).new_page()
    page.goto("/desk/")
    page.set_input_files("#files", [new_picture("plain-1.jpg"), new_picture("plain-2.jpg")])
    page.get_by_role("button", name="Add photographs").click()
    expect(page.get_by_role("status")).to_contain_text("Taken in.")
    expect(page.get_by_text("plain-1.jpg")).to_be_visible()
    expect(page.get_by_text("plain-2.jpg")).to_be_visible()


def test_captions_are_written_with_the_keyboard_alone(service, enter, drafts):
    page = enter("Rana").new_page()
    watched = Watched(page)
    page.goto(f"/desk/p/{drafts[1]}")
    expect(page.locator(".viewer-tools")).to_be_visible()
    reach(page, "title@en")
    page.keyboard.type("Two frames of clouds")
    expect(page.locator("#saved")).to_have_text("Writing…")
    saved(page)
    reach(page, "caption@en")
    page.keyboard.type("The first of two.")
    page.keyboard.press("Escape")
    saved(page)
    page.reload()
    expect(page.locator("[name='title@en']")).to_have_value("Two frames of clouds")
    expect(page.locator("[name='caption@en']")).to_have_value("The first of two.")
    keep(page, "desk-caption")
    assert not watched.errors


def test_who_goes_on_before_it_is_saved_finds_every_word_on_coming_back(service, enter, drafts):
    """The frame that is left is stored before it is fetched again as somebody's neighbour."""
    page = enter("Rana").new_page()
    page.goto(f"/desk/p/{drafts[1]}")
    around = page.locator("#caption")
    following, before = around.get_attribute("data-next"), around.get_attribute("data-previous")
    assert {following, before} == {f"/desk/p/{drafts[0]}", f"/desk/p/{drafts[2]}"}
    reach(page, "caption@en")
    page.keyboard.type("The first of two.")
    page.keyboard.press("PageDown")
    page.wait_for_url(f"**{following}")
    assert page.evaluate("document.activeElement.name") == "caption@en"
    page.keyboard.type("The second of two.")
    page.keyboard.press("PageUp")
    page.wait_for_url(f"**/desk/p/{drafts[1]}")
    expect(page.locator("[name='caption@en']")).to_have_value("The first of two.")
    page.keyboard.type(" With more.")
    page.keyboard.press("PageDown")
    page.wait_for_url(f"**{following}")
    expect(page.locator("[name='caption@en']")).to_have_value("The second of two.")
    page.keyboard.press("PageUp")
    page.wait_for_url(f"**/desk/p/{drafts[1]}")
    page.reload()
    expect(page.locator("[name='caption@en']")).to_have_value("The first of two. With more.")


def test_f2_copies_from_the_frame_before_and_ctrl_enter_goes_on(service, enter, drafts):
    page = enter("Rana").new_page()
    page.goto(f"/desk/p/{drafts[1]}")
    reach(page, "creator")
    page.keyboard.type("Reza Deghati")
    reach(page, "caption@en")
    page.keyboard.press("Control+A")
    page.keyboard.type("Clouds.")
    following = page.locator("#caption").get_attribute("data-next")
    page.keyboard.press("PageDown")
    page.wait_for_url(f"**{following}")
    reach(page, "creator")
    page.keyboard.press("F2")
    expect(page.locator("[name=creator]")).to_have_value("Reza Deghati")
    reach(page, "caption@en")
    page.keyboard.type("More clouds.")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("path => location.pathname !== path", arg=following)
    expect(page.locator("[name='caption@en']")).to_have_value("")
    found = describe.on_the_desk(service.archive, str(following).rsplit("/", 1)[1])
    assert found.description.creators == ("Reza Deghati",)


def test_u_takes_the_last_change_back(service, enter, drafts):
    page = enter("Rana").new_page()
    page.goto(f"/desk/p/{drafts[0]}")
    for words in ("Clouds at dawn.", "Clods at down."):
        page.locator("[name='caption@en']").fill(words)
        page.keyboard.press("Tab")
        saved(page)
    page.reload()
    expect(page.locator("#undo-button")).to_have_text("Undo caption (en)")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.get_by_role("status").first).to_have_text("Undone.")
    expect(page.locator("[name='caption@en']")).to_have_value("Clouds at dawn.")


def test_of_two_editors_the_later_one_sees_both_texts_and_chooses(service, enter, drafts):
    first, second = enter("Rana").new_page(), enter("Bela").new_page()
    for page in (first, second):
        page.goto(f"/desk/p/{drafts[0]}")
    second.locator("[name='caption@en']").fill("What Bela saw.")
    second.keyboard.press("Tab")
    saved(second)
    first.locator("[name='caption@en']").fill("What Rana saw.")
    first.keyboard.press("Tab")
    banner = first.locator("#caption-banner")
    expect(banner).to_contain_text("Bela saved this frame")
    expect(banner).to_contain_text("What Rana saw.")
    expect(banner).to_contain_text("What Bela saw.")
    keep(first, "desk-conflict")
    first.get_by_role("button", name="Keep my caption").click()
    saved(first)
    second.reload()
    expect(second.locator("[name='caption@en']")).to_have_value("What Rana saw.")
    second.goto(f"/desk/p/{drafts[0]}/events")
    expect(second.get_by_text("What Bela saw.").first).to_be_visible()
    keep(second, "desk-events")


def test_of_two_editors_without_javascript_the_later_one_sees_both_texts(service, enter, drafts):
    first = enter("Rana", java_script_enabled=False).new_page()
    second = enter("Bela", java_script_enabled=False).new_page()
    for page in (first, second):
        page.goto(f"/desk/p/{drafts[0]}")
    for page, words in ((second, "What Bela saw."), (first, "What Rana saw.")):
        page.locator("[name='caption@en']").fill(words)
        page.get_by_role("button", name="Save", exact=True).click()
    versions = first.get_by_role("region", name="Two versions")
    expect(versions).to_contain_text("Caption (English)")
    expect(versions).to_contain_text("What Rana saw.")
    expect(versions).to_contain_text("What Bela saw.")
    expect(first.locator("[name='caption@en']")).to_have_value("What Rana saw.")
    keep(first, "desk-conflict-plain")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_role("status").first).to_have_text("Saved.")


def test_what_is_published_is_on_its_public_page_at_once(service, enter, drafts):
    staff, public = enter("Rana").new_page(), enter().new_page()
    staff.goto(f"/desk/p/{drafts[0]}")
    staff.locator("[name='title@en']").fill("Clouds over the sea")
    staff.locator("[name=creator]").fill("Reza Deghati")
    staff.keyboard.press("Tab")
    saved(staff)
    assert public.goto(f"/p/{drafts[0]}").status == 404
    staff.get_by_role("button", name="Publish, and answer for it").click()
    expect(staff.get_by_role("status").first).to_have_text("Published.")
    keep(staff, "desk-published")
    assert public.goto(f"/p/{drafts[0]}").status == 200
    expect(public.get_by_role("heading", level=1)).to_have_text("Clouds over the sea")
    expect(public.locator("#credit")).to_contain_text("Reza Deghati")
    expect(public.locator(".viewer-tools")).to_be_visible()
    assert spread(public.locator(".viewer-canvas").screenshot()) > 5


def test_what_is_withdrawn_on_the_rights_desk_is_gone_from_every_address(
    service, enter, new_picture
):
    picture = new_picture("withdrawn.jpg")
    service.take_in(picture, credit="Reza Deghati", series="Clouds that went")
    identifier = service.ids[picture.name]
    staff, public = enter("Rana").new_page(), enter().new_page()
    watched = Watched(public)
    public.goto(f"/p/{identifier}")
    expect(public.locator(".viewer-tools")).to_be_visible()
    pixels = watched.pictures(f"{service.origin}/iiif/3/{identifier}")
    assert pixels

    staff.goto(f"/rights/p/{identifier}")
    keep(staff, "rights-desk")
    staff.get_by_label("Reason").fill("The family asked for it.")
    staff.get_by_role("button", name="Withdraw this photograph").click()
    expect(staff.get_by_role("heading", name="Reinstate")).to_be_visible()

    assert {service.ask(url).status for url in pixels} == {410}
    for path in (f"/manifests/3/{identifier}/manifest.json", f"/embed/{identifier}"):
        assert service.ask(path).status == 410
    assert public.goto(f"/p/{identifier}").status == 410
    heading = public.get_by_role("heading", level=1)
    expect(heading).to_have_text("This photograph has been withdrawn")
    keep(public, "tombstone")
    assert "Reza Deghati" not in public.content()


@pytest.mark.parametrize("sandbox", ["allow-scripts", ""], ids=["scripts", "no scripts"])
def test_an_embed_in_a_sandbox_of_another_site_shows_picture_and_credit(
    service, enter, new_picture, tmp_path, sandbox
):
    picture = new_picture(f"embedded-{len(sandbox)}.jpg")
    service.take_in(picture, rights="http://creativecommons.org/licenses/by/4.0/", credit="Reza/W")
    identifier = service.ids[picture.name]
    other = tmp_path / "other-site"
    other.mkdir()
    (other / "index.html").write_text(
        '<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,">'
        f'<iframe sandbox="{sandbox}" width="800" height="600" '
        f'src="{service.origin}/embed/{identifier}"></iframe>',
        "utf-8",
    )
    with site(other) as origin:
        page = enter().new_page()
        watched = Watched(page)
        page.goto(origin)
        frame = page.frame_locator("iframe")
        shown = frame.locator(".viewer-canvas canvas" if sandbox else ".viewer-still").first
        expect(shown).to_be_visible()
        expect(frame.get_by_text("Reza/W")).to_be_visible()
        expect(frame.get_by_role("link", name="CC BY 4.0")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert spread(page.locator("iframe").screenshot()) > 15
        keep(page, "embed-sandboxed" if sandbox else "embed-without-scripts")
        assert watched.pictures(f"{service.origin}/iiif/3/{identifier}")
        assert not [words for words in watched.errors if sandbox]


@pytest.fixture
def pages(service: Served, drafts, new_picture) -> dict[str, str]:
    """The main pages by name, with something on them."""
    picture = new_picture("shown.jpg")
    service.take_in(picture, rights="http://creativecommons.org/licenses/by/4.0/", series="Clouds")
    shown = service.ids[picture.name]
    return {
        "front": "/",
        "list": "/photographs",
        "all series": "/series",
        "photographers": "/creators",
        "search": "/search",
        "photograph": f"/p/{shown}",
        "embed": f"/embed/{shown}",
        "missing": "/p/nothing",
        "sign-in": "/sign-in",
        "desk": "/desk/",
        "caption": f"/desk/p/{drafts[0]}",
        "events": f"/desk/p/{drafts[0]}/events",
        "rights list": "/rights/",
        "rights": f"/rights/p/{shown}",
        "users": "/admin/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_main_pages(enter, pages, scheme):
    source = (referee("axe-core") / "axe.min.js").read_text("utf-8")
    context = enter("Rana", color_scheme=scheme, bypass_csp=True)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = []
    for name, path in pages.items():
        page = context.new_page()
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.evaluate(source)
        result = page.evaluate("tags => axe.run({runOnly: tags})", tags)
        found += [
            f"{name}: {rule['id']}: {[node['html'][:120] for node in rule['nodes'][:3]]}"
            for rule in result["violations"]
        ]
        keep(page, f"page-{name.replace(' ', '-')}-{scheme}")
        page.close()
    assert not found, "\n".join(found)
