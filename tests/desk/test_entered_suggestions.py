"""What came on paper, by telephone or at a meeting is entered by the office, with its channel."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from items import actions, models, queries
from items.errors import Refused
from items.photos import picture
from items.suggestion_states import ENTERED, Channel
from tests import factories
from tests.desk.sending import text_of
from tests.factories import NOW, TODAY, days
from tests.photos import corpus
from tests.photos.test_desk import upload
from tests.suggestions.phone import words_of

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/suggestions/enter/"
SAID = {"channel": "paper", "received_on": str(TODAY), "words": "食堂的汤太咸"}


@pytest.fixture
def committee():
    return factories.Committee(slug="plant", answer_within_days=30)


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def client(as_, office):
    return as_(office)


def enter(committee, **said):
    known = {"by": factories.office(committee), "channel": Channel.PAPER, "words": "汤太咸"}
    return actions.enter_suggestion(committee, **known | {"received_on": TODAY, "now": NOW} | said)


def fields(client, **changes):
    form = client.get(ADDRESS).context["form"]
    opened = {bound.name: bound.value() for bound in form if bound.value() is not None}
    return opened | SAID | changes


@pytest.mark.parametrize("channel", ENTERED)
def test_it_waits_as_any_other_with_who_entered_it(client, committee, office, channel):
    answer = client.post(ADDRESS, fields(client, channel=channel, name="老李"), follow=True)

    entered = models.Suggestion.objects.get()
    assert (entered.channel, entered.status, entered.words) == (channel, "received", "食堂的汤太咸")
    assert (entered.received_on, entered.answer_by) == (TODAY, TODAY + days(30))
    (step,) = entered.entries.all()
    assert (step.verb, step.by, step.day) == ("enter_suggestion", office, TODAY)
    assert entered.contact_row.name == "老李"
    assert "已录入" in text_of(answer)


def test_next_one_out_of_the_box_has_its_channel_and_day(client):
    told = {"channel": "meeting", "received_on": str(TODAY - days(3))}

    answer = client.post(ADDRESS, fields(client, **told), follow=True)

    form = answer.context["form"]
    assert {name: str(form[name].value()) for name in told} == told
    assert not form["words"].value()


def test_page_of_it_says_how_it_came_and_nobody_speaks_with_a_code(client, committee, office):
    entered = enter(committee, channel=Channel.TELEPHONE)

    assert "电话" in text_of(client.get(f"/desk/suggestions/{entered.pk}/"))
    with pytest.raises(Refused, match="没有回执码"):
        actions.ask_back(entered, by=office, text="哪个食堂？", now=NOW)


def test_answer_is_due_from_the_day_on_which_it_came(committee):
    late = enter(committee, received_on=TODAY - days(20))
    call = factories.call(committee, opens_on=TODAY - days(6))
    called = enter(committee, received_on=TODAY - days(5))

    assert late.answer_by == TODAY + days(10)
    assert (called.call, called.answer_by) == (call, call.answer_by)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": " "}, "意见内容"),
        ({"channel": "form"}, "怎么来的"),
        ({"channel": "visit"}, "怎么来的"),
        ({"received_on": str(TODAY + days(1))}, "还没到"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_are_kept(client, changed, sentence):
    answer = client.post(ADDRESS, fields(client, **changed))

    assert answer.status_code in (403, 422)
    assert sentence in answer.context["form"].errors.as_text()
    assert answer.context["form"]["words"].value() == (SAID | changed)["words"]
    assert not models.Suggestion.objects.exists()


def test_button_pressed_twice_enters_it_once(client):
    sent = fields(client)

    answers = [client.post(ADDRESS, sent).status_code for _turn in range(2)]

    assert answers == [302, 403]
    assert models.Suggestion.objects.count() == 1


def test_only_the_office_enters(as_, committee):
    for kind in ("auditor", "administrator"):
        person = factories.Role(committee=committee, kind=kind).person
        assert as_(person).get(ADDRESS).status_code == 403
        assert as_(person).post(ADDRESS, SAID).status_code == 403
        with pytest.raises(Refused):
            enter(committee, by=person)
    with pytest.raises(Refused):
        enter(committee, by=factories.office(factories.Committee()))
    assert not models.Suggestion.objects.exists()


def test_place_of_another_committee_is_refused(committee):
    with pytest.raises(Refused, match="别的"):
        enter(committee, place=factories.Place())


def test_database_wants_a_visit_with_its_channel_and_no_code(committee):
    entered = enter(committee)
    for changed in ({"channel": "visit"}, {"channel": "telephone"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Suggestion.objects.filter(pk=entered.pk).update(**changed)
    entered.pk, entered.code_hash, entered.last_seq = 7, "0" * 64, 0
    with pytest.raises(IntegrityError), transaction.atomic():
        entered.save(force_insert=True)


def test_page_of_suggestions_counts_by_channel(client, committee):
    factories.call(committee)
    for channel in ("paper", "paper", "meeting"):
        enter(committee, channel=channel, words=f"{channel}{models.Suggestion.objects.count()}")
    counts = queries.suggestions_page("plant", TODAY + days(1)).counts
    alone = {came.label: came.count for came in counts.channels}
    factories.suggestion(committee, TODAY)

    counts = queries.suggestions_page("plant", TODAY + days(1)).counts

    assert (alone, sum(alone.values())) == ({"书面": 2, "会上": 1}, 3)
    assert [(came.label, came.count) for came in counts.channels] == [
        ("网上", 1),
        ("书面", 2),
        ("会上", 1),
    ]
    assert sum(came.count for came in counts.channels) == counts.total == 4


def test_public_page_says_how_they_came(client, committee):
    factories.call(committee)
    enter(committee, received_on=TODAY - days(1))
    factories.suggestion(committee, TODAY - days(1))

    assert "怎么来的：" in words_of(client.get("/voices/plant/"))
    assert "书面1条" in words_of(client.get("/voices/plant/"))


# Pictures of the paper


def scans(count=1):
    return [
        upload(factories.picture(colour)) for colour in ("blue", "red", "green", "gold")[:count]
    ]


def test_pictures_of_the_paper_are_kept_with_it_and_read_as_its_words(client, as_, committee):
    client.post(ADDRESS, fields(client, photos=scans(2)))

    entered = models.Suggestion.objects.get()
    assert [photo.order for photo in entered.photos.order_by("order")] == [0, 1]
    pictures = [f"/desk/suggestions/{entered.pk}/photos/{n}{size}.jpg" for n, size in SIZES]
    assert [client.get(path).status_code for path in pictures] == [200] * 4
    assert pictures[0] in client.get(f"/desk/suggestions/{entered.pk}/").content.decode()
    auditor = factories.Role(committee=committee, kind="auditor").person
    assert as_(auditor).get(pictures[0]).status_code == 200  # who reads the words
    for person in (factories.office(factories.Committee()), factories.Person()):
        assert [as_(person).get(path).status_code for path in pictures] == [404] * 4
    assert [Client().get(path).status_code for path in pictures] == [302] * 4


SIZES = [(1, ""), (1, "-small"), (2, ""), (2, "-small")]


def test_pictures_go_with_the_words(committee, office):
    entered = enter(committee, photos=[factories.picture()])
    photo = entered.photos.get()

    actions.erase(entered, by=office, text="写了别人的名字", now=NOW)

    assert not models.SuggestionPhoto.objects.exists()
    assert photo.large  # the negative control: there was one


def test_where_it_was_taken_is_cut_out(committee):
    entered = enter(committee, photos=[corpus.saved(corpus.quarters(), exif=corpus.exif())])

    assert b"Exif" not in bytes(entered.photos.get().large)


@pytest.mark.parametrize(
    ("photos", "sentence"),
    [(lambda: scans(4), "最多"), (lambda: [upload(b"no picture")], "不是能读取的照片")],
    ids=["too many", "no picture"],
)
def test_pictures_that_cant_be_taken_are_said_and_the_words_stay(client, photos, sentence):
    answer = client.post(ADDRESS, fields(client, photos=photos()))

    assert answer.status_code in (403, 422)
    assert sentence in answer.context["form"].errors.as_text()
    assert answer.context["form"]["words"].value() == SAID["words"]
    assert not models.Suggestion.objects.exists()


@pytest.mark.parametrize("wrong", [{"words": " "}, {"received_on": str(TODAY + days(1))}])
def test_pictures_come_back_with_a_form_and_go_with_it_then(client, wrong):
    answer = client.post(ADDRESS, fields(client, photos=scans(), **wrong))

    (kept,) = models.KeptUpload.objects.all()
    assert f'value="{kept.pk}"' in answer.content.decode()
    assert client.post(ADDRESS, fields(client, photos_kept=[kept.pk])).status_code == 302
    assert models.SuggestionPhoto.objects.get().suggestion.words == SAID["words"]
    assert not models.KeptUpload.objects.exists()


def test_only_the_office_has_pictures_cleaned(committee, monkeypatch):
    monkeypatch.setattr(picture, "read", lambda file: pytest.fail("cleaned for a stranger"))

    with pytest.raises(Refused):
        enter(committee, by=factories.Person(), photos=[factories.picture()])


def test_button_pressed_twice_with_pictures_enters_it_once(client):
    statuses = [
        client.post(ADDRESS, fields(client, photos=scans())).status_code for _turn in range(2)
    ]

    assert statuses == [302, 403]
    assert models.SuggestionPhoto.objects.count() == 1
