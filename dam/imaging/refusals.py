"""Why a file cannot become a master: what it is, and what to do about it."""

from dam.errors import Malformed, TooLarge, Unsupported


class EmptyFile(Malformed):
    """The file has no bytes."""

    def __init__(self) -> None:
        super().__init__("The file is empty; copy it again from where it came from.")


class NotAPicture(Malformed):
    """The file is something else than a picture."""

    def __init__(self, words: str) -> None:
        super().__init__(f"This is {words}, not a picture; send the photograph itself.")
        self.words = words


class UnsupportedMaster(Unsupported):
    """The file is a picture of a kind that is not taken in."""

    def __init__(self, words: str, advice: str) -> None:
        super().__init__(f"This is {words}, which is not taken in; {advice}.")
        self.words = words


class MissingDecoder(Unsupported):
    """The file is a picture of a kind whose decoder is not installed here."""

    def __init__(self, words: str, extra: str) -> None:
        super().__init__(
            f"This is {words}, and its decoder is missing here; send a JPEG or TIFF,"
            f" or have the operator install dam[{extra}] and try again."
        )
        self.words = words
        self.extra = extra


class DamagedMaster(Malformed):
    """The file begins like a picture and cannot be read to its end."""

    def __init__(self, words: str, fault: str = "it is damaged or incomplete") -> None:
        super().__init__(f"This is {words}, but {fault}; copy it again or export it anew.")
        self.words = words
        self.fault = fault


class MasterTooLarge(TooLarge):
    """The file, or the picture that it declares, is beyond the limits of this archive."""

    def __init__(self, measured: int, limit: int, unit: str) -> None:
        super().__init__(
            f"The picture has {measured:,} {unit} and this archive takes at most {limit:,};"
            " make it smaller or ask for a higher limit."
        )
        self.measured = measured
        self.limit = limit
