"""All addresses of the service: its rules, filled with photographs of an exhibition."""

import re
from collections.abc import Iterator

from browsers import NAAN, Exhibition
from flask import Flask

PICTURES = (
    "info.json",
    "full/max/0/default.jpg",
    "full/90,60/0/default.jpg",
    "0,0,24,16/12,/90/gray.png",
    "0,0,24,16/12,8/0/default.webp",
)


def readable(app: Flask) -> list[str]:
    """The rules that answer GET."""
    return sorted({rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods})


def addresses(rule: str, shown: Exhibition, state: str = "public") -> Iterator[str]:
    """The addresses of *rule* for the photograph of *state*; what else it wants is not there."""
    one = shown.ids[state]
    if rule.startswith("/iiif/"):
        yield from (f"/iiif/{version}/{one}/{tail}" for version in "23" for tail in PICTURES)
        yield f"/iiif/3/{one}"
        return
    if rule.startswith("/search/"):
        tail = "/complete" if rule.endswith("/complete") else ""
        for name in (one, shown.series_id):
            yield from (f"/search/{version}/{name}{tail}?q=Captioned" for version in "23")
        return
    if rule.startswith("/ark:"):
        kept = rule.replace("<naan>", NAAN)
        for name in (one, f"{one}?info", f"{one}/manifest", shown.series_id):
            yield kept.replace("<path:name>", name)
        return
    if rule == "/oembed":
        yield f"/oembed?url=http%3A%2F%2Flocalhost%2Fp%2F{one}"
        return
    for version in "32" if "version" in rule else "-":
        filled = rule.replace("<any('3', '2'):version>", version)
        filled = re.sub(r"<int(\([^)]*\))?:\w+>", "1", filled)
        names = (one, shown.series_id) if "<identifier>" in filled else (one,)
        for name in names:
            named = re.sub(r"<(identifier|photograph_id|service_id)>", name, filled)
            named = named.replace("<series_id>", shown.series_id)
            yield re.sub(r"<[^>]+>", "nothing", named)
