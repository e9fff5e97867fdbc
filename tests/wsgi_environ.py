"""A request as a server hands it over (PEP 3333): the path decoded, as Latin-1."""

import io
import sys
from urllib.parse import unquote_to_bytes


def environ_of(target: str, method: str, **extra: str | None) -> dict[str, object]:
    """The environment of a request; what *extra* gives as None is left out."""
    path, _, query = target.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "photographs.example.org",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **extra,
    }
    return {name: value for name, value in environ.items() if value is not None}
