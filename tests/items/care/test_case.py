"""The file of a hardship item: who looked stands written down, and nothing leads outside."""

import zipfile
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from items import actions, models
from items.errors import Refused
from items.photos import documents
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import change_year, close_alone
from tests.photos import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress", hardship=True)


def office_file(*parts):
    """Return an archive with these parts, as Word and Excel write it."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return file.getvalue()


def looks(item):
    return list(item.case_looks.order_by("pk").values_list("file", "name"))


def test_each_look_is_written_down_once(item):
    file, by = factories.case_file(item), factories.owner_of(item)
    assert looks(item) == []

    assert actions.read_case(item, by=by) == [file]
    assert actions.open_case_file(file, by=by) == b"%PDF-1.7 ..."

    assert looks(item) == [(None, by.name), (file.pk, by.name)]


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (b"%PDF-1.4\n...", documents.PDF),
        (office_file("[Content_Types].xml", "word/document.xml"), documents.DOCX),
        (office_file("[Content_Types].xml", "xl/workbook.xml"), documents.XLSX),
    ],
)
def test_kind_is_told_by_the_content(item, sent, kind):
    file = factories.case_file(item, file=sent)

    assert (file.kind, file.size) == (kind, len(sent))
    assert actions.open_case_file(file, by=factories.office_of(item)) == sent


def test_picture_loses_its_notes(item):
    file = factories.case_file(item, file=corpus.full_of_notes())

    content = actions.open_case_file(file, by=factories.office_of(item))

    assert file.kind == documents.JPEG
    assert corpus.SECRET in corpus.full_of_notes()
    assert corpus.SECRET not in content


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"", "空"),
        (b"%PDF-" + b"x" * documents.MAX_FILE, "10 MB"),
        (b"GIF89a...", "PDF"),
        (b"<html>", "PDF"),
        (b"PK\x03\x04broken", "PDF"),
        (office_file("readme.txt"), "PDF"),
        (office_file("word/document.xml", "word/vbaProject.bin"), "宏"),
        (b"\xff\xd8\xff broken", "损坏"),
    ],
)
def test_what_isnt_taken_gets_a_remedy(item, sent, sentence):
    with pytest.raises(Refused, match=sentence):
        factories.case_file(item, file=sent)

    assert not models.HardshipFile.objects.exists()


def test_same_document_lies_there_once(item):
    factories.case_file(item)

    with pytest.raises(Refused, match="已经在"):
        factories.case_file(item)
    with pytest.raises(Refused, match="写明"):
        factories.case_file(item, name=" ")


def test_file_is_full_at_some_time(item, monkeypatch):
    monkeypatch.setattr(actions.case, "MOST_FILES", 1)
    first = factories.case_file(item)

    with pytest.raises(Refused, match="1 份"):
        factories.case_file(item, name="另一份")
    actions.remove_case_file(first, by=factories.office_of(item), reason="传错了")
    factories.case_file(item, name="另一份")


def test_what_was_removed_is_gone_but_for_its_day(item):
    file, by = factories.case_file(item), factories.office_of(item)
    actions.open_case_file(file, by=by)

    with pytest.raises(Refused):
        actions.remove_case_file(file, by=by, reason="")
    actions.remove_case_file(file, by=by, reason="传错了人家", now=NOW)

    (stub,) = actions.read_case(item, by=by)
    assert (stub.name, bytes(stub.content), stub.removed_on) == ("", b"", TODAY)
    assert (stub.removed_by, stub.removed_why) == (by, "传错了人家")
    assert len(looks(item)) == 2
    for act in (
        actions.open_case_file,
        lambda f, by: actions.remove_case_file(f, by=by, reason="x"),
    ):
        with pytest.raises(Refused, match="已经删除"):
            act(stub, by=by)


@pytest.mark.parametrize("change", [{"name": "x"}, {"content": b""}, {"removed_on": TODAY}])
def test_file_isnt_rewritten(item, change):
    file = factories.case_file(item)

    with pytest.raises(IntegrityError), transaction.atomic():
        models.HardshipFile.objects.filter(pk=file.pk).update(**change)


def test_looks_stay(item):
    actions.read_case(item, by=factories.office_of(item))
    look = item.case_looks.get()

    for act in (look.save, look.delete, models.CaseLook.objects.all().delete):
        with pytest.raises(Refused):
            act()


# After publication the mark is corrected openly, as anything that was promised


def test_mark_is_corrected_openly():
    item = factories.item_at("in_progress")
    by = factories.office_of(item)
    said = {"field": "hardship", "reason": "漏标了", "now": NOW}

    entry = actions.correct_item(item, by=by, value=True, **said)

    assert (entry.words.old, entry.words.new, entry.public) == ("否", "是", True)
    file = factories.case_file(models.Item.objects.get(pk=item.pk))
    item = models.Item.objects.get(pk=item.pk)
    with pytest.raises(Refused, match="先删除"):
        actions.correct_item(item, by=by, value=False, **said)
    actions.remove_case_file(file, by=by, reason="传错了")
    actions.correct_item(models.Item.objects.get(pk=item.pk), by=by, value=False, **said)


# What nobody needs any more is forgotten


@pytest.mark.parametrize("status", ["resolved", "withdrawn", "in_progress"])
def test_file_is_forgotten_after_its_time(status, settings, monkeypatch):
    item = factories.item_at("in_progress", hardship=True)
    file = factories.case_file(item)
    if status == "resolved":
        factories.claim(item, now=NOW)
        factories.sign_off(models.Item.objects.get(pk=item.pk), now=NOW)
    if status == "withdrawn":
        factories.withdraw(item, now=NOW)
    last = TODAY + days(settings.CASE_DAYS)

    assert actions.forget_cases(last) == 0
    assert actions.forget_cases(last + days(1)) == (0 if status == "in_progress" else 1)

    file.refresh_from_db()
    assert bool(file.name) == bool(file.content) == (status == "in_progress")


def test_file_of_a_closed_list_is_forgotten_too(item, settings):
    file, by = factories.case_file(item), factories.office_of(item)
    close_alone(item.list)
    assert actions.read_case(models.Item.objects.get(pk=item.pk), by=by) == [file]

    assert actions.forget_cases(TODAY + days(settings.CASE_DAYS + 1)) == 1


def test_file_goes_along_with_what_is_carried_over(item, settings):
    file, by = factories.case_file(item), factories.office_of(item)
    new = change_year(models.Item.objects.get(pk=item.pk))

    assert actions.read_case(new, by=by) == [file]
    last = TODAY + days(settings.CASE_DAYS + 1)
    assert actions.forget_cases(last) == 0
    factories.withdraw(new, now=NOW)
    assert actions.forget_cases(last) == 1
