"""Very large masters: taken in and cut within a bound of memory, and served."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import pyvips
from PIL import Image
from werkzeug.test import Client

from dam import wiring
from dam.config import read_settings
from dam.imaging.runtime import start_libvips
from dam.web.application import create_service

MOST_BYTES = 500_000_000
SIZES = [
    pytest.param(12_000, 8_500, id="100 megapixels"),
    pytest.param(40_000, 25_000, id="1 gigapixel", marks=pytest.mark.large),
    pytest.param(50_000, 40_000, id="2 gigapixels", marks=pytest.mark.large),
]


def drawn(path, width: int, height: int) -> None:
    """A TIFF in which every pixel says where it is, written line by line."""
    start_libvips()
    places = pyvips.Image.xyz(width, height)
    scaled = places * [255 / (width - 1), 255 / (height - 1)]
    picture = scaled.bandjoin(128).cast("uchar").copy(interpretation="srgb")
    picture.tiffsave(str(path), tile=True, bigtiff=True, compression="lzw")


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_is_taken_in_within_500_megabytes_and_served(tmp_path, record_property, width, height):
    master = tmp_path / "large.tif"
    drawn(master, width, height)
    home = tmp_path / "home"
    environment = {"DAM_HOME": str(home), "PATH": "/usr/bin:/bin"}
    dam = [sys.executable, "-m", "dam.cli"]
    subprocess.run([*dam, "init"], env=environment, check=True, capture_output=True)
    command = [*dam, "ingest", str(master), "--json", "--public"]
    told, peak = measured(command, environment)
    record_property("peak megabytes", round(peak / 1e6))
    assert told["state"] == "ready"
    assert peak < MOST_BYTES, f"{peak / 1e6:.0f} MB"
    archive = wiring.build_archive(wiring.open_place(read_settings({"DAM_HOME": str(home)})))
    client = Client(create_service(archive, b"k" * 32))
    info = json.loads(client.get(f"/iiif/3/{told['id']}/info.json").data)
    assert (info["width"], info["height"]) == (width, height)
    left, top = (width - 1) // 512 * 512, (height - 1) // 512 * 512
    region = f"{left},{top},{width - left},{height - top}"
    answer = client.get(f"/iiif/3/{told['id']}/{region}/max/0/default.png")
    red, green, _ = Image.open(io.BytesIO(answer.data)).convert("RGB").getpixel((0, 0))
    assert abs(red - 255 * left / (width - 1)) < 4 and abs(green - 255 * top / (height - 1)) < 4


def measured(command: list[str], environment: dict[str, str]) -> tuple[dict, int]:
    """Run *command*; return what it told, and the most memory of it and its children, in bytes.

    It is the sum of the peaks that the system notes for each of them (VmHWM), which is no less than
    what they held together at any moment.
    """
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    peaks: dict[int, int] = {}
    while running.poll() is None:
        for number in (running.pid, *children(running.pid)):
            peaks[number] = max(peaks.get(number, 0), peak_bytes(number))
        try:
            running.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    told, _ = running.communicate()
    assert running.returncode == 0
    return json.loads(told.splitlines()[0]), sum(peaks.values())


def children(number: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{number}/task").iterdir())
        found = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:  # it ended meanwhile
        return []
    return found


def peak_bytes(number: int) -> int:
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
