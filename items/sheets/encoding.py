"""Text encoding detection: UTF-8, GBK, Big5 or UTF-16, with a byte order mark or without."""

from django.utils.translation import gettext as _

from .errors import BadTable

_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# Tried where there is no mark and it isn't UTF-8; the first of equals wins. GB18030 includes GBK.
_ENCODINGS = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")

# Signs that lists are full of, in both scripts: text read in the wrong encoding has few of them.
_USUAL = set(
    "序号序號项目項目实事實事内容內容事项事項措施责任責任单位單位部门部門领导領導督导督導联系聯繫监督監督"
    "完成时限時限期间間进展進展情况情況备注備註问题問題类别類別地点地點年月日前底人室科厂廠改善一二三四五六七八九十"
    "0123456789,;\t\n"
)
_LOOKED_AT = 4_000  # characters
_MOST_BROKEN = 20  # signs, with which a file is still UTF-8


def decode(content: bytes) -> str:
    """Decode by the byte order mark, else as UTF-8, else in the encoding that gives usual words."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding) or _refuse()
    if text := _strictly(content, "utf-8"):
        return text
    texts = [text for encoding in _ENCODINGS if (text := _strictly(content, encoding))]
    broken = content.decode("utf-8", errors="replace")
    if "\0" not in broken and broken.count("\ufffd") <= _MOST_BROKEN:
        texts.append(broken)
    best = max(texts, key=_usual_signs, default="")
    if not best or not _usual_signs(best):
        _refuse()
    if best is broken:
        line = broken[: broken.index("\ufffd")].count("\n") + 1
        raise BadTable(
            _("Line %(line)s holds signs that can’t be read. Open the file, put them right and"
              " save it as .xlsx.")
            % {"line": line}
        )  # fmt: skip
    return best


def _strictly(content: bytes, encoding: str) -> str:
    """Return the text, or "" where the bytes aren't text in this encoding."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text else text


def _usual_signs(text: str) -> int:
    return sum(sign in _USUAL for sign in text[:_LOOKED_AT])


def _refuse() -> str:
    raise BadTable(
        _("This is not a table, or not in UTF-8 or GBK. Save it as .xlsx and bring that in.")
    )
