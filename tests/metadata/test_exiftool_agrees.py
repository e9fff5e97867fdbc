"""ExifTool, where it is installed, reads what we read and finds nothing wrong in what we write."""

import json
import os
import re
import shutil
import subprocess

import pytest
from test_writing import TYPES, WORDS, picture, written

from dam.metadata.containers import raw_blocks
from dam.metadata.fields import Embedded
from dam.metadata.file_claims import file_claims
from dam.metadata.new_blocks import sidecar
from dam.metadata.pieces import CannotWrite
from dam.metadata.precedence import Precedence
from dam.metadata.reconcile import read_embedded

ENDINGS = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".tif": "image/tiff"}
PLUS = "http://ns.useplus.org/ldf/vocab/"


@pytest.fixture(scope="module")
def exiftool():
    """A function that runs ExifTool on files and returns its answer as values."""
    program = shutil.which("exiftool")
    if program is None:
        words = "ExifTool is not installed (Debian: libimage-exiftool-perl)"
        (pytest.fail if os.getenv("TESTS_SKIP_NOTHING") else pytest.skip)(words)

    def run(*arguments):
        command = [program, "-j", "-struct", "-n", *map(str, arguments)]
        return json.loads(subprocess.run(command, capture_output=True, check=False).stdout)

    return run


def leaves(value):
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [str(value)]


