"""Our answers beside those of iiif-processor 7: alike, or one of the differences that are known."""

import io
import os
import random
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from gallery import Gallery, open_gallery
from imaging.made_pictures import coordinates
from known_differences import FULL, KNOWN, MAX_AREA, Case, difference
from PIL import Image
from random_paths import modest_tail
from second_implementation import answers

pytestmark = pytest.mark.xdist_group("second-implementation")

COUNT = min(int(os.environ.get("FUZZ", "1000")), 10_000)
SEED = int(os.environ.get("FUZZ_SEED", "20261125"))
# One for each known difference at least, whatever the seed brings.
EXAMPLES = (
    "full/50,/0/default.jpg/x",
    "full/50,/0/default",
    "full/50,/0/default.jpeg",
    "full/50,/0.00000000001/default.jpg",
    "full/50,/361/default.jpg",
    "pct:.5,.5,50,50/50,/0/default.jpg",
    "300,0,50,50/max/0/default.jpg",
    "0,0,20,20/!40,30/0/default.jpg",
    "full/^max/0/default.jpg",
    "full/^500,400/0/default.png",
    "full/500,400/0/default.png",
    "full/pct:0.1/0/default.jpg",
    "full/101,/0/default.jpg",
    "0,0,301,199/,33/0/default.jpg",
)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    with open_gallery(tmp_path_factory.mktemp("second"), (FULL,), MAX_AREA) as opened:
        yield opened


@pytest.fixture(scope="module")
def cases(pictures: Gallery, tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """The same requests of both, of both versions."""
    rng = random.Random(SEED)  # noqa: S311 (to be repeated)
    asked = [(version, modest_tail(rng, version, FULL)) for version in (2, 3) for _ in range(COUNT)]
    asked += [(version, tail) for version in (2, 3) for tail in EXAMPLES]
    master = tmp_path_factory.mktemp("master") / "master.png"
    coordinates(*FULL).save(master)
    sent = [(version, quote(tail, safe="/,:!^")) for version, tail in asked]  # both decode it
    found = answers(master, sent)
    return [
        Case(version, tail, ours_of(pictures, version, text), tuple(theirs))
        for (version, tail), (_, text), theirs in zip(asked, sent, found, strict=True)
    ]


def ours_of(pictures: Gallery, version: int, tail: str) -> tuple[int, int, int]:
    [identifier] = pictures.images
    answer = pictures.ask(f"/iiif/{version}/{identifier}/{tail}")
    if answer.status != 200:
        return answer.status, 0, 0
    return (200, *Image.open(io.BytesIO(answer.body)).size)


def test_both_answer_alike_but_for_known_differences(cases):
    unknown = [case for case in cases if not case.alike and not difference(case)]
    assert not unknown, f"seed {SEED}: {len(unknown)} of {len(cases)}: {unknown[:12]}"
    # Most agree; a table of exceptions that swallowed everything would show here.
    assert sum(case.alike for case in cases) > len(cases) // 2


def test_every_known_difference_is_still_one(cases):
    found = Counter(difference(case) for case in cases if not case.alike)
    gone = {known.name: known.reason for known in KNOWN if not found[known.name]}
    assert not gone, f"seed {SEED}: take these off the table"
