"""The build of the front end: when it runs, when it does not, and what it may depend on."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "dam" / "web" / "frontend"


@pytest.fixture(scope="module")
def hatch_build() -> ModuleType:
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", FRONTEND / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    folder = tmp_path / "frontend"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "app.js").write_text("1", "utf-8")
    return folder


def built(hatch_build: ModuleType, frontend: Path) -> Path:
    dist = frontend.parent / "dist"
    dist.mkdir()
    digest = hatch_build.digest_of_sources(frontend)
    (dist / "app-1.js").write_text("1", "utf-8")
    meta = {"sources": digest, "files": {"app.js": "app-1.js"}}
    (dist / "meta.json").write_text(json.dumps(meta), "utf-8")
    return dist


def test_nothing_is_built_when_no_source_has_changed(
    hatch_build: ModuleType, frontend: Path
) -> None:
    assert hatch_build.build(frontend, built(hatch_build, frontend)) is False


def test_a_changed_added_or_renamed_source_changes_the_digest(
    hatch_build: ModuleType, frontend: Path
) -> None:
    digests = [hatch_build.digest_of_sources(frontend)]
    source = frontend / "src" / "app.js"
    source.write_text("2", "utf-8")
    digests.append(hatch_build.digest_of_sources(frontend))
    (frontend / "src" / "more.js").write_text("", "utf-8")
    digests.append(hatch_build.digest_of_sources(frontend))
    source.rename(source.with_name("other.js"))
    digests.append(hatch_build.digest_of_sources(frontend))
    assert len(set(digests)) == 4


def test_installed_packages_are_no_sources(hatch_build: ModuleType, frontend: Path) -> None:
    before = hatch_build.digest_of_sources(frontend)
    (frontend / "node_modules").mkdir()
    (frontend / "node_modules" / "x.js").write_text("x", "utf-8")
    assert hatch_build.digest_of_sources(frontend) == before


def test_a_build_with_a_file_missing_is_no_build(hatch_build: ModuleType, frontend: Path) -> None:
    dist = built(hatch_build, frontend)
    (dist / "app-1.js").unlink()
    assert hatch_build.digest_of_build(dist) is None


def test_every_package_is_pinned_exactly_and_the_lock_names_no_registry() -> None:
    package = json.loads((FRONTEND / "package.json").read_text("utf-8"))
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", v) for v in package["dependencies"].values())
    lock = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))
    for name, facts in lock["packages"].items():
        assert "resolved" not in facts
        assert not name or facts["integrity"].startswith("sha512-")
