"""Sheets for the tests: by openpyxl, or by hand where no honest program would write them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

HEADINGS = ["序号", "实事项目", "责任单位", "完成时限"]
MATTER = [1, "改善一线职工浴室", "设备管理室", "12月底前"]


def saved(book: Workbook) -> bytes:
    """Save a workbook into bytes."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(*rows, **sheets) -> bytes:
    """Write rows to the first sheet, and further sheets by name."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    return saved(book)


def csv(*rows, delimiter=",") -> str:
    """Join rows of plain values."""
    return "".join(delimiter.join(map(str, row)) + "\n" for row in rows)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Zip parts by hand."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def text_cell(address: str, text: str) -> str:
    """Write a cell with its text in place."""
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def text_row(row: int, *texts: object) -> str:
    """Write a row of cells from column A on."""
    cells = (text_cell(f"{'ABCDEFG'[at]}{row}", text) for at, text in enumerate(texts))
    return f'<row r="{row}">{"".join(cells)}</row>'


def raw_xlsx(rows: str, *, after: str = "", book: str = "", parts=None, doctype: str = "") -> bytes:
    """Zip the least that makes a workbook around the XML of its rows."""
    return zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}<sheets>'
            '<sheet name="清单" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/>'
            '<xf numFmtId="31"/></cellXfs></styleSheet>',
            "xl/worksheets/sheet1.xml": f'{doctype}<worksheet xmlns="{MAIN}">'
            f"<sheetData>{rows}</sheetData>{after}</worksheet>",
        }
        | (parts or {})
    )


def relations(kind: str, target: str) -> str:
    """Point from the workbook to its sheet and to one more part."""
    return (
        f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )
