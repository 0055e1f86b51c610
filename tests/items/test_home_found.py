"""The home page: a committee found by its name, among many."""

import pytest

from items import queries
from items.public import Wanted
from tests import factories
from tests.factories import TODAY


@pytest.fixture
def company(db):
    """Publish a list for a company, its two plants, and a workshop of one of them."""
    top = factories.Committee(name="公司党委", name_en="Company")
    iron = factories.Committee(name="炼铁厂党委", name_en="Ironworks", parent=top)
    steel = factories.Committee(name="炼钢厂党委", name_en="Steelworks", parent=top)
    workshop = factories.Committee(name="喷煤车间党支部", name_en="Coal", parent=iron)
    for committee in (iron, steel, workshop):
        factories.publish(factories.Item(list__committee=committee).list)


def found(q):
    home = queries.home(TODAY, Wanted(q=q))
    assert len(home.current) == 3  # what is published stays the same, whatever is looked for
    return [branch.name.zh for branch in home.tree]


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("", ["公司党委", "炼钢厂党委", "炼铁厂党委", "喷煤车间党支部"]),
        ("喷煤", ["公司党委", "炼铁厂党委", "喷煤车间党支部"]),
        ("ｉｒｏｎ", ["公司党委", "炼铁厂党委", "喷煤车间党支部"]),
        ("炼钢 党委", ["公司党委", "炼钢厂党委"]),
        ("公司", ["公司党委", "炼钢厂党委", "炼铁厂党委", "喷煤车间党支部"]),
        ("没有", []),
    ],
)
def test_committee_is_found_with_what_is_above_and_below(company, q, names):
    assert found(q) == names
