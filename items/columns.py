"""The columns of an item, one row each: who sees it, what guards it, where it is asked and shown.

All lists of an item's columns are read from this table at their place of use, so that a new column
is a row here and a field of the model. Rows hold plain values only, which can be written as JSON:
classes of forms and translated words stay where forms are made.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# Who may see it: anybody; anybody where the committee shows names; staff; nobody, it is machinery.
SHADES = ("public", "names", "staff", "inside")
# How the database guards it once it is published: it never changes; it changes only together with
# an entry of the ledger; it changes freely. What is computed stands in no column.
GUARDS = ("frozen", "written", "free", "computed")
# What it holds. "row" and "post" are chosen among the committee's own, "link" points elsewhere.
TEXT = ("line", "long")
LINKS = ("row", "post", "link")
KINDS: tuple[str, ...] = (
    *TEXT,
    *LINKS,
    "choice",
    "day",
    "yes",
    "count",
    "percent",
    "people",
    "lines",
)
# What a search compares; the primary key; of digests; in its short address
KINDS += ("folded", "key", "salt", "code")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the item, of the lines under it, or of sheets alone (`of`).

    The rows stand in the order of the committee's ledger. A place in a form or a choice is a
    number, with its group where there are groups.
    """

    name: str
    kind: str  # one of KINDS
    shade: str  # one of SHADES
    guard: str  # one of GUARDS
    of: str = "item"  # "lines": rows of their own under an item; "sheet": only sheets have it
    english: bool = False  # written in two languages: `<name>_en` stands beside it
    drafted: bool = False  # a draft says it
    copied: bool = False  # into the drafts of another year
    carried: bool = False  # into the next list with an item that is still open
    correctable: int = 0  # its place among what a correction in the open may change; 0: not there
    searchable: bool = False  # the public search looks into its words
    ledger: bool = False  # the committee's ledger has it
    desk: tuple[str, int] | tuple[()] = ()  # its group and place in the form of a draft at the desk
    admin: tuple[str, int] | tuple[()] = ()  # the same in the administration
    table: int = 0  # its place in the table of all drafts; 0: not there
    sheet: str = ""  # what reading a sheet calls it, where that differs
    headings: tuple[str, ...] = ()  # what sheets call it, the ledger's own heading first
    headings_en: tuple[str, ...] = ()  # what sheets call its English wording

    @property
    def names(self) -> tuple[str, ...]:
        """Return what it is called in the model, and after it its English wording."""
        return (self.name, f"{self.name}_en") if self.english else (self.name,)

    @property
    def stored(self) -> bool:
        """Tell whether it is a column of the item's own table in the database."""
        return self.of == "item" and self.kind != "people"

    @property
    def attnames(self) -> tuple[str, ...]:
        """Return its columns in the database."""
        return (f"{self.name}_id",) if self.kind in LINKS else self.names

    @property
    def in_sheets(self) -> str:
        """Return what reading a sheet calls it."""
        return self.sheet or self.name


