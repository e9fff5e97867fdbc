"""One realistic value of every page, in each of the states that are drawn differently."""

import dataclasses
from dataclasses import replace
from datetime import date

from dam.web import agreement_forms, entry_forms, pages, use_pages
from dam.web.pages import FrameState, Words

READER = pages.Reader("Leyla", may_describe=True, may_clear=True, may_administer=True)
PUBLIC = pages.Site("Caspian Photo Archive")
STAFF = pages.Site("Caspian Photo Archive", READER, "1 photograph published.")

SIZES = {
    "bridge": (2560, 1440),
    "dragonfly": (2560, 1600),
    "meadow": (2560, 1707),
    "peaks": (3000, 1200),
    "tower": (1200, 1800),
    "sunset": (1920, 1080),
    "square": (1400, 1400),
}
TITLES = {
    "bridge": Words("Bridge over the river at first light", "en"),
    "dragonfly": Words("Dragonfly", "en"),
    "meadow": Words("Çəmənlikdə səhər", "az"),
    "peaks": Words("Picos de Europa", "es"),
    "tower": Words("Աշտարակ գետի ափին", "hy"),
    "sunset": Words("غروب آفتاب در کوهستان", "fa"),
    "square": Words("წყნარი მოედანი", "ka"),
}


def picture(name: str, suffix: str = "") -> pages.Picture:
    width, height = SIZES[name]
    return pages.Picture(f"/iiif/3/{name}{suffix}", width, height, f"{name}, seen from a distance")


def listed(name: str, year: str = "2018") -> pages.ListedPhotograph:
    return pages.ListedPhotograph(f"/p/{name}", TITLES[name], year, picture(name))


RESULTS = pages.Results(
    text="brigde",
    count="1 photograph",
    facets=(
        pages.Facet("Decade", (pages.Filter("1990s", "/search?q=bridge&decade=1990", 1),)),
        pages.Facet("Place", (pages.Filter("Ağdam", "/search?q=bridge", 1, current=True),)),
    ),
    orders=(pages.Option("best", "best first", chosen=True), pages.Option("date", "by date")),
    kept=(("decade", "1990"),),
    paging=pages.Paging(1, 1, None, None),
    shown_for="bridge",
    exact_url="/search?q=brigde&exact=1",
)
ONE_PAGE = pages.Paging(1, 1, None, None)
SECOND_PAGE = pages.Paging(2, 9, "/photographs?page=1", "/photographs?page=3")
AUDIENCES = (
    pages.Option("public", "the public", chosen=True),
    pages.Option("staff", "staff"),
    pages.Option("researcher", "a signed-in researcher"),
)
BY = pages.Statement(
    "CC BY 4.0",
    "You may copy, change and publish it, also commercially, with the credit.",
    "https://creativecommons.org/licenses/by/4.0/",
)
CNE = pages.Statement(
    "Copyright Not Evaluated",
    "Nobody has yet established who may allow its use. Ask before you publish it.",
    "http://rightsstatements.org/vocab/CNE/1.0/",
)
SHARE = pages.Share(
    "http://127.0.0.1:8000/manifests/3/bridge/manifest.json",
    "http://127.0.0.1:8000/p/bridge",
    "/p/bridge/share",
    "/embed/bridge",
    (pages.Link("application/json+oembed", "http://127.0.0.1:8000/oembed?url=x&format=json"),),
)
CLAUSES = (
    ("kind", "licence, to the archive"),
    ("territories", "Japan, South Korea"),
    ("required credit", "Foto: Əliyev"),
)
COVERED = (
    pages.CoveredFrame("bridge", TITLES["bridge"].text, "", "series s"),
    pages.CoveredFrame("sunset", TITLES["sunset"].text, "the work", ""),
)
NEIGHBOURS = tuple(
    pages.Neighbour(f"/p/{name}", TITLES[name], picture(name), current=name == "bridge")
    for name in SIZES
)
SERIES = pages.SeriesContext(
    Words("Rivers and mountains", "en"),
    "/p/rivers",
    7,
    20,
    NEIGHBOURS[1],
    NEIGHBOURS[2],
    NEIGHBOURS,
)
WHY = pages.Explanation(
    "Zoom, with credit, until 1 March 2027.",
    (
        "Because: licence CC BY 4.0, recorded by Leyla on 3 November 2026.",
        "Not more because: restriction R-3 caps the view until its review on 1 March 2027.",
    ),
    "1 March 2027",
    "2026-11-22",
    AUDIENCES,
)
CAPTION = Words(
    "The old bridge an hour after sunrise, before the market opened on the east bank. "
    "The photographer walked from the station and waited for the fog to lift.\n\n"
    "The two piers in the water are all that remains of the first bridge.",
    "en",
)
FUNDER = Words(
    "Scanned with the support of the Example Foundation. The opinions expressed are the "
    "authors' own and not necessarily the Foundation's.",
    "en",
)
WITHHELD = pages.Withheld(
    "Its right to be shown is not established: no agreement, licence or decision is on record.",
    "mailto:archive@example.org",
    sign_in_url="/sign-in?next=/p/bridge",
)
ADVISED = pages.Advised(
    "This photograph shows people who have just lost somebody. Look at it when you are ready.",
    "/p/bridge?show=1",
)


