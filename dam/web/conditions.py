"""What a request says beside its body: the form of the answer, the revision that it began from."""

from dam.errors import Conflict, Malformed, Unsupported


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
