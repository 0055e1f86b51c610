"""What a new column of an item costs: it is added to a copy of the project, and files are counted.

The copy's own tests then tell whether the column works everywhere: in a draft, in sheets, carried
over and copied, guarded, searched, asked about, on the page of the desk and on the public one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = "locale/zh_Hans/LC_MESSAGES/django.po"
COPIED = ("items", "welfare", "tests", "templates", "locale", "static")

STAFF_MODEL = """    contractor = models.CharField(_("contractor"), max_length=100, blank=True)
"""
STAFF_ROW = """    Column(
        "contractor", "line", "staff", "written",
        drafted=True, copied=True, carried=True, desk=("inside", 6), admin=("internal", 7),
        headings=("承包商", "contractor"),
    ),
"""
PUBLIC_MODEL = """    benefit = models.TextField(_("benefit"), blank=True)
    benefit_en = models.TextField(_("benefit in English"), blank=True)
"""
PUBLIC_ROW = """    Column(
        "benefit", "long", "public", "written",
        english=True, drafted=True, copied=True, carried=True, correctable=15, searchable=True,
        desk=("promised", 5), admin=("promised", 10),
        headings=("受益", "benefit"), headings_en=("benefit_en",),
    ),
"""
MIGRATION = """from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("items", "{before}")]
    operations = [
        migrations.AddField(model, name, field)
        for model in ("item", "historicalitem")
        for name, field in {fields}
    ]
"""
STAFF_FIELDS = """[
            (
                "contractor",
                models.CharField(blank=True, max_length=100, verbose_name="contractor"),
            )
        ]"""
PUBLIC_FIELDS = """[
            ("benefit", models.TextField(blank=True, verbose_name="benefit")),
            (
                "benefit_en",
                models.TextField(blank=True, verbose_name="benefit in English"),
            ),
        ]"""
AFTER_PROMISE = "\n\n@dataclass(frozen=True, slots=True)\nclass ItemPage"
IN_PROMISE = "    benefit: Words = Words()\n"
ON_A_PAGE = (
    '{% if page.promise.benefit %}<div><dt>{% translate "Benefit" %}</dt>'
    "<dd>{% localized page.promise.benefit %}</dd></div>\n{% endif %}"
)

# What only the copy's pages can tell
PROBE = """
from django.core.management import call_command
import pytest
from tests import factories
from tests.desk.sending import address

pytestmark = pytest.mark.django_db


def test_model_needs_no_other_migration():
    call_command("makemigrations", check=True, dry_run=True)


def test_pages_show_it_to_whom_it_is_for(client):
    said = {"contractor": "只给内部看", "benefit": "都来看", "benefit_en": "For all"}
    item = factories.published_item(**said)

    pages = [client.get(address).content.decode() for address in public_pages(item)]
    client.force_login(factories.office_of(item))
    desk = client.get(address(item)).content.decode()

    assert "都来看" in pages[0] and "For all" in pages[1]
    assert not any("只给内部看" in page for page in pages)
    assert "都来看" in desk and "只给内部看" in desk


def public_pages(item):
    from django.urls import reverse
    from django.utils import translation

    for language in ("zh-hans", "en"):
        with translation.override(language):
            yield reverse("board:item", args=[item.list.slug, item.number])