def photograph(
    view: pages.View, site: pages.Site = PUBLIC, why: pages.Explanation | None = None
) -> pages.PhotographPage:
    return pages.PhotographPage(
        site=site,
        id="bridge",
        title=TITLES["bridge"],
        caption=CAPTION,
        other_languages=tuple(
            pages.LanguageLink(code, f"/p/bridge?lang={code}") for code in ("az", "hy", "ka", "fa")
        ),
        dateline="Left bank, Rotterdam, Netherlands · March 2018",
        credit="Photo: Sander Klootwijk / Caspian Photo Archive",
        credit_required=True,
        statement=BY if view.kind == "shown" else CNE,
        view=view,
        series=SERIES,
        details=(
            pages.Detail("Photographer", ("Sander Klootwijk",)),
            pages.Detail("Place", ("Netherlands", "Rotterdam"), ("/places/nl", "")),
            pages.Detail("Keywords", ("bridge", "fog", "morning", "river")),
            pages.Detail("Source of the text", ("Sheet of the donor, 2019",)),
            pages.Detail("Number", ("2018.41.7",)),
        ),
        required=(FUNDER,),
        downloads=(
            pages.Link("Download the photograph", "/download/bridge", "JPEG, 2560 by 1440 pixels"),
        )
        if view.kind == "shown"
        else (),
        share=SHARE,
        preview=pages.Preview(
            "Bridge",
            "The old bridge · Photo: X",
            picture("bridge") if view.kind == "shown" else None,
        ),
        why=why,
        desk_url="/desk/p/bridge" if why else None,
    )


def frame(
    number: int, name: str, caption: Words | None, view: pages.View | None = None
) -> pages.EssayFrame:
    return pages.EssayFrame(
        number,
        f"/p/{name}",
        TITLES[name],
        view or pages.Shown(picture(name)),
        "Netherlands, Rotterdam, March 2018",
        caption,
        "Photo: Sander Klootwijk",
    )


def series(advisory: str | None = None) -> pages.SeriesPage:
    return pages.SeriesPage(
        site=PUBLIC,
        id="rivers",
        title=Words("Rivers and mountains: ten days on foot", "en"),
        introduction=CAPTION,
        other_titles=(Words("Ten days on foot", "en"), Words("Çaylar və dağlar", "az")),
        other_languages=(pages.LanguageLink("az", "/p/rivers?lang=az"),),
        required=(FUNDER,),
        frames=()
        if advisory
        else (
            frame(1, "bridge", CAPTION),
            frame(2, "tower", Words("Աշտարակը գետի ափին, առավոտյան", "hy")),
            frame(3, "peaks", None),
            frame(4, "square", Words("یک عصر آرام در میدان شهر.", "fa"), WITHHELD),
        ),
        share=SHARE,
        preview=pages.Preview("Rivers", "Ten days on foot", None, indexed=False),
        advisory=advisory,
        show_url="/p/rivers?show=1" if advisory else None,
    )


def embed(view: pages.View) -> pages.EmbedPage:
    return pages.EmbedPage(
        PUBLIC,
        TITLES["bridge"],
        view,
        "Photo: Sander Klootwijk / Caspian Photo Archive",
        BY,
        "http://127.0.0.1:8000/p/bridge",
    )