def as_exiftool_says(value):
    """Dates, degrees, fractions and codes of PLUS, which ExifTool rewrites."""
    said = {value, value.removeprefix(PLUS), value.rpartition("/")[2]}
    said.add(re.sub(r"^(\d{4})-(\d\d)-(\d\d)T?", r"\1:\2:\3 ", value).strip())
    said.add(re.sub(r"^(\d\d)(\d\d)(\d\d)([+-]\d\d)(\d\d)$", r"\1:\2:\3\4:\5", value))
    said.add(re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1:\2:\3", value))
    if found := re.fullmatch(r"(\d+),([\d.]+)([NSEW])", value):
        degrees = int(found[1]) + float(found[2]) / 60
        said.add(f"{degrees if found[3] in 'NE' else -degrees:.10g}")
    if found := re.fullmatch(r"(\d+)/(\d+)", value):
        said.add(f"{int(found[1]) / int(found[2]):g}")
    return said


def first_scan(data):
    """Where the compressed picture begins: walked from segment to segment, not searched."""
    at = 2
    while data[at : at + 2] != b"\xff\xda":
        at += 1 if data[at + 1] == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return at


@pytest.mark.shared
def test_every_property_of_the_iptc_reference_is_kept(exiftool, shared):
    path = shared / "fixtures/metadata/iptc/IPTC-PhotometadataRef-Std2024.1.10x10.jpg"
    [theirs] = exiftool("-a", "-XMP:all", "-IPTC:all", "-EXIF:all", path)
    theirs.pop("SourceFile")
    # The toolkit is an attribute of the packet's wrapper, and no property.
    assert theirs.pop("XMPToolkit")
    claims = file_claims(raw_blocks(path.read_bytes()))
    ours = {said for claim in claims for said in as_exiftool_says(claim.value)}
    wanted = leaves(theirs)
    assert len(wanted) > 280
    assert [value for value in wanted if value not in ours] == []
    assert all(claim.label and claim.name for claim in claims)


@pytest.mark.parametrize("iim", [False, True])
@pytest.mark.parametrize("form", sorted(TYPES))
def test_exiftool_reads_what_was_written_and_finds_no_fault(exiftool, tmp_path, form, iim):
    path = tmp_path / f"picture.{form.lower()}"
    path.write_bytes(written(picture(form), TYPES[form], iim=iim))
    [read] = exiftool("-XMP:all", "-validate", "-warning", "-a", path)
    # The pictures are made without a resolution, which Exif wants of a TIFF.
    faults = read.get("Warning", [])
    faults = [faults] if isinstance(faults, str) else faults
    assert [one for one in faults if "Resolution" not in one] == []
    assert read["Title-az"] == "Yol"
    assert read["Description"] == WORDS.captions[0][1]
    assert read["Creator"] == list(WORDS.creators)
    assert read["PersonInImage"] == list(WORDS.persons)
    assert read["Marked"] is True
    assert str(read["DateCreated"]) == "1992:02"
    [place] = read["LocationCreated"]
    assert (place["City"], place["CountryCode"]) == ("Aghdam", "AZE")
    assert place["GPSLatitude"] == pytest.approx(-39.991)
    assert read["Licensor"][0]["LicensorURL"] == WORDS.licensors[0].url


def test_exiftool_reads_iim_in_step_with_xmp(exiftool, tmp_path):
    path = tmp_path / "picture.jpg"
    path.write_bytes(written(picture("JPEG"), "image/jpeg", iim=True))
    [read] = exiftool("-IPTC:all", "-Photoshop:IPTCDigest", "-File:CurrentIPTCDigest", path)
    assert read["Caption-Abstract"] == WORDS.captions[0][1]
    assert read["By-line"] == list(WORDS.creators)
    assert read["DateCreated"] == "1992:02:00"
    assert read["IPTCDigest"] == read["CurrentIPTCDigest"]


def test_exiftool_reads_the_sidecar(exiftool, tmp_path):
    path = tmp_path / "picture.xmp"
    path.write_bytes(sidecar(WORDS))
    [read] = exiftool("-XMP:all", path)
    assert read["Rights"] == "© Réza"
    assert read["UsageTerms-fr"] == "Demandez"


@pytest.mark.shared
def test_no_maker_note_of_a_real_camera_is_lost(exiftool, shared, tmp_path):
    """Every tag that ExifTool reads in MakerNotes is read again after writing."""
    compared = 0
    for path in sorted((shared / "fixtures/metadata").rglob("*.jpg")):
        try:
            new = written(path.read_bytes(), "image/jpeg")
        except CannotWrite:
            continue
        (tmp_path / "new.jpg").write_bytes(new)
        before, after = exiftool("-MakerNotes:all", "-a", path, tmp_path / "new.jpg")
        assert before.pop("SourceFile") != after.pop("SourceFile")
        assert before == after, path.name
        compared += len(before) > 3
    assert compared > 1


@pytest.mark.shared
def test_every_real_file_keeps_its_picture_and_gets_its_words(shared):
    done = 0
    for path in sorted((shared / "fixtures/metadata").rglob("*")):
        media_type = ENDINGS.get(path.suffix.lower())
        if media_type is None:
            continue
        old = path.read_bytes()
        try:
            new = written(old, media_type, iim=True)
        except CannotWrite:
            continue
        answer = read_embedded(raw_blocks(new))
        assert answer.captions == WORDS.captions, path.name
        if media_type == "image/jpeg":
            assert new.endswith(old[first_scan(old) :]), path.name
            assert first_scan(new) == len(new) - len(old) + first_scan(old)
        done += 1
    assert done > 50


@pytest.mark.shared
@pytest.mark.parametrize("by", list(Precedence))
def test_mwg_reference_gives_the_right_values_where_the_archive_follows_the_group(shared, by):
    blocks = raw_blocks((shared / "fixtures/metadata/exiftool/MWG.jpg").read_bytes())
    answer = read_embedded(blocks, by=by)
    assert isinstance(answer, Embedded)
    said = (*(text for _, text in answer.captions), *answer.creators)
    first = "RIGHT" if by is Precedence.MWG else "WRONG"
    assert all(text.startswith(first) for text in said)
    assert answer.copyright == "RIGHT-XMP-Copyright"
    assert all(word.startswith("RIGHT") for word in answer.keywords)
    assert "WRONG" not in answer.place
    if by is Precedence.MWG:
        assert answer.date_text.startswith("2001-01-01T01:11:11")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "caption", "reason"),
    [
        ("conflict_digest_ok_xmp_wins.jpg", "NEW caption in XMP", "the digest is that of the IIM"),
        ("conflict_no_digest.jpg", "NEW caption in XMP", "nothing says that IIM was changed"),
    ],
)
def test_digest_cases_are_settled_as_the_group_says(shared, name, caption, reason):
    blocks = raw_blocks((shared / "fixtures/metadata/synthetic" / name).read_bytes())
    answer = read_embedded(blocks, by=Precedence.MWG)
    assert answer.captions == (("en", caption),), reason
