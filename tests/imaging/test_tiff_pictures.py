"""How many pictures a TIFF holds: smaller copies of the first are none of their own."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pictures import corners
from PIL import TiffImagePlugin

from dam.imaging.probe import probe
from dam.imaging.tiff_directory import BrokenDirectory, count_pictures

_NEW_SUBFILE_TYPE = 254
REDUCED, PAGE, MASK = 1, 2, 4


def tiff_of(*kinds: int | None) -> bytes:
    """A TIFF with one small picture of each kind, in that order."""
    written = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(written, new=True) as file:
        for kind in kinds:
            directory = TiffImagePlugin.ImageFileDirectory_v2()
            if kind is not None:
                directory[_NEW_SUBFILE_TYPE] = kind
            corners(16, 12).save(file, "TIFF", tiffinfo=directory)
            file.newFrame()
    return written.getvalue()


FILES = [
    ((None,), 1, "one picture"),
    ((None, None, None), 3, "pages that do not say what they are"),
    ((0, PAGE, PAGE), 3, "pages of one document"),
    ((0, REDUCED, REDUCED), 1, "smaller copies for quick looks"),
    ((0, REDUCED, 0), 2, "another picture after a smaller copy"),
    ((0, REDUCED | MASK), 1, "a smaller mask"),
    ((REDUCED, 0), 2, "the first is the smaller copy: a person has to look"),
]


@pytest.mark.parametrize(("kinds", "count", "reason"), FILES)
def test_smaller_copies_are_not_counted(kinds, count, reason):
    assert count_pictures(io.BytesIO(tiff_of(*kinds))) == count, reason


@pytest.mark.parametrize(("kinds", "noted"), [((0, REDUCED), False), ((0, PAGE), True)])
def test_only_further_pictures_are_noted(tmp_path, kinds, noted):
    path = tmp_path / "a.tif"
    path.write_bytes(tiff_of(*kinds))
    found = probe(path)
    assert any("pictures; the first is used" in note for note in found.notes) == noted


def test_directories_that_name_each_other_are_counted_once():
    content = bytearray(tiff_of(0))
    (first,) = struct.unpack_from("<L", content, 4)
    (entries,) = struct.unpack_from("<H", content, first)
    struct.pack_into("<L", content, first + 2 + 12 * entries, first)
    assert count_pictures(io.BytesIO(content)) == 1


@given(st.binary(max_size=200), st.sampled_from([b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"]))
def test_any_bytes_are_counted_or_refused(content, signature):
    try:
        assert count_pictures(io.BytesIO(signature + content)) >= 0
    except BrokenDirectory:
        pass


def test_a_damaged_later_directory_stops_nothing(tmp_path):
    whole = tiff_of(0, PAGE)
    (first,) = struct.unpack_from("<L", whole, 4)
    (entries,) = struct.unpack_from("<H", whole, first)
    content = bytearray(whole)
    struct.pack_into("<L", content, first + 2 + 12 * entries, 0xFFFFFF00)
    (tmp_path / "a.tif").write_bytes(content)
    assert probe(tmp_path / "a.tif").extent.width == 16