def share_sheet() -> pages.SharePage:
    link = pages.Copyable("share-link", "Page", "http://127.0.0.1:8000/p/bridge", "For a post.")
    code = pages.Copyable(
        *("share-iframe", "Iframe", '<iframe src="http://127.0.0.1:8000/embed/bridge">'),
        "For any page.",
        several_lines=True,
    )
    alt = pages.Copyable("share-alt", "Alternative text", "A bridge.", "For who cannot see it.")
    detail = pages.ShareDetail(picture("bridge"), 2560, 1440, "10", "20", "300", "200")
    return pages.SharePage(
        site=PUBLIC,
        title=TITLES["bridge"],
        path="/p/bridge/share",
        page_url="http://127.0.0.1:8000/p/bridge",
        tabs=(
            pages.ShareTab(
                *("embed", "Embed", (code,), "Only the whole picture is offered."),
                jpegs=(pages.Jpeg("Whole", "/iiif/3/bridge/full/16,9/0/default.jpg", 16, 9),),
                beside=(alt,),
            ),
            pages.ShareTab("link", "Link", (link,)),
            pages.ShareTab("detail", "Detail", (), detail=detail),
            pages.ShareTab("iiif", "IIIF", (), drag_url="/manifests/3/bridge/manifest.json?x=y"),
        ),
    )


STATES = tuple(FrameState)
FRAMES = tuple(
    pages.DeskFrame(
        name,
        TITLES[name].text,
        STATES[index % len(STATES)],
        picture(name) if index else None,
        "until 1 March 2027" if STATES[index % len(STATES)] is FrameState.EMBARGOED else "",
        "added 21 November",
        current=index == 2,
    )
    for index, name in enumerate(SIZES)
)
DESK = pages.DeskPage(
    site=STAFF,
    frames=FRAMES,
    filters=(
        pages.Filter("All", "/desk/", 512, current=True),
        pages.Filter("No caption", "/desk/?state=no-caption", 340),
        pages.Filter("Draft", "/desk/?state=draft", 41),
        pages.Filter("Ready", "/desk/?state=ready", 12),
        pages.Filter("Published", "/desk/?state=published", 119),
    ),
    refused=(
        pages.RefusedFile(
            "r1",
            "scan_0413.tif",
            "84.2 MB",
            "It ends in the middle of a strip.",
            "21 November, 10:40",
        ),
        pages.RefusedFile(
            "r2", "notes.docx", "31 KB", "It is no picture.", "21 November, 10:41", may_retry=False
        ),
    ),
    count=512,
    paging=SECOND_PAGE,
    accepts="image/*,.tif,.tiff",
    limit="Up to 2 GB a file.",
    here=FRAMES[:1],
    alike=(
        pages.AlikePair(
            "/desk/alike/n1/o1",
            FRAMES[0],
            FRAMES[1],
            "They look alike; the later one is turned by 90 degrees clockwise.",
        ),
    ),
    alike_count="1",
)
ALIKE = pages.AlikePage(
    site=STAFF,
    url="/desk/alike/n1/o1",
    how="The same picture, pixel for pixel; the files differ in what they say.",
    newer=pages.Side(FRAMES[0], "Came later"),
    older=pages.Side(dataclasses.replace(FRAMES[1], picture=None), "Was here before", "Withdrawn."),
    newer_revision=1,
    older_revision=7,
    facts=(
        pages.SideRow("File", "scan_0413_from_the_book_of_the_bridges.tif", "413.tif", same=False),
        pages.SideRow("Format", "TIFF", "TIFF", same=True),
    ),
    words=(pages.SideRow("caption (az)", "", "Ağdam, 1992.\nKörpü.", same=False),),
    choices=(
        pages.Choice("skip", "Skip the later one", "It is set aside."),
        pages.Choice("merge", "Merge", "Their words are united.", "This takes the role of editor."),
    ),
    problem="Nothing was done. Somebody else saved this photograph in the meantime.",
    following=pages.Link("Next pair", "/desk/alike/n2/o2"),
)


