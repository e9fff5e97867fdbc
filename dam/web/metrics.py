"""/metrics: what was counted, in the text format of Prometheus (0.0.4). No photograph is named."""

from collections.abc import Iterator
from hmac import compare_digest
from itertools import accumulate

from flask import Blueprint, Response, request

from dam.errors import Forbidden
from dam.rights.facts import Audience
from dam.web.meter import (
    BUCKETS,
    BYTES,
    CELLS_OF_A_KIND,
    CLASSES,
    COLUMNS,
    KINDS,
    NANOSECONDS,
    Meter,
)
from dam.web.reader import audience
from dam.workflows import deliver, jobs
from dam.workflows.archive import Archive
from dam.workflows.draw import COUNTED

_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_LOOPBACK = ("127.", "::1", "::ffff:127.")
_BEARER = "Bearer "


class NotForYou(Forbidden):
    """Who asks has neither the token nor the role."""

    def __init__(self) -> None:
        super().__init__(
            "Metrics are for administrators, and for monitors that send the token of "
            "DAM_METRICS_TOKEN."
        )


def blueprint(archive: Archive, meter: Meter) -> Blueprint:
    """Return the route of the metrics."""
    routes = Blueprint("metrics", __name__)

    @routes.get("/metrics")
    def metrics() -> Response:
        if not _may_read(archive):
            raise NotForYou
        lines = [*_requests(meter.totals()), *_drawing(archive), *_levels(archive)]
        response = Response("\n".join(lines) + "\n", content_type=_MEDIA_TYPE)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return routes


def _may_read(archive: Archive) -> bool:
    settings = archive.settings
    given = request.headers.get("Authorization", "")
    if settings.metrics_token and given.startswith(_BEARER):
        sent = given.removeprefix(_BEARER).strip()
        return compare_digest(sent.encode(), settings.metrics_token.encode())
    # With a public address there is a front server, from which everybody comes by the loopback.
    nearby = (request.remote_addr or "").startswith(_LOOPBACK)
    if nearby and settings.public_url is None:
        return True
    return audience() >= Audience.ADMINISTRATOR


def _requests(cells: list[int]) -> Iterator[str]:
    kinds = [
        (kind, cells[n * CELLS_OF_A_KIND : (n + 1) * CELLS_OF_A_KIND])
        for n, kind in enumerate(KINDS)
    ]
    yield from _head("dam_requests_total", "counter", "Requests by kind and class of status.")
    for kind, of in kinds:
        for place, name in enumerate(CLASSES):
            count = sum(of[place * COLUMNS : (place + 1) * COLUMNS])
            yield f'dam_requests_total{{kind="{kind}",status="{name}"}} {count}'
    yield from _head("dam_response_bytes_total", "counter", "Bytes of the bodies, by kind.")
    for kind, of in kinds:
        yield f'dam_response_bytes_total{{kind="{kind}"}} {of[BYTES]}'
    yield from _head("dam_request_seconds", "histogram", "Time to make the answer, by kind.")
    for kind, of in kinds:
        yield from _histogram(kind, of)


def _histogram(kind: str, of: list[int]) -> Iterator[str]:
    counts = list(accumulate(sum(of[n:BYTES:COLUMNS]) for n in range(COLUMNS)))
    for bound, count in zip((*map(str, BUCKETS), "+Inf"), counts, strict=True):
        yield f'dam_request_seconds_bucket{{kind="{kind}",le="{bound}"}} {count}'
    yield f'dam_request_seconds_sum{{kind="{kind}"}} {of[NANOSECONDS] / 1e9:.9f}'
    yield f'dam_request_seconds_count{{kind="{kind}"}} {counts[-1]}'


def _drawing(archive: Archive) -> Iterator[str]:
    """Tell what the drawing of pictures says of itself: totals of all processes, levels of one."""
    for name, number in archive.drawing.snapshot().items():
        if name in COUNTED:
            metric, kind = f"dam_drawing_{name}_total", "counter"
        else:
            metric, kind = f"dam_drawing_{name}", "gauge"
        yield from _head(metric, kind, f"Drawing of pictures: {name.replace('_', ' ')}.")
        yield f"{metric} {number}"


def _levels(archive: Archive) -> Iterator[str]:
    yield from _head("dam_jobs_waiting", "gauge", "Jobs that run, or wait to be run soon.")
    yield f"dam_jobs_waiting {jobs.unfinished(archive)}"
    yield from _head("dam_rights_epoch", "counter", "Changes of what may leave.")
    yield f"dam_rights_epoch {deliver.database_epoch(archive)}"


def _head(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"
