"""The built scripts, styles and fonts, by the names that templates use."""

import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Self

URL_PREFIX = "/static/dist/"


@dataclass(frozen=True, slots=True)
class Assets:
    """Which hashed file stands for ``viewer.js`` in this build.

    A hashed name never changes its bytes, so its response may be kept for ever.
    """

    files: MappingProxyType[str, str]

    @classmethod
    def load(cls, directory: Path) -> Self:
        """The build in *directory*, or an empty one where the front end was never built."""
        try:
            meta = json.loads((directory / "meta.json").read_text("utf-8"))
            files = {str(name): str(hashed) for name, hashed in meta["files"].items()}
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            files = {}
        return cls(MappingProxyType(files))

    def url(self, name: str) -> str | None:
        """Where *name* is served, or None where nothing was built and the page goes without.

        Raises:
            LookupError: there is a build, and no such file in it.
        """
        if not self.files:
            return None
        if name not in self.files:
            raise LookupError(f"the front end has no {name}; it is built from esbuild.mjs")
        return URL_PREFIX + self.files[name]
