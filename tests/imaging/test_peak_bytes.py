"""The estimate of memory is no less than what drawing takes, and not much more."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from made_pictures import save
from PIL import Image

from dam.imaging.packs import make_pack
from dam.imaging.probe import probe

DRAW = """
import sys
from pathlib import Path
from made_pictures import PackOnDisk, plan
from dam.iiif.geometry import Extent
from dam.iiif.image_request import Format
from dam.iiif.tiles import Pyramid
from dam.imaging.packs import index_members
from dam.imaging.render import peak_bytes, render
from dam.imaging.runtime import start_libvips

def most():
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

pack, width, height, degrees, ending = Path(sys.argv[1]), *sys.argv[2:]
start_libvips(concurrency=1)
members = {member.name: member for member in index_members(pack)}
source = PackOnDisk(pack, Pyramid(Extent(4800, 3200)), False, members)
asked = plan((0, 0, 4800, 3200), (int(width), int(height)), degrees=degrees, format=Format(ending))
render(plan((0, 0, 64, 64), (16, 16), format=Format(ending)), source)
Path("/proc/self/clear_refs").write_text("5")
before = most()
render(asked, source)
print(most() - before, peak_bytes(asked, source.pyramid))
"""

PLANS = (
    (4000, 2667, "0", "jpg", "drawn in strips"),
    (2000, 1334, "0", "jpg", "drawn at once from a level"),
    (4800, 3200, "0", "png", "nothing is scaled"),
    (3000, 2000, "45", "png", "turned, transparent"),
    (3000, 2000, "90", "jpg", "turned"),
    (2400, 1600, "0", "webp", "a format that takes more"),
    (2400, 1600, "0", "avif", "a format that takes most"),
)


@pytest.fixture(scope="module")
def noise(tmp_path_factory) -> Path:
    directory = tmp_path_factory.mktemp("noise")
    pixels = np.random.default_rng(1).integers(0, 255, (3200, 4800, 3), "uint8")
    master = save(Image.fromarray(pixels), directory / "noise.jpg", quality=85)
    make_pack(master, probe(master), directory / "noise.zip", long_side=None)
    return directory / "noise.zip"


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the peak")
@pytest.mark.parametrize(("width", "height", "degrees", "ending", "reason"), PLANS)
def test_estimate_holds_what_was_measured(noise, width, height, degrees, ending, reason):
    command = [sys.executable, "-c", DRAW, str(noise), str(width), str(height), degrees, ending]
    paths = {"PYTHONPATH": f"{Path(__file__).parent}:{Path(__file__).parents[2]}"}
    told = subprocess.run(command, capture_output=True, text=True, env=paths, check=True)
    measured, estimated = map(int, told.stdout.split())
    assert measured <= estimated, reason
    assert estimated < 2 * measured + 20_000_000, reason
