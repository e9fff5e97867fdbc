"""The Image API's own validator (iiif-validator 1.0.5) over the service, by HTTP."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from served import Served, serve

pytestmark = [pytest.mark.shared, pytest.mark.xdist_group("validator")]

PICTURE = "67352ccc-d1b0-11e1-89ae-279075081939.png"

# python-magic looks for a library of the system; pylibmagic, imported first, brings it along.
_RUN = "import pylibmagic, runpy, sys; runpy.run_path(sys.argv.pop(1), run_name='__main__')"
_SCRIPT = Path(sys.executable).with_name("iiif-validate.py")


@dataclass(frozen=True)
class Verdict:
    """Which tests the validator ran, which of them failed, and its words."""

    ran: frozenset[str]
    failed: frozenset[str]
    words: str


def validate(served: Served, version: str, *options: str, identifier: str = "") -> Verdict:
    """Run the validator; *version* is "2.0" or "3.0"."""
    command = [
        *(sys.executable, "-c", _RUN, str(_SCRIPT), "--version", version, "--level", "2"),
        *("--server", served.host, "--prefix", f"iiif/{version[0]}"),
        *("--identifier", identifier or served.ids[PICTURE], "--verbose", *options),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    lines = re.findall(r"^\[\d+\] test (\w+) (PASS|FAIL)$", done.stderr, re.MULTILINE)
    failed = frozenset(name for name, result in lines if result == "FAIL")
    assert done.returncode == len(failed), done.stderr
    return Verdict(frozenset(name for name, _ in lines), failed, done.stderr)


@pytest.fixture(scope="module")
def service(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The validator's picture, served as an archive does by default."""
    with serve(tmp_path_factory.mktemp("validator")) as served:
        served.take_in(shared / "fixtures/iiif/image-validator" / PICTURE)
        yield served


@pytest.fixture(scope="module")
def obliging(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same, set to answer the one disputed request as the validator wants it."""
    home = tmp_path_factory.mktemp("obliging")
    with serve(home, confined_oversize="validator") as served:
        served.take_in(shared / "fixtures/iiif/image-validator" / PICTURE)
        yield served


def test_image_api_3_level_2_passes_but_for_the_size_that_the_spec_allows(service):
    """§4.2: ``!w,h`` is "as large as possible but not larger than the extracted region".

    The validator's size_noup demands an error where the text demands the whole picture.
    """
    verdict = validate(service, "3.0")
    assert verdict.failed == {"size_noup"}, verdict.words
    assert len(verdict.ran) == 33


def test_image_api_3_level_2_passes_whole_where_the_setting_obliges_the_validator(obliging):
    verdict = validate(obliging, "3.0")
    assert not verdict.failed, verdict.words
    assert len(verdict.ran) == 33


def test_image_api_2_level_2_passes_whole(service):
    verdict = validate(service, "2.0")
    assert not verdict.failed, verdict.words
    assert len(verdict.ran) == 30


def test_image_api_2_level_2_passes_whole_with_the_obliging_setting(obliging):
    verdict = validate(obliging, "2.0")
    assert not verdict.failed, verdict.words


@pytest.mark.parametrize(
    ("test", "reason"),
    [
        ("linkheader_canonical", "declared: canonicalLinkHeader"),
        ("linkheader_profile", "declared: profileLinkHeader"),
        ("rot_full_non90", "declared: rotationArbitrary"),
        ("rot_region_non90", "declared: rotationArbitrary"),
        ("rot_mirror", "declared: mirroring"),
        ("rot_mirror_180", "declared: mirroring"),
    ],
)
def test_declared_extra_features_pass_their_tests_of_level_3(service, test, reason):
    verdict = validate(service, "3.0", "--test", test)
    assert verdict.ran == {test}
    assert not verdict.failed, verdict.words


@pytest.mark.parametrize("version", ["2.0", "3.0"])
def test_an_escaped_letter_of_the_identifier_is_the_letter(service, version):
    """The validator escapes dashes, and our identifiers have none: one letter is escaped here."""
    plain = service.ids[PICTURE]
    escaped = f"%{ord(plain[0]):02X}{plain[1:]}"
    tests = ("--test", "id_basic", "--test", "id_escaped", "--test", "id_squares")
    verdict = validate(service, version, *tests, identifier=escaped)
    assert verdict.ran == {"id_basic", "id_escaped", "id_squares"}
    assert not verdict.failed, verdict.words
