"""The headings that lists use, and the columns of the ledger that they mean."""

import re

from .text import plain

# Column: the headings that mean it. Spaces, line breaks, width, case and brackets don't matter.
HEADINGS = {
    "number": (
        "序号", "编号", "大项序号", "项目序号", "事项序号", "清单序号", "项目编号", "事项编号",
        "号", "no", "number", "item no", "item number", "serial no",
    ),
    "title": (
        "实事项目", "民生实事", "民生实事项目", "实事项目名称", "实事内容", "实事", "实事名称",
        "办实事项目", "项目", "项目名称", "项目内容", "事项", "事项名称", "事项内容", "清单",
        "清单内容", "清单事项", "任务", "任务名称", "工作任务", "重点任务", "整改事项", "整改任务",
        "办理事项", "实事事项", "matter", "title", "title_zh", "item", "project", "task",
    ),
    "title_en": ("title_en", "matter (english)", "english title", "英文名称", "项目英文名称"),
    "part": (
        "子项目", "子项", "子项目名称", "子项名称", "具体项目", "具体项目名称", "分项", "分项名称",
        "分项目", "小项", "part", "sub-item", "subproject",
    ),
    "source": ("问题来源", "来源", "来源渠道", "诉求来源", "意见来源", "source"),
    "problem": (
        "存在问题", "问题", "问题描述", "问题内容", "主要问题", "突出问题", "问题清单", "具体问题",
        "职工诉求", "problem", "issue",
    ),
    "effect": ("影响", "造成影响", "问题影响", "effect"),
    "category": ("类别", "分类", "项目类别", "项目类型", "类型", "category", "category_zh", "kind"),
    "category_en": ("category_en",),
    "theme": (
        "专题", "主题", "专项行动", "专题行动", "所属专题", "所属主题", "所属专项行动", "theme",
        "theme_zh",
    ),
    "theme_en": ("theme_en",),
    "place": (
        "地点", "位置", "实施地点", "项目地点", "建设地点", "所在位置", "具体位置", "区域", "场所",
        "place", "place_zh", "location", "site",
    ),
    "place_en": ("place_en",),
    "measures": (
        "具体措施", "整改措施", "措施", "工作措施", "主要内容", "主要措施", "办理措施", "解决措施",
        "推进措施", "实施措施", "工作内容", "具体内容", "内容", "建设内容", "主要建设内容",
        "建设内容及规模", "实施内容", "具体举措", "工作举措", "举措", "办法", "整改办法",
        "measures", "measures_zh", "actions", "steps",
    ),
    "measures_en": ("measures_en",),
    "owner": (
        "牵头领导", "责任领导", "包联领导", "分管领导", "包保领导", "挂点领导", "挂帅领导",
        "领办领导", "负责领导", "整改责任领导", "牵头负责人", "牵头责任人", "领办人",
        "leader_post_zh", "owner", "leader", "responsible leader", "owner's post",
    ),
    "lead_unit": (
        "牵头单位", "牵头部门", "牵头责任单位", "lead_unit_zh", "lead_unit", "leading unit",
    ),
    "units": (
        "责任单位", "主办单位", "承办单位", "责任部门", "主责单位", "主办部门", "承办部门",
        "负责单位", "负责部门", "整改单位", "整改责任单位", "units", "unit", "responsible unit",
        "department",
    ),
    "part_unit": ("业主单位", "实施单位", "建设单位", "项目业主", "施工单位", "implementing unit"),
    "support_units": (
        "配合单位", "协办单位", "配合部门", "协办部门", "协同单位", "参与单位", "配合责任单位",
        "supporting units", "support_units",
    ),
    "handlers": (
        "承办人", "经办人", "具体责任人", "责任人", "具体负责人", "整改责任人", "具体承办人",
        "负责人", "handlers", "handler", "person in charge",
    ),
    "supervisor": (
        "联系督导责任人", "督导责任人", "督导人", "督办人", "监督人", "督导", "督导领导",
        "联系督导人", "督查责任人", "督办责任人", "监督责任人", "联系督导", "联系监督责任人",
        "supervisor_post_zh", "supervisor", "contact and supervision person",
    ),
    "term": ("期限类型", "时限类型", "整改期限类型", "长短期", "term"),
    "start_by": (
        "启动时间", "开工时间", "计划开工", "计划开工时间", "计划启动时间", "开始时间",
        "计划开始时间", "动工时间", "拟开工时间", "start", "start by", "start date",
    ),
    "first_due": (
        "首次时限", "原定时限", "原完成时限", "原定完成时限", "首次完成时限", "首次期限",
        "最初时限", "first due", "first deadline", "original deadline",
    ),
    "due": (
        "完成时限", "完成期限", "整改时限", "办结时限", "时限", "期限", "时间节点", "整改期限",
        "办结期限", "完成时限要求", "时限要求", "计划完成时间", "拟完成时间", "预计完成时间",
        "计划完成时限", "完成节点", "现时限", "现完成时限", "调整后时限", "计划竣工时间",
        "计划完工时间", "预计办结时间", "due", "due_date", "deadline", "due by",
    ),
    "start_is_the_matter": (
        "启动即完成", "动工即完成", "以启动为准", "开工即完成", "start is the matter",
    ),
    "progress": (
        "进展情况", "本月进展情况", "工作进展", "推进情况", "目前进展", "最新进展", "工作进展情况",
        "项目进展", "进展", "当前进展", "目前进展情况", "整改进展", "整改进展情况", "整改情况",
        "落实情况", "办理情况", "整改落实情况", "工作推进情况", "本周进展情况", "本季度进展情况",
        "项目进展情况", "实施情况", "progress", "latest progress",
    ),
    "percent": (
        "完成进度", "进度", "完成率", "完成比例", "完成百分比", "工作进度", "项目进度", "形象进度",
        "percent", "% done", "percent done",
    ),
    "light": ("预警", "预警灯", "亮灯", "亮灯情况", "亮灯状态", "红黄绿灯", "light"),
    "result": (
        "完成情况", "成效", "办理结果", "工作成效", "整改成效", "整改结果", "取得成效", "办结情况",
        "result", "outcome",
    ),
    "done_on": (
        "完成时间", "实际完成时间", "办结时间", "完成日期", "实际完成日期", "办结日期", "完工时间",
        "竣工时间", "done_on", "done on", "completed on",
    ),
    "signed_off_on": ("销号时间", "销号日期", "销号", "closed_on", "closed on", "signed off on"),
    "signed_off_by": ("销号人", "销号责任人", "closed by", "signed off by"),
    "status": ("状态", "办理状态", "当前状态", "项目状态", "工作状态", "整改状态", "status"),
    "satisfaction": ("满意度", "职工满意度", "群众满意度", "满意率", "satisfaction"),
    "recheck_on": ("回头看", "复查日期", "回头看时间", "回头看日期", "复查时间", "recheck on"),
    "budget": (
        "经费", "资金", "预算", "经费预算", "投资", "总投资", "资金预算", "计划投资", "资金来源",
        "budget",
    ),
    "remark": ("备注", "说明", "备注说明", "remark", "remarks", "note", "notes"),
    "basis": ("basis",),
}  # fmt: skip

