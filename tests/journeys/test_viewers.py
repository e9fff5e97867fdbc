"""Every photograph opens, with its credit, in our own page, in Mirador and in Universal Viewer."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from browser import Watched, keep, site, spread
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from referees import referee
from served import Served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.shared,
    pytest.mark.xdist_group("photographs"),
]

PHOTOGRAPHS = (
    "Bridge_by_Sander_Klootwijk",
    "Dragonfly_by_Bolly",
    "Picture_0B_by_freespace",
    "Picture_1A_by_freespace",
    "Wine_by_Jakkub_Mede",
    "aitzgorri_by_Aitzol_Berasategi",
    "analogpattern_by_Peter_Nerlich",
    "free_by_Peter_Nerlich",
    "friends_by_Aitzol_Berasategi",
    "greentock_by_Peter_Nerlich",
    "life_by_Aitzol_Berasategi",
    "picosdeeuropa_by_Aitzol_Berasategi",
    "seeding_by_Clements_Engelhardt",
    "sunset_by_Aitzol_Berasategi",
    "umang_by_Abhishek_Mudgal",
)
# The free photographs are not all busy; the dullest of them still has this much.
_LEAST_SPREAD = 10
_PIECE = re.compile(r"/\d+,\d+,\d+,\d+/\d+,\d*/0/default\.jpg$")

# The credit of a photograph in the public domain is asked for and not required, so it stands
# among the descriptions; of all others in the required statement.
_MIRADOR = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Another site</title>
<div id="viewer" style="position:absolute;inset:0"></div>
<script src="mirador/dist/mirador.min.js"></script>
<script>
  const asked = new URLSearchParams(location.search);
  Mirador.viewer({
    id: "viewer",
    window: { sideBarOpen: true, defaultSideBarPanel: asked.get("panel") },
    windows: [{ manifestId: asked.get("manifest") }],
  });
</script>
"""


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Another site, which has both viewers."""
    directory = tmp_path_factory.mktemp("museum")
    (directory / "mirador").symlink_to(referee("mirador"))
    (directory / "universalviewer").symlink_to(referee("universalviewer"))
    (directory / "mirador.html").write_text(_MIRADOR, "utf-8")
    with site(directory) as origin:
        yield origin


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1000, "height": 700})
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Watched]:
    page = context.new_page()
    yield Watched(page)
    page.close()


def manifest_of(served: Served, name: str) -> dict[str, object]:
    path = f"/manifests/3/{served.ids[f'{name}.jpg']}/manifest.json"
    found: dict[str, object] = json.loads(served.ask(path).body)
    return found


def credit_of(manifest: dict[str, object]) -> str:
    rows = {row["label"]["en"][0]: row["value"] for row in manifest["metadata"]}
    [credit] = rows["Credit"]["none"]
    return str(credit)


def service_of(manifest: dict[str, object]) -> str:
    return str(manifest["thumbnail"][0]["service"][0]["id"])


def wait_for_tiles(watched: Watched, service: str) -> None:
    """Wait until a piece of the picture came, which is no whole one made smaller."""
    for _ in range(400):
        if any(_PIECE.search(address) for address in watched.pictures(service)):
            return
        watched.page.wait_for_timeout(50)
    pytest.fail(f"no tile of {service} was asked for")


def see(page: Page, shown: Locator) -> None:
    """Wait until a picture is really on the screen."""
    for _ in range(100):
        if spread(shown.screenshot()) > _LEAST_SPREAD:
            return
        page.wait_for_timeout(50)
    pytest.fail("the picture is blank")


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photograph_opens_on_its_own_page(photographs, watched, name):
    page, identifier = watched.page, photographs.ids[f"{name}.jpg"]
    page.goto(f"{photographs.origin}/p/{identifier}")
    expect(page.locator(".viewer-tools")).to_be_visible()
    expect(page.locator(".viewer-still")).to_be_hidden()
    stage = page.locator(".viewer-canvas")
    see(page, stage)
    keep(page, f"own-{name}")
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    wait_for_tiles(watched, f"{photographs.origin}/iiif/3/{identifier}")
    manifest = manifest_of(photographs, name)
    expect(page.locator("#credit")).to_have_text(credit_of(manifest))
    beside = page.locator(".viewer-credit")
    expect(beside).to_contain_text(credit_of(manifest))
    licence = beside.locator("[rel=license]").inner_text()
    assert beside.inner_text().count(licence) == 1
    assert not watched.errors
    assert not watched.refused(photographs.origin)


def test_the_page_opens_on_the_region_that_its_address_names(photographs, watched):
    page, identifier = watched.page, photographs.ids[f"{PHOTOGRAPHS[0]}.jpg"]
    canvas = manifest_of(photographs, PHOTOGRAPHS[0])["items"][0]
    width, height = canvas["width"] // 4, canvas["height"] // 4
    page.goto(f"{photographs.origin}/p/{identifier}?xywh={width},{height},{width},{height}")
    expect(page.locator(".viewer-still")).to_be_hidden()
    seen = page.evaluate("""() => {
        const { viewer } = document.querySelector("dam-viewer");
        const item = viewer.world.getItemAt(0);
        const box = item.viewportToImageRectangle(viewer.viewport.getBounds(true));
        return [box.x, box.y, box.x + box.width, box.y + box.height];
    }""")
    left, top, right, bottom = seen
    assert left <= width + 2 and top <= height + 2
    assert right >= 2 * width - 2 and bottom >= 2 * height - 2
    closely = min((right - left) / width, (bottom - top) / height)
    assert closely < 1.1, "one side of the region fills the stage"
    keep(page, "own-region")
    assert not watched.errors


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photograph_opens_in_mirador(photographs, museum, watched, name):
    page, manifest = watched.page, manifest_of(photographs, name)
    panel = "attribution" if "requiredStatement" in manifest else "info"
    page.goto(f"{museum}/mirador.html?panel={panel}&manifest={quote(manifest['id'])}")
    stage = page.locator(".openseadragon-canvas canvas").first
    expect(stage).to_be_visible()
    wait_for_tiles(watched, service_of(manifest))
    expect(page.get_by_text(credit_of(manifest)).first).to_be_visible()
    see(page, page.locator(".openseadragon-container").first)
    keep(page, f"mirador-{name}")
    assert not watched.refused(photographs.origin)


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photograph_opens_in_universal_viewer(photographs, museum, watched, name):
    page, manifest = watched.page, manifest_of(photographs, name)
    page.goto(f"{museum}/universalviewer/dist/uv.html#?manifest={quote(manifest['id'])}")
    stage = page.locator(".openseadragon-canvas canvas").first
    expect(stage).to_be_visible()
    wait_for_tiles(watched, service_of(manifest))
    if "requiredStatement" not in manifest:
        page.get_by_role("button", name="Expand Information").click()
    expect(page.get_by_text(credit_of(manifest)).first).to_be_visible()
    see(page, page.locator(".openseadragon-container").first)
    keep(page, f"universalviewer-{name}")
    assert not watched.refused(photographs.origin)
