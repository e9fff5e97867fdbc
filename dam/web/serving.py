"""What the server imports: the service of the environment's settings, built at the first request.

Not at import: the server may import this before it forks, and libvips, once used, does not
survive a fork.
"""

from collections.abc import Iterable
from threading import Lock

from dam import wiring
from dam.imaging.runtime import give_memory_back, start_libvips
from dam.web.application import create_service
from dam.web.meter import Environ, StartResponse
from dam.web.tile_path import TilePath

_built: list[TilePath] = []
_building = Lock()


def build() -> TilePath:
    """Return the service of the environment's settings."""
    place = wiring.open_place()
    give_memory_back()
    start_libvips(concurrency=1)
    return create_service(wiring.build_archive(place), wiring.signing_key(place.settings))


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request (PEP 3333)."""
    if not _built:
        with _building:  # the first requests come together
            if not _built:
                _built.append(build())
    return _built[0](environ, start_response)
