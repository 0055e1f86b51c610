"""Status parser: the status that a cell surely names, and the words that say more than it.

Unknown words are the owner's: they become words of the progress, with a note. Whoever writes that
nothing has begun has not begun; whoever writes that it is done only claims it.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .notes import Noted
from .text import clean, figure_as_text, normalised, quoted
from .traditional import simplified

# Words that say no more than the status, by status; "" is a draft.
STATUSES = {
    "": ("拟列", "草稿", "draft"),
    "not_started": (
        "未启动", "未开始", "未开工", "未动工", "待启动", "待开工", "筹备中", "前期准备",
        "not_started", "notstarted", "todo", "new", "pending",
    ),
    "in_progress": (
        "正在推进", "推进中", "进行中", "正在进行", "办理中", "正在办理", "实施中", "正在实施",
        "in_progress", "inprogress", "ongoing", "open", "doing", "started", "wip",
    ),
    "pending_check": (
        "待核查", "待验收", "待销号", "申请销号", "已申请销号", "待确认", "pending_check",
        "pendingcheck", "待审核", "待审批", "待复核", "待复查", "待核验", "验收中", "核查中",
        "复核中", "正在验收", "已申请验收", "申请验收", "提请验收", "销号中", "正在销号",
    ),
    # Without the day of a sign-off it is the owner's claim; the words are kept then.
    "resolved": (
        "已解决", "已销号", "销号", "完成销号", "已完成销号", "已闭环", "闭环", "已关闭", "关闭",
        "resolved", "closed", "signedoff",
    ),
    "on_hold": ("暂缓", "暂停", "缓办", "已暂缓", "已暂停", "on_hold", "onhold", "suspended"),
    "withdrawn": (
        "调出清单", "已调出", "调出", "已撤销", "撤销", "取消", "已取消", "withdrawn",
        "cancelled", "canceled",
    ),
}  # fmt: skip

# Words by which something goes on, or is said to be done: known, but they say more.
GOING_ON = (
    "有序推进", "顺利推进", "稳步推进", "加快推进", "全力推进", "持续推进", "扎实推进", "序时推进",
    "按序时推进", "正常推进", "按计划推进", "按期推进", "按时推进", "已推进", "达序时",
    "达序时进度", "符合序时", "符合序时进度", "未达序时", "未达序时进度", "超序时", "超序时进度",
    "快于序时", "慢于序时", "正常", "施工中", "正在施工", "施工", "整改中", "正在整改", "在建",
    "建设中", "启动", "已启动", "开工", "已开工", "已动工", "未完成", "未完工", "未办结", "未销号",
    "未解决", "未闭环", "未达标", "未整改到位", "未整改完成", "未落实到位", "部分完成", "部分整改",
    "基本完成", "阶段性完成", "滞后", "进度滞后", "严重滞后", "稍有滞后", "逾期", "已逾期", "超期",
    "已超期", "逾期未完成", "超期未完成", "长期坚持", "持续", "持续整改", "常态化推进",
)  # fmt: skip
SAID_DONE = (
    "完成", "已完成", "全部完成", "按期完成", "按时完成", "如期完成", "提前完成", "超期完成",
    "逾期完成", "超额完成", "完工", "已完工", "竣工", "已竣工", "已办结", "办结", "按期办结",
    "已整改", "整改完成", "已整改完成", "整改到位", "已整改到位", "已落实", "落实到位",
    "已落实到位", "已交付", "已投入使用", "投入使用", "已投用", "完成整改", "已完成整改",
    "已完成并长期坚持", "完成并长期坚持", "已验收", "验收合格", "通过验收", "已通过验收", "done",
    "completed", "complete", "finished", "√", "✓", "✔", "☑", "100%",
)  # fmt: skip

_YES_OR_NO = ("是", "否", "yes", "no", "y", "n", "×", "✗", "✘", "x")

_STATUS_OF = {word: status for status, words in STATUSES.items() for word in words}
_SAID = {*GOING_ON, *SAID_DONE}
_NOT_BEGUN = re.compile(
    r"(?:目前|现在?)?(?:尚|还|暂|仍|均)?(?:未|没有?|待)"
    r"(?:启动|开始|开工|动工|开展|实施|推进|进场|整改|办理|落实|着手|动)(?:实施|建设|施工|整改)?"
)
_LONGEST = 20  # signs of a word of a status
_ENDS = "。.;!,、"


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The key of a status ("" for none), and the words that say more than it."""

    status: str
    words: str = ""


def parse_status(value: object, heading: str = "") -> StatusWords | Noted:
    """Parse a 状态: the status and the words to keep; a blank cell or a draft means no status.

    A yes or no is kept with its `heading`, such as 是否完成, since it says nothing alone.
    """
    typed = clean(figure_as_text(value))
    word = _word(typed)
    if word in _YES_OR_NO:
        return StatusWords("in_progress", f"{heading}：{typed}" if heading else typed)
    if word in _STATUS_OF:
        status = _STATUS_OF[word]
        return StatusWords(status, typed if status == "resolved" or not _is_just(typed) else "")
    if word in _SAID:
        return StatusWords("in_progress", typed)
    if is_not_begun(typed):
        return StatusWords("not_started", typed)
    if not typed:
        return StatusWords("")
    sentence = _("“%(words)s” is no status known here. It is kept as words of the progress.")
    return Noted(StatusWords("in_progress", typed), sentence % {"words": quoted(typed)})


def is_not_begun(text: str) -> bool:
    """Tell whether a text says that nothing has begun, and no more: 未启动, 尚未开工."""
    word = _word(text)
    return bool(_NOT_BEGUN.fullmatch(word)) or _STATUS_OF.get(word) == "not_started"


def _word(typed: str) -> str:
    """Return what is compared: simplified, without spaces, ends and what stands in brackets."""
    word = simplified(normalised(typed[: 2 * _LONGEST]))
    if word.endswith(")") and not word.startswith("("):
        word = word.partition("(")[0] or word
    word = word.lower().strip(_ENDS)
    return word if len(word) <= _LONGEST else ""


def _is_just(typed: str) -> bool:
    """Tell a word alone from one with more in brackets behind it."""
    return "(" not in normalised(typed)
