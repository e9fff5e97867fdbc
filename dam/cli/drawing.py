"""Draws the pictures of the demo, two at a time, into a folder where they are kept.

Scenes are computed, one of them above 100 megapixels; the others are parts of that one, as a
photographer takes details.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dam.imaging.drawn_field import Sheet
from dam.imaging.drawn_hills import layered_hills
from dam.imaging.drawn_map import contour_map
from dam.imaging.drawn_scenes import (
    agate,
    dunes,
    fog_in_a_wood,
    interference,
    low_sun_over_the_sea,
    night_sky,
)
from dam.imaging.masters import open_master
from dam.imaging.probe import MasterLimits, probe
from dam.imaging.runtime import start_libvips

_QUALITY = 88
_MOST_PIXELS = 200_000_000


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture that is computed: how, its size in pixels, and its scale against full detail."""

    draw: Callable[[Sheet], Any]
    width: int
    height: int
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a scene: left, top, width and height in pixels of the scene."""

    scene: str
    box: tuple[int, int, int, int]


SCENES = MappingProxyType(
    {
        "survey-sheet.jpg": Scene(contour_map, 12_600, 8_000),
        "ridges.jpg": Scene(layered_hills, 6_000, 2_000, 2 / 3),
        "low-sun.jpg": Scene(low_sun_over_the_sea, 3_000, 2_000, 0.5),
        "wood-in-fog.jpg": Scene(fog_in_a_wood, 2_700, 1_800, 0.6),
        "night-sky.jpg": Scene(night_sky, 3_000, 2_000, 0.5),
        "dunes.jpg": Scene(dunes, 2_000, 3_000, 0.5),
        "agate.jpg": Scene(agate, 2_500, 2_500, 0.5),
        "rings.jpg": Scene(interference, 1_200, 900),
    }
)
PARTS = MappingProxyType(
    {
        "ice-field.jpg": Part("survey-sheet.jpg", (6_200, 2_000, 1_600, 2_200)),
        "islands.jpg": Part("survey-sheet.jpg", (500, 4_000, 1_900, 1_400)),
        "woods.jpg": Part("survey-sheet.jpg", (3_300, 3_700, 2_400, 1_600)),
        "eastern-bay.jpg": Part("survey-sheet.jpg", (8_900, 4_200, 2_400, 1_800)),
        "lake.jpg": Part("survey-sheet.jpg", (3_600, 1_500, 1_700, 1_700)),
    }
)


def draw_missing(
    folder: Path, names: Sequence[str], scale: float, on_drawn: Callable[[int], None]
) -> None:
    """Draw those of *names* that *folder* does not hold; *on_drawn* is told how many are done.

    At a *scale* below 1 everything is smaller, for tests.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {name for name in names if not (folder / name).exists()}
    scenes = {PARTS[name].scene if name in PARTS else name for name in wanted}
    lacking = [name for name in SCENES if name in scenes and not (folder / name).exists()]
    done = 0
    for _ in _in_processes(_draw_scene, lacking, folder, scale):
        done += 1
        on_drawn(done)
    for _ in _in_processes(_cut_part, [name for name in PARTS if name in wanted], folder, scale):
        done += 1
        on_drawn(done)


_Task = Callable[[str, Path, float], None]


def _in_processes(task: _Task, names: Sequence[str], folder: Path, scale: float) -> Iterator[None]:
    """Do the task for each name in two new processes; yields as each is done."""
    if not names:
        return
    with ProcessPoolExecutor(2, get_context("spawn"), _leave_interrupts_to_parent) as pool:
        try:
            for done in as_completed([pool.submit(task, name, folder, scale) for name in names]):
                yield done.result()
        except BaseException:
            # A scene takes half a minute, for which nobody who pressed Ctrl-C should wait.
            pool.shutdown(wait=False, cancel_futures=True)
            for process in active_children():
                process.terminate()
            raise


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _draw_scene(name: str, folder: Path, scale: float) -> None:
    start_libvips()
    scene = SCENES[name]
    sheet = Sheet(round(scene.width * scale), round(scene.height * scale), scene.scale * scale)
    aside = _aside(folder, name)
    scene.draw(sheet).jpegsave(str(aside), Q=_QUALITY)
    aside.replace(folder / name)


def _cut_part(name: str, folder: Path, scale: float) -> None:
    part = PARTS[name]
    source = folder / part.scene
    whole = open_master(source, probe(source, MasterLimits(max_pixels=_MOST_PIXELS), name=name))
    picture = whole.crop(*(round(length * scale) for length in part.box))
    aside = _aside(folder, name)
    picture.jpegsave(str(aside), Q=_QUALITY)
    aside.replace(folder / name)


def _aside(folder: Path, name: str) -> Path:
    """Return where a picture is written before it is whole."""
    return folder / f".{os.getpid()}-{name}"
