"""Words of two descriptions of one picture, united: nothing of the kept one is ever wiped."""

import pytest

from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.changes import Description, KeywordsIn
from dam.catalogue.frames import Mark, Turn
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.people import Contributor, PersonShown, Role
from dam.catalogue.places import Locality, PlaceName
from dam.catalogue.text import Text, TextField
from dam.catalogue.uniting import differing, united

TITLE, CAPTION = TextField.TITLE, TextField.CAPTION
AGDAM = Locality((PlaceName("Azerbaijan"), PlaceName("Ağdam")))
KEPT = Description(
    texts=(Text(TITLE, "en", "Bread"), Text(CAPTION, "en", "A queue for bread.")),
    contributors=(Contributor("Rəna", agent_id="r1"),),
    keywords=("bread", "queue"),
    people=(PersonShown("unidentified man"),),
    places=(AGDAM,),
    keywords_in=(KeywordsIn("az", ("çörək",)),),
    turn=Turn.LEFT,
)
OTHER = Description(
    texts=(
        Text(TITLE, "en", "The baker"), Text(CAPTION, "en", "The shop of the baker."),
        Text(CAPTION, "az", "Çörəkxana."),
    ),
    contributors=(Contributor("RENA"), Contributor("Nino", Role.PRINTER)),
    keywords=("Bread", "shop"),
    people=(PersonShown("Unidentified man"), PersonShown("Nino")),
    places=(Locality((PlaceName("Azerbaijan"), PlaceName("Agdam"))),),
    date_text="February 1992",
    caption_sources=(CaptionSource("en", "the editor of the book"),),
    notices=(Notice(NoticeKind.DISCLAIMER, "en", "The views are those of the author."),),
    keywords_in=(KeywordsIn("az", ("çörək", "dükan")), KeywordsIn("ka", ("პური",))),
    turn=Turn.OVER,
    mark=Mark.PICK,
    recto_id="xyz",
)  # fmt: skip


def test_what_only_the_other_says_is_taken_and_what_both_say_stands():
    both = united(KEPT, OTHER)
    assert both.texts == (
        Text(CAPTION, "az", "Çörəkxana."),
        Text(CAPTION, "en", "A queue for bread."),
        Text(TITLE, "en", "Bread"),
    )
    assert both.contributors == (
        Contributor("Rəna", agent_id="r1"),
        Contributor("Nino", Role.PRINTER),
    )
    assert both.keywords == ("bread", "queue", "shop")
    assert both.people == (PersonShown("unidentified man"), PersonShown("Nino"))
    assert both.places == (AGDAM,)
    assert both.date_text == "February 1992" and both.notices == OTHER.notices
    assert both.keywords_in == (
        KeywordsIn("az", ("çörək", "dükan")), KeywordsIn("ka", ("პური",)),
    )  # fmt: skip


def test_the_second_caption_of_a_language_is_kept_with_its_source():
    both = united(KEPT, OTHER)
    beside = Caption("en", "The shop of the baker.", "the editor of the book")
    assert both.other_captions == (beside,)
    assert both.caption_sources == ()
    assert united(both, OTHER) == both, "uniting twice adds nothing"


def test_how_a_file_lies_and_was_marked_stays_its_own():
    both = united(KEPT, OTHER)
    assert (both.turn, both.mark, both.recto_id) == (Turn.LEFT, None, None)


def test_what_cannot_be_taken_is_named():
    assert differing(KEPT, OTHER) == ("title (en)",)
    assert differing(KEPT, KEPT) == ()


@pytest.mark.parametrize("one", [KEPT, OTHER])
def test_uniting_with_nothing_changes_nothing(one):
    assert united(one, Description()) == one
