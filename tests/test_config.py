"""Settings: each variable by its row, a bad one named in one line, all of them in the README."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.config import SETTINGS, BadSetting, read_settings
from dam.iiif.presentation import fill_origin

README = Path(__file__).parents[1] / "README.md"


def read(tmp_path, **given):
    return read_settings({"DAM_HOME": str(tmp_path)} | given)


def test_defaults_are_those_of_a_laptop(tmp_path):
    settings = read(tmp_path)
    assert settings.home == tmp_path
    assert settings.database_url == f"sqlite:///{tmp_path}/dam.sqlite3"
    assert settings.media == tmp_path / "media"
    assert settings.manifests == tmp_path / "manifests"
    assert settings.public_url is None
    assert str(settings.timezone) == "UTC"


def test_home_is_the_current_directory_unless_it_is_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_settings({}).home == tmp_path


def test_environment_of_the_process_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("DAM_HOME", str(tmp_path))
    monkeypatch.setenv("DAM_ARCHIVE_NAME", "Photo Fund")
    assert read_settings().archive_name == "Photo Fund"


def test_variables_of_others_are_none_of_ours(tmp_path):
    assert read(tmp_path, HOME="/x", DAMP="1", dam_home="/y").home == tmp_path


UNKNOWN = ("DAM_HOEM", "DAM_", "DAM_PORT", "DAM_PUBLIC_URL_", "DAM_SECRET")


@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_variable_is_named(tmp_path, name):
    with pytest.raises(BadSetting, match=rf"^{name} is not a setting of dam"):
        read(tmp_path, **{name: "1"})


BAD = (
    ("DAM_PUBLIC_URL", "photographs.example.org", "it has no scheme"),
    ("DAM_PUBLIC_URL", "ftp://example.org", "it is no web address"),
    ("DAM_PUBLIC_URL", "https://", "it has no host"),
    ("DAM_PUBLIC_URL", "https://example.org/?a=b", "it has a query"),
    ("DAM_PUBLIC_URL", "https://example.org/#a", "it has a fragment"),
    ("DAM_PUBLIC_URL", "https://me:secret@example.org", "it has a password"),
    ("DAM_PUBLIC_URL", "https://exa mple.org", "it has a space"),
    ("DAM_PUBLIC_URL", "https://bücher.example", "its host is not in punycode"),
    ("DAM_PUBLIC_URL", "https://example.org:port", "its port is no number"),
    ("DAM_PUBLIC_URL", 'https://example.org/"', "it would end a string of JSON"),
    ("DAM_TIMEZONE", "Mars/Olympus", "there is no such zone"),
    ("DAM_TIMEZONE", "", "it is empty"),
    ("DAM_TIMEZONE", "../etc/passwd", "it is a path"),
    ("DAM_ARCHIVE_NAME", "  ", "it is blank"),
    ("DAM_ARCHIVE_LANGUAGE", "English!", "it is no tag of a language"),
    ("DAM_ARCHIVE_LANGUAGE", "en us", "it is no tag of a language"),
    ("DAM_MAX_PIXELS", "many", "it is no number"),
    ("DAM_MAX_PIXELS", "", "it is empty"),
    ("DAM_MAX_PIXELS", "-1", "it is below the least"),
    ("DAM_MAX_PIXELS", "1.5", "it is no whole number"),
    ("DAM_MAX_PIXELS", "²", "it is a digit that is no number"),
    ("DAM_MAX_PIXELS", "9" * 5000, "it is longer than Python reads"),
    ("DAM_JPEG_QUALITY", "100", "it is above the most"),
    ("DAM_CONFINED_OVERSIZE", "maybe", "it is none of two"),
    ("DAM_MEDIA_URL", "s3://bucket", "there is no such store yet"),
    ("DAM_HOME", "~nobody-of-that-name/x", "there is no such person"),
    ("DAM_HOME", "/srv/what?", "SQLAlchemy would take the rest for options"),
)


@pytest.mark.parametrize(("name", "value", "reason"), BAD)
def test_bad_value_stops_the_start_with_one_line_that_names_it(tmp_path, name, value, reason):
    with pytest.raises(BadSetting, match=rf"^{name} must ") as caught:
        read(tmp_path, **{name: value})
    assert "\n" not in str(caught.value), reason
    assert len(str(caught.value)) < 500


GOOD = (
    ("DAM_PUBLIC_URL", "https://example.org/", "public_url", "https://example.org"),
    ("DAM_PUBLIC_URL", "http://127.0.0.1:8000", "public_url", "http://127.0.0.1:8000"),
    ("DAM_PUBLIC_URL", "http://[::1]:8000/", "public_url", "http://[::1]:8000"),
    ("DAM_PUBLIC_URL", "https://example.org/photos/", "public_url", "https://example.org/photos"),
    ("DAM_PUBLIC_URL", "", "public_url", None),
    ("DAM_ARCHIVE_LANGUAGE", "az-Cyrl", "archive_language", "az-Cyrl"),
    ("DAM_ARCHIVE_NAME", " Photo Fund ", "archive_name", "Photo Fund"),
    ("DAM_JPEG_QUALITY", "98", "jpeg_quality", 98),
    (
        "DAM_DATABASE_URL",
        "postgresql+psycopg://u@h/d",
        "database_url",
        "postgresql+psycopg://u@h/d",
    ),
)


@pytest.mark.parametrize(("name", "value", "field", "expected"), GOOD)
def test_good_value_is_read(tmp_path, name, value, field, expected):
    assert getattr(read(tmp_path, **{name: value}), field) == expected


def test_media_may_lie_elsewhere(tmp_path):
    assert read(tmp_path, DAM_MEDIA_URL="files").media == tmp_path / "files"
    elsewhere = tmp_path.parent / "elsewhere"
    assert read(tmp_path, DAM_MEDIA_URL=str(elsewhere)).media == elsewhere


@given(st.text(max_size=40).map(lambda rest: f"https://{rest}"))
def test_every_public_address_that_is_taken_can_be_published(address):
    try:
        settings = read_settings({"DAM_PUBLIC_URL": address})
    except BadSetting:
        return
    assert fill_origin("", settings.public_url) == ""


# An environment holds no null bytes.
VALUES = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=40)


@given(st.sampled_from(SETTINGS), VALUES)
def test_any_value_is_read_or_refused_by_name(setting, value):
    try:
        read_settings({setting.variable: value})
    except BadSetting as refused:
        assert setting.variable in str(refused)  # noqa: PT017  # most values may be refused


def test_settings_have_different_names_and_say_what_they_mean():
    assert len({setting.variable for setting in SETTINGS}) == len(SETTINGS)
    assert all(setting.help for setting in SETTINGS)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.variable)
def test_readme_documents_the_setting(setting):
    assert f"`{setting.variable}`" in README.read_text(encoding="utf-8")
