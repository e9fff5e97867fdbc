"""Random addresses: never a fault, never another status or picture than the specification's.

``FUZZ`` says how many; ``FUZZ_SEED`` begins where a run failed. ``make fuzz`` asks a million.
"""

import os
import random
import secrets
import sys

import pytest
from gallery import check
from random_paths import METHODS, random_target, valid_tail
from spec_oracle import Refused, expected

from dam.iiif.geometry import Extent, Limits, resolve
from dam.iiif.image_request import ApiVersion, BadImageRequest, parse

COUNT = int(os.environ.get("FUZZ", "2500"))
SEED = os.environ.get("FUZZ_SEED", "")
FIXED = 20_261_125
# The service draws a part of them; the others are asked by HEAD, which draws nothing.
_DRAWN = 0.06 if COUNT > 100_000 else 0.15
_OTHER_METHODS = 0.02
_REPORT = 20_000


@pytest.mark.parametrize("kind", ["fixed", "random"])
def test_random_addresses_are_answered_rightly(gallery, kind, capfd):
    """A seed that fails is printed: ``FUZZ_SEED=… FUZZ=… pytest tests/fuzz`` goes the same way."""
    if kind == "fixed" and COUNT > 100_000:
        pytest.skip("a long run is one run, with a random seed")
    seed = int(SEED) if SEED else FIXED if kind == "fixed" else secrets.randbits(32)
    rng = random.Random(seed)  # noqa: S311 (to be repeated)
    statuses: dict[int, int] = {}
    for number in range(COUNT):
        target = random_target(rng, gallery.images)
        chance = rng.random()
        method = "GET" if chance < _DRAWN else "HEAD"
        if chance > 1 - _OTHER_METHODS:
            method = rng.choice(METHODS)
        try:
            status = check(gallery, target, method).status
        except Exception as fault:
            words = f"FUZZ_SEED={seed}, number {number}: {method} {target[:400]!a}"
            raise AssertionError(words) from fault
        statuses[status] = statuses.get(status, 0) + 1
        if number % _REPORT == _REPORT - 1:
            with capfd.disabled():
                sys.stderr.write(f"\n{number + 1} of seed {seed}: {dict(sorted(statuses.items()))}")
    # The generator still reaches both what is drawn and what is refused.
    assert statuses[200] > COUNT // 10 and statuses[400] > COUNT // 10
    assert statuses[404] > COUNT // 100


@pytest.mark.parametrize("kind", ["fixed", "random"])
def test_plans_are_those_of_the_specification(kind):
    """Images of all sizes and limits: what the arithmetic says, without drawing."""
    seed = int(SEED) if SEED else FIXED if kind == "fixed" else secrets.randbits(32)
    rng = random.Random(seed)  # noqa: S311 (to be repeated)
    for number in range(COUNT):
        full = tuple(rng.choice((rng.randint(1, 3000), rng.randint(1, 200_000))) for _ in "wh")
        area = rng.choice((rng.randint(1, 5000), rng.randint(1, 10**8)))
        version = rng.choice((2, 3))
        tail = valid_tail(rng, version, full)
        words = f"FUZZ_SEED={seed}, number {number}: {tail} of {full}, {area}, version {version}"
        try:
            wanted = expected(tail, version, full, area)
        except Refused as refusal:
            wanted = refusal.status
        try:
            plan = resolve(
                parse(tail, ApiVersion(str(version))),
                Extent(*full),
                Limits(max_area=area),
                version=ApiVersion(str(version)),
            )
        except BadImageRequest:
            assert wanted == 400, words
            continue
        if wanted == 413:  # known when the format is; the plan itself may be drawn
            continue
        assert wanted != 400, words
        box = plan.region
        assert (box.x, box.y, box.width, box.height) == wanted.box, words
        assert (plan.size.width, plan.size.height) == wanted.size, words
        assert (plan.mirror, plan.degrees) == (wanted.mirror, wanted.degrees), words
