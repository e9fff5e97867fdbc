"""``dam bench ingest`` takes real files in and cuts the same ones bare; speed is not asserted."""

import json

import pytest
from click.testing import CliRunner

from dam.cli.bench import bench
from dam.cli.bench.ingest import Taken, findings, where
from dam.cli.bench.ingest_run import Used

QUICK = ("--rounds", "1", "--megapixels", "0.3")


def test_every_file_is_taken_in_and_cut_bare_and_compared():
    result = CliRunner().invoke(
        bench, ["ingest", "--json", *QUICK, "--baseline", "/nonexistent/bench.json"]
    )
    assert result.exit_code == 0, result.exception
    told = json.loads(result.stdout)
    names = ["JPEG", "TIFF", "JPEG on its side", "large JPEG"]
    assert [one["name"] for one in told["files"]] == names
    for one in told["files"]:
        for who in ("dam", "libvips"):
            assert one[who]["cpu_seconds"] > 0
            assert one[who]["wall_seconds"] > 0
            assert one[who]["peak_resident_bytes"] > 10_000_000
    assert [one["limit"] for one in told["budgets"]] == [1.25] * 8
    assert [one["name"] for one in told["ratios"]] == [f"memory, {name}" for name in names]
    assert len(told["where"]) == 4


def test_what_is_no_picture_is_refused_in_words(tmp_path):
    path = tmp_path / "letter.jpg"
    path.write_text("no picture")
    result = CliRunner().invoke(bench, ["ingest", *QUICK, "--pictures", str(path)])
    assert "letter.jpg cannot be measured" in str(result.exception)


@pytest.mark.parametrize(
    ("cpu", "wall", "peak", "kept", "reason"),
    [
        (1.25, 1.2, 500_000_000, (True, True, True), "all just kept"),
        (1.26, 1.2, 500_000_001, (False, True, False), "too much work and memory"),
        (1.0, 2.0, 1, (True, False, True), "too long"),
    ],
)
def test_the_budgets_of_a_file(cpu, wall, peak, kept, reason):
    """The best turns count for time, the worst one for memory."""
    ours = (Used(9.0, 9.0, 0.1, peak), Used(cpu, wall, 0.1, 1))
    taken = Taken("gigapixel TIFF", 1, ours, (Used(1.0, 1.0), Used(2.0, 2.0)))
    found = findings([taken], {"gigapixel TIFF": 500.0})
    assert tuple(one.kept for one in found) == kept, reason


def test_where_the_time_goes_adds_up():
    said = where(Taken("a", 1, (Used(1.0, 1.0, 0.2),), (Used(0.5, 0.5),)))
    assert "1.00 s of CPU" in said
    assert "0.50 s is what libvips needs" in said
    assert "0.20 s receiving" in said
    assert "+0.30 s everything else" in said
