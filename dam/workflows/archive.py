"""The archive as a workflow is handed it: rows, bytes, clock, and what was set."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dam.config import Settings
from dam.imaging.decoding import Decoding
from dam.imaging.drawing_apart import DrawingApart
from dam.records.base import Sessions
from dam.rights.decision import Policy
from dam.storage.base import Store
from dam.storage.epoch import Epoch
from dam.storage.partials import PartialFiles
from dam.storage.shelf import PackShelf
from dam.workflows.draw import Drawing


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything outside that a workflow may touch; made by ``dam.wiring`` alone."""

    settings: Settings
    writing: Sessions
    reading: Sessions
    store: Store
    packs: PackShelf
    partials: PartialFiles
    drawing: Drawing
    drawing_apart: DrawingApart
    decoding: Decoding
    epoch: Epoch
    edits: Epoch
    policy: Policy
    now: Callable[[], datetime]
    ticks: Callable[[], float]
    new_id: Callable[[], str]
    new_secret: Callable[[], str]
