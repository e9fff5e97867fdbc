"""Settings of one archive: the only place that reads the environment.

Each setting is one row: its variable, its default, how its text is read, and what it means. An
unknown ``DAM_*`` variable or a bad value stops the start with one line that names it.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dam.errors import Malformed


class BadSetting(Malformed):
    """A setting is unknown or has a value that cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one archive was told; paths are absolute."""

    home: Path
    database_url: str
    media_url: str
    public_url: str | None
    timezone: ZoneInfo
    archive_name: str
    archive_language: str
    archive_introduction: str
    required_to_publish: tuple[tuple[str, ...], ...]
    metadata_precedence: str
    metadata_iim: bool
    max_upload_bytes: int
    max_pixels: int
    decoder_memory_bytes: int
    decoder_seconds: int
    max_image_area: int
    jpeg_quality: int
    confined_oversize: str
    cap_pixels: int
    thumbnail_pixels: int
    researcher_step: str
    session_hours: int
    upload_days: int
    derivative_bytes: int
    large_threads: int
    drawing_memory_bytes: int
    longest_wait_seconds: int
    attribution_in_tiles: bool
    metrics_token: str
    request_log: str
    request_log_addresses: bool
    accel_redirect: str
    ark_naan: str

    @property
    def media(self) -> Path:
        """The directory of masters, packs and files that are coming in."""
        return Path(self.media_url)

    @property
    def manifests(self) -> Path:
        """The directory of the published manifests."""
        return self.home / "manifests"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: ``DAM_`` + the field's name in capitals, and what it means."""

    field: str
    default: str
    parse: Callable[[str], Any]
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"DAM_{self.field.upper()}"


# What JSON and headers take as it is: no password, no space, names of hosts in ASCII.
_PUBLIC_URL = re.compile(
    r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*"
)
_TOKEN = re.compile(r"[A-Za-z0-9._~-]{16,200}")
_NAAN = re.compile(r"[0-9b-df-hjkmnp-tv-xz]{5,16}")
_LOCATION = re.compile(r"/(?:[A-Za-z0-9._~-]+/)+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        # Python reads no number of more than 4300 digits, and none of these has twenty.
        digits = text.isascii() and text.isdigit() and len(text) < 20
        if not digits or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return parse


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError("one of " + ", ".join(words))
        return text

    return parse


def _yes_or_no(text: str) -> bool:
    return _one_of("yes", "no")(text) == "yes"


def _token(text: str) -> str:
    if text and not _TOKEN.fullmatch(text):
        raise ValueError("16 or more letters, digits, dots, dashes or underscores")
    return text


def _log(text: str) -> str:
    if not text or text == "stderr":
        return text
    return str(_directory(text))


def _internal(text: str) -> str:
    if text and not _LOCATION.fullmatch(text):
        raise ValueError("a path such as /media/, as the location is called in nginx")
    return text


def _naan(text: str) -> str:
    if text and not _NAAN.fullmatch(text):
        raise ValueError("the number of an ARK authority, such as 12345")
    return text


def _url(text: str) -> str | None:
    if not text:
        return None
    if not _PUBLIC_URL.fullmatch(text.rstrip("/")):
        raise ValueError("an address such as https://photographs.example.org, without a query")
    return text.rstrip("/")


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text) or len(text) > 35:
        raise ValueError("a language tag such as en or az-Cyrl")
    return text


def _directory(text: str) -> Path:
    try:
        path = Path(text).expanduser().resolve()
    except (RuntimeError, OSError, ValueError) as error:
        raise ValueError("a directory that can be found") from error
    if "?" in str(path):  # what follows would be options of the database's address
        raise ValueError("a directory without a question mark in its path")
    return path


def _timezone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("a name such as Europe/Vilnius or UTC") from error


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("some words")
    return text.strip()


def _required(text: str) -> tuple[tuple[str, ...], ...]:
    groups = [part.strip() for part in text.split(",") if part.strip()]
    found = tuple(tuple(word.strip() for word in group.split(" or ")) for group in groups)
    if any(word not in _REQUIRED for group in found for word in group):
        raise ValueError(f"words of {', '.join(_REQUIRED)}, with commas or “or” between")
    return found


_REQUIRED = ("title", "headline", "caption", "alt", "creator", "credit", "date", "place")


