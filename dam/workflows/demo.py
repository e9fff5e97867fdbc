"""The demo archive: drawn pictures with the words and rights that real ones would have.

Each row is taken in as a row of anybody's sheet is, so the demo shows what the archive does and
nothing made for it. Every state of rights that a visitor can meet is there once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from dam.catalogue.sheet import Sheet, read_sheet
from dam.records import catalogue
from dam.rights.days import local_day
from dam.workflows import clear, ingest
from dam.workflows.archive import Archive
from dam.workflows.batch import Options, make_batch
from dam.workflows.ingest import Outcome, State

Row = Mapping[str, str]

_SURVEY = "A survey of the Sound"
_EVENING = "From evening to night"
_BY = "http://creativecommons.org/licenses/by/4.0/"
_BY_SA = "http://creativecommons.org/licenses/by-sa/4.0/"
_BY_NC = "http://creativecommons.org/licenses/by-nc/4.0/"
_CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
_IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"
_EMBARGO = timedelta(days=30)
_LANGUAGE = "en"

PICTURES: Mapping[str, Row] = {
    "survey-sheet.jpg": {
        "title": "Survey sheet of the Sound",
        "title@de": "Messtischblatt des Sunds",
        "title@ar": "خريطة مسح المضيق",
        "caption": "The whole sheet: height tints, shaded relief, woods, contour lines and lines "
        "of depth. There is no such country; every line of it was computed.",
        "caption@de": "Das ganze Blatt: Höhenstufen, Schummerung, Wälder, Höhen- und Tiefenlinien. "
        "Dieses Land gibt es nicht; jede Linie ist berechnet.",
        "title@az": "Boğazın xəritəsi",
        "caption@az": "Bütün vərəq: yüksəklik rəngləri, kölgəli relyef, meşələr, yüksəklik "
        "və dərinlik xətləri. Belə bir ölkə yoxdur; hər xətti proqram "
        "hesablayıb.",
        "caption@ar": "الورقة كاملة: ألوان الارتفاع والتضاريس المظللة والغابات وخطوط "
        "الارتفاع والأعماق. لا وجود لهذا البلد، وكل خط فيه من حساب البرنامج.",
        "alt": "A coloured map: a snowy mountain range in the middle, woods, and wide blue bays.",
        "date": "c. 2026",
        "place": "The Sound",
        "keywords": "map; relief; coast; mountains",
        "series": _SURVEY,
        "order": "1",
        "rights": _BY,
    },
    "ice-field.jpg": {
        "title": "The ice field above the pass",
        "caption": "A part of the sheet at full scale. The surveyorís party crossed here twice.",
        "alt": "White ridges of ice between brown slopes, drawn with fine contour lines.",
        "date": "July 2026",
        "place": "The pass",
        "keywords": "map; ice; mountains",
        "series": _SURVEY,
        "order": "2",
        "rights": _CC0,
    },
    "islands.jpg": {
        "title": "Islands in the western bay",
        "title@de": "Inseln in der westlichen Bucht",
        "caption": "In copyright, and shown by a person's decision, as a copy of 800 pixels: "
        "whoever zooms finds no more than those.",
        "alt": "Small green islands in a pale blue bay, with lines of depth around them.",
        "date": "2026",
        "place": "The western bay",
        "keywords": "map; islands; coast",
        "series": _SURVEY,
        "order": "3",
        "rights": _IN_COPYRIGHT,
        "access": "capped",
        "cap": "800",
    },
    "woods.jpg": {
        "title": "Woods on the southern shore",
        "caption": "Under embargo: the words may be read, and the picture opens by itself on the "
        "day that the record names.",
        "alt": "Dark green woods on pale green land beside the sea.",
        "date": "2025/2026",
        "place": "The southern shore",
        "keywords": "map; woods; coast",
        "series": _SURVEY,
        "order": "4",
        "rights": _BY,
    },
    "eastern-bay.jpg": {
        "title": "The eastern bay",
        "caption": "The picture waits until a person has reviewed what the place means to those "
        "who live there.",
        "alt": "A wide bay with a long arm of land.",
        "date": "2026",
        "place": "The eastern bay",
        "keywords": "map; coast",
        "series": _SURVEY,
        "order": "5",
        "rights": _BY,
        "sensitivity": "sacred place",
    },
    "ridges.jpg": {
        "title": "Eight ridges at the end of a day",
        "title@de": "Acht Bergrücken am Ende eines Tages",
        "title@ar": "ثماني سلاسل جبلية عند الغروب",
        "caption": "The woods sharpen from ridge to ridge; the nearest stand in the dark already.",
        "caption@de": "Von Rücken zu Rücken werden die Wälder schärfer; die nächsten stehen schon "
        "im Dunkeln.",
        "title@az": "Günün sonunda səkkiz silsilə",
        "caption@az": "Meşələr silsilədən silsiləyə daha aydın görünür; ən yaxındakılar "
        "artıq qaranlıqdadır.",
        "caption@ar": "تزداد الغابات وضوحًا من سلسلة إلى أخرى، وأقربها صار في الظلام.",
        "alt": "Wooded hills one behind the other in orange evening haze, the sun low over them.",
        "date": "October 2026",
        "place": "The eight ridges",
        "keywords": "hills; evening; woods; panorama",
        "series": _EVENING,
        "order": "1",
        "rights": _BY_SA,
    },
    "low-sun.jpg": {
        "title": "A low sun over the sea",
        "title@de": "Tiefe Sonne über dem Meer",
        "caption": "The waves shrink towards the horizon.",
        "alt": "A dark sea under an orange sky; the path of the sun lies on the waves.",
        "date": "12 October 2026",
        "place": "The western bay",
        "keywords": "sea; evening; sun",
        "series": _EVENING,
        "order": "2",
        "rights": _CC0,
    },
    "wood-in-fog.jpg": {
        "title": "Fog in a wood",
        "caption": "Shown without evidence of its rights, by the decision of the person who took "
        "it in; it is to be looked at again within a year.",
        "alt": "Bare trunks one behind the other, each row paler, in gray.",
        "date": "2026",
        "place": "The nearest ridge",
        "keywords": "woods; fog",
        "series": _EVENING,
        "order": "3",
    },
    "night-sky.jpg": {
        "title": "A night without a moon",
        "caption": "Every pixel of it may be seen, and no file of it is given out.",
        "alt": "A band of glowing purple and orange clouds across a black sky with stars.",
        "date": "2026-10-13",
        "place": "The pass",
        "keywords": "night; stars",
        "series": _EVENING,
        "order": "4",
        "rights": _BY,
        "access": "zoom",
    },
    "dunes.jpg": {
        "title": "Dunes in a slanting light",
        "title@ar": "كثبان رملية في ضوء مائل",
        "caption": "An upright picture: ridges of sand, rippled by the wind.",
        "alt": "Sand in soft ridges with fine ripples, bright on one side and brown on the other.",
        "date": "2020s",
        "place": "The southern shore",
        "keywords": "sand; wind",
        "rights": _BY,
    },
    "agate.jpg": {
        "title": "A cut agate",
        "caption": "One small picture, and no more of it, leaves the archive.",
        "alt": "Bands of red, white and green stone around a heart of pale crystals.",
        "date": "between 2020 and 2026",
        "keywords": "stone",
        "rights": _BY_NC,
        "access": "thumbnail",
    },
    "rings.jpg": {
        "title": "Rings on a pond",
        "caption": "It was withdrawn: its address answers with a tombstone that tells nothing.",
        "alt": "Rings from three stones that meet on still water.",
        "date": "2026",
        "keywords": "water",
        "rights": _BY,
    },
    "lake.jpg": {
        "caption": "Not described to the end and not published: only people of the archive see it.",
        "place": "The northern hills",
        "keywords": "map; lake",
    },
}

_EMBARGOED = "woods.jpg"
_DRAFTS = frozenset({"lake.jpg"})
_WITHDRAWN: Mapping[str, str] = {
    "rings.jpg": "It was taken in to show what a withdrawal looks like."
}
_CREATOR = "The drawing program of the archive"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of the demo that has been drawn: its name and its file."""

    name: str
    path: Path


