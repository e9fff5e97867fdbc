"""OpenSeadragon's own tile source over our info.json: every tile it asks for lies in the pack."""

import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from referees import NODE, referee
from served import Served, serve

from dam.iiif.image_request import ApiVersion
from dam.rights.facts import Audience
from dam.workflows import deliver

pytestmark = pytest.mark.xdist_group("openseadragon")

SIZES = ((1001, 777), (3073, 3073), (8193, 1), (100, 80), (6001, 4003))
_SCRIPT = Path(__file__).with_name("openseadragon_tiles.cjs")


def picture(width: int, height: int) -> Image.Image:
    """Return a picture whose colours say where one is: red grows to the right, green downwards."""
    red = np.linspace(0, 255, width)[None, :].repeat(height, axis=0)
    green = np.linspace(0, 255, height)[:, None].repeat(width, axis=1)
    blue = np.full((height, width), 128.0)
    return Image.fromarray(np.stack((red, green, blue), axis=2).astype("uint8"))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One picture of each awkward size, served."""
    directory = tmp_path_factory.mktemp("sizes")
    paths = [directory / f"{width}x{height}.png" for width, height in SIZES]
    for path, (width, height) in zip(paths, SIZES, strict=True):
        picture(width, height).save(path)
    with serve(tmp_path_factory.mktemp("openseadragon")) as served:
        served.take_in(*paths)
        yield served


@pytest.fixture(scope="module")
def asked(service: Served) -> dict[str, list[dict[str, object]]]:
    """Every tile that OpenSeadragon asks for, by the address of the service."""
    directory = referee("openseadragon")
    services = {
        f"{service.origin}/iiif/{version}/{identifier}": json.loads(
            service.ask(f"/iiif/{version}/{identifier}/info.json").body
        )
        for version in ApiVersion
        for identifier in service.ids.values()
    }
    done = subprocess.run(
        [NODE, _SCRIPT, directory],
        input=json.dumps(services),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    printed = json.loads(done.stdout)
    assert printed["version"] == "6.1.1"
    found: dict[str, list[dict[str, object]]] = printed["asked"]
    return found


def box_of(region: str, width: int, height: int) -> tuple[int, int, int, int]:
    """Return left, top, width and height of a region as it stands in a tile's address."""
    if region == "full":
        return 0, 0, width, height
    left, top, wide, high = map(int, region.split(","))
    return left, top, wide, high


@pytest.mark.parametrize("version", list(ApiVersion), ids=["v2", "v3"])
@pytest.mark.parametrize(("width", "height"), SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_every_tile_that_openseadragon_asks_for_is_stored_and_exact(
    service, asked, version, width, height
):
    """Implementation notes of Image API 3.0: a tile is ``ceil(region / factor)`` pixels."""
    identifier = service.ids[f"{width}x{height}.png"]
    base = f"{service.origin}/iiif/{version}/{identifier}"
    master = np.asarray(picture(width, height), dtype=float)
    image = deliver.open_image(service.archive, identifier, Audience.PUBLIC)
    tiles = asked[base]
    assert sum(tile["factor"] == 1 for tile in tiles) == -(-width // 512) * -(-height // 512)
    for tile in tiles:
        url, factor = tile["url"], tile["factor"]
        tail = url.removeprefix(f"{base}/")
        found = deliver.find(service.archive, image, version, tail)
        assert found.stored is not None, f"{tail} would be drawn"
        answer = service.ask(url)
        assert answer.status == 200, tail
        stored = image.tiles.slice(found.stored)
        if tail.startswith("full/"):  # the credit stands after the start of image, and nothing else
            assert answer.body[:2] == stored[:2] and answer.body.endswith(stored[2:]), tail
            assert answer.body != stored, tail
        else:
            assert answer.body == stored, tail
        left, top, wide, high = box_of(tail.split("/")[0], width, height)
        shown = Image.open(io.BytesIO(answer.body))
        assert shown.size == (-(-wide // factor), -(-high // factor)), tail
        # The right piece of the picture, not just one of the right size.
        piece = master[top : top + high, left : left + wide].mean(axis=(0, 1))
        mean = np.asarray(shown, dtype=float).mean(axis=(0, 1))
        assert abs(mean - piece).max() < 3, tail


@pytest.mark.parametrize("version", list(ApiVersion), ids=["v2", "v3"])
@pytest.mark.parametrize(("width", "height"), SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_the_levels_that_openseadragon_climbs_are_the_declared_factors(
    service, asked, version, width, height
):
    identifier = service.ids[f"{width}x{height}.png"]
    info = json.loads(service.ask(f"/iiif/{version}/{identifier}/info.json").body)
    climbed = {tile["factor"] for tile in asked[f"{service.origin}/iiif/{version}/{identifier}"]}
    assert climbed == set(info["tiles"][0]["scaleFactors"])
