"""``dam bench tiles`` runs, compares, and leaves nothing behind; how fast is not asserted."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from dam.cli.bench import bench
from dam.cli.bench.load import Measured, Round
from dam.cli.bench.peers import found_iipsrv, found_nginx, said_by_iipsrv
from dam.cli.bench.tiles import by_width, findings

QUICK = ("--seconds", "0.5", "--rounds", "2", "--megapixels", "0.6", "--connections", "3")


def run(*options: str) -> dict:
    nowhere = ("--baseline", "/nonexistent/bench.json")
    result = CliRunner().invoke(bench, ["tiles", "--json", *QUICK, *nowhere, *options])
    assert result.exit_code == 0, result.exception
    return json.loads(result.stdout)


def server(told: dict, name: str, form: str = "w,h") -> dict:
    [one] = [one for one in told["servers"] if (one["server"], one["form"]) == (name, form)]
    return one


def check_numbers(one: dict) -> None:
    assert one["requests"] > 0
    assert one["tiles_per_second"]["best"] >= one["tiles_per_second"]["median"] > 0
    assert one["cpu_ms_per_tile"]["median"] >= one["cpu_ms_per_tile"]["best"] >= 0
    assert 0 < one["p50_ms"] <= one["p95_ms"] <= one["p99_ms"]
    assert one["bytes_per_tile"] > 100
    assert one["peak_resident_bytes"] >= one["resident_bytes"] > 1_000_000


def test_tiles_are_measured_without_any_other_server():
    told = run("--without", "nginx", "--without", "iipsrv")
    one, log, credit, floor = told["servers"]
    for each in told["servers"]:
        check_numbers(each)
    assert (log["server"], credit["server"]) == ("dam-log", "dam-credit")
    assert log["bytes_per_tile"] == one["bytes_per_tile"] < credit["bytes_per_tile"]
    assert (one["server"], one["form"]) == ("dam", "w,h")
    assert floor["server"] == "floor"
    assert floor["bytes_per_tile"] == pytest.approx(one["bytes_per_tile"], abs=1)
    assert [ratio["name"] for ratio in told["ratios"]] == ["CPU: dam / floor"]
    assert "µs" in told["where"][0]
    assert told["baseline"] is None
    assert told["bench"] == "tiles"
    assert told["workload"]["tiles"] == sum(
        picture["tiles"] for picture in told["workload"]["pictures"]
    )
    assert told["turns"]["rounds"] == 2
    assert told["checks"] == {"every_answer_is_200": True, "same_bytes_as_nginx": None}
    light = [(budget["name"], budget["limit"]) for budget in told["budgets"]]
    assert light == [("CPU: dam-log / dam", 1.05), ("CPU: dam-credit / dam", 1.05)]
    assert [line.split(" costs ")[0] for line in told["where"][1:]] == [
        "A line in the log",
        "The credit in it",
    ]
    assert told["versions"]["granian"]
    assert any("nginx" in note for note in told["notes"])


@pytest.mark.skipif(found_nginx() is None, reason="nginx is not installed")
def test_nginx_sends_the_same_bytes_and_is_compared():
    told = run("--without", "iipsrv")
    for name in ("dam", "nginx", "nginx-open"):
        check_numbers(server(told, name))
    assert told["checks"]["same_bytes_as_nginx"] is True
    assert server(told, "dam")["bytes_per_tile"] == server(told, "nginx")["bytes_per_tile"]
    beside_nginx = [budget for budget in told["budgets"] if "nginx" in budget["name"]]
    assert len(beside_nginx) == 2
    for budget in beside_nginx:
        assert budget["limit"] == 3.0
        assert budget["value"] > 0
        assert budget["kept"] == (budget["value"] <= 3.0)
    assert told["versions"]["nginx"]


@pytest.mark.skipif(found_iipsrv() is None, reason="iipsrv is not installed")
def test_iipsrv_is_asked_in_both_spellings_and_its_version_is_told():
    told = run("--rounds", "1")
    for form in ("w,h", "w,"):
        check_numbers(server(told, "iipsrv", form))
        check_numbers(server(told, "dam", form))
    assert told["versions"]["iipsrv"][0].isdigit()
    assert len(told["budgets"]) == 4
    old = told["versions"]["iipsrv"] in {"1.0", "1.1", "1.2"}
    assert told["iipsrv_passes_tiles_through"] is not old


def test_an_iipsrv_that_is_named_and_cannot_run_is_refused_in_words(tmp_path):
    program = tmp_path / "iipsrv.fcgi"
    program.write_text("no program")
    result = CliRunner().invoke(bench, ["tiles", *QUICK, "--iipsrv", str(program)])
    assert "iipsrv.fcgi cannot be run" in str(result.exception)


@pytest.mark.parametrize(
    ("log", "said", "reason"),
    [
        (
            "IIPImage Server. Version 1.3\nSetting codec passthrough to true\n",
            ("1.3", True),
            "1.3 passes tiles through unless told otherwise",
        ),
        ("Version 1.3\nSetting codec passthrough to false\n", ("1.3", False), "told otherwise"),
        ("<----->\nIIPImage Server. Version 1.1\n", ("1.1", False), "1.1 does not know it"),
    ],
)
def test_the_log_of_iipsrv_tells_its_version_and_whether_tiles_pass_through(
    tmp_path, log, said, reason
):
    (tmp_path / "iipsrv.log").write_text(log)
    found = said_by_iipsrv(tmp_path)
    assert (found.version, found.passes_tiles_through) == said, reason


def test_people_read_a_table_and_a_picture_may_be_given(tmp_path):
    from PIL import Image

    path = tmp_path / "given.png"
    Image.linear_gradient("L").resize((700, 300)).save(path)
    options = ("--pictures", str(path), "--without", "nginx", "--without", "iipsrv")
    result = CliRunner().invoke(bench, ["tiles", *QUICK, *options])
    assert result.exit_code == 0, result.exception
    assert "tiles/s" in result.stdout
    assert "dam" in result.stdout


def test_what_is_no_picture_is_refused_in_words(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("no picture")
    result = CliRunner().invoke(bench, ["tiles", *QUICK, "--pictures", str(path)])
    assert "letter.txt cannot be measured" in str(result.exception)


def test_everything_is_stopped_and_removed_when_a_person_stops_it(tmp_path):
    program = "from dam.cli.bench import bench; bench()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "tiles", "--seconds", "60", "--megapixels", "0.6"],
        env={"TMPDIR": str(tmp_path), "PATH": os.defpath, "HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 120
        while not started_below(tmp_path, "serve") and time.monotonic() < until:
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.wait(60)
    finally:
        process.kill()
    assert started_below(tmp_path, "serve") == []
    assert started_below(tmp_path, "nginx") == []
    assert list(tmp_path.glob("dam-bench-*")) == []


def started_below(directory: Path, name: str) -> list[int]:
    """The processes of that name that work in *directory*."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes()
            here = (place / "cwd").readlink()
        except OSError:
            continue
        if name.encode() in words and here.is_relative_to(directory):
            found.append(int(place.name))
    return found


