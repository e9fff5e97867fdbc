"""Draws the pictures of the demo, two at a time, into a folder where they are kept.

Two scenes are computed at full size, one of them above 100 megapixels; the others are parts of
them, as a photographer would take details.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path
from types import MappingProxyType

from dam.imaging.drawn_field import Sheet
from dam.imaging.drawn_hills import layered_hills
from dam.imaging.drawn_map import contour_map
from dam.imaging.masters import open_master
from dam.imaging.probe import MasterLimits, probe
from dam.imaging.runtime import start_libvips

_QUALITY = 88
_MOST_PIXELS = 200_000_000


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture that is computed: its size in pixels, and how much of its full detail that is."""

    width: int
    height: int
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a scene: left, top, width and height in pixels of the scene."""

    scene: str
    box: tuple[int, int, int, int]
    gray: bool = False


SCENES = MappingProxyType(
    {"survey-sheet.jpg": Scene(12_600, 8_000), "ridges.jpg": Scene(7_200, 2_400, 0.8)}
)
PARTS = MappingProxyType(
    {
        "ice-field.jpg": Part("survey-sheet.jpg", (6_200, 2_000, 1_600, 2_200)),
        "islands.jpg": Part("survey-sheet.jpg", (500, 4_000, 1_900, 1_400)),
        "woods.jpg": Part("survey-sheet.jpg", (3_300, 3_700, 2_400, 1_600)),
        "lake.jpg": Part("survey-sheet.jpg", (3_600, 1_500, 1_700, 1_700)),
        "eastern-bay.jpg": Part("survey-sheet.jpg", (8_900, 4_200, 2_400, 1_800)),
        "last-light.jpg": Part("ridges.jpg", (3_900, 380, 1_800, 1_200)),
        "first-dark.jpg": Part("ridges.jpg", (250, 1_500, 1_300, 880)),
        "gray-print.jpg": Part("ridges.jpg", (2_500, 1_100, 2_000, 1_200), gray=True),
        "draft.jpg": Part("ridges.jpg", (5_300, 900, 1_600, 1_000)),
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
    draw = contour_map if name == "survey-sheet.jpg" else layered_hills
    sheet = Sheet(round(scene.width * scale), round(scene.height * scale), scene.scale * scale)
    aside = _aside(folder, name)
    draw(sheet).jpegsave(str(aside), Q=_QUALITY)
    aside.replace(folder / name)


def _cut_part(name: str, folder: Path, scale: float) -> None:
    part = PARTS[name]
    source = folder / part.scene
    whole = open_master(source, probe(source, MasterLimits(max_pixels=_MOST_PIXELS), name=name))
    picture = whole.crop(*(round(length * scale) for length in part.box))
    aside = _aside(folder, name)
    (picture.colourspace("b-w") if part.gray else picture).jpegsave(str(aside), Q=_QUALITY)
    aside.replace(folder / name)


def _aside(folder: Path, name: str) -> Path:
    """Return where a picture is written before it is whole."""
    return folder / f".{os.getpid()}-{name}"
