"""The home page: a committee found by its name, among many."""

import pytest

from items import queries
from items.public import BoardSearch
from tests import factories
from tests.factories import TODAY


@pytest.fixture
def company(db):
    """Publish a list for a company's two plants, and a workshop of one; another has a draft."""
    top = factories.Committee(name="公司党委", name_en="Company")
    iron = factories.Committee(name="炼铁厂党委", name_en="Ironworks", parent=top)
    steel = factories.Committee(name="炼钢厂党委", name_en="Steelworks", parent=top)
    workshop = factories.Committee(name="喷煤车间党支部", name_en="Coal", parent=iron)
    for committee in (iron, steel, workshop):
        factories.publish(factories.Item(list__committee=committee).list)
    factories.Item(list__committee__name="炼焦厂党委", list__committee__parent=top)


def found(q):
    lines = queries.home(TODAY, BoardSearch(q=q)).lines.rows
    return {line.name.zh: [name.zh for name in line.path] for line in lines}


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("喷煤", {"喷煤车间党支部": ["公司党委", "炼铁厂党委"]}),
        ("ｉｒｏｎ", {"炼铁厂党委": ["公司党委"]}),
        ("炼钢 党委", {"炼钢厂党委": ["公司党委"]}),
        ("公司", {"公司党委": []}),
        ("炼", {"炼钢厂党委": ["公司党委"], "炼铁厂党委": ["公司党委"]}),
        ("没有", {}),
    ],
)
def test_committee_is_found_at_any_level_with_what_is_above(company, q, names):
    assert found(q) == names


def test_line_that_is_found_says_what_it_and_those_below_come_to(company):
    lines = queries.home(TODAY, BoardSearch(q="公司")).lines

    assert [(line.sum.lists, line.sum.arithmetic.total) for line in lines.rows] == [(3, 3)]


def test_without_words_nothing_is_looked_for(company):
    assert len(queries.home(TODAY, BoardSearch(q="")).lines.rows) == 4
