"""``dam bench render`` and its hostile load run and compare; how fast is not asserted."""

import json

import pytest
from click.testing import CliRunner

from dam.cli.bench import bench
from dam.cli.bench.client import Kind, Shot
from dam.cli.bench.fidelity import Fidelity
from dam.cli.bench.hostile import findings as hostile_findings
from dam.cli.bench.peers import found_iipsrv
from dam.cli.bench.render import findings
from dam.cli.bench.requests import Form, wanted
from dam.iiif.extents import Extent
from dam.iiif.image_request import ApiVersion, parse
from dam.iiif.tiles import Pyramid

NOWHERE = ("--json", "--baseline", "/nonexistent/bench.json")
EXTENTS = (Extent(6000, 4000), Extent(1000, 1500))


def run(*options: str) -> dict:
    result = CliRunner().invoke(bench, ["render", *NOWHERE, *options])
    assert result.exit_code == 0, result.exception
    return json.loads(result.stdout)


@pytest.mark.skipif(found_iipsrv() is None, reason="iipsrv is not installed")
def test_the_same_pictures_are_drawn_by_both_and_judged_by_one_reference():
    told = run("--rounds", "1", "--seconds", "0.1", "--megapixels", "2.5", "--connections", "2")
    names = {(one["server"], one["form"]) for one in told["servers"]}
    servers = ("dam-cold", "dam", "iipsrv-cold", "iipsrv")
    assert names == {(server, form) for server in servers for form in Form}
    for one in told["servers"]:
        assert one["requests"] >= told["workload"]["requests"][one["form"]]
        assert 0 < one["p50_ms"] <= one["p95_ms"] <= one["p99_ms"]
    psnr = {(one["server"], one["form"]): one["psnr_db"] for one in told["fidelity"]}
    assert len(psnr) == 6
    assert all(20 < value < 60 for value in psnr.values())
    limits = {one["limit"] for one in told["budgets"]}
    assert limits == {1.3, 1.0, 0.0}
    assert len(told["budgets"]) == 12


def test_without_a_peer_ours_is_measured_alone():
    told = run(
        "--rounds", "1", "--seconds", "0.1", "--megapixels", "0.5", "--without", "iipsrv"
    )  # fmt: skip
    assert {one["server"] for one in told["servers"]} == {"dam-cold", "dam"}
    assert told["budgets"] == []
    assert "iipsrv took no part." in told["notes"]
    assert {one["server"] for one in told["fidelity"]} == {"dam-cold"}


def test_under_hostile_load_every_answer_is_counted():
    told = run("--hostile", "--seconds", "1", "--megapixels", "1", "--connections", "6")
    phases = {(one["phase"], one["kind"]): one for one in told["answers"]}
    assert set(phases) == {("quiet", "tile"), ("under fire", "tile"), ("under fire", "full/max")}
    assert all(one["answers_200"] + one["answers_503"] > 0 for one in phases.values())
    assert told["peak_resident_bytes"] >= told["quiet_peak_resident_bytes"] > 1_000_000
    assert [one["limit"] for one in told["budgets"]] == [5.0, 0.0]


def shot(tile: Kind, large: Kind) -> Shot:
    return Shot(100, 1.0, 1, 1.0, 1.0, 1.0, kinds={"tile": tile, "full/max": large})


@pytest.mark.parametrize(
    ("p99", "bare", "kept", "reason"),
    [
        (50.0, 0, (True, True), "five times as slow is allowed"),
        (51.0, 0, (False, True), "and no more"),
        (10.0, 2, (True, False), "who is refused has to know when to come back"),
    ],
)
def test_the_budgets_of_a_hostile_load(p99, bare, kept, reason):
    quiet = Kind(100, 0, 0, 1.0, 5.0, 10.0)
    fire = shot(Kind(90, 10, bare, 1.0, 5.0, p99), Kind(5, 5, 0, 900.0, 900.0, 900.0))
    found = {one.name: one for one in hostile_findings(quiet, fire, 700_000_000)}
    assert tuple(one.kept for one in found.values() if one.limit is not None) == kept, reason
    assert found["tiles refused"].value == 10
    assert found["memory at most"].value == 700


def test_the_same_requests_are_drawn_each_time_and_none_of_them_is_a_stored_tile():
    for form in Form:
        asked = wanted(form, EXTENTS)
        assert asked == wanted(form, EXTENTS)
        assert len(set(asked)) == len(asked) > 2
        for one in asked:
            parse(one.tail, ApiVersion.V3)
            extent = EXTENTS[one.picture]
            region, size, *_ = one.tail.split("/")
            assert not [
                tile
                for tile in Pyramid(extent, 512).tile_names()
                if tile.startswith(f"{region}/{size}")
            ]
            if one.box is not None:
                assert one.box.x + one.box.width <= extent.width
                assert one.box.y + one.box.height <= extent.height


@pytest.mark.parametrize(
    ("ours", "theirs", "kept", "reason"),
    [
        (36.0, 34.0, True, "truer"),
        (34.0, 34.0, True, "as true"),
        (33.9, 34.0, False, "less true, however fast"),
    ],
)
def test_speed_is_not_bought_with_fidelity(ours, theirs, kept, reason):
    fidelity = [
        Fidelity("dam-cold", Form.REGIONS, ours, 1.0),
        Fidelity("iipsrv-cold", Form.REGIONS, theirs, 1.0),
    ]
    [found] = findings([], fidelity)
    assert found.unit == "dB"
    assert found.kept is kept, reason
