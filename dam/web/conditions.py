"""What a request says beside its body: the form of the answer, the revision that it began from."""

from dam.errors import Conflict, Forbidden, Malformed, NotFound, Unsupported


class NotAcceptable(Unsupported):
    """The answer cannot be had in the form that was asked for."""

    def __init__(self) -> None:
        super().__init__(
            "This address answers in JSON; leave Accept out, or name application/json."
        )


class RevisionNeeded(Malformed):
    """An edit does not say which revision it began from."""

    def __init__(self) -> None:
        super().__init__("Read it first, and send the ETag of what you read as If-Match.")


class RevisionPassed(Conflict):
    """What is stored is no longer what the edit began from; nothing was written."""

    def __init__(self) -> None:
        super().__init__("It was changed since you read it; nothing was written. Read it again.")


class FormatNotDone(Unsupported):
    """oEmbed was asked for in a form that it does not have (oEmbed 1.0 §2.3.3)."""

    def __init__(self) -> None:
        super().__init__("oEmbed is answered as json or xml; ask with format=json or format=xml.")


class NotOurs(NotFound):
    """The address that oEmbed was asked about is no photograph or series of this archive."""

    def __init__(self) -> None:
        super().__init__(
            "This address is no page of a photograph or a series here; send one as url=."
        )


class NotForEmbeds(Forbidden):
    """It may be told of and not be shown: a consumer links to it and embeds nothing (§2.3.3)."""
