"""States, comments and what was done, as the desk shows them."""

from dataclasses import replace

from browsers import PROGRAM, new_photograph, work

from dam.catalogue.people import Contributor
from dam.catalogue.text import Text, TextField
from dam.workflows import describe


def test_the_desk_says_what_is_needed_and_publishing_refuses_with_it(archive, staff):
    one = new_photograph(archive, 1)
    work(archive)
    page = staff.get(f"/desk/p/{one}").text
    assert "There is no title and no caption; one of them is needed before publishing." in page
    answer = staff.post(f"/desk/p/{one}/publish")
    assert answer.status_code == 409
    assert "Not published." in answer.text
    assert "Why it is published without what is needed" in answer.text
    assert (
        staff.post(f"/desk/p/{one}/publish", headers=PROGRAM).json["detail"].startswith("Not pub")
    )
    answer = staff.post(f"/desk/p/{one}/publish", {"all_the_same": "For the press."})
    assert answer.status_code == 303
    assert "State: <strong>published</strong>" in staff.get(f"/desk/p/{one}").text
    done = staff.get(f"/desk/p/{one}/events").text
    assert "Published all the same" in done
    assert "For the press." in done


def test_a_photograph_goes_to_review_and_back(archive, staff):
    one = new_photograph(archive, 1)
    for answer, words in (("review", "in review"), ("draft", "draft")):
        staff.post(f"/desk/p/{one}/review", {"answer": answer})
        assert f"State: <strong>{words}</strong>" in staff.get(f"/desk/p/{one}").text


def test_comments_are_a_thread_with_names_and_are_settled(archive, staff):
    one = new_photograph(archive, 1)
    staff.post(f"/desk/p/{one}/comments", {"words": "Who is <b>this</b>?"})
    page = staff.get(f"/desk/p/{one}").text
    assert "Who is &lt;b&gt;this&lt;/b&gt;?" in page
    assert "1 open" in page
    staff.post(f"/desk/p/{one}/comments/1/settle")
    assert "settled by Staff" in staff.get(f"/desk/p/{one}").text


def test_staff_mark_a_photograph_as_sensitive_once(archive, staff):
    one = new_photograph(archive, 1)
    assert "Is it sensitive?" in staff.get(f"/desk/p/{one}").text
    staff.post(f"/desk/p/{one}/sensitivity", {"term": "grief"})
    page = staff.get(f"/desk/p/{one}").text
    assert "Recorded as grief." in page
    assert "Is it sensitive?" not in page


def test_what_was_done_is_said_in_words_and_by_edit(archive, staff):
    one = new_photograph(archive, 1)

    def edit(words):
        text = Text(TextField.CAPTION, "az", "Körpü")
        return replace(words, contributors=(Contributor("Reza"),), texts=(text,))

    describe.change(archive, one, edit, "Rana")
    page = staff.get(f"/desk/p/{one}/events").text
    assert "byline" not in page
    assert '<span lang="az" dir="ltr">Körpü</span>' in page
    assert page.count('<th scope="row">Edited</th>') == 1
