"""Every public address while nothing is published: no page, and no trace of who asked."""

import pytest

from tests.test_access import ALWAYS, DATA, PHOTOS, PUBLIC, told_of


@pytest.mark.django_db
def test_missing_page_leaves_no_trace():
    told = told_of([*PUBLIC, *DATA, "/lists/none/", "/lists/plant-2026/99/", "/none/", *PHOTOS])

    missing = {path: said for path, said in told.items() if path not in ALWAYS}
    assert [told[path] for path in ALWAYS] == [(200, [])] * len(ALWAYS)
    assert {path: said for path, said in missing.items() if said != (404, [])} == {}
