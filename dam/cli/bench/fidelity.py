"""How true the drawn pictures of each server are, beside a reference drawn from the master."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf
from statistics import fmean

from dam.cli.bench.load import fetch
from dam.cli.bench.pictures import Picture
from dam.cli.bench.processes import Server
from dam.cli.bench.requests import Form, Wanted
from dam.imaging.comparing import Original

_AS_GOOD_AS_THE_SAME = 100.0  # dB, for two pictures without any difference


@dataclass(frozen=True, slots=True)
class Fidelity:
    """The mean PSNR of one server over one kind of picture, in dB, and the worst one."""

    server: str
    form: Form
    mean: float
    least: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A server and how it spells the beginning of a photograph's URLs."""

    server: Server
    prefixes: tuple[str, ...]


def judge(
    asked: Sequence[Judged], form: Form, wanted: Sequence[Wanted], pictures: Sequence[Picture]
) -> tuple[Fidelity, ...]:
    """Ask every server for every picture once, and compare all of them with one reference.

    Raises:
        NotMeasured: an answer is not 200.
        NotThePicture: an answer is no picture, or one of another kind.
    """
    found: dict[str, list[float]] = {one.server.name: [] for one in asked}
    for number, picture in enumerate(pictures):
        original = Original(picture.master)
        for one in wanted:
            if one.picture != number:
                continue
            bodies = [
                fetch(judged.server, f"{judged.prefixes[number]}/{one.tail}")[1] for judged in asked
            ]
            for judged, value in zip(asked, original.decibels(one.box, bodies), strict=True):
                found[judged.server.name].append(_AS_GOOD_AS_THE_SAME if isinf(value) else value)
    return tuple(Fidelity(name, form, fmean(values), min(values)) for name, values in found.items())