@pytest.mark.parametrize(
    ("tile", "short"),
    [
        ("0,0,512,512/512,512/0/default.jpg", "0,0,512,512/512,/0/default.jpg"),
        ("full/375,250/0/default.jpg", "full/375,/0/default.jpg"),
    ],
)
def test_the_short_spelling_gives_the_width_alone(tile, short):
    assert by_width(tile) == short


def measured(name: str, form: str, cpu: float, speed: float) -> Measured:
    turn = Round(100, speed, cpu, 1.0, 2.0, 3.0, 0.5)
    worse = Round(100, speed / 2, cpu * 2, 1.0, 2.0, 3.0, 0.5)
    return Measured(name, form, (worse, turn, worse), 1000.0, 1, 1, "")


@pytest.mark.parametrize(
    ("cpu", "speed", "kept", "by", "reason"),
    [
        (0.03, 6000.0, (True, True), (0, 20), "both just kept"),
        (0.02, 5000.0, (True, True), (33, 0), "the goal is reached"),
        (0.06, 1000.0, (False, False), (-100, -80), "both missed"),
    ],
)
def test_a_budget_says_by_how_much_it_is_kept_or_missed(cpu, speed, kept, by, reason):
    """The best turns are compared, as the design says."""
    found = findings(
        [
            measured("dam", "w,h", cpu, speed),
            measured("nginx", "w,h", 0.01, 40000.0),
            measured("iipsrv", "w,h", 1.0, 1000.0),
        ]
    )
    budgets = [one for one in found if one.limit is not None]
    assert tuple(one.kept for one in budgets) == kept, reason
    assert tuple(round(one.spare) for one in budgets) == by, reason
    assert all(("MISSED by" in one.words) is not one.kept for one in budgets), reason


def test_search_is_measured_and_says_its_budget():
    asked = ["search", "--records", "300", "--searches", "5", "--json"]
    result = CliRunner().invoke(bench, [*asked, "--baseline", "/nonexistent/bench.json"])
    assert result.exit_code == 0, result.exception
    found = json.loads(result.stdout)
    assert found["workload"] == {"records": 300, "searches": 5, "databases": ["SQLite"]}
    assert [one["kind"] for one in found["searches"]][-1] == "all"
    assert found["budgets"][0]["limit"] == 50
