"""A run is compared with a stored one by ratios, and says of every number what became of it."""

import json

import pytest
from click.testing import CliRunner

from dam.cli.bench import bench
from dam.cli.bench.baseline import (
    DEFAULT,
    Baseline,
    Change,
    UnreadableBaseline,
    compare,
    read,
    save,
)
from dam.cli.bench.findings import Aim, Finding, ratio
from dam.cli.bench.options import compared_with
from dam.cli.bench.page import drawn
from dam.cli.bench.report import Chart, Report, Sheet

QUICK = (
    "--seconds", "0.2", "--rounds", "1", "--megapixels", "0.3", "--connections", "2",
    "--without", "nginx", "--without", "iipsrv",
)  # fmt: skip


@pytest.mark.parametrize(
    ("now", "before", "less", "unit", "change", "reason"),
    [
        (2.0, 2.0, True, "", Change.SAME, "nothing changed"),
        (2.29, 2.0, True, "", Change.SAME, "within 15 percent"),
        (2.31, 2.0, True, "", Change.WORSE, "it costs more"),
        (1.69, 2.0, True, "", Change.BETTER, "it costs less"),
        (5.9, 5.0, False, "", Change.BETTER, "more answers in a second"),
        (4.2, 5.0, False, "", Change.WORSE, "fewer"),
        (1.95, 2.0, False, "dB", Change.SAME, "a twentieth of a decibel is nothing"),
        (1.8, 2.0, False, "dB", Change.WORSE, "decibels are compared as they are"),
        (600.0, 500.0, True, "MB", Change.WORSE, "memory is compared by its part"),
        (0.0, 0.0, True, "answers", Change.SAME, "nothing stays nothing"),
        (1.0, 0.0, True, "answers", Change.WORSE, "nothing became something"),
        (1.0, None, True, "", Change.NEW, "the baseline does not know it"),
    ],
)
def test_every_number_gets_a_verdict(now, before, less, unit, change, reason):
    finding = Finding("x", now, less_is_better=less, unit=unit)
    [verdict] = compare([finding], {} if before is None else {"x": before})
    assert verdict.change is change, reason
    assert verdict.words.startswith("x: ")


def test_a_number_of_the_baseline_that_was_not_measured_is_named():
    [verdict] = compare([], {"speed: dam / iipsrv": 11.0})
    assert verdict.change is Change.GONE
    assert "not measured now" in verdict.words


def test_the_ratio_is_of_the_best_turns_and_the_median_of_neighbours():
    found = ratio("x", [4.0, 2.0, 3.0], [1.0, 2.0, 1.0], less_is_better=True, aim=Aim(3.0, 2.0))
    assert (found.value, found.middle) == (2.0, 3.0)
    assert found.kept
    assert "the goal of 2 is reached" in found.words


def test_a_baseline_is_kept_beside_those_of_other_benchmarks(tmp_path):
    path = tmp_path / "bench.json"
    tiles, drawing = Baseline("2027-03-01", {"a": 1}, {"x": 2.5}), Baseline("2027-03-02", {}, {})
    save(path, "tiles", tiles)
    save(path, "render", drawing)
    assert read(path, "tiles") == tiles
    assert read(path, "render") == drawing
    assert read(path, "ingest") is None
    assert read(tmp_path / "other.json", "tiles") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no json", "not JSON"),
        ("[]", "no object"),
        ('{"tiles": 3}', "no baseline in it"),
        ('{"tiles": {"taken": "", "workload": {}, "numbers": {"x": "many"}}}', "no number"),
    ],
)
def test_another_file_is_refused_and_left_as_it_is(tmp_path, text, reason):
    path = tmp_path / "bench.json"
    path.write_text(text)
    with pytest.raises(UnreadableBaseline, match=r"bench\.json is no baseline"):
        read(path, "tiles")
    assert path.read_text() == text, reason


def report(workload: dict) -> Report:
    sheet, chart = Sheet(("a",), (("b",),)), Chart("", "ms", (("a", 1.0),))
    finding = Finding("x", 1.0, less_is_better=True)
    return Report("tiles", "", workload, {}, sheet, chart, (finding,))


def test_runs_over_other_pictures_are_not_compared():
    before = Baseline("2027-03-01", {"tiles": [24]}, {"x": 1.0})
    assert [one.change for one in compared_with(before, report({"tiles": (24,)})).verdicts] == [
        Change.SAME
    ]
    other = compared_with(before, report({"tiles": [96]}))
    assert other.verdicts == ()
    assert "another workload" in other.line


def test_a_run_is_stored_and_the_next_one_is_compared_with_it_and_written_as_a_page(tmp_path):
    path, page = tmp_path / "bench.json", tmp_path / "report.html"
    where = ("--baseline", str(path))
    first = CliRunner().invoke(bench, ["tiles", *QUICK, *where, "--save-baseline"])
    assert first.exit_code == 0, first.exception
    assert "Baseline" not in first.stdout
    second = CliRunner().invoke(bench, ["tiles", "--json", *QUICK, *where, "--report", str(page)])
    assert second.exit_code == 0, second.exception
    told = json.loads(second.stdout)
    numbers = json.loads(path.read_text())["tiles"]["numbers"]
    assert "CPU: dam / floor" in numbers
    found = {verdict["name"]: verdict["before"] for verdict in told["baseline"]["verdicts"]}
    assert found == numbers
    text = page.read_text("utf-8")
    assert "<svg role" in text
    assert "<td class=word>dam</td>" in text
    assert "CPU: dam / floor" in text


def test_a_chart_says_its_numbers_in_words_too_and_escapes_names():
    svg = drawn(Chart("CPU <time>", "ms", (("a & b", 2.0), ("c", 1.0))))
    assert "<title>CPU &lt;time&gt;: a &amp; b 2 ms; c 1 ms</title>" in svg
    lengths = [part.split('"')[1] for part in svg.split(" width=")[2:]]
    assert float(lengths[0]) == 2 * float(lengths[1])


def test_the_baseline_of_the_checkout_can_be_read():
    for name in ("tiles", "render", "ingest"):
        found = read(DEFAULT, name)
        assert found is not None
        assert found.numbers