"""
IN_THE_COPY = [
    "tests/items/test_probe.py",
    "tests/items/test_columns.py",
    "tests/guards/test_frozen.py::test_every_column_of_an_item_is_frozen_written_or_free",
    "tests/guards/test_frozen.py::test_published_item_changes_only_with_an_entry[contractor]",
    "tests/guards/test_frozen.py::test_published_item_changes_only_with_an_entry[benefit]",
    "tests/guards/test_frozen.py::test_published_item_changes_only_with_an_entry[benefit_en]",
    "tests/items/actions/test_personal_data.py::test_publishing_a_list[item-benefit]",
    "tests/items/actions/test_personal_data.py::test_publishing_a_list[item-benefit_en]",
    "tests/items/actions/test_correction.py::test_each_column_that_can_be_corrected_is_corrected",
    "tests/privacy/test_fields.py",
    "tests/test_locale.py::test_every_sentence_has_its_chinese",
    "tests/test_locale.py::test_what_is_compiled_is_what_is_written",
    "tests/test_locale.py::test_every_sentence_of_the_programs_is_gathered[items/models/item.py]",
]


class Copy:
    """A copy of the project, and the files in it that were changed or added."""

    def __init__(self, path):
        self.path, self.touched = path, set()
        no_caches = shutil.ignore_patterns("__pycache__", "*.pyc")
        for name in COPIED:
            shutil.copytree(ROOT / name, path / name, ignore=no_caches)
        for name in ("manage.py", "pyproject.toml"):
            shutil.copy(ROOT / name, path / name)

    def write(self, name, text):
        (self.path / name).write_text(text, encoding="utf-8")
        self.touched.add(name)

    def insert(self, name, text, *, before):
        """Insert a text before the first place of another."""
        old = (self.path / name).read_text(encoding="utf-8")
        assert before in old, (name, before)
        self.write(name, old.replace(before, text + before, 1))

    def migrate(self, name, fields):
        migrations = self.path / "items/migrations"
        before = max(path.stem for path in migrations.glob("0*.py"))
        number = int(before[:4]) + 1
        text = MIGRATION.format(before=before, fields=fields)
        self.write(f"items/migrations/{number:04}_{name}.py", text)

    def translate(self, **words):
        written = polib.pofile(self.path / CATALOGUE)
        for msgid, msgstr in words.items():
            written.append(polib.POEntry(msgid=msgid.replace("_", " "), msgstr=msgstr))
        for name, save in ((CATALOGUE, written.save), (compiled(), written.save_as_mofile)):
            save(str(self.path / name))
            self.touched.add(name)


def compiled():
    return CATALOGUE.replace(".po", ".mo")


def add_staff_column(copy):
    copy.insert("items/models/item.py", STAFF_MODEL, before="    remark = models")
    copy.migrate("contractor", STAFF_FIELDS)
    copy.insert("items/columns.py", STAFF_ROW, before='    Column(\n        "remark"')
    copy.insert("tests/items/samples.py", '    "contractor": "外委队",\n', before='    "remark"')
    copy.translate(contractor="承包商")


def add_public_column(copy):
    copy.insert("items/models/item.py", PUBLIC_MODEL, before="    category = models")
    copy.migrate("benefit", PUBLIC_FIELDS)
    copy.insert("items/columns.py", PUBLIC_ROW, before='    Column(\n        "category"')
    samples = '    "benefit": "坐得舒服",\n    "benefit_en": "Comfortable seats",\n'
    copy.insert("tests/items/samples.py", samples, before='    "category"')
    copy.insert("items/public/item.py", IN_PROMISE, before=AFTER_PROMISE)
    copy.insert("templates/board/item_details.html", ON_A_PAGE, before="</dl>")
    copy.insert("templates/desk/promised.html", ON_A_PAGE, before="</dl>")
    copy.translate(benefit="受益", benefit_in_English="英文受益", Benefit="受益")


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


@pytest.mark.slow
def test_new_column_touches_few_files(copy):
    add_staff_column(copy)
    staff, copy.touched = copy.touched, set()
    add_public_column(copy)

    assert len(staff) <= 6, sorted(staff)
    assert len(copy.touched) <= 9, sorted(copy.touched)
    assert complaints_of(copy) == ""


def complaints_of(copy) -> str:
    """Run the copy's tests on SQLite; return what they complain of, "" when all is well."""
    (copy.path / "tests/items/test_probe.py").write_text(PROBE, encoding="utf-8")
    mine = ("PYTEST_", "COV_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH", "VAR_DIR")
    env = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *IN_THE_COPY],
        cwd=copy.path,
        env=env | {"DATABASE_URL": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    return "" if done.returncode == 0 else done.stdout[-6000:] + done.stderr[-2000:]
