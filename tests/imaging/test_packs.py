import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pictures import (
    ORIENTATION,
    coordinates,
    corners,
    opened,
    pack_of,
    pack_on_disk,
    png_that_declares,
    quarters,
    save,
)
from PIL import Image

from dam.iiif.geometry import Extent
from dam.iiif.tiles import Pyramid
from dam.imaging.packs import (
    DamagedPack,
    MadePack,
    PackNotWritten,
    capped,
    index_members,
    make_pack,
)
from dam.imaging.probe import probe
from dam.imaging.refusals import DamagedMaster

ODD_SIZES = [
    (1, 1),
    (100, 80),
    (512, 512),
    (513, 513),
    (1001, 777),
    (1024, 1025),
    (3073, 3073),
    (6001, 4003),
    (8193, 1),
    (30000, 1),
    (1, 30000),
]


def files(directory):
    return sorted(path.name for path in directory.iterdir())


def made(path, out, long_side=None):
    return make_pack(path, probe(path), out, long_side=long_side)


@pytest.mark.parametrize("size", ODD_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_pack_holds_exactly_the_tiles_of_its_pyramid(tmp_path, size):
    master = save(Image.new("L", size, 90), tmp_path / "a.png")
    pack = made(master, tmp_path / "a.zip")
    assert pack.extent == Extent(*size) and pack.tile_size == 512
    names = [member.name for member in pack.members]
    assert sorted(names) == sorted(Pyramid(Extent(*size)).tile_names())


def test_every_tile_has_the_size_of_its_name(tmp_path):
    pack = pack_of(coordinates(1001, 777), tmp_path)
    for name in pack.members:
        assert opened(pack.read(name)).size == tuple(map(int, name.split("/")[1].split(",")))


def test_tiles_of_every_level_show_what_they_are_named_for(tmp_path):
    pack = pack_of(coordinates(1001, 777), tmp_path)
    for name in pack.members:
        tile = opened(pack.read(name))
        region = name.split("/")[0]
        x, y, width, height = (0, 0, 1001, 777) if region == "full" else eval_box(region)
        red, green, _ = tile.getpixel((tile.width // 2, tile.height // 2))
        assert abs(red - 255 * (x + width / 2) / 1000) < 5, name
        assert abs(green - 255 * (y + height / 2) / 776) < 5, name


def eval_box(text):
    return tuple(int(part) for part in text.split(","))


def test_a_member_is_found_at_its_offset(tmp_path):
    pack = pack_of(coordinates(1001, 777), tmp_path)
    with zipfile.ZipFile(pack.path) as archive:
        for name, member in pack.members.items():
            assert archive.read(f"pack/{name}") == pack.read(name)
            assert member.length == len(pack.read(name))


def test_gray_masters_have_tiles_of_one_channel(tmp_path):
    gray = made(save(coordinates(600, 400).convert("L"), tmp_path / "a.jpg"), tmp_path / "a.zip")
    assert gray.grayscale
    pack = pack_on_disk(tmp_path / "a.zip", gray)
    assert {opened(pack.read(name)).mode for name in pack.members} == {"L"}
    assert not made(save(corners(), tmp_path / "b.jpg"), tmp_path / "b.zip").grayscale


@pytest.mark.parametrize("name", ["a.jpg", "a.tif", "a.png", "a.webp", "a.avif", "a.gif", "a.jp2"])
def test_packs_are_cut_from_every_format(tmp_path, name):
    pack = made(save(corners(700, 300), tmp_path / name), tmp_path / "a.zip")
    tile = pack_on_disk(tmp_path / "a.zip", pack).read("full/350,150/0/default.jpg")
    assert quarters(opened(tile)) == "RGBW"


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_deflate", "jpeg", "zstd", "lzma"])
def test_packs_are_cut_from_every_compression_of_tiff(tmp_path, compression):
    master = save(corners(700, 300), tmp_path / "a.tif", compression=compression)
    pack = pack_on_disk(tmp_path / "a.zip", made(master, tmp_path / "a.zip"))
    assert quarters(opened(pack.read("full/350,150/0/default.jpg"))) == "RGBW"


@pytest.mark.parametrize("orientation", [2, 3, 6])
def test_packs_are_upright(tmp_path, orientation):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    master = save(corners(64, 48), tmp_path / "a.jpg", exif=exif)
    pack = made(master, tmp_path / "a.zip")
    assert pack.extent == probe(master).extent
    tile = pack_on_disk(tmp_path / "a.zip", pack).read(pack.members[0].name)
    assert quarters(opened(tile)) == {2: "GRWB", 3: "BWRG", 6: "WRGB"}[orientation]


@pytest.mark.parametrize(
    ("size", "long_side", "expected", "reason"),
    [
        ((1001, 777), 1000, (1000, 776), "landscape"),
        ((777, 1001), 500, (388, 500), "portrait"),
        ((800, 600), 1000, (800, 600), "never enlarged"),
        ((1000, 10), 50, (50, 1), "the short side is at least a pixel"),
        ((3000, 1), 100, (100, 1), "the short side is at least a pixel"),
        ((600, 400), 600, (600, 400), "just fits"),
        ((600, 400), None, (600, 400), "no cap"),
    ],
)
def test_cap_is_the_long_side_of_the_pack(tmp_path, size, long_side, expected, reason):
    master = save(coordinates(*size), tmp_path / "a.png")
    pack = made(master, tmp_path / "a.zip", long_side)
    assert pack.extent == capped(Extent(*size), long_side) == Extent(*expected), reason
    names = {member.name for member in pack.members}
    assert names == set(Pyramid(Extent(*expected)).tile_names())


@given(st.builds(Extent, st.integers(1, 60000), st.integers(1, 60000)), st.integers(1, 60000))
def test_cap_keeps_the_shape_and_never_enlarges(extent, long_side):
    small = capped(extent, long_side)
    assert max(small.width, small.height) == min(long_side, max(extent.width, extent.height))
    assert small.width <= extent.width and small.height <= extent.height
    error = abs(small.width * extent.height - small.height * extent.width)
    assert min(small.width, small.height) == 1 or error <= max(extent.width, extent.height)


def test_capped_pack_shows_the_whole_picture(tmp_path):
    pack = made(save(coordinates(1001, 777), tmp_path / "a.png"), tmp_path / "a.zip", 300)
    tile = opened(pack_on_disk(tmp_path / "a.zip", pack).read("full/300,233/0/default.jpg"))
    for x, y in [(20, 20), (150, 100), (280, 200)]:
        red, green, _ = tile.getpixel((x, y))
        assert abs(red - 255 * (x + 0.5) / 300) < 4 and abs(green - 255 * (y + 0.5) / 233) < 4


def test_metadata_of_the_master_stays_out_of_the_pack(tmp_path):
    exif = Image.Exif()
    exif[0x013B] = "Leyla Aliyeva"
    exif.get_ifd(0x8825)[29] = "1992:02:26"
    made(save(corners(), tmp_path / "a.jpg", exif=exif, comment="secret"), tmp_path / "a.zip")
    content = (tmp_path / "a.zip").read_bytes()
    assert not any(word in content for word in (b"Leyla", b"1992:02", b"secret", b"Exif"))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.jp2"])
def test_damaged_master_leaves_no_file(tmp_path, name):
    path = save(coordinates(900, 700), tmp_path / name)
    found = probe(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(DamagedMaster, match="damaged or incomplete"):
        make_pack(path, found, tmp_path / "a.zip", long_side=None)
    assert not (tmp_path / "a.zip").exists()


def test_bomb_that_got_past_the_limits_leaves_no_file(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(png_that_declares(3000, 2000))
    with pytest.raises(DamagedMaster):
        made(path, tmp_path / "a.zip")
    assert files(tmp_path) == ["a.png"]


def test_sound_master_is_not_blamed_for_a_pack_that_cannot_be_written(tmp_path):
    master = save(corners(), tmp_path / "a.jpg")
    with pytest.raises(PackNotWritten):
        made(master, tmp_path / "missing" / "a.zip")


def test_full_disk_is_not_a_damaged_master_and_leaves_no_file(tmp_path):
    """A limit on the size of files stands for the disk that is full."""
    save(coordinates(2000, 1500), tmp_path / "a.png")
    script = """
import resource, signal, sys
from pathlib import Path
from dam.imaging.packs import PackNotWritten, make_pack
from dam.imaging.probe import probe
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
here = Path(sys.argv[1])
found = probe(here / "a.png")
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    make_pack(here / "a.png", found, here / "a.zip", long_side=None)
except PackNotWritten:
    print("not written", (here / "a.zip").exists())
"""
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert answer.stdout.split("\n")[0] == "not written False", answer.stderr


def test_complaint_of_the_decoder_is_a_note(tmp_path):
    path = save(coordinates(64, 48), tmp_path / "a.jpg", progressive=True)
    content = path.read_bytes()
    scan = content.rindex(b"\xff\xda")
    path.write_bytes(content[: scan + 12] + bytes(range(8)) + content[scan + 12 :])
    (note,) = made(path, tmp_path / "a.zip").notes
    assert "look whether the picture is whole" in note


def test_other_names_than_zip_are_kept(tmp_path):
    out = tmp_path / "0a1b.part"
    assert isinstance(made(save(corners(), tmp_path / "a.jpg"), out), MadePack)
    assert files(tmp_path) == ["0a1b.part", "a.jpg"]


def test_compressed_zip_is_no_pack(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack/full/1,1/0/default.jpg", bytes(500))
    with pytest.raises(DamagedPack, match="compressed"):
        index_members(tmp_path / "a.zip")


def test_pack_that_is_cut_off_or_no_zip_is_refused(tmp_path):
    pack = pack_of(corners(600, 400), tmp_path)
    content = pack.path.read_bytes()
    for broken in (content[:-100], content[2000:], b"", b"text" * 50):
        pack.path.write_bytes(broken)
        with pytest.raises(DamagedPack, match="make it again"):
            index_members(pack.path)


def test_gigantic_offsets_are_refused(tmp_path):
    pack = pack_of(corners(), tmp_path)
    content = bytearray(pack.path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 20 : at + 28] = (2**31).to_bytes(4, "little") * 2
    pack.path.write_bytes(content)
    with pytest.raises(DamagedPack):
        index_members(pack.path)


def test_file_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"a pack that is in use")
    with pytest.raises(PackNotWritten):
        made(save(corners(), tmp_path / "a.jpg"), tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == b"a pack that is in use"
