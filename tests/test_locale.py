"""The Chinese is complete, and what is compiled is what is written."""

import ast
import re
from functools import cache
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
CALLS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "ngettext": 0, "pgettext": 1, "pgettext_lazy": 1}
PLACE = re.compile(r"%(?:\(\w+\))?[sd]")
SOURCES = [p for folder in ("items", "welfare") for p in (ROOT / folder).rglob("*.py")]


def said_in(source: str):
    """Yield the sentences that a program asks gettext for."""
    for call in ast.walk(ast.parse(source)):
        name = getattr(getattr(call, "func", None), "id", None)
        if name in CALLS and len(call.args) > CALLS[name]:
            sentence = call.args[CALLS[name]]
            if isinstance(sentence, ast.Constant) and isinstance(sentence.value, str):
                yield sentence.value


def test_every_sentence_has_its_chinese():
    written = polib.pofile(CATALOGUE)
    assert [entry.msgid for entry in written.untranslated_entries()] == []
    assert [entry.msgid for entry in written.fuzzy_entries()] == []


def test_the_chinese_fills_in_the_same_values():
    for entry in polib.pofile(CATALOGUE):
        asked = set(PLACE.findall(entry.msgid + entry.msgid_plural))
        for chinese in entry.msgstr_plural.values() or [entry.msgstr]:
            given = set(PLACE.findall(chinese))
            # Where English counts, the Chinese may leave the number out.
            assert given == asked or (entry.msgid_plural and given < asked), entry.msgid


def test_what_is_compiled_is_what_is_written():
    written = polib.pofile(CATALOGUE)
    compiled = {(e.msgctxt, e.msgid): e for e in polib.mofile(CATALOGUE.with_suffix(".mo"))}
    assert len(compiled) == len(written)
    for entry in written:
        twin = compiled[entry.msgctxt, entry.msgid]
        assert (twin.msgstr, twin.msgstr_plural) == (entry.msgstr, entry.msgstr_plural)


@cache
def known():
    return {entry.msgid for entry in polib.pofile(CATALOGUE)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_sentence_of_the_programs_is_gathered(path):
    assert set(said_in(path.read_text(encoding="utf-8"))) <= known()


def test_a_new_sentence_would_be_noticed():
    assert list(said_in('_("Never gathered")\nngettext("one", "many", 2)')) == [
        "Never gathered",
        "one",
    ]