def missing(archive: Archive) -> tuple[str, ...]:
    """Return the names of the demo's pictures that the archive does not hold yet."""
    with archive.reading() as db:
        held = {
            photograph.original_name
            for photograph in catalogue.photographs(db, catalogue.all_ids(db))
        }
    return tuple(name for name in PICTURES if name not in held)


def take_in(archive: Archive, drawn: Sequence[Drawn], by: str) -> Iterator[Outcome]:
    """Take drawn pictures in with their words and rights, and yield what became of each.

    What is to be withdrawn is withdrawn as soon as it is in; a second run changes nothing.
    """
    sheet = _sheet(archive, [picture.name for picture in drawn])
    for public in (True, False):
        some = [picture for picture in drawn if (picture.name in _DRAFTS) is not public]
        options = Options(by=by, language=_LANGUAGE, public=public)
        batch = make_batch(options, [picture.name for picture in drawn], sheet, None)
        for picture in some:
            chunks = ingest.read_file(picture.path)
            outcome = ingest.take_in(archive, picture.name, chunks, batch)
            reason = _WITHDRAWN.get(picture.name)
            if outcome.state is State.TAKEN_IN and outcome.id is not None and reason:
                clear.withdraw(archive, outcome.id, reason, by)
            yield outcome


def _sheet(archive: Archive, names: Sequence[str]) -> Sheet:
    """Return the rows of these pictures as a sheet, the embargo counted from today."""
    embargo = local_day(archive.now(), archive.settings.timezone) + _EMBARGO
    rows = [{**PICTURES[name], "filename": name, "creator": _CREATOR} for name in names]
    for row in rows:
        if row["filename"] == _EMBARGOED:
            row["embargo"] = embargo.isoformat()
    header = tuple(dict.fromkeys(column for row in rows for column in row))
    return read_sheet(header, [[row.get(column, "") for column in header] for row in rows])
