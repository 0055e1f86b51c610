"""The office's road from an empty site to a published list, by the commands alone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from items.models import Committee, Entry, Holding, Item, ItemList, Person, Post, Role
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
BY = ["--by", "office"]
SHEET = """序号,实事项目,牵头领导,联系督导责任人,具体措施,完成时限
1,更换座椅,设备副厂长,支部联系人,统计;更换,11月底前
2,改善浴室,设备副厂长,支部联系人,换管路,12月底前
"""


def run(*args):
    out, err = StringIO(), StringIO()
    call_command(*args, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "清单.csv"
    path.write_text(SHEET, encoding="gb18030")
    return path


@pytest.fixture
def committee():
    run("start_committee", "--slug", "plant", "--name", "厂党委", "--organisation", "示范公司")


def import_it(sheet, *more):
    new = ["--list", "plant-2026", "--committee", "plant", "--year", "2026"]
    return run("import_ledger", str(sheet), *new, *BY, *more)


def test_the_office_account_can_sign_in_with_what_was_printed():
    said = run("start_committee", "--slug", "p", "--name", "厂党委", "--organisation", "示范公司")
    office = Person.objects.get()
    assert office.check_password(said.split()[-1])
    assert Role.objects.get().kind == "office"


def test_a_committee_is_not_made_twice(committee):
    with pytest.raises(CommandError, match="plant"):
        run("start_committee", "--slug", "plant", "--name", "厂党委", "--organisation", "示范公司")
    assert Person.objects.count() == 1


def test_from_nothing_to_published(committee, sheet):
    import_it(sheet)
    with pytest.raises(CommandError) as refused:
        run("publish_list", "plant-2026", *BY)
    assert "设备副厂长" in str(refused.value)
    assert "支部联系人" in str(refused.value)
    run("appoint", "设备副厂长", "--committee", "plant", "--name", "王强", *BY)
    run("appoint", "支部联系人", "--committee", "plant", "--name", "李梅", *BY)
    run("appoint", "工会主席", "--committee", "plant", "--name", "李敏", "--reviews", *BY)
    assert "/lists/plant-2026/" in run("publish_list", "plant-2026", *BY)
    assert list(Item.objects.values_list("number", "status")) == [
        (1, "not_started"),
        (2, "not_started"),
    ]


def test_a_trial_run_says_what_would_be_new_and_saves_nothing(committee, sheet):
    said = import_it(sheet, "--dry-run")
    assert "更换座椅" in said
    assert not ItemList.objects.exists()


def test_a_bad_row_is_named_with_its_cell(committee, sheet):
    sheet.write_text(SHEET.replace("12月底前", "13月40日"), encoding="utf-8")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command(
            *("import_ledger", str(sheet), "--list", "x", "--committee", "plant"),
            *("--year", "2026"),
            stdout=out,
            stderr=err,
        )
    assert "F3" in err.getvalue()
    assert "13月40日" in err.getvalue()
    assert not ItemList.objects.exists()


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["--list", "new"], "--committee"),
        (["--list", "new", "--committee", "nowhere", "--year", "2026"], "plant"),
        (["--list", "new", "--committee", "plant", "--year", "2026", "--by", "nobody"], "nobody"),
        (["--list", "new", "--committee", "plant", "--year", "2026"], "--by"),
        (["--list", "Not a slug!", "--committee", "plant", "--year", "2026"], "网址名"),
        (["--list", "new", "--committee", "plant", "--year", "1066"], "年度"),
    ],
)
def test_what_is_named_wrongly_is_said(committee, sheet, args, named):
    with pytest.raises(CommandError, match=named):
        run("import_ledger", str(sheet), *args)
    assert not ItemList.objects.exists()


def test_a_file_that_is_not_there_is_said(committee, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.xlsx"):
        import_it(tmp_path / "nowhere.xlsx")


def test_a_file_that_is_no_table_is_said(committee, tmp_path):
    (tmp_path / "photo.xlsx").write_bytes(b"\xff\xd8\xff\xe0 a picture")
    with pytest.raises(CommandError):
        import_it(tmp_path / "photo.xlsx")


def test_personal_data_is_published_only_after_a_yes(committee, sheet):
    sheet.write_text(SHEET.replace("改善浴室", "改善浴室 13812345678"), encoding="gb18030")
    import_it(sheet)
    run("appoint", "设备副厂长", "--committee", "plant", "--name", "王强", *BY)
    run("appoint", "支部联系人", "--committee", "plant", "--name", "李梅", *BY)
    run("appoint", "工会主席", "--committee", "plant", "--name", "李敏", "--reviews", *BY)

    with pytest.raises(CommandError, match="--yes"):
        run("publish_list", "plant-2026", *BY)
    run("publish_list", "plant-2026", "--yes", *BY)

    assert Entry.objects.get(verb="publish", item=None).facts["personal"] == ["mobile"]


# Whose act it is


def test_second_committee_gets_a_login_of_its_own(committee):
    said = run("start_committee", "--slug", "steel", "--name", "钢厂党委", "--organisation", "公司")
    third = run("start_committee", "--slug", "wire", "--name", "线材党委", "--organisation", "公司")

    assert [person.username for person in Person.objects.order_by("pk")] == [
        "office",
        "office-steel",
        "office-wire",
    ]
    assert "office-steel" in said
    assert Person.objects.get(username="office-wire").check_password(third.split()[-1])


def test_login_that_is_taken_is_refused_by_name(committee):
    name = ["--name", "钢厂党委", "--organisation", "公司", "--office", "office"]
    with pytest.raises(CommandError, match="office"):
        run("start_committee", "--slug", "steel", *name)
    assert Person.objects.count() == 1


@pytest.mark.parametrize("published", [False, True])
def test_nobody_acts_without_being_named(committee, sheet, published):
    import_it(sheet)
    for post in ("设备副厂长", "支部联系人"):
        run("appoint", post, "--committee", "plant", "--name", post, *BY)
    run("appoint", "工会主席", "--committee", "plant", "--name", "李敏", "--reviews", *BY)
    if published:
        run("publish_list", "plant-2026", *BY)
    before = state()

    for command in (
        ["appoint", "设备副厂长", "--committee", "plant", "--name", "王强"],
        ["publish_list", "plant-2026"],
        ["import_ledger", str(sheet), "--list", "plant-2026"],
    ):
        with pytest.raises(CommandError) as refused:
            run(*command)
        assert published or "office" in str(refused.value)
    assert state() == before


def state():
    models = [Entry, Holding, Item, ItemList, Person, Post]
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("kind", ["administrator", "auditor", "stranger", "superuser"])
def test_appointing_after_publication_keeps_the_rule(committee, sheet, kind):
    import_it(sheet)
    for post in ("设备副厂长", "支部联系人"):
        run("appoint", post, "--committee", "plant", "--name", post, *BY)
    run("appoint", "工会主席", "--committee", "plant", "--name", "李敏", "--reviews", *BY)
    run("publish_list", "plant-2026", *BY)
    other = factories.Person(username="other", is_superuser=kind == "superuser")
    if kind in ("administrator", "auditor"):
        factories.Role(person=other, committee=Committee.objects.get(), kind=kind)
    before = state()

    for post in ("设备副厂长", "从没有过的岗位"):
        with pytest.raises(CommandError):
            run("appoint", post, "--committee", "plant", "--name", "新人", "--by", "other")

    assert state() == before  # nor is there a new post, or somebody's name
    run("appoint", "设备副厂长", "--committee", "plant", "--name", "新人", *BY)
    assert Entry.objects.filter(verb="appoint", by__username="office").count() == 2
