"""Searches at the desk and in the admin: case and full width of both sides make no difference."""

import pytest

from items import actions, models
from items.models.folded import saying
from items.queries import desk_suggestions
from items.queries.desk_lists import matches
from items.staff import ItemSearch, SuggestionSearch
from items.words import fold
from tests import factories
from tests.desk.suggesting import act_fields, at
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return factories.Committee()


@pytest.fixture
def office(committee):
    return factories.office(committee)


WRITTEN = ["ＬＥＤ灯坏了", "3号楼 Led 灯坏了", "空调（２匹）坏了", "100%_好", "ÀÉ ﬁ ①"]


@pytest.mark.parametrize("words", WRITTEN)
def test_database_folds_as_python_does(committee, words):
    from items.models.folded import Folded

    sent = factories.suggestion(committee, words=words)

    row = models.Suggestion.objects.annotate(folded=Folded("words")).get(pk=sent.pk)
    assert row.folded == fold(sent.words)


@pytest.mark.parametrize(
    ("words", "q"),
    [
        ("ＬＥＤ灯坏了", "led"),
        ("ＬＥＤ灯坏了", "ＬＥＤ灯坏了"),
        ("Led 灯坏了", "ＬＥＤ"),
        ("空调（２匹）坏了", "2匹"),
        ("空调(2匹)坏了", "２匹"),
    ],
)
def test_suggestion_is_found_by_its_own_words(committee, office, words, q):
    factories.suggestion(committee, words=words)
    factories.suggestion(committee, words="浴室水凉")

    page = desk_suggestions(office, TODAY, SuggestionSearch(q=q))

    assert [row.words for group in page.groups for row in group.rows] == [words]


def test_sign_of_a_pattern_is_a_sign(committee):
    factories.suggestion(committee, words="涨了100%")
    factories.suggestion(committee, words="涨了1000元")

    found = saying(models.Suggestion.objects.all(), "100%", "words")

    assert [row.words for row in found] == ["涨了100%"]


def test_pickers_find_full_width_words(as_, committee, office):
    sent = factories.suggestion(committee, words="浴室水凉")
    other = factories.suggestion(committee, words="ＬＥＤ灯坏了")
    item = factories.Item(list__committee=committee, title="修 ＬＥＤ 灯")
    for _each in range(12):
        factories.another(item, title="换门")

    typed = act_fields("merge", sent) | {"q": "led", "look": "1"}
    form = as_(office).post(at(sent), typed).context["form"]

    assert other.pk in [key for key, _words in form.fields["into"].choices]
    assert item.pk in [key for key, _words in form.fields["items"].choices]


def found(item_list, q):
    return [item.title for item in matches(item_list, TODAY, ItemSearch(q=q))]


@pytest.mark.parametrize("published", [True, False])
def test_item_is_found_by_number_holder_and_part(committee, published):
    make = factories.published_item if published else factories.Item
    parts = [{"title": "东区的ＬＥＤ"}]
    item = make(list__committee=committee, title="修路灯", number=19)
    if published:
        by = factories.office(committee)
        actions.add_part(item, by=by, title="东区的ＬＥＤ", reason="补上", due=item.due, now=NOW)
    else:
        item.parts.create(order=1, **parts[0])
    holder = item.owner_post.holder(TODAY)

    for q in ("19", "第19件", "１９", holder.name, "led", item.owner_post.name):
        assert found(item.list, q) == ["修路灯"], q
    assert found(item.list, "第77件") == []


def test_item_is_found_by_words_of_its_progress(committee):
    item = factories.published_item(list__committee=committee, title="修路灯")
    owner = factories.owner_of(item)
    actions.report_progress(item, by=owner, text="ＬＥＤ到货了", now=NOW)

    assert found(item.list, "led") == ["修路灯"]


def test_holders_name_finds_nothing_in_public_where_names_are_not_shown(committee):
    from items.public import BoardSearch
    from items.queries import find

    committee.show_names = False
    committee.save()
    item = factories.published_item(list__committee=committee)
    name = item.owner_post.holder(TODAY).name

    assert found(item.list, name) == [item.title]
    assert not find(item.list.slug, TODAY, BoardSearch(q=name)).board.rows


def test_admin_finds_full_width_words(as_, committee, office):
    office.is_staff = True
    office.save()
    item = factories.Item(list__committee=committee, title="修 ＬＥＤ 灯")
    factories.another(item, title="换门")

    page = as_(office).get("/admin/items/item/", {"q": "led"})

    assert [row.title for row in page.context["cl"].result_list] == ["修 ＬＥＤ 灯"]


@pytest.mark.parametrize(
    ("path", "query"),
    [("/desk/suggestions/", "?q=%E7%81%AF&by=supported"), ("/desk/lists/", "?q=%E7%81%AF")],
)
def test_language_link_of_the_desk_keeps_the_query(as_, office, path, query):
    page = as_(office).get(path + query).content.decode()

    assert f'href="/en{path}{query.replace("&", "&amp;")}"' in page
