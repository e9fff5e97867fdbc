"""An application that answers the same bytes to everybody: what the server alone costs."""

import json
import multiprocessing
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from dam.cli.bench.processes import HOST
from dam.cli.server import web_server

_Headers = list[tuple[str, str]]


def load(headers: _Headers, length: int) -> Callable[..., Iterable[bytes]]:
    """Return the WSGI application, in a worker."""
    body = bytes(length)

    def application(_environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", list(headers))
        return [body]

    return application


def main(told: str) -> None:
    """Serve until stopped; *told* is the JSON of the port, the headers, and the length."""
    given = json.loads(told)
    multiprocessing.set_start_method("spawn", force=True)
    headers = [(name, value) for name, value in given["headers"]]
    server = web_server("floor", HOST, given["port"], workers=1)
    server.serve(target_loader=partial(load, headers, given["length"]), wrap_loader=False)


if __name__ == "__main__":
    main(sys.argv[1])
