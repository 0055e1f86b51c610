"""Two people who issue the same bulletin at once: one of them does, and one article is stored."""

import pytest

from items import actions
from items.exports.article import compose
from items.ledger.verify import verify
from items.models import Bulletin, Entry
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.racing import together

pytestmark = pytest.mark.usefixtures("emptied_tables")


def test_one_of_two_issues_it():
    item = factories.item_at("in_progress")
    draft = factories.bulletin(item.list)
    people = [factories.colleague_of(item), factories.Role(committee=item.list.committee).person]
    rows = [Bulletin.objects.select_related("list__committee").get(pk=draft.pk) for _ in people]
    said = {"seen": compose(rows[0], TODAY).seen, "compose": compose, "now": NOW}

    done = together(
        *(
            lambda row=row, by=by: actions.issue_bulletin(row, by=by, **said)
            for row, by in zip(rows, people, strict=True)
        )
    )

    assert sorted(type(each).__name__ for each in done) == ["Conflict", "Entry"], done
    assert Entry.objects.filter(verb="issue_bulletin").count() == 1
    assert verify(item.list) == []
