"""How far a photograph is, and what staff say about it: part of the captioning desk."""

from dataclasses import dataclass

from dam.web.pages.parts import Option


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody who works here said; ``settled_by`` is empty while it is open."""

    number: int
    at: str
    when: str
    who: str
    words: str
    settled_by: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """The state of work in words, the comments, and what may be proposed as sensitive.

    Posts to ``/desk/p/{id}/review`` (``answer``: ``review`` or ``draft``), ``/comments`` (field
    ``words``), ``/comments/{number}/settle`` and ``/sensitivity`` (fields ``term``). ``needed`` is
    what must be written before publishing; ``sensitivities`` is empty where one is recorded.
    """

    stage: str
    may_send: bool
    may_take_back: bool
    comments: tuple[Comment, ...] = ()
    needed: tuple[str, ...] = ()
    sensitivities: tuple[Option, ...] = ()

    @property
    def open_count(self) -> int:
        """How many comments wait for an answer."""
        return sum(not one.settled_by for one in self.comments)
