"""The files that a page offers to its reader, and their sizes in words."""

from dam.iiif.presentation_source import page_path
from dam.rights.facts import Step
from dam.web import pages
from dam.workflows.presentation import Told, offered


def offered_files(one: Told) -> tuple[pages.Link, ...]:
    """Return the files that this reader may take away, by the decision that the page shows."""
    path, master = page_path(one.photograph.id), one.photograph.master
    known = {
        Step.DOWNLOAD: pages.Link("Download", f"{path}/download", "JPEG, credit inside"),
        Step.MASTER: pages.Link(
            "Original file",
            f"{path}/master",
            f"{master.media_type.partition('/')[2].upper()}, {size_in_words(master.size_bytes)}",
        ),
    }
    return tuple(known[step] for step in offered(one))


def files_with_words(one: Told) -> tuple[pages.Link, ...]:
    """Return the files with the catalogue's words that the desk offers beside the others."""
    path = page_path(one.photograph.id)
    words = pages.Link("Words alone", f"{path}/sidecar.xmp", "XMP")
    if Step.MASTER not in offered(one):
        return (words,)
    return pages.Link("Original with words", f"{path}/master-with-words", "pixels untouched"), words


def size_in_words(size_bytes: int) -> str:
    """Return a file's size for people: "12.4 MB"."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size_bytes >= factor:
            return f"{size_bytes / factor:.1f} {unit}"
    return f"{size_bytes} bytes"
