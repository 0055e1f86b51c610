"""The report of a year as PDF: its tables, drawings and pictures, as far as these are there."""

import re

import pytest
from django.utils import translation

from items.models.bulletin import ZH
from items.photos import storage
from tests import factories
from tests.factories import TODAY
from tests.printing.reading import needs, photos_in, text_of
from welfare.printing.bulletin import print_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    """Return a resolved item that is shown before and after."""
    item = factories.item_at("resolved", title="更换座椅")
    for side, words in (("before", "靠背已塌"), ("after", "新座椅")):
        factories.public_photo(item, side=side, spot_title="主控室", words=words)
    return item


@needs("pdftotext", "pdfimages")
@pytest.mark.parametrize("there", [True, False])
def test_it_shows_its_pictures_as_far_as_they_are_there(item, there):
    with translation.override(ZH):
        issued = factories.issued_bulletin(item.list, kind="year")
    if not there:
        storage.remove(item.photos.get(side="after").stem)

    assert print_due() == 1

    file = bytes(issued.print_in(ZH).file)
    text = re.sub(r"\s", "", text_of(file))
    assert len(photos_in(file)) == (2 if there else 1)
    assert ("新座椅" in text) is not there  # then its words stand in its place
    assert "逐月进度" in text
    assert f"{TODAY.year}年度报告" in text