SETTINGS = (
    Setting("home", ".", _directory,
            "the directory that holds media/, manifests/ and dam.sqlite3"),
    Setting("database_url", "", str, "an SQLAlchemy address; empty: SQLite in the home"),
    Setting("media_url", "", str, "a directory; empty: media/ in the home"),
    Setting("public_url", "", _url, "what the service is called from outside; empty: loopback"),
    Setting("timezone", "UTC", _timezone, "where a date is a day"),
    Setting("archive_name", "Photograph Archive", _words, "the name on every page and manifest"),
    Setting("archive_language", "en", _language, "the language of words that do not say theirs"),
    Setting("archive_introduction", "", str.strip, "what the front page says of the archive"),
    Setting("required_to_publish", "title or caption", _required,
            "what the desk wants before publishing; commas between, “or” where one will do"),
    Setting("metadata_precedence", "xmp", _one_of("xmp", "mwg"),
            "which block of a file is believed first: XMP, or as the Metadata Working Group says"),
    Setting("metadata_iim", "no", _yes_or_no, "whether files that leave carry IPTC-IIM beside XMP"),
    Setting("max_upload_bytes", "8000000000", _whole(1, 10**13), "the largest file taken in"),
    Setting("max_pixels", "2500000000", _whole(1, 10**11), "the largest picture taken in"),
    Setting("decoder_memory_bytes", "4000000000", _whole(200_000_000, 10**13),
            "the memory in which one file is decoded"),
    Setting("decoder_seconds", "1800", _whole(10, 10**6),
            "the time in which one file is decoded; a tenth of it for its header"),
    Setting("max_image_area", "64000000", _whole(1, 10**9),
            "the largest picture drawn for one request, in pixels (maxArea)"),
    Setting("jpeg_quality", "85", _whole(30, 98), "the quality of tiles and drawn pictures"),
    Setting("confined_oversize", "spec", _one_of("spec", "validator"),
            "what !w,h larger than the picture answers: the picture, or 400"),
    Setting("cap_pixels", "1000", _whole(1, 100_000), "the long side of a capped photograph"),
    Setting("thumbnail_pixels", "400", _whole(1, 10_000), "the long side of a thumbnail"),
    Setting("researcher_step", "record", _one_of("record", "thumbnail", "capped", "zoom"),
            "what researchers see by signing in of what only lacks a ground, or has a ceiling"),
    Setting("session_hours", "12", _whole(1, 24 * 90), "how long a sign-in lasts"),
    Setting("upload_days", "7", _whole(1, 365),
            "how long the bytes of an interrupted upload are kept"),
    Setting("derivative_bytes", "2000000000", _whole(0, 10**14),
            "the room on disk for drawn pictures; 0 keeps none"),
    Setting("large_threads", "1", _whole(1, 64), "large pictures that one worker draws at a time"),
    Setting("drawing_memory_bytes", "1000000000", _whole(400_000_000, 10**13),
            "the memory that one worker may draw in"),
    Setting("longest_wait_seconds", "20", _whole(1, 600),
            "how long a picture waits to be drawn before 503"),
    Setting("attribution_in_tiles", "no", _yes_or_no,
            "whether each tile carries credit and rights, as whole pictures do"),
    Setting("metrics_token", "", _token, "what a monitor sends to read /metrics; empty: none may"),
    Setting("request_log", "", _log, "stderr or a file for one line of JSON a request"),
    Setting("request_log_addresses", "no", _yes_or_no,
            "whether that log names the address of who asks"),
    Setting("accel_redirect", "", _internal,
            "the internal location of nginx that serves media/; empty: masters are sent by dam"),
    Setting("ark_naan", "", _naan,
            "the number under which the archive assigns ARKs; empty: no ARK is answered"),
)  # fmt: skip


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that *environment* (by default the process's own) gives.

    Raises:
        BadSetting: an unknown ``DAM_*`` variable, or a value that cannot be used.
    """
    given = os.environ if environment is None else environment  # noqa: TID251 (the only reader)
    known = {setting.variable for setting in SETTINGS}
    unknown = sorted(name for name in given if name.startswith("DAM_") and name not in known)
    unknown = [name for name in unknown if name not in NOT_SETTINGS]
    if unknown:
        raise BadSetting(f"{unknown[0]} is not a setting of dam; the README lists them all.")
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = given.get(setting.variable, setting.default)
        try:
            values[setting.field] = setting.parse(text)
        except ValueError as error:
            raise BadSetting(f"{setting.variable} must be {error}, not {text[:80]!r}.") from error
    home: Path = values["home"]
    values["database_url"] = values["database_url"] or f"sqlite:///{home / 'dam.sqlite3'}"
    values["media_url"] = _media(values["media_url"], home)
    return Settings(**values)


# Read by the build of the front end, not by the service.
NOT_SETTINGS = frozenset({"DAM_SKIP_FRONTEND"})


def _media(text: str, home: Path) -> str:
    if "://" in text:
        raise BadSetting("DAM_MEDIA_URL must be a directory; other stores are not supported yet.")
    return str((home / (text or "media")).resolve())
