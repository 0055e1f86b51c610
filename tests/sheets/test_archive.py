"""Files that are no list, or mean harm: one sentence each, quickly, and nothing unpacked."""

import struct
import zipfile
from io import BytesIO
from itertools import pairwise

import pytest

from items.sheets.archive import MAX_FILE, OLE
from items.sheets.errors import BadTable
from items.sheets.table import read_table
from tests.sheets.files import (
    HEADINGS,
    MATTER,
    csv,
    raw_xlsx,
    relations,
    text_row,
    xlsx,
    zipped,
)

pytestmark = pytest.mark.usefixtures("english")

ROWS = text_row(1, *HEADINGS) + text_row(2, *MATTER)


def refusal(content) -> str:
    """Return the sentence that a file is refused with."""
    with pytest.raises(BadTable) as refused:
        read_table(content)
    return str(refused.value)


def ole(stream: str) -> bytes:
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(512)


NO_TABLES = {
    "empty": (b"", "is empty"),
    "only spaces": (b" \r\n\t\n", "is empty"),
    "only NUL": (bytes(2000), "is empty"),
    "old xls": (ole("Workbook"), "old .xls"),
    "raw BIFF": (b"\x09\x08\x10\x00\x00\x06\x05\x00", "old .xls"),
    "encrypted": (ole("EncryptedPackage"), "protected by a password"),
    "Word 97": (ole("WordDocument"), "a text document"),
    "PDF": (b"%PDF-1.7\n1 0 obj", "a PDF document"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
    "JPEG": (b"\xff\xd8\xff\xe0" + bytes(50), "a picture"),
    "RAR": (b"Rar!\x1a\x07\x00", "an archive"),
    "web page": (b"<html><table><tr><td>1</td></tr></table>", "a web page or XML"),
    "web page with mark": (b"\xef\xbb\xbf <!DOCTYPE html>", "a web page or XML"),
    "XML 2003": (b'<?xml version="1.0"?><Workbook/>', "a web page or XML"),
    "XML with a mark of UTF-16": (
        '<?xml version="1.0"?><a/>'.encode("utf-16"),
        "a web page or XML",
    ),
    "web page in UTF-16": ("<html><table>".encode("utf-16-le"), "a web page or XML"),
    "web page after a comment": (b"<!-- export --><style>td{}</style><table>", "a web page or XML"),
    "web page after blanks": (b"\r\n\r\n  <TABLE border=1><tr><td>1", "a web page or XML"),
    "web page of rows": (b"<tr><td>1</td></tr>", "a web page or XML"),
    "web page of a block": (b"<div class='x'><table>", "a web page or XML"),
    "web page in GBK": ("<head><title>清单</title>".encode("gbk"), "a web page or XML"),
    "MHTML of Excel": (
        b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n",
        "a web page in one file",
    ),
    "MHTML of a browser": (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a/\r\nMIME-Version: 1.0\r\n",
        "a web page in one file",
    ),
    "letter": (
        b"Return-Path: <a@b>\nSubject: x\nContent-Type: text/plain\n\n1",
        "a web page in one file",
    ),
    "encrypted by a program": (b"b\x14#e\x11\0E-SafeNet\0LOCK" + bytes(99), "security program"),
    "encrypted by another": (b"%TSD-Header-###%" + bytes(99), "security program"),
    "shortcut": (b"L\0\0\0\x01\x14\x02\0" + bytes(99), "a shortcut"),
    "SYLK": (b"ID;PWXL;N;E\r\nP;PGeneral", ".slk"),
    "JSON": (b'[{"no": 1}]', "a data file"),
    "PowerPoint 97": (ole("PowerPoint Document"), "a presentation"),
    "letter of Outlook": (ole("__substg1.0_001A001E"), "a letter"),
    "OFD": (zipped({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}), "an OFD document"),
    "Numbers": (zipped({"Index/Document.iwa": "a"}), "a Numbers document"),
    "PowerPoint": (zipped({"ppt/presentation.xml": "<a/>"}), "a presentation"),
    "workbook in an archive": (
        zipped({"新建/清单.xlsx": xlsx(HEADINGS, MATTER)}),
        "an archive with “清单.xlsx” in it. Unpack it",
    ),
    "NUL inside": (csv(HEADINGS, ["1", "a\0b"]).encode(), "not a table"),
    "no Unicode, no GBK": (b"\xff\xfa\x80\xff" * 20, "not a table"),
    "prose": ("很久很久以前,有一座山。".encode(), "No heading row"),
    "zip of anything": (zipped({"a.txt": "a"}), "an archive"),
    "empty zip": (zipped({}), "an archive"),
    "Word": (zipped({"word/document.xml": "<a/>"}), "a text document"),
    "OpenDocument": (zipped({"mimetype": "x", "content.xml": "<a/>"}), "OpenDocument"),
    "binary workbook": (zipped({"xl/workbook.bin": b"\0"}), ".xlsb"),
    "no workbook inside": (zipped({"xl/a.xml": "<a/>"}), "damaged"),
    "half a zip": (xlsx(HEADINGS, MATTER)[:2000], "damaged"),
    "zip head only": (b"PK\x03\x04" + bytes(40), "damaged"),
}


@pytest.mark.parametrize(("content", "expected"), NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_list_gets_a_sentence(content, expected):
    assert expected in refusal(content)


def test_a_file_that_is_not_there(tmp_path):
    assert "“list.xlsx” cannot be opened" in refusal(tmp_path / "list.xlsx")
    assert "cannot be opened" in refusal(tmp_path)
    assert "cannot be opened" in refusal("a\0b")


@pytest.mark.parametrize("cut", range(1, 10))
def test_a_workbook_cut_short_at_each_tenth(cut):
    content = xlsx(HEADINGS, MATTER)

    assert "damaged" in refusal(content[: len(content) * cut // 10])


def test_a_file_over_the_limit_is_not_read_on():
    file = BytesIO(b"a" * (MAX_FILE + 5_000))

    assert "larger than 10 MB" in refusal(file)
    assert file.tell() == MAX_FILE + 1


def test_a_zip_bomb_is_refused_by_its_directory():
    content = zipped({"xl/worksheets/sheet1.xml": bytes(20_000_000)})

    assert len(content) < 100_000
    assert "unpacks to far more" in refusal(content)


def test_many_parts_that_are_each_small_are_refused():
    assert "unpacks to far more" in refusal(zipped({f"xl/{at}.xml": "a" for at in range(5_001)}))


def test_parts_that_are_large_only_together_are_refused():
    # Random bytes don't pack, and they are stored once: 60 entries share them.
    content = bytearray(zipped({f"xl/{at}.bin": b"a" for at in range(60)}))
    _lie_about_size(content, 1_000_000, packed=1_000_000)

    assert "unpacks to far more" in refusal(bytes(content))


PICTURES = {f"xl/media/image{at}.jpeg": bytes(9) for at in range(300)}


def test_a_book_with_hundreds_of_pictures_is_read():
    drawings = {f"xl/drawings/drawing{at}.xml": "<a/>" for at in range(300)}

    table = read_table(raw_xlsx(ROWS, parts=PICTURES | drawings))

    assert table.lines[0].text("title") == MATTER[1]


def test_pictures_are_never_opened_whatever_they_unpack_to():
    large = {"xl/media/image1.bmp": bytes(60_000_000)}
    assert read_table(raw_xlsx(ROWS, parts=large)).lines

    pointer = relations("sharedStrings", "media/image1.bmp")
    to_picture = pointer.replace("worksheets/sheet1.xml", "media/image1.bmp")
    parts = large | {"xl/_rels/workbook.xml.rels": to_picture}
    assert "damaged" in refusal(raw_xlsx(ROWS, parts=parts))


def respelled(content: bytes, spell) -> bytes:
    """Write a workbook anew, with other names of its entries."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return zipped({spell(name): archive.read(name) for name in archive.namelist()})


@pytest.mark.parametrize(
    "spell",
    [
        lambda name: name.replace("/", "\\"),
        str.upper,
        str.lower,
        str.title,
        lambda name: f"./{name}",
        lambda name: f"/{name}",
        lambda name: name.replace("/", "\\").upper(),
    ],
    ids=["backslashes", "capitals", "small", "title", "dot", "root", "both"],
)
def test_names_in_a_package_are_found_however_they_are_spelled(spell):
    strings = {
        "xl/sharedStrings.xml": "<sst><si><t>浴室</t></si></sst>",
        "xl/_rels/workbook.xml.rels": relations("sharedStrings", "SharedStrings.xml"),
    }
    row = text_row(1, *HEADINGS) + '<row r="2"><c><v>1</v></c><c t="s"><v>0</v></c></row>'

    table = read_table(respelled(raw_xlsx(row, parts=strings), spell))

    assert table.lines[0].text("title") == "浴室"


def test_pointers_between_parts_may_have_backslashes():
    pointers = relations("x", "x").replace("/xl/worksheets/sheet1.xml", "worksheets\\sheet1.xml")

    assert read_table(raw_xlsx(ROWS, parts={"xl/_rels/workbook.xml.rels": pointers})).lines


def test_a_table_whose_title_stands_in_angle_brackets_is_no_web_page():
    assert read_table(csv(["<实事清单>"], HEADINGS, MATTER).encode()).lines


def _lie_about_size(content: bytearray, size: int, packed: int | None = None) -> None:
    """Overwrite the sizes in every entry of a zip's directory."""
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        if packed is not None:
            struct.pack_into("<I", content, at + 20, packed)
        struct.pack_into("<I", content, at + 24, size)
        at = content.find(b"PK\x01\x02", at + 46)


def test_a_directory_that_lies_does_not_get_more_unpacked():
    content = bytearray(raw_xlsx(ROWS + "<row/>" * 1_000_000))
    _lie_about_size(content, 3_000)

    assert "damaged" in refusal(bytes(content))


def test_a_zip_with_a_password_or_an_odd_compression():
    content = bytearray(xlsx(HEADINGS, MATTER))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert "protected by a password" in refusal(bytes(content))

    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert "damaged" in refusal(file.getvalue())


BILLION_LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha">{}]>'.format(
    "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise("abcdefghi"))
)
QUADRATIC = f'<!DOCTYPE a [<!ENTITY a "{"ha" * 50_000}">]>'
FROM_OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BILLION_LAUGHS, QUADRATIC, FROM_OUTSIDE, "<!DOCTYPE a>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_grow(doctype, encoding):
    sheet = f"{doctype}<worksheet><sheetData>{text_row(1, '&a;')}</sheetData></worksheet>"
    content = raw_xlsx("", parts={"xl/worksheets/sheet1.xml": sheet.encode(encoding)})

    assert "may be harmful" in refusal(content)


def test_a_good_workbook_passes_the_same_gate():
    assert read_table(raw_xlsx(ROWS)).lines[0].text("title") == MATTER[1]
