"""Pictures of every format with bytes missing or changed: described, or refused in our words.

``FUZZ`` says how many are broken, a thousandth of the addresses; ``FUZZ_SEED`` where to begin.
"""

import os
import random
import secrets

import pytest
from imaging.made_pictures import corners, psd

from dam.errors import DamError
from dam.imaging.probe import probe

COUNT = max(40, int(os.environ.get("FUZZ", "0")) // 1000)
SEED = os.environ.get("FUZZ_SEED", "")
NAMES = (
    *("a.jpg", "progressive.jpg", "cmyk.jpg", "a.png", "palette.png", "lzw.tif", "jpeg.tif"),
    *("plain.tif", "a.webp", "a.avif", "a.gif", "a.jp2", "a.j2k", "a.psd"),
)
_OPTIONS = {
    "progressive.jpg": {"progressive": True},
    "lzw.tif": {"compression": "tiff_lzw"},
    "jpeg.tif": {"compression": "jpeg"},
}
_MODES = {"cmyk.jpg": "CMYK", "palette.png": "P", "a.gif": "P"}


def broken(rng: random.Random, whole: bytes) -> bytes:
    """Cut the end off, change bytes (most of them of the head), or put some in."""
    content = bytearray(whole)
    kind = rng.randrange(4)
    if kind == 0:
        return bytes(content[: rng.randrange(len(content))])
    if kind == 1:
        at = rng.randrange(len(content))
        content[at:at] = rng.randbytes(rng.randrange(1, 40))
        return bytes(content)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(min(len(content), 400) if kind == 2 else len(content))
        content[at] = rng.choice((0, 0xFF, 0x7F, 0x80, content[at] ^ 1 << rng.randrange(8)))
    return bytes(content)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow's remarks on broken tags
@pytest.mark.parametrize("name", NAMES)
def test_a_broken_picture_is_described_or_refused_in_one_sentence(tmp_path, name):
    path = tmp_path / name
    if name.endswith("psd"):
        path.write_bytes(psd(corners()))
    else:
        corners().convert(_MODES.get(name, "RGB")).save(path, **_OPTIONS.get(name, {}))
    whole = path.read_bytes()
    probe(path)
    seed = int(SEED) if SEED else secrets.randbits(32)
    rng = random.Random(seed)  # noqa: S311 (to be repeated)
    for number in range(COUNT):
        path.write_bytes(broken(rng, whole))
        try:
            probe(path)
        except DamError as refusal:
            words = str(refusal)
            assert words.endswith(".") and "\n" not in words and str(tmp_path) not in words
        except Exception as fault:
            raise AssertionError(f"FUZZ_SEED={seed}, number {number} of {name}") from fault
