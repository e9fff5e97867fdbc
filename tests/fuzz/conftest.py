"""The gallery, once for a module of tests that only look at it."""

from collections.abc import Iterator

import pytest
from gallery import Gallery, open_gallery


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    """Pictures that code their coordinates, published, behind the whole service."""
    with open_gallery(tmp_path_factory.mktemp("gallery")) as opened:
        yield opened
