"""Pages of people, organisations and places: written, found, merged and parted by forms."""

import re

import pytest
from browsers import new_photograph, work

from dam.catalogue.authorities import Authority, AuthorityKind, AuthorityName
from dam.catalogue.people import Contributor
from dam.workflows import authorities, describe


def new(staff, name, kind="place", language="en"):
    answer = staff.post("/desk/names", {"name": name, "kind": kind, "language": language})
    assert answer.status_code == 303, answer.text
    return re.search(r"/desk/names/(\w+)", answer.headers["Location"])[1]


def form(page):
    """What a browser would send of the form of a record."""
    sent = dict(re.findall(r'<input id="[^"]+" name="([\w-]+)" value="([^"]*)"', page))
    sent |= dict.fromkeys(re.findall(r'name="(preferred-\d+)" checked', page), "on")
    for name, options in re.findall(r'<select id="[^"]+" name="([\w-]+)">(.*?)</select>', page):
        sent[name] = re.search(r'value="([^"]*)" selected', options)[1]
    sent["revision"] = re.search(r'name="revision" value="(\d+)"', page)[1]
    return sent


def save(staff, one, **fields):
    sent = form(staff.get(f"/desk/names/{one}").text)
    return staff.post(
        f"/desk/names/{one}", sent | {k.replace("_", "-"): v for k, v in fields.items()}
    )


def stored(archive, one):
    return authorities.one(archive, one).authority


def test_a_record_is_made_found_by_a_folded_beginning_and_filled_in(archive, staff):
    one = new(staff, "Ağdam", language="az")
    karabakh = new(staff, "Karabakh")
    answer = save(
        staff,
        one,
        name_1="Aghdam",
        language_1="en",
        preferred_1="on",
        status_1="variant",
        period_1="1918 to 1991",
        geonames="https://www.geonames.org/587361/agdam.html",
        coordinates="39.99, 46.93, 500",
        parent="karabakh",
        note="A town.",
    )
    assert answer.status_code == 303, answer.text
    found = stored(archive, one)
    assert [(name.name, name.language, name.preferred) for name in found.names] == [
        ("Ağdam", "az", True),
        ("Aghdam", "en", True),
    ]
    assert found.parent_id == karabakh
    assert found.coordinates.precision_metres == 500
    assert found.identifiers[0].value == "587361"
    page = staff.get("/desk/names?q=agd").text
    assert f'href="/desk/names/{one}"' in page
    assert f'href="/desk/names/{karabakh}"' not in page
    page = staff.get(f"/desk/names/{one}").text
    assert "Aghdam (en, variant, preferred, 1918 to 1991)" in page
    assert "39.99, 46.93, within 500 m" in page
    assert f'It lies in <a href="/desk/names/{karabakh}">Karabakh</a>' in page
    within = staff.get(f"/desk/names/{karabakh}").text
    assert f'<li><a href="/desk/names/{one}">Aghdam</a></li>' in within
    staff.post(f"/desk/names/{one}/undo")
    assert stored(archive, one).names == found.names[:1]
    assert stored(archive, one).parent_id == ""


