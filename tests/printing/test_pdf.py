"""Documents by Typst: strings stay strings, the same data the same bytes, limits, what is kept."""

import io
import os
import re
import sys
import time
from datetime import date
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from items.photos import slots
from tests.printing.reading import needs, text_of
from welfare.printing import font, pdf

DAY = date(2026, 11, 27)
PAGE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(font: "Noto Sans CJK SC", lang: "zh", region: "CN", fallback: false)
#for line in data.lines [ #line #parbreak() ]
"""


@pytest.fixture(autouse=True)
def template(tmp_path, settings):
    """Give each test a template of its own, which prints lines, and a room for what is kept."""
    settings.BASE_DIR, settings.VAR_DIR = tmp_path, tmp_path / "var"
    (tmp_path / "templates/print").mkdir(parents=True)
    (tmp_path / "templates/print/lines.typ").write_text(PAGE)
    return tmp_path / "templates/print"


def printed(*lines, title="清单", day=DAY, **how):
    return pdf.pdf_of("lines", {"title": title, "lines": lines}, day, **how)


def kept():
    return sorted((Path(django_settings.VAR_DIR) / "printed").glob("*"))


HOSTILE = [
    "#panic(1)",
    "$x^2$ 和 $",
    "a \\ b \\u{41} \\",
    "@名字 <标签>",
    "*粗* _斜_ `代码` = 标题",
    "// 注释 /* 注释 */",
    '#read("/etc/passwd") "引号" \'单\'',
    "https://example.com/ ~ -- ---",
    "]#[ }#{ )#(",
]


@needs("pdftotext")
@pytest.mark.parametrize("words", HOSTILE)
def test_strings_stay_strings(words):
    assert re.sub(r"\s+", " ", text_of(printed(words))).strip() == words


def test_title_is_a_string_too():
    assert printed("x", title='#panic(1) "$<@\\')


def test_same_data_make_the_same_bytes():
    first = printed("更换旧座椅", keep=False)
    time.sleep(1.1)  # a clock that went in would show

    assert printed("更换旧座椅", keep=False) == first
    assert printed("更换旧座椅", keep=False, day=date(2026, 11, 28)) != first


def test_system_fonts_and_the_clock_do_not_matter(monkeypatch, tmp_path):
    first = printed("更换旧座椅", keep=False)
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TYPST_FONT_PATHS", "/usr/share/fonts")

    assert printed("更换旧座椅", keep=False) == first


def test_document_is_tagged_with_title_and_language():
    file = printed("更换旧座椅", title="十八件")

    assert b"<pdfuaid:part>1</pdfuaid:part>" in file
    assert "十八件" in file.decode(errors="replace")
    assert re.search(rb"/Lang\s*\(zh", file)


# Signs that the font lacks


@needs("pdftotext")
def test_sign_that_the_font_lacks_becomes_a_box(caplog):
    assert text_of(printed("扎西བཀྲ和😀，ئۇيغۇر")).strip() == f"扎西{'□' * 3}和□，{'□' * 6}"
    assert "U+1F600" in caplog.text
    assert "扎西" not in caplog.text


def test_with_such_a_sign_typst_refuses_the_document(monkeypatch):
    """The control: without the boxes the whole document fails."""
    monkeypatch.setattr(font, "printable", lambda text: text)

    with pytest.raises(pdf.CannotPrint):
        printed("扎西བཀྲ")


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("plain", "plain"),
        ("换行\n照旧", "换行\n照旧"),
        ("零\u200b宽\ufe0f\u202e向", "零宽向"),
        ("生僻字𠮷㙍", "生僻字𠮷㙍"),
        ("\x07铃", "铃"),
        ("’“”…—·□", "’“”…—·□"),
    ],
)
def test_what_shows_nothing_goes_and_the_rest_stays(words, left):
    assert font.printable(words) == left


@pytest.mark.parametrize("words", ["零\u200b宽\ufe0f\u202e\u200d向", "\x07铃", "𠮷㙍 ’“”…—·□ ①㎡℃"])
def test_what_is_printable_can_be_printed(words):
    assert printed(words)


# Limits


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("#let f(n) = f(n + 1)\n#f(0)", id="without end"),
        pytest.param('#read("/etc/passwd")', id="a file elsewhere"),
        pytest.param('#import "@preview/cetz:0.2.2": *', id="a package from the Internet"),
        pytest.param("#let x = (1,) * 100000000\n#x.len()", id="memory"),
    ],
)
def test_document_that_goes_wrong_ends_its_own_process_alone(template, source, caplog):
    (template / "wrong.typ").write_text(f'#set document(title: "x")\n{source}')

    with pytest.raises(pdf.CannotPrint) as raised:
        pdf.pdf_of("wrong", {}, DAY)

    assert not isinstance(raised.value, pdf.NotInstalled | pdf.Busy)
    assert "Typst ended" in caplog.text


def test_document_that_takes_too_long_is_ended(template, monkeypatch):
    monkeypatch.setattr(pdf, "TIMEOUT", 1)
    (template / "slow.typ").write_text("#let n = 0\n#while n < 1e12 { n += 1 }")

    begun = time.monotonic()
    with pytest.raises(pdf.CannotPrint):
        pdf.pdf_of("slow", {}, DAY)

    assert time.monotonic() - begun < 5


def test_only_so_many_are_made_at_once(monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 0.1)
    held = [slots._taken("printers", number) for number in range(slots.SLOTS)]
    try:
        with pytest.raises(pdf.Busy):
            printed("x")
    finally:
        for file in held:
            os.close(file)

    assert printed("x")


def test_photos_and_documents_have_slots_of_their_own(monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 0.1)
    held = [slots._taken("decoders", number) for number in range(slots.SLOTS)]
    try:
        assert printed("x")
    finally:
        for file in held:
            os.close(file)


@pytest.mark.parametrize("lacking", ["typst", "noto_cjk_sans_otc"])
def test_without_typst_or_its_font_it_says_so(lacking, monkeypatch, tmp_path):
    if lacking == "typst":
        monkeypatch.setattr(pdf, "version", lambda name: (_ for _ in ()).throw(NO_PACKAGE(name)))
    else:
        empty = ModuleSpec(lacking, None, origin=str(tmp_path / "__init__.py"))
        monkeypatch.setattr(font, "find_spec", lambda name: empty)

    with pytest.raises(pdf.NotInstalled):
        printed("x")


NO_PACKAGE = pdf.PackageNotFoundError


# What is kept


def test_what_was_made_is_not_made_again(monkeypatch):
    first = printed("更换旧座椅")
    monkeypatch.setattr(sys, "executable", "/nowhere")

    assert printed("更换旧座椅") == first
    with pytest.raises(FileNotFoundError):
        printed("换了别的")


def test_another_template_makes_it_anew(template):
    first = printed("更换旧座椅")
    (template / "lines.typ").write_text(PAGE + "#data.title")
    pdf._templates.cache_clear()  # as another release, which is another process

    assert printed("更换旧座椅") != first


def test_what_is_not_public_is_not_kept():
    printed("更换旧座椅", keep=False)

    assert kept() == []


def test_only_so_many_bytes_are_kept(monkeypatch):
    size = len(printed("甲"))
    monkeypatch.setattr(pdf, "KEPT_BYTES", size * 3)
    for words in "乙丙丁戊己":
        printed(words)

    assert sum(file.stat().st_size for file in kept()) <= size * 3
    assert kept()


def test_nobody_else_may_read_what_is_kept():
    printed("甲")

    assert kept()[0].parent.stat().st_mode & 0o077 == 0


def test_full_disk_keeps_nothing_and_prints_all_the_same(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var/printed").write_text("no folder can be made here")

    assert printed("甲").startswith(b"%PDF-")


# The font


def test_font_is_the_one_that_was_compared():
    import hashlib

    assert hashlib.sha256(font.font_file().read_bytes()).hexdigest() == font.SHA256


def test_font_of_another_kind_is_noticed(tmp_path, monkeypatch):
    import struct

    empty = io.BytesIO(b"ttcf" + struct.pack(">II", 0x10000, 0))
    (tmp_path / font.FILE).write_bytes(empty.getvalue())
    monkeypatch.setattr(font, "font_file", lambda: tmp_path / font.FILE)
    font._runs.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"no font of the family"):
            font.has("中")
    finally:
        font._runs.cache_clear()