def caption_desk(conflict: pages.Conflict | None = None) -> pages.CaptionDesk:
    return pages.CaptionDesk(
        site=STAFF,
        id="bridge",
        heading="Bridge over the river at first light",
        state=FrameState.DRAFT,
        picture=picture("bridge", "_full"),
        filmstrip=FRAMES,
        number=3,
        count=40,
        previous_id="dragonfly",
        next_id="meadow",
        next_without_caption_id="peaks",
        revision=4,
        saved_at="10:42",
        texts=(
            pages.Texts("en", TITLES["bridge"].text, CAPTION.text, "A stone bridge in fog"),
            pages.Texts("az", "Körpü, səhər"),
            pages.Texts("fa", "پل", "پل قدیمی، یک ساعت پس از طلوع."),
        ),
        facts=pages.CaptionFacts(
            creator="Sander Klootwijk",
            credit="Photo: Sander Klootwijk",
            date="the spring of ninety",
            place="Netherlands, Rotterdam",
            keywords="bridge; fog; river",
        ),
        publishing=pages.Publishing(
            "The public will see this photograph with zoom and its credit, from now on.",
            possible=True,
        ),
        languages_to_add=("hy", "ka", "ru"),
        errors={"date": "This is no date that can be read; write it as 1992-02 or February 1992."},
        understood={"place": ("Netherlands, Rotterdam",)},
        conflict=conflict,
        undo="caption (en) of 10:42",
        records=(pages.Link("Agdam", "/desk/names/a1", "is its place, as “Ağdam”"),),
        series=(pages.Link("Rivers and mountains", "/desk/series/s1", "frame 7"),),
        public_view=pages.Link("What the public sees", "/p/bridge"),
        claims=(
            pages.FileClaim("Caption", "dc:description", "پل قدیمی", "XMP", "fa"),
            pages.FileClaim("Creator", "2:80", "Réza", "IPTC-IIM", note="read as Windows-1252"),
        ),
        work=pages.Work(
            "draft",
            may_send=True,
            may_take_back=False,
            comments=(
                pages.Comment(1, "2026-11-22T10:42:00Z", "22 November, 10:42", "Rashad", "Who?"),
                pages.Comment(
                    2, "2026-11-22T10:43:00Z", "22 November, 10:43", "Leyla", "Reza.", "Rashad"
                ),
            ),
            needed=("There is no date; it is needed before publishing.",),
            sensitivities=(pages.Option("minor", "minor"), pages.Option("grief", "grief")),
        ),
    )


RIGHTS_DESK = pages.RightsDesk(
    site=STAFF,
    id="bridge",
    heading="Bridge over the river at first light",
    picture=picture("bridge", "_full"),
    public=WHY,
    staff=pages.Explanation(
        "Master.", ("Because: staff may read every file.",), None, "2026-11-22", AUDIENCES
    ),
    revision=2,
    rights=(
        pages.Option("", "none recorded"),
        pages.Option("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", chosen=True),
        pages.Option("http://rightsstatements.org/vocab/CNE/1.0/", "Copyright Not Evaluated"),
    ),
    rights_other="",
    access=(
        pages.Option("", "no ceiling", chosen=True),
        pages.Option("record", "the record, no picture"),
        pages.Option("capped", "capped"),
    ),
    cap="1000",
    embargo="2027-03-01",
    sensitivity=(pages.Option("", "none", chosen=True), pages.Option("advisory", "advisory first")),
    show_without_evidence=False,
    review="",
    withdrawn=False,
    history=(
        pages.RightsRecord(
            "2026-11-03T10:00:00Z",
            "3 November 2026, 10:00",
            "Leyla",
            "Licence CC BY 4.0, from the sheet.",
        ),
        pages.RightsRecord(
            "2026-11-01T09:00:00Z",
            "1 November 2026, 09:00",
            "Leyla",
            "Shown without evidence, review on 1 November 2027.",
            superseded=True,
        ),
    ),
    warning="A Creative Commons licence cannot be taken back from those who already have a copy.",
)
NAME = pages.NamePage(
    STAFF,
    "a1",
    "Aghdam",
    3,
    tuple(
        pages.NameForm(n, name, tag, "", (pages.Option("usual", "usual"),), n < 2, "", "a map")
        for n, (name, tag) in enumerate((("Aghdam", "en"), ("Ağdam", "az"), ("", "")))
    ),
    pages.NameFacts(
        (pages.Option("place", "place", chosen=True),),
        "",
        "A town.",
        "Karabakh",
        "town",
        "39.99, 46.93, 500",
        is_place=True,
    ),
    (
        pages.NumberForm(
            "geonames",
            "GeoNames",
            "587361",
            (pages.Link("GeoNames 587361", "https://sws.geonames.org/587361"),),
        ),
    ),
    (pages.UsedIn(FRAMES[0], "is its place"),),
    14,
    (pages.Edit("2026-11-21T09:00:00Z", "21 November, 09:00", "Leyla", "Added"),),
    may_undo=True,
    problem="Nothing was saved. Give it a name first; everything else can follow.",
    search="Ag",
    larger=pages.Link("Karabakh", "/desk/names/a3"),
    within=(pages.Link("Old market", "/desk/names/a4"),),
    find_url="/desk/find?place=a1",
    found=(pages.Link("Agdam", "/desk/names/a1/merge?into=a2", "Azerbaijan"),),
)
ROLES = (
    pages.Option("editor", "editor", chosen=True),
    pages.Option("administrator", "administrator"),
)

