"""A master that staff turned is decoded as if the orientation in its file said so."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dam.imaging.masters import open_master
from dam.imaging.probe import probe
from dam.imaging.turning import turned

PIXELS = np.arange(6, dtype="uint8").reshape(2, 3) * 40


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 360])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_turn_comes_after_the_orientation_of_the_file(tmp_path, orientation, degrees):
    path = tmp_path / "picture.png"
    Image.fromarray(PIXELS).save(path)
    found = probe(path)
    assert found.orientation == 1
    lies = orientation >= 5
    extent = type(found.extent)(2, 3) if lies else found.extent
    meant = replace(found, orientation=orientation, extent=extent)
    upright = open_master(path, meant).numpy()
    shown = open_master(path, turned(meant, degrees)).numpy()
    # numpy turns the other way round.
    assert np.array_equal(shown, np.rot90(upright, -(degrees // 90)))
    assert turned(meant, degrees).extent == type(extent)(shown.shape[1], shown.shape[0])