COLUMNS = (
    Column("id", "key", "inside", "frozen"),
    Column("version", "count", "inside", "free"),
    Column("list", "link", "public", "frozen", admin=("promised", 1)),
    Column(
        "number", "count", "public", "frozen",
        ledger=True, desk=("wrong", 1), admin=("promised", 2), table=1,
        headings=(
            "序号", "编号", "大项序号", "项目序号", "事项序号", "清单序号", "项目编号", "事项编号",
            "号", "序", "项次", "no", "number", "item no", "item number", "serial no",
        ),
    ),
    Column(
        "title", "line", "public", "written",
        english=True, drafted=True, copied=True, carried=True, correctable=1, searchable=True,
        ledger=True, desk=("wrong", 2), admin=("promised", 3), table=2,
        headings=(
            "实事项目", "民生实事", "民生实事项目", "实事项目名称", "实事内容", "实事", "实事名称",
            "办实事项目", "项目", "项目名称", "项目内容", "事项", "事项名称", "事项内容", "清单",
            "清单内容", "清单事项", "任务", "任务名称", "工作任务", "重点任务", "整改事项",
            "整改任务", "办理事项", "实事事项", "标题", "具体事项", "督办事项", "议定事项",
            "matter", "title", "title_zh", "item", "project", "task", "task name", "action item",
            "subject",
        ),
        headings_en=("title_en", "matter (english)", "english title", "英文名称", "项目英文名称"),
    ),
    Column(
        "parts", "lines", "public", "written",
        of="lines", copied=True, carried=True, searchable=True, sheet="part",
        headings=(
            "子项目", "子项", "子项目名称", "子项名称", "具体项目", "具体项目名称", "分项",
            "分项名称", "分项目", "小项", "part", "sub-item", "subproject",
        ),
    ),
    Column(
        "source", "long", "staff", "written",
        drafted=True, copied=True, carried=True, ledger=True, desk=("inside", 1),
        admin=("internal", 1), table=13,
        headings=("问题来源", "来源", "来源渠道", "诉求来源", "意见来源", "source"),
    ),
    Column(
        "problem", "long", "public", "written",
        english=True, drafted=True, copied=True, carried=True, correctable=2, searchable=True,
        ledger=True, desk=("wrong", 3), admin=("promised", 4), table=12,
        headings=(
            "存在问题", "问题", "问题描述", "问题内容", "主要问题", "突出问题", "问题清单",
            "具体问题", "职工诉求", "problem", "issue", "description", "issue description",
            "root cause",
        ),
    ),
    Column(
        "effect", "long", "public", "written",
        english=True, drafted=True, copied=True, carried=True, correctable=3, searchable=True,
        desk=("promised", 3), admin=("promised", 5), table=14,
        headings=("影响", "造成影响", "问题影响", "effect"),
    ),
    Column(
        "category", "row", "public", "written",
        drafted=True, copied=True, carried=True, correctable=5, ledger=True, desk=("wrong", 4),
        admin=("promised", 6), table=4,
        headings=(
            "类别", "分类", "项目类别", "项目类型", "类型", "category", "category_zh", "kind",
        ),
        headings_en=("category_en",),
    ),
    Column(
        "theme", "row", "public", "written",
        drafted=True, copied=True, carried=True, correctable=6, desk=("wrong", 5),
        admin=("promised", 7), table=10,  # last: a pasted block goes over what stands before
        headings=(
            "专题", "主题", "专项行动", "专题行动", "所属专题", "所属主题", "所属专项行动", "theme",
            "theme_zh",
        ),
        headings_en=("theme_en",),
    ),
    Column(
        "place", "row", "public", "written",
        drafted=True, copied=True, carried=True, correctable=7, ledger=True, desk=("wrong", 6),
        admin=("promised", 8), table=5,
        headings=(
            "地点", "位置", "实施地点", "项目地点", "建设地点", "所在位置", "具体位置", "区域",
            "场所", "place", "place_zh", "location", "site",
        ),
        headings_en=("place_en",),
    ),
    Column(
        "measures", "lines", "public", "written",
        of="lines", english=True, copied=True, carried=True, correctable=12, searchable=True,
        ledger=True, desk=("promised", 1), table=3,
        headings=(
            "具体措施", "整改措施", "措施", "工作措施", "主要内容", "主要措施", "办理措施",
            "解决措施", "推进措施", "实施措施", "工作内容", "具体内容", "内容", "建设内容",
            "主要建设内容", "建设内容及规模", "实施内容", "具体举措", "工作举措", "举措", "办法",
            "整改办法", "measures", "measures_zh", "actions", "steps", "action",
            "corrective action", "countermeasure",
        ),
        headings_en=("measures_en",),
    ),
    Column(
        "criteria", "lines", "public", "written",
        of="lines", english=True, copied=True, carried=True, correctable=18, ledger=True,
        desk=("promised", 2), table=11,  # what came later stands behind: pasted blocks fit
        headings=(
            "怎样算办好", "怎样算办结", "办结标准", "验收标准", "完成标准", "办成标准", "销号标准",
            "完成标志", "criteria", "criteria_zh", "what done looks like", "done when",
            "acceptance criteria",
        ),
        headings_en=("criteria_en",),
    ),
    Column(
        "owner_post", "post", "public", "written",
        drafted=True, copied=True, carried=True, ledger=True, desk=("who", 1), admin=("duty", 1),
        table=6, sheet="owner",
        headings=(
            "牵头领导", "责任领导", "包联领导", "分管领导", "包保领导", "挂点领导", "挂帅领导",
            "领办领导", "负责领导", "整改责任领导", "牵头负责人", "牵头责任人", "领办人",
            "leader_post_zh", "owner", "leader", "responsible leader", "owner's post",
        ),
    ),
    Column(
        "lead_unit", "lines", "public", "written",
        of="sheet",
        headings=(
            "牵头单位", "牵头部门", "牵头责任单位", "lead_unit_zh", "lead_unit", "leading unit",
        ),
    ),
    Column(
        "shares", "lines", "public", "written",
        of="lines", copied=True, carried=True, correctable=13, ledger=True, desk=("who", 3),
        table=15,
        sheet="units",
        headings=(
            "责任单位", "主办单位", "承办单位", "责任部门", "主责单位", "主办部门", "承办部门",
            "负责单位", "负责部门", "整改单位", "整改责任单位", "units", "unit", "responsible unit",
            "department", "responsible department",
        ),
    ),
    Column(
        "part_unit", "lines", "public", "written",
        of="sheet",
        headings=("业主单位", "实施单位", "建设单位", "项目业主", "施工单位", "implementing unit"),
    ),
    Column(
        "support_units", "lines", "public", "written",
        of="sheet", ledger=True, table=16,
        headings=(
            "配合单位", "协办单位", "配合部门", "协办部门", "协同单位", "参与单位", "配合责任单位",
            "supporting units", "support_units",
        ),
    ),
    Column(
        "handlers", "people", "staff", "written",
        copied=True, carried=True, correctable=14, ledger=True, desk=("who", 4), admin=("duty", 3),
        table=17,
        headings=(
            "承办人", "经办人", "具体责任人", "责任人", "具体负责人", "整改责任人", "具体承办人",
            "负责人", "联络员", "handlers", "handler", "person in charge", "responsible person",
            "responsible", "assigned to", "assignee",
        ),
    ),
    Column(
        "supervisor_post", "post", "public", "written",
        drafted=True, copied=True, carried=True, ledger=True, desk=("who", 2), admin=("duty", 2),
        table=7, sheet="supervisor",
        headings=(
            "联系督导责任人", "督导责任人", "督导人", "督办人", "监督人", "督导", "督导领导",
            "联系督导人", "督查责任人", "督办责任人", "监督责任人", "联系督导", "联系监督责任人",
            "supervisor_post_zh", "supervisor", "contact and supervision person", "verified by",
        ),
    ),
    Column(
        "term", "choice", "public", "written",
        drafted=True, copied=True, carried=True, correctable=8, ledger=True, desk=("promised", 4),
        admin=("days", 1), table=9,
        headings=("期限类型", "时限类型", "整改期限类型", "长短期", "term"),
    ),
    Column(
        "start_by", "day", "public", "written",
        drafted=True, copied=True, carried=True, correctable=16, ledger=True, desk=("when", 2),
        admin=("days", 2), table=18,
        headings=(
            "启动时间", "开工时间", "计划开工", "计划开工时间", "计划启动时间", "开始时间",
            "计划开始时间", "动工时间", "拟开工时间", "start", "start by", "start date",
        ),
    ),
    Column(
        "first_due", "day", "public", "written",  # but never later (items.guards.items)
        drafted=True, carried=True, ledger=True, admin=("days", 4),
        headings=(
            "首次时限", "原定时限", "原完成时限", "原定完成时限", "首次完成时限", "首次期限",
            "最初时限", "first due", "first deadline", "original deadline",
        ),
    ),
    Column(
        "due", "day", "public", "written",
        drafted=True, copied=True, carried=True, correctable=17, ledger=True, desk=("when", 1),
        admin=("days", 5), table=8,
        headings=(
            "完成时限", "完成期限", "整改时限", "办结时限", "时限", "期限", "时间节点", "整改期限",
            "办结期限", "完成时限要求", "时限要求", "计划完成时间", "拟完成时间", "预计完成时间",
            "计划完成时限", "完成节点", "现时限", "现完成时限", "调整后时限", "计划竣工时间",
            "计划完工时间", "预计办结时间", "到期日", "到期时间", "截止时间", "截止日期",
            "办理时限", "due", "due_date", "deadline", "due by", "target date", "end date",
            "finish date",
            "planned completion date",
        ),
    ),
    Column(
        "due_words", "line", "public", "written",
        drafted=True, copied=True, carried=True, desk=("when", 3), admin=("days", 6),
    ),
    Column(
        "start_is_the_matter", "yes", "public", "written",
        drafted=True, copied=True, carried=True, desk=("when", 4), admin=("days", 3),
        headings=("启动即完成", "动工即完成", "以启动为准", "开工即完成", "start is the matter"),
    ),
    Column(
        "progress", "long", "public", "written",
        of="sheet", ledger=True,
        headings=(
            "进展情况", "本月进展情况", "工作进展", "推进情况", "目前进展", "最新进展",
            "工作进展情况", "项目进展", "进展", "当前进展", "目前进展情况", "整改进展",
            "整改进展情况", "整改情况", "落实情况", "办理情况", "整改落实情况", "工作推进情况",
            "本周进展情况", "本季度进展情况", "项目进展情况", "实施情况", "progress",
            "latest progress",
        ),
    ),
    Column(
        "percent", "percent", "public", "written",
        drafted=True, carried=True, ledger=True, admin=("done", 1),
        headings=(
            "完成进度", "进度", "完成率", "完成比例", "完成百分比", "工作进度", "项目进度",
            "形象进度", "percent", "% done", "percent done", "progress (%)", "progress %",
            "% complete", "percent complete", "completion rate",
        ),
    ),
    Column(
        "done_count", "count", "public", "written",
        drafted=True, carried=True, admin=("done", 2),
    ),
    Column(
        "target_count", "count", "public", "written",
        drafted=True, copied=True, carried=True, correctable=9, desk=("counted", 1),
        admin=("done", 3), table=19,
    ),
    Column(
        "count_unit", "line", "public", "written",
        drafted=True, copied=True, carried=True, correctable=10, desk=("counted", 2),
        admin=("done", 4),
    ),
    Column(
        "light", "line", "public", "computed",
        of="sheet", ledger=True,
        headings=("预警", "预警灯", "亮灯", "亮灯情况", "亮灯状态", "红黄绿灯", "light"),
    ),
    Column(
        "result", "long", "public", "written",
        drafted=True, carried=True, correctable=4, searchable=True,
        ledger=True, admin=("done", 5),
        headings=(
            "完成情况", "成效", "办理结果", "工作成效", "整改成效", "整改结果", "取得成效",
            "办结情况", "result", "outcome",
        ),
    ),
    Column(
        "done_on", "day", "public", "written",
        carried=True, ledger=True,
        headings=(
            "完成时间", "实际完成时间", "办结时间", "完成日期", "实际完成日期", "办结日期",
            "完工时间", "竣工时间", "done_on", "done on", "completed on",
            "actual completion date",
        ),
    ),
    Column(
        "signed_off_on", "day", "public", "written",
        ledger=True,
        headings=("销号时间", "销号日期", "销号", "closed_on", "closed on", "signed off on"),
    ),
    Column(
        "signed_off_by", "line", "names", "written",
        of="sheet", ledger=True,
        headings=("销号人", "销号责任人", "closed by", "signed off by"),
    ),
    Column(
        "status", "choice", "public", "written",
        headings=(
            "状态", "办理状态", "当前状态", "项目状态", "工作状态", "整改状态", "status", "state",
            "current status",
        ),
    ),
    Column(
        "satisfaction", "line", "public", "computed",
        of="sheet", ledger=True,
        headings=("满意度", "职工满意度", "群众满意度", "满意率", "satisfaction"),
    ),
    Column(
        "recheck_on", "day", "staff", "written",
        drafted=True, carried=True, ledger=True, desk=("inside", 5), admin=("internal", 4),
        table=22,
        headings=("回头看", "复查日期", "回头看时间", "回头看日期", "复查时间", "recheck on"),
    ),
    Column(
        "budget", "line", "staff", "written",
        drafted=True, carried=True, ledger=True, desk=("inside", 2), admin=("internal", 2),
        table=20,
        headings=(
            "经费", "资金", "预算", "经费预算", "投资", "总投资", "资金预算", "计划投资",
            "资金来源", "budget",
        ),
    ),
    Column(
        "remark", "long", "staff", "written",
        drafted=True, carried=True, ledger=True, desk=("inside", 3), admin=("internal", 3),
        table=21,
        headings=("备注", "说明", "备注说明", "remark", "remarks", "note", "notes", "comments"),
    ),
    Column(
        "internal_note", "long", "staff", "written",
        drafted=True, carried=True, desk=("inside", 4), admin=("internal", 6), table=23,
        headings=("内部备注", "内部说明", "内部记录", "internal note", "internal notes"),
    ),
    Column(
        "illustrative", "yes", "public", "written",
        drafted=True, copied=True, carried=True, admin=("internal", 5), sheet="basis",
        headings=("basis",),
    ),
    Column(
        "hardship", "yes", "public", "written",
        drafted=True, copied=True, carried=True, correctable=11, desk=("wrong", 7),
        admin=("promised", 9),
    ),
    Column("carried_from", "link", "public", "frozen", drafted=True),
    Column("origin", "link", "public", "frozen"),
    # Where it stands: only the actions write these.
    Column("status_before_hold", "choice", "public", "written", carried=True),
    Column("published_on", "day", "public", "frozen"),
    Column("added_later", "yes", "public", "frozen"),
    Column("started_on", "day", "public", "written", carried=True),
    Column("put_right_by", "day", "public", "written"),
    Column("count_in_doubt", "yes", "public", "written", carried=True),
    Column("claimed_on", "day", "public", "written", carried=True),
    Column("held_on", "day", "public", "written", carried=True),
    Column(
        "hold_review_on", "day", "public", "written",
        carried=True,
        headings=("暂缓复核时间", "暂缓复核日期", "暂缓至", "暂缓到期时间", "hold review on"),
    ),
    Column("days_held", "count", "public", "written", carried=True),
    Column(
        "withdrawn_on", "day", "public", "written",
        headings=("调出时间", "调出日期", "调出清单时间", "撤销时间", "withdrawn on"),
    ),
    Column("times_extended", "count", "public", "written", carried=True),
    Column("first_target", "count", "public", "written", carried=True),
    Column("times_reduced", "count", "public", "written", carried=True),
    Column("times_reopened", "count", "public", "written", carried=True),
    Column("last_news", "link", "public", "written", carried=True),
    Column("last_entry", "link", "inside", "written"),  # it may be unreleased
    Column("search_text", "folded", "public", "written"),
    Column("lines_salt", "salt", "inside", "written"),
    Column("code", "code", "public", "frozen"),
)  # fmt: skip

STORED = tuple(column for column in COLUMNS if column.stored)


def names(columns: Iterable[Column]) -> list[str]:
    """Return the columns' names in the model, each with its English wording after it."""
    return [name for column in columns for name in column.names]


def attnames(columns: Iterable[Column]) -> list[str]:
    """Return the columns' names in the database."""
    return [name for column in columns for name in column.attnames]


def placed(mark: str, columns: Iterable[Column] = COLUMNS) -> list[Column]:
    """Return the columns that have a place in `mark` ("correctable" or "table"), in its order."""
    there = [column for column in columns if getattr(column, mark)]
    return sorted(there, key=lambda column: getattr(column, mark))


def grouped(form: str, group: str) -> list[Column]:
    """Return the columns of a group in `form` ("desk" or "admin"), in its order."""
    return [column for column in placed(form) if getattr(column, form)[0] == group]
