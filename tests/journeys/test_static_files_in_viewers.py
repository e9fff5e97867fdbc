"""A site of plain files, on a server of files, opens in our viewer and in those of others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import Watched, keep, site, spread
from playwright.sync_api import Browser, Page, expect
from referees import referee
from served import credits_sheet, photograph_files

from dam import wiring
from dam.cli.asking import public_service
from dam.config import read_settings
from dam.imaging.decoding import Decoding
from dam.records import series as series_rows
from dam.records.register import NewRecord, RecordKind
from dam.workflows import clear, ingest, jobs, static_site
from dam.workflows.batch import Options, make_batch
from dam.workflows.static_site import Wanted

pytestmark = [
    pytest.mark.browser,
    pytest.mark.shared,
    pytest.mark.xdist_group("static-site"),
]

# Other sites' viewers read from another site only what allows it (CORS), and a server of files
# that nobody has told so does not: here all of them stand beside the files.
VIEWERS = {
    "mirador": """<!doctype html><html lang="en"><meta charset="utf-8"><title>Mirador</title>
<div id="viewer" style="position:absolute;inset:0"></div>
<script src="mirador/dist/mirador.min.js"></script>
<script>
  const asked = new URLSearchParams(location.search);
  Mirador.viewer({ id: "viewer", windows: [{ manifestId: asked.get("manifest") }] });
</script>""",
    "openseadragon": """<!doctype html><html lang="en"><meta charset="utf-8"><title>OSD</title>
<div id="viewer" style="position:absolute;inset:0"></div>
<script src="openseadragon/build/openseadragon/openseadragon.min.js"></script>
<script>
  const asked = new URLSearchParams(location.search);
  window.viewer = OpenSeadragon({
    id: "viewer", showNavigationControl: false, drawer: "canvas",
    tileSources: asked.get("info"),
  });
</script>""",
}


@dataclass(frozen=True)
class Files:
    """A server of files: where it is, where the site stands on it, and what is in the site."""

    origin: str
    address: str
    shown: str
    held: str
    series_id: str


@pytest.fixture(scope="module")
def files(
    shared: Path, tmp_path_factory: pytest.TempPathFactory, decoding: Decoding
) -> Iterator[Files]:
    """Three photographs of a series, one of them withheld, as files below a directory."""
    home, root = tmp_path_factory.mktemp("static-home"), tmp_path_factory.mktemp("static")
    place = wiring.open_place(read_settings({"DAM_HOME": str(home)}))
    wiring.prepare(place)
    noon = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
    archive = replace(wiring.build_archive(place), now=lambda: noon, decoding=decoding)
    paths = photograph_files(shared)[:3]
    options = Options(by="Rana", public=True, series="As files")
    batch = make_batch(options, [path.name for path in paths], credits_sheet(shared), None)
    ids = [ingest.take_in(archive, path.name, ingest.read_file(path), batch).id for path in paths]
    clear.record(archive, ids[1], [NewRecord(RecordKind.CEILING, "record")], "Rana")
    while jobs.run_one(archive):
        pass
    with archive.reading() as db:
        [series] = series_rows.all_series(db)
    for name, page in VIEWERS.items():
        (root / name).symlink_to(referee(name))
        (root / f"{name}.html").write_text(page, "utf-8")
    (root / "universalviewer").symlink_to(referee("universalviewer"))
    with site(root) as origin:
        address = f"{origin}/archive"
        ask = public_service(archive, address)
        static_site.write(archive, Wanted(address), root / "archive", ask, "Rana")
        archive.drawing_apart.end()
        place.engine.dispose()
        yield Files(origin, address, ids[0], ids[1], series.id)


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(30_000)
    yield Watched(context.new_page())
    context.close()


def see(page: Page, where: str, name: str) -> None:
    """Wait until a picture is really on the screen."""
    for _ in range(200):
        if spread(page.locator(where).first.screenshot()) > 10:
            keep(page, f"static-{name}")
            return
        page.wait_for_timeout(50)
    pytest.fail(f"the picture is blank in {name}")


def tiles(watched: Watched, service: str) -> list[str]:
    return [one for one in watched.pictures(service) if re.search(r"/\d+,\d+,\d+,\d+/", one)]


def nothing_is_missing(watched: Watched, files: Files) -> None:
    watched.page.wait_for_load_state("networkidle")
    assert watched.refused(files.address) == []
    assert not [u for s, u in watched.answers if s == 200 and f"/iiif/3/{files.held}/" in u]


def test_a_visitor_goes_from_the_entrance_to_a_photograph_and_its_series(files, watched):
    page = watched.page
    page.goto(f"{files.address}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("navigation", name="Archive").get_by_role("link", name="Series").click()
    page.get_by_role("link", name=re.compile("As files")).click()
    expect(page.locator(".frame")).to_have_count(3)
    page.locator(".frame-picture").first.click()
    expect(page.locator(".viewer-tools")).to_be_visible()
    see(page, ".viewer-canvas", "own")
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(500)
    assert tiles(watched, f"{files.address}/iiif/3/{files.shown}")
    page.get_by_role("link", name="Embed").click()
    expect(page.locator(".viewer-tools")).to_be_visible()
    nothing_is_missing(watched, files)
    assert not watched.errors


def test_the_files_open_in_openseadragon(files, watched):
    service = f"{files.address}/iiif/3/{files.shown}"
    watched.page.goto(f"{files.origin}/openseadragon.html?info={quote(service)}/info.json")
    see(watched.page, "#viewer", "openseadragon")
    watched.page.evaluate("() => viewer.viewport.zoomBy(6, null, true)")
    watched.page.wait_for_timeout(500)
    nothing_is_missing(watched, files)
    assert tiles(watched, service)


def test_the_files_open_in_mirador(files, watched):
    manifest = f"{files.address}/manifests/3/{files.series_id}/manifest.json"
    watched.page.goto(f"{files.origin}/mirador.html?manifest={quote(manifest)}")
    see(watched.page, ".openseadragon-container", "mirador")
    nothing_is_missing(watched, files)


def test_the_files_open_in_universal_viewer(files, watched):
    manifest = f"{files.address}/manifests/3/{files.series_id}/manifest.json"
    page = f"{files.origin}/universalviewer/dist/uv.html#?manifest={quote(manifest)}"
    watched.page.goto(page)
    see(watched.page, ".openseadragon-container", "universalviewer")
    nothing_is_missing(watched, files)