WAYS = tuple(
    pages.WayEntry(TITLES[name], f"/places/{name}", 12, name == "peaks", picture(name))
    for name in SIZES
)
BARS = (
    pages.Bar("1980", "/decades/1980", 3, more=False, height=9),
    pages.Bar("1990", "", 0, more=False, height=0),
    pages.Bar("2000", "/decades/2000", 1000, more=True, height=100),
)


def way(kind: str, name: Words, **more: object) -> pages.WayPage:
    shown = tuple(listed(one) for one in SIZES)
    facets = (pages.Facet("Decade", (pages.Filter("1990s", "/search?decade=1990", 1),)),)
    return pages.WayPage(
        site=PUBLIC,
        way=kind,
        name=name,
        count=7,
        more=False,
        photographs=shown,
        facets=facets,
        paging=ONE_PAGE,
        search_url="/search?x=y",
        **more,
    )


FRONT = pages.FrontPage(
    site=PUBLIC,
    introduction=CAPTION,
    first=listed("bridge"),
    credit="Photo: Sander Klootwijk",
    count=12345,
    series=WAYS[:3],
    creators=(pages.WayEntry(Words("Sander Klootwijk"), "/creators/x1", 4),),
    places=WAYS,
    bars=BARS,
    newest=tuple(listed(name) for name in SIZES),
    collection_url="http://127.0.0.1:8000/manifests/3/collection.json",
)