# Read and set aside: the system computes them.
COMPUTED = ("light", "satisfaction")
NEEDED = ("number", "title")

# A lower heading that means something only under its upper one: (upper column, lower): column.
UNDER = {
    ("due", "首次"): "first_due",
    ("due", "原定"): "first_due",
    ("due", "原"): "first_due",
    ("due", "最初"): "first_due",
    ("due", "当前"): "due",
    ("due", "现行"): "due",
    ("due", "现"): "due",
    ("due", "调整后"): "due",
    ("due", "变更后"): "due",
    ("due", "计划"): "due",
    ("due", "实际"): "done_on",
    ("done_on", "计划"): "due",
    ("done_on", "实际"): "done_on",
    ("owner", "职务"): "owner",
    ("owner", "岗位"): "owner",
    ("supervisor", "职务"): "supervisor",
    ("supervisor", "岗位"): "supervisor",
    ("units", "牵头"): "lead_unit",
    ("units", "主办"): "units",
    ("units", "配合"): "support_units",
    ("units", "协办"): "support_units",
}

# Where a list has none of these columns, these headings mean that column.
STAND_INS = [
    (("due",), ("完成时间", "完成日期", "办结时间", "办结日期", "完工时间", "竣工时间"), "due"),
    (("units", "lead_unit"), HEADINGS["part_unit"], "units"),
    (("title",), HEADINGS["problem"], "title"),
    (("title",), ("主要内容", "工作内容", "具体内容", "实施内容", "建设内容", "内容"), "title"),
]

_IGNORED = re.compile(r"[\s_.:：*'’\-、]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
LONGEST = 60


def field_of(heading: str) -> str | None:
    """Name the column that a heading means, or None."""
    if len(heading) > LONGEST:
        return None
    for words in _spellings(heading):
        if column := _COLUMN_OF.get(_bare(words)) or _column_of_choices(words):
            return column
    return None


def is_heading(heading: str, known: str) -> bool:
    """Tell whether a heading is a known one, but for spaces, width, case or what is in brackets."""
    return _bare(plain(known).lower()) in map(_bare, _spellings(heading))


def _spellings(heading: str) -> tuple[str, str]:
    """Fold a heading, whole and without "(盖章)" or the like."""
    words = plain(heading).lower()
    return words, _BRACKETS.sub("", words)


def _column_of_choices(words: str) -> str | None:
    """Read "责任领导/牵头领导": every part that is known must mean the same."""
    columns = {_COLUMN_OF.get(_bare(choice)) for choice in re.split(r"[/及和与或、]", words)}
    return columns.pop() if len(columns) == 1 else None


def _bare(words: str) -> str:
    return _IGNORED.sub("", words)


_COLUMN_OF = {
    _bare(plain(heading).lower()): column
    for column, headings in HEADINGS.items()
    for heading in headings
}
