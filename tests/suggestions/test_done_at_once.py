"""Done at once (办了就答): a photo or a supervisor's tick ends it, and its suggester can say no."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction

from items import actions, queries
from items.errors import Refused
from items.models import Contact, Post, ResultPhoto, Suggestion
from items.models.revision import current_revision
from items.rules import why_not
from tests import factories
from tests.desk.logged_in import log_in
from tests.desk.suggesting import act_fields, at
from tests.factories import NOW, TODAY, days
from tests.suggestions.phone import Phone, text, words_of

pytestmark = pytest.mark.django_db
SAID = "空调里的滤网换了"
WHY = "还是不制冷"


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def supervisor(committee):
    return factories.supervising(committee)


@pytest.fixture
def sent(committee):
    return factories.suggestion(committee, words="休息室太热", contact="分机 301")


@pytest.fixture
def settled(sent, office):
    factories.settled(sent, by=office, text=SAID)
    return sent


def fresh(suggestion):
    return Suggestion.objects.get(pk=suggestion.pk)


def refuses(sql, *values):
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


# A photo, or a tick


def test_photo_of_the_result_ends_it_and_only_its_suggester_sees_it(sent, office, client):
    log_in(client, office)
    photo = SimpleUploadedFile("IMG_1.jpg", factories.picture("blue"), "image/jpeg")

    client.post(at(sent, "settle"), act_fields("settle", sent, text=SAID, photos=[photo]))

    assert (fresh(sent).status, fresh(sent).ended_on) == ("settled", TODAY)
    row = ResultPhoto.objects.get()
    assert f"{row.pk}.jpg" in text(client.get(at(sent)))
    large = client.get(f"/desk/suggestions/{sent.pk}/results/{row.pk}.jpg")
    assert large.content == bytes(row.large)
    phone = Phone()
    assert "data:image/jpeg;base64," in text(phone.ask(sent.code))
    assert phone.ask(sent.code, photo=row.pk).content == bytes(row.large)
    other = factories.suggestion(sent.committee)
    assert phone.ask(other.code, photo=row.pk).status_code == 404  # with another code
    assert phone.ask(sent.code, photo="x").status_code == 404


def test_without_a_photo_it_waits_openly_for_a_supervisor(sent, office, supervisor, client):
    actions.settle(sent, by=office, text=SAID)

    assert (fresh(sent).status, fresh(sent).ended_on) == ("to_confirm", None)
    page = words_of(Phone().ask(sent.code))
    assert SAID in page
    assert "由办公室以外的督导人去看过" in page
    log_in(client, supervisor)
    assert client.get("/desk/").context["desk"].to_confirm == 1
    page = text(client.get("/desk/to_confirm/"))
    assert SAID in page
    assert "休息室太热" not in page  # what was suggested, the office alone reads
    assert "休息室太热" not in text(client.get(f"/desk/to_confirm/{sent.pk}/"))
    assert client.get(at(sent)).status_code == 404


@pytest.mark.parametrize(("found", "status"), [("done", "settled"), ("not_done", "received")])
def test_supervisor_says_what_was_found(sent, office, supervisor, client, found, status):
    actions.settle(sent, by=office, text=SAID)
    log_in(client, supervisor)
    row, page = fresh(sent), f"/desk/to_confirm/{sent.pk}/"
    said = {"version": row.version, "last_seq": row.last_seq, "text": "去看过了"}
    assert client.post(page, said).status_code == 422

    assert client.post(page, said | {"found": found}).status_code == 302
    assert client.post(page, said | {"found": found}).status_code == 302  # pressed twice

    assert fresh(sent).status == status
    assert fresh(sent).entries.filter(verb="check_settled").count() == 1
    shown = words_of(Phone().ask(sent.code))
    assert "去看过了" in shown
    assert Post.objects.get(holdings__person=supervisor).name in shown
    assert SAID in shown


def test_nobody_who_answered_confirms_it(sent, committee, office, supervisor):
    actions.settle(sent, by=office, text=SAID)
    assert why_not("check_settled", supervisor, fresh(sent)) == ""  # the negative control
    for person in (office, factories.Post(committee=committee).holder(TODAY)):
        assert why_not("check_settled", person, fresh(sent)) != ""

    role = factories.Role(committee=committee, person=supervisor, kind="office")
    assert why_not("check_settled", supervisor, fresh(sent)) != ""
    actions.take_up_again(fresh(sent), by=supervisor, text="我来答")
    role.delete()
    with pytest.raises(
        Refused, match="照片"
    ):  # they did something with it, and nobody else is there
        actions.settle(fresh(sent), by=office, text=SAID)


def test_without_a_free_supervisor_a_photo_is_asked_for(sent, office):
    with pytest.raises(Refused, match="照片"):
        actions.settle(sent, by=office, text=SAID)
    assert fresh(sent).status == "received"


def test_photo_can_follow_while_it_waits(sent, office, supervisor):
    actions.settle(sent, by=office, text=SAID)
    with pytest.raises(Refused):
        actions.settle(fresh(sent), by=office, text="催一下")

    factories.settled(fresh(sent), by=office, text="补一张照片")

    assert fresh(sent).status == "settled"


def test_of_help_for_a_family_only_its_own_supervisor_is_asked(committee, office):
    plain = factories.Item(list__committee=committee)
    own = factories.Post(committee=committee)
    item = factories.another(plain, number=2, hardship=True, supervisor_post=own)
    factories.publish(plain.list)
    item, supervisor = plain.list.items.get(pk=item.pk), factories.supervisor_of(plain)
    told = factories.suggestion(committee, about=item)

    actions.settle(told, by=office, text="已送到")

    assert why_not("check_settled", supervisor, fresh(told)) != ""
    assert why_not("check_settled", factories.supervisor_of(item), fresh(told)) == ""


def test_database_ends_it_with_neither(sent, office, supervisor):
    for person, may in ((office, False), (supervisor, True)):
        with transaction.atomic():
            row = fresh(sent)
            step = actions.step.write_step
            facts = {"outcome": "done"}
            step(row, "check_settled", day=TODAY, by=person, facts=facts)
            end = "UPDATE items_suggestion SET status = 'settled', ended_on = '2026-06-01',"
            end += f" last_seq = 1 WHERE id = {sent.pk}"
            if may:
                with connection.cursor() as cursor:
                    cursor.execute(end)
            else:
                refuses(end)
            transaction.set_rollback(True)
    refuses("UPDATE items_suggestion SET status = 'settled', ended_on = '2026-06-01'")


def test_more_photos_than_three_are_refused_and_the_words_stay(sent, office, client):
    log_in(client, office)
    photos = [SimpleUploadedFile(f"{n}.jpg", factories.picture(), "image/jpeg") for n in range(4)]

    page = client.post(at(sent, "settle"), act_fields("settle", sent, text=SAID, photos=photos))

    assert page.status_code == 422
    assert SAID in text(page)
    assert page.context["form"]["photos"].kept


def test_erasing_the_offices_words_takes_the_photos(settled, office):
    actions.erase(fresh(settled), by=office, text="写了名字")
    assert ResultPhoto.objects.count() == 1
    refuses("DELETE FROM items_resultphoto")

    actions.erase(fresh(settled), by=office, text="照片上有人", answers=True)
    assert not ResultPhoto.objects.exists()


# Said to be done, and it isn't


def test_suggester_says_once_that_it_is_not_done(settled, office, client):
    phone = Phone()
    page = text(phone.ask(settled.code))
    assert page.count("<textarea") == 2  # to ask once more, and one for both ways
    assert phone.ask(settled.code, why=WHY).status_code == 422  # which of the two?

    response = phone.ask(settled.code, way="reopen", why=WHY)

    assert response.status_code == 200
    assert phone.ask(settled.code, way="reopen", why=WHY).status_code == 200  # pressed twice
    row = fresh(settled)
    assert (row.status, row.reopened_on) == ("received", TODAY)
    assert row.entries.filter(verb="reopen_suggestion").count() == 1
    log_in(client, office)
    shown = text(client.get("/desk/suggestions/"))
    assert "提意见的人说还没办好" in shown
    shown = text(client.get(at(settled)))
    assert WHY in shown
    assert SAID in shown
    shown = words_of(phone.ask(settled.code))
    assert SAID in shown
    assert WHY in shown

    factories.settled(fresh(settled), by=office, text="换了新空调")
    with pytest.raises(Refused):
        actions.reopen_suggestion(fresh(settled), words="又坏了")
    assert "不接受这个答复，申诉一次" in words_of(phone.ask(settled.code))


def test_only_within_its_days(settled):
    last = TODAY + days(30)
    with pytest.raises(Refused):
        actions.reopen_suggestion(fresh(settled), words=WHY, today=last + days(1))

    actions.reopen_suggestion(fresh(settled), words=WHY, today=last)


def test_appeal_and_reopening_wait_for_each_other(settled):
    actions.appeal(fresh(settled), words="换个人看看")

    with pytest.raises(Refused):
        actions.reopen_suggestion(fresh(settled), words=WHY)
    page = words_of(Phone().ask(settled.code))
    assert "退回活动办公室" not in page


def test_what_was_put_together_is_parted_and_the_other_stays(settled, committee, office):
    actions.take_up_again(fresh(settled), by=office, text="一起办")
    other = factories.suggestion(committee, words="也太热")
    actions.merge(other, by=office, into=fresh(settled))
    factories.settled(fresh(settled), by=office, text="都换了")

    actions.reopen_suggestion(fresh(other), words=WHY)

    assert (fresh(other).status, fresh(other).merged_into) == ("received", None)
    assert fresh(settled).status == "settled"
    page = words_of(Phone().ask(other.code))
    assert page.index("都换了") < page.index(WHY)


def test_it_shows_from_midnight_on(settled, office):
    actions.show_answer(fresh(settled), by=office, words="太热", answer="换了", now=NOW)
    before = current_revision()

    actions.reopen_suggestion(fresh(settled), words=WHY, today=TODAY)

    assert current_revision() == before
    same, after = (queries.suggestions_page("plant", day) for day in (TODAY, TODAY + days(1)))
    assert (same.reopened, after.reopened) == (0, 1)
    assert [row.status for row in (*same.released, *after.released)] == ["settled", "received"]
    assert [row.reopened_on for row in (*same.released, *after.released)] == [None, TODAY]


def test_database_lets_nobody_else_say_it(settled, office):
    row = fresh(settled)
    actions.step.write_step(row, "reopen_suggestion", day=TODAY, by=office)
    refuses("UPDATE items_suggestion SET status = 'received', reopened_on = '2026-06-01'")


def test_contact_is_kept_while_it_waits_again(settled):
    later = TODAY + days(400)
    assert Contact.objects.overdue(later).exists()

    actions.reopen_suggestion(fresh(settled), words=WHY)

    assert not Contact.objects.overdue(later).exists()


@pytest.mark.parametrize("words", ["打我电话 13800138000", "  ", "一" * 2001])
def test_what_it_may_not_hold(settled, words):
    response = Phone().ask(settled.code, way="reopen", why=words)

    assert response.status_code == 422
    assert words.strip() in text(response)
    assert fresh(settled).reopened_on is None