SAMPLES: dict[str, pages.Page] = {
    "front": FRONT,
    "front-empty": replace(
        FRONT, introduction=None, first=None, series=(), creators=(), places=(), bars=(), newest=()
    ),
    "series-list-public": pages.WayList(PUBLIC, "series", WAYS, None, "/series?after=square"),
    "decades": pages.WayList(PUBLIC, "decades", WAYS[:2], None, None, BARS),
    "places": pages.WayList(PUBLIC, "places", WAYS, "/places", None),
    "people-none": pages.WayList(PUBLIC, "people", (), None, None),
    "creator": way("creators", Words("Sander Klootwijk"), also=("S. Klootwijk",)),
    "decade": way("decades", Words("1990")),
    "place": way(
        "places",
        Words("Ağdam", "az"),
        names=(pages.NameOfPlace(Words("Ակնա", "hy"), "Հայերեն", "until 1500"),),
        larger=WAYS[:1],
        smaller=WAYS[1:],
        registers=(pages.Link("GeoNames", "https://sws.geonames.org/587361"),),
    ),
    "photographs": pages.PhotographList(
        PUBLIC,
        (
            *(listed(name) for name in SIZES),
            pages.ListedPhotograph("/p/record", Words("No picture", "en"), "", None),
            *(listed(name, "1992") for name in reversed(SIZES)),
        ),
        1412,
        SECOND_PAGE,
        "/manifests/3/collection.json",
    ),
    "photographs-none": pages.PhotographList(
        PUBLIC, (), 0, ONE_PAGE, "/manifests/3/collection.json"
    ),
    "photograph": photograph(pages.Shown(picture("bridge"))),
    "photograph-staff": photograph(pages.Shown(picture("bridge", "_full")), STAFF, WHY),
    "photograph-withheld": photograph(WITHHELD),
    "photograph-advised": photograph(ADVISED),
    "series": series(),
    "series-advised": series("This series shows people who have just lost somebody."),
    "embed": embed(pages.Shown(picture("bridge"))),
    "embed-withheld": embed(WITHHELD),
    "embed-locked": embed(replace(WITHHELD, restricted="http://127.0.0.1:8000/iiif/3/bridge_full")),
    "embed-more": embed(
        pages.Shown(picture("bridge"), "", "http://127.0.0.1:8000/iiif/3/bridge_full")
    ),
    "embed-advised": embed(ADVISED),
    "tombstone": pages.TombstonePage(PUBLIC, "k3f9x2", "3 November 2026", "mailto:a@example.org"),
    "problem": pages.ProblemPage(
        PUBLIC,
        "Nothing is here",
        "There is no photograph at this address.",
        "Look for it among all photographs, or check the address.",
        "7f3a",
    ),
    "sign-in": pages.SignInPage(PUBLIC, name="leyla", problem="Name and password do not match."),
    "access": pages.AccessPage(STAFF, "https://museum.example", "Leyla", ours=False),
    "access-here": pages.AccessPage(STAFF, "http://127.0.0.1:8000", "Leyla", ours=True),
    "access-done": pages.AccessDone(STAFF),
    "pictures-closed": pages.PicturesClosed(STAFF),
    "token": pages.TokenPage(PUBLIC, '{"accessToken": "x"}', "https://museum.example"),
    "one-time": pages.OneTimeSignIn(PUBLIC, "/sign-in/once/abc", "leyla"),
    "desk": DESK,
    "alike-list": pages.AlikeList(STAFF, DESK.alike, "1,000+", SECOND_PAGE),
    "alike-list-none": pages.AlikeList(STAFF, (), "0", ONE_PAGE),
    "alike": ALIKE,
    "alike-chosen": dataclasses.replace(
        ALIKE, problem="", choices=(), chosen="Rana kept both, 3 March, 10:41.", may_undo=True
    ),
    "caption": caption_desk(),
    "caption-conflict": caption_desk(
        pages.Conflict(
            "Rashad",
            "Rashad saved this frame at 10:41, before you.",
            "/desk/p/bridge",
            (pages.Change("caption@en", "Caption", "my words", "his words"),),
        )
    ),
    "rights": RIGHTS_DESK,
    "rights-list": pages.RightsList(
        STAFF,
        tuple(
            pages.RightsRow(
                name,
                TITLES[name].text,
                "CC BY 4.0",
                "zoom, with credit",
                "1 March 2027",
                picture(name),
            )
            for name in SIZES
        ),
        512,
        SECOND_PAGE,
        "22 November 2026",
    ),
    "rights-register": replace(
        RIGHTS_DESK,
        entries=(
            pages.RegisterEntry(
                "R-4",
                "Release of Nino Beridze.",
                "/rights/p/bridge/entries/release?of=4",
                (pages.Link("Paper 1 of R-4", "/rights/papers/ab"),),
            ),
        ),
        kinds=(pages.Link("Release", "/rights/p/bridge/entries/release"),),
        agreements=(pages.Link("A-2", "/rights/agreements/2", "Licence of Studio Aliyev."),),
    ),
    "entry-form": pages.EntryForm(
        STAFF,
        "R-4: release",
        TITLES["bridge"].text,
        "/rights/p/bridge/entries/release",
        "/rights/p/bridge",
        entry_forms.KINDS["release"].groups(None),
        7,
        4,
        (pages.Option("ab", "letter.pdf", chosen=True),),
        "Name the person.",
    ),
    "agreements": pages.AgreementList(
        STAFF,
        (
            pages.AgreementRow(
                "A-2",
                "/rights/agreements/2",
                "Studio Aliyev → The archive",
                "31 December 2028",
                "ends in 12 days",
                512,
            ),
            pages.AgreementRow(
                "A-1",
                "/rights/agreements/1",
                "The archive → City Museum",
                "without an end",
                "in force",
                0,
            ),
        ),
    ),
    "agreements-none": pages.AgreementList(STAFF, ()),
    "agreement": pages.AgreementPage(
        STAFF,
        2,
        "A-2: Studio Aliyev → The archive",
        "in force",
        CLAUSES,
        COVERED,
        512,
        SECOND_PAGE,
        (pages.Option("", "no series", chosen=True), pages.Option("s", "Roads")),
        (
            pages.AgreementVersion(
                "2026-11-22T10:42:00+00:00",
                "22 November 2026, 10:42",
                "leyla",
                ("ends: never → 31 December 2028",),
            ),
            pages.AgreementVersion(
                "2026-11-20T10:42:00+00:00", "20 November 2026, 10:42", "rashad", ("Recorded.",)
            ),
        ),
        7,
        problem="“xx!” is no identifier or address of a photograph.",
        typed="xx!",
    ),
    "agreement-form": pages.AgreementForm(
        STAFF,
        "New agreement",
        "/rights/agreements",
        "/rights/agreements",
        agreement_forms.fields(None),
        problem="Say when the agreement ends.",
    ),
    "agreement-cover": pages.CoverPreview(
        STAFF,
        2,
        "A-2: Studio Aliyev → The archive",
        "512 photographs found through series s would be covered.",
        (("record → zoom", 510), ("zoom, as now", 2)),
        COVERED,
        507,
        (("photographs", "bridge"), ("layers", "both")),
    ),
    "uses": pages.UseList(
        STAFF,
        use_pages.fields(date(2026, 11, 26)),
        (
            pages.UseRow(
                "/rights/uses/1",
                1,
                "ask",
                "Mori & Co.: merchandise, in Japan.",
                "22 November 2026, 10:42",
                "leyla",
            ),
        ),
        "Choose the medium from the list.",
    ),
    "use": pages.UsePage(
        STAFF,
        1,
        "no",
        "No: a record forbids it.",
        "Mori & Co.: merchandise, in Japan.",
        "Asked by leyla, 22 November 2026, 10:42.",
        (
            pages.AnsweredFrame(
                pages.Link(TITLES["bridge"].text, "/rights/p/bridge"),
                "no",
                (("no", "The licence forbids it (R-3)."), ("yes", "A release covers it (R-4).")),
            ),
        ),
    ),
    "users": pages.UserList(
        STAFF,
        (
            pages.User("leyla", ROLES, "today, 10:42"),
            pages.User("rashad", ROLES, "never", active=False),
        ),
        ROLES,
        invitation="http://127.0.0.1:8000/sign-in/once/abc",
        invited="rashad",
    ),
    "series-list": pages.SeriesList(
        STAFF, (pages.SeriesRow("/desk/series/s1", "Rivers and mountains", 7),), "Give a title."
    ),
    "series-desk": pages.SeriesDesk(
        STAFF,
        "s1",
        "Rivers and mountains",
        3,
        (
            pages.SeriesTexts("en", "Rivers", "Waters", "All of them."),
            pages.SeriesTexts("fa", "پل"),
        ),
        "funding en: Made with money of the fund.",
        FRAMES,
        (pages.Edit("2026-11-21T09:00:00Z", "21 November, 09:00", "Leyla", "Added"),),
        may_undo=True,
        problem="Nothing was saved. Somebody else saved this series in the meantime.",
    ),
    "codes": pages.CodePage(
        STAFF,
        (pages.CodeRow("mt", "Margaret\nM. T.", "/desk/names/a1"), pages.CodeRow("x", "y")),
        "Choose a tab-separated file of codes first.",
        "mt\tMargaret",
        (pages.CodeRow("z", "Zaur", "/desk/names/a1", "new"),),
        1,
        ("Line 2: “a b” is no code: letters and digits without spaces, = and #.",),
    ),
    "templates": pages.TemplateList(
        STAFF,
        (pages.TemplateLine("/desk/templates/one?name=Press", "Press", "credit (en), keywords"),),
        "There is a template “Press” already.",
        "Press",
    ),
    "template": pages.TemplatePage(
        STAFF,
        "Press",
        2,
        (pages.Texts("en", caption="{people} in {place}"), pages.Texts("fa", "پل")),
        pages.CaptionFacts(credit="Photo: {photographer}", date="the spring"),
        (pages.Edit("2026-11-21T09:00:00Z", "21 November, 09:00", "Leyla", "Added"),),
        ("az", "hy"),
        {"date": "Kept as written, but not understood as a date."},
        {"place": ("Netherlands",)},
        "It was not renamed.",
        "Press 2",
        pages.Conflict(
            "Rashad",
            "Rashad saved this template before you.",
            "/desk/templates/one?name=Press",
            (pages.Change("credit", "Credit", "mine", "his"),),
        ),
    ),
    "names": pages.NameList(
        STAFF,
        (pages.NameRow("/desk/names/a1", "Aghdam", "place", "Ağdam; Agdam", "Karabakh"),),
        (pages.Filter("All", "/desk/names", 1, current=True),),
        1,
        SECOND_PAGE,
        (pages.Option("place", "place"),),
        problem="Give it a name first; everything else can follow.",
    ),
    "name": NAME,
    "name-merged": dataclasses.replace(
        NAME, merged_into=pages.Link("Ağdam", "/desk/names/a2"), search="", found=()
    ),
    "name-merge": pages.MergePage(
        STAFF,
        "a1",
        "a2",
        "Agdam",
        "Ağdam",
        (pages.Beside("Names", "Agdam (en)", "Ağdam (az)"),),
        "3 uses in photographs, and all names and numbers, go to the record that stays.",
    ),
    "import": pages.ImportPage(STAFF, "", "en", (pages.Option("", "a new series", chosen=True),)),
    "import-read": pages.ImportPage(
        STAFF,
        "Netherlands, Rotterdam, May 1940",
        "en",
        (pages.Option("s1", "Bridges (7)", chosen=True),),
        "One photograph stands beside two frames; choose another for one of them.",
        read=pages.TextRead(
            "Bridges",
            "All of them.",
            "funding en: Made with money of the fund.",
            tuple(
                pages.FrameRead(
                    number,
                    "Netherlands, Rotterdam, May 1940",
                    "Netherlands \u203a Rotterdam",
                    "1940-05",
                    CAPTION,
                    frame,
                    (pages.Option("bridge", "1. Bridge", chosen=True),),
                    ("“brotherís” → “brother\u2019s”: an apostrophe",),
                )
                for number, frame in enumerate(FRAMES[:2], start=1)
            ),
            ("Share", "Most read"),
        ),
        undo_group="g1",
        series_url="/p/rivers",
    ),
    "api": pages.ApiPage(
        PUBLIC,
        (
            pages.ApiNoun(
                "photographs",
                (
                    pages.ApiOperation(
                        "PATCH",
                        "/api/v1/photographs/{photograph_id}/words",
                        "Change the fields that are named",
                        "staff",
                    ),
                ),
            ),
        ),
        1,
    ),
    "batches": pages.BatchList(
        STAFF,
        (
            pages.BatchRow(
                *("b1", "Set credit (en) to “Photo: Leyla”: 31 photographs", "Leyla"),
                *("2026-11-22T10:42:00Z", "22 November, 10:42", "applied", 30, 1),
                may_undo=True,
            ),
        ),
        ONE_PAGE,
    ),
    "sheets": pages.SheetPage(
        STAFF,
        "search “bridge”",
        "?q=bridge",
        "/desk/find?q=bridge",
        error="The workbook has macros; save it as XLSX, without them.",
    ),
    "no batches": pages.BatchList(STAFF, (), ONE_PAGE),
    "batch form": pages.BatchForm(
        site=STAFF,
        chosen="search “bridge”",
        count="2 photographs",
        hidden="q=bridge&gap=caption",
        frames=(
            pages.DeskFrame("bridge", "Bridge", FrameState.DRAFT, picture("bridge")),
            pages.DeskFrame("new", "new.tif", FrameState.PREPARING, None),
        ),
        actions=(pages.Option("set", "Set to the words", chosen=True),),
        fields=(pages.Option("caption", "caption"),),
        sources=(pages.Option("title", "title"),),
        betweens=(pages.Option("space", "a space"),),
        language="en",
        find_url="/desk/find?q=bridge",
        marked=frozenset({"bridge"}),
        error="Write the words first; to take all away, choose Empty.",
    ),
    "batch": pages.BatchPage(
        site=STAFF,
        id="b1",
        what="Replace “Agdam” by “Aghdam” in caption (en): 3 photographs",
        state="being applied",
        sentence="1 photograph changed, 1 edited by others and kept.",
        done=2,
        whole=3,
        filters=(pages.Filter("Changed", "?show=applied", 1, current=True),),
        items=(
            pages.BatchItem(
                *("bridge", "bridge.tif"),
                known=True,
                changes=(pages.BatchChange("caption", "en", "To Agdam.", "To Aghdam."),),
                notes=(),
            ),
            pages.BatchItem("gone", "gone", known=False, changes=(), notes=("Not there.",)),
        ),
        paging=SECOND_PAGE,
        running=True,
        failure="The disk is full.",
        apply_label="Go on",
        may_discard=True,
        may_undo=True,
    ),
    "events": pages.EventList(
        STAFF,
        "bridge",
        "Bridge over the river at first light",
        (
            pages.Edit(
                "2026-11-22T10:42:00Z",
                "22 November, 10:42",
                "Leyla",
                "Edited",
                (
                    pages.FieldEdited(
                        "Caption (en)", Words("The bridge.", "en"), Words("The old bridge.", "en")
                    ),
                    pages.FieldEdited("Keywords", Words(""), Words("bridge; river")),
                ),
                "g1",
                may_undo=True,
            ),
            pages.Edit("2026-11-21T09:00:00Z", "21 November, 09:00", "Leyla", "Taken in"),
        ),
    ),
    "find": pages.DeskFind(
        STAFF,
        RESULTS,
        FRAMES,
        (pages.WorkList("No caption", "/desk/find?gap=caption", "12"),),
        (pages.SavedSearch("s1", "Looms", "/desk/find?q=loom", "leyla", own=True, shared=True),),
        "q=brigde",
    ),
    "search": pages.PublicSearch(PUBLIC, RESULTS, (listed("bridge"),)),
    "search-nothing": pages.PublicSearch(PUBLIC, replace(RESULTS, facets=(), shown_for=""), ()),
    "share": share_sheet(),
    "share-nothing": replace(share_sheet(), tabs=(), nothing="The public is told nothing yet."),
    "embed-series": replace(
        embed(pages.Shown(picture("bridge"))),
        steps=pages.EmbedSteps(
            *(Words("Rivers", "en"), "http://127.0.0.1:8000/p/rivers", 2, 3),
            *("/embed/rivers?frame=1", "/embed/rivers?frame=3"),
        ),
    ),
}