def test_saving_a_form_that_nobody_touched_changes_nothing(archive, staff):
    one = new(staff, "Baku")
    save(staff, one, name_1="Bakı", language_1="az", preferred_1="on", coordinates="40.4, 49.9")
    before = authorities.one(archive, one)
    assert save(staff, one).status_code == 303
    assert authorities.one(archive, one) == before


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"name_0": ""}, 400, "Give it a name first"),
        ({"wikidata": "12"}, 400, "is no number of Wikidata; they look like Q9248"),
        ({"coordinates": "91, 0"}, 400, "Latitude goes from"),
        ({"coordinates": "nan, 0"}, 400, "Latitude goes from"),
        ({"coordinates": "here"}, 400, "Write latitude and longitude"),
        ({"language_0": "qq"}, 400, "language"),
        ({"parent": "Atlantis"}, 400, "is not the name of one place here"),
        ({"revision": "0"}, 409, "Somebody else saved this record"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is(archive, staff, fields, status, sentence):
    one = new(staff, "Baku")
    before = stored(archive, one)
    answer = save(staff, one, **fields)
    assert answer.status_code == status
    assert "Nothing was saved." in answer.text
    assert sentence in answer.text
    assert stored(archive, one) == before
    typed = form(answer.text)
    kept = {name.replace("_", "-"): value for name, value in fields.items()} | {"revision": "1"}
    assert {name: typed.get(name, "") for name in kept} == kept, "no typed word is lost"


def test_a_second_editor_of_a_record_sees_both_versions_and_chooses(archive, staff):
    one = new(staff, "Baku")
    seen = form(staff.get(f"/desk/names/{one}").text)
    save(staff, one, note="A port.", name_1="Bakı", language_1="az")
    mine = seen | {"note": "Capital of <Azerbaijan>.", "parent": "", "life-dates": "since 885"}
    answer = staff.post(f"/desk/names/{one}", mine)
    assert answer.status_code == 409
    assert stored(archive, one).note == "A port."
    assert " saved this record at " in answer.text
    for word in ("A port.", "Capital of &lt;Azerbaijan&gt;.", "Bakı (az"):
        assert f"</span>{word}" in answer.text or f"\n{word}" in answer.text, word
    again = form(answer.text) | {"note": "Capital of Azerbaijan."}
    assert again["life-dates"] == "since 885"
    assert staff.post(f"/desk/names/{one}", again).status_code == 303
    found = stored(archive, one)
    assert (found.note, found.life_dates) == ("Capital of Azerbaijan.", "since 885")


def test_words_for_a_record_that_was_merged_meanwhile_are_shown_to_be_copied(archive, staff):
    one, other = new(staff, "Agdam"), new(staff, "Ağdam", language="az")
    seen = form(staff.get(f"/desk/names/{one}").text)
    authorities.merge(archive, one, other, "Rana")
    answer = staff.post(f"/desk/names/{one}", seen | {"note": "Seen on the map of 1918."})
    assert answer.status_code == 409
    assert "was merged into Agdam before you saved" in answer.text
    assert "</span>Seen on the map of 1918." in answer.text


def test_a_refused_new_record_keeps_its_words(staff):
    answer = staff.post("/desk/names", {"name": "Bakı", "kind": "place", "language": "qq"})
    assert answer.status_code == 400
    assert 'value="Bakı"' in answer.text
    assert 'value="qq"' in answer.text
    assert '<option value="place" selected' in answer.text


def test_two_records_are_compared_merged_and_parted_again(archive, staff):
    reza = authorities.create(
        archive, Authority("", AuthorityKind.PERSON, (AuthorityName("Reza Deghati"),)), "Rana"
    )
    other = authorities.create(
        archive, Authority("", AuthorityKind.PERSON, (AuthorityName("Rza Diqqəti", "az"),)), "Rana"
    )
    photograph = new_photograph(archive, 1)
    work(archive)
    describe.change(
        archive,
        photograph,
        lambda words: type(words)(contributors=(Contributor("Reza Deghati"),)),
        "Rana",
    )
    assert f"/desk/p/{photograph}" in staff.get(f"/desk/names/{reza}").text
    page = staff.get(f"/desk/p/{photograph}").text
    assert re.search(f'<a href="/desk/names/{reza}">Reza Deghati</a> .*>had a part in it<', page)
    before = stored(archive, reza), stored(archive, other)
    page = staff.get(f"/desk/names/{reza}?into=rza").text
    assert f"/desk/names/{reza}/merge?into={other}" in page
    page = staff.get(f"/desk/names/{reza}/merge?into={other}").text
    assert "1 use in photographs" in page
    staff.post(f"/desk/names/{reza}/merge", {"into": other})
    assert "Merged into" in staff.get(f"/desk/names/{reza}").text
    page = staff.get(f"/desk/names/{other}").text
    assert f"/desk/p/{photograph}" in page
    assert "had a part in it" in page
    page = staff.get(f"/desk/p/{photograph}").text
    assert re.search(f'<a href="/desk/names/{other}">', page), "the link follows the merge"
    assert save_refused(staff, reza)
    staff.post(f"/desk/names/{reza}/separate")
    assert (stored(archive, reza), stored(archive, other)) == before
    assert f"/desk/p/{photograph}" in staff.get(f"/desk/names/{reza}").text


def save_refused(staff, one):
    answer = staff.post(f"/desk/names/{one}", {"name-0": "X", "revision": "2"})
    return answer.status_code == 409
