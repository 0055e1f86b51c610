"""Rules for headings that no table lists: what surrounds the known word, and what it ends in.

What they say is less sure than a listed heading, which therefore wins over them.
"""

import re

LONGEST = 24  # signs of a heading that rules are tried on

# What may stand before a known heading: a year, whose it is, how much it matters.
_BEFORE = re.compile(
    r"(?:(?:19|20)?\d\d年度?|[本今当]?年度|[上下]半年|[一二三四1234]季度|\d{1,2}月份?|本[月周季]度?|截至目前|截止目前|目前"
    r"|当前|最新|现阶段|省级?|市级?|区级?|县级?|区政府|县政府|市政府|省政府|政府|镇|乡|街道|集团|公司|厂级?|分?厂|学?校|院"
    r"|所级?|党委|党组|党支部|支部|重点|重大|民生实事|民生|为民|惠民|利民|我为群众|办实事|实事|项目|任务|工作|整改|办理|问题"
    r"|事项|清单|实施|具体|各|所在|涉及|对应|相关|涉我区|所属|主要)"
)
_AFTER = re.compile(
    r"(?:名称|内容|一览|情况|及联系(?:方式|电话)|及电话|及(?:成效|下步打算|下一步打算|计划|要求)|要求|安排|明细|描述"
    r"|单位名称|姓名|简述|概述|概况)$"
)
_MOST_STRIPPED = 4

# Spellings of one thing, taken to the one that the tables use.
_SPELLINGS = [
    ("日期", "时间"),
    ("部门", "单位"),
    ("科室", "单位"),
    ("处室", "单位"),
    ("车间", "单位"),
    ("期限", "时限"),
    ("负责人", "责任人"),
    ("拟定", "计划"),
    ("预计", "计划"),
    ("预期", "计划"),
    ("拟", "计划"),
    ("办结", "完成"),
    ("对策", "措施"),
    ("举措", "措施"),
    ("落实情况", "进展情况"),
    ("推进情况", "进展情况"),
]

_OFFICE = r"(?:厂长|书记|科长|处长|主任|经理|部长|院长|校长|局长|主席)"

# What a heading means before anything is taken off it: 主要责任人 isn't any 责任人.
_FIRST_RULES = [
    (r"督.{0,8}(?:领导|责任人|人员?|部门|单位|科室|组)$", "supervisor"),
    (
        r"(?:第一|主要|总|区级|县级|市级|厂级|公司级?|院级|校级|党政)(?:责任人|负责人|负责同志)",
        "owner",
    ),
    (rf"(?:责任|分管|主管|牵头|包保|联系|负责).{{0,2}}{_OFFICE}$", "owner"),
    (r".完成情况$|进度.{0,2}(?:情况|描述|说明|简述)$", "progress"),
    (r"完成投资|累计.{0,4}投资|实际(?:开工|开始|启动|动工)", "remark"),
    (r"(?:项目|工程|实事)(?:概况|简介|概述|背景)", "measures"),
    (r"(?:填报|填表|制表|审批|审核)", ""),
    (r"销号(?:情况|状态|与否|结果)$", "status"),
    (r"办实事内容$|实事(?:名称|项目)?(?:及|和)?内容$", "title"),
    (r"(?:实施|建设|办理|开展|推进)(?:时间|日期|年限)$", "remark"),
]
# The first pattern that is found decides. Looked for in the heading as it stands.
_RULES = [
    (r"编号|代码|序列|数量|个数|项目数|页码|电话$|联系方式$|手机|签字|签名|签章", ""),
    (r"(?:提出|发现|受理|上报|填报|登记|交办|收到|反馈|更新|统计|验收|检查|下达)(?:时间|日期)", ""),
    (r"(?:复查|核查|验收|核验|验证|复核|确认|跟踪)(?:责任)?(?:人员?|单位|部门)$", "supervisor"),
    (r"(?:^原|首次|最初).{0,4}(?:时限|期限|时间|日期|节点)", "first_due"),
    (r"(?:开始|启动|开工|动工|进场|起始)(?:时间|日期|节点)?$", "start_by"),
    (r"实际.{0,4}(?:完成|办结|完工|竣工|结束|关闭).{0,3}$", "done_on"),
    (r"(?:到期|截止|结束|完工|竣工|交付|时限|期限|节点|工期|周期|起止)", "due"),
    (r"计划.{0,4}(?:时间|日期)$|完成(?:时间|日期).{1,4}$|(?:时间|进度)安排$", "due"),
    (r"(?:要求|承诺|目标|整改|限定)(?:完成|办结|整改)?(?:时间|日期)$", "due"),
    (
        r"是否.{0,6}(?:完成|办结|销号|整改|解决|落实|到位|闭环)|状态|与否$|^完成$|^办结$",
        "status",
    ),
    (r"完成率|完成比例|百分比|完成程度|累计完成$|进度", "percent"),
    (r"满意|评价|评分|测评", "satisfaction"),
    (r"佐证|附件|材料|图片|照片|受益|惠及|对象$|受众|其[他它]|说明$|备注|补充|备考|批示", "remark"),
    (r"进展|推进|落实情况|办理情况|整改情况|实施情况|完成情况|动态|下一?步", "progress"),
    (r"成效|实效|效果|结果|答复|回复|反馈|亮点|验收情况", "result"),
    (r"类别|类型|分类|种类|领域|属性|板块|条线|[大小]类|性质|维度|方面$", "category"),
    (r"地点|位置|区域|范围|场所|地址|部位|所在", "place"),
    (r"投资|资金|经费|预算|费用|金额|造价|概算", "budget"),
    (r"来源|渠道|(?:提出|反映|建议|诉求|申报|提报|上报)(?:人|单位|部门|职工)$", "source"),
    (r"措施|举措|对策|办法|方案|做法|路径|步骤", "measures"),
    (r"目标|标准|标志|成果|指标|预期", "criteria"),
    (r"影响|危害|后果", "effect"),
    (r"问题|诉求|困难|隐患|短板|不足|需求|堵点|痛点|难点|意见|建议", "problem"),
    (
        r"(?:配合|协同|协助|协办|参与|相关|支持|协作|参加).{0,6}(?:单位|部门|科室|车间|处室|方)$",
        "support_units",
    ),
    (r"(?:牵头|主责|主体|主办|总牵头).{0,4}(?:单位|部门|科室|车间|处室|方)$", "lead_unit"),
    (
        r"(?:责任|承办|整改|落实|负责|执行|实施|办理|推进|包保|归口|主管|所属|申报|完成|具体)?"
        r"(?:单位|部门|科室|车间|处室|分厂|班组|工段|作业区|站所|责任方|(?:责任|实施)主体)$",
        "units",
    ),
    (r"领导$|党委委员|班子成员|领导.{0,3}(?:姓名|职务)$|包案人|领衔人|牵头人$|认领人", "owner"),
    (r"(?:第一|主要|总|区级|县级|市级|厂级|公司级?|院级|校级)(?:责任人|负责人)$", "owner"),
    (
        r"(?:责任人|责任者|承办人|经办人|联络员|联系人|负责人|执行人|整改人|办理人|落实人|专干|具体人)员?$",
        "handlers",
    ),
    (r"要求$", "measures"),
    (r"(?:事项|项目|任务|实事|标题|名称|议题|主题|工作内容|事由|件名|工程|工作)$", "title"),
]
FIRST_RULES = [(re.compile(pattern), column) for pattern, column in _FIRST_RULES]
RULES = [(re.compile(pattern), column) for pattern, column in _RULES]


def stripped(heading: str) -> list[str]:
    """Return a heading with less and less around it, in the spellings that the tables use."""
    found = [spelt(heading)]
    for _count in range(_MOST_STRIPPED):
        shorter = _BEFORE.sub("", heading, count=1) if _BEFORE.match(heading) else heading
        if shorter == heading:
            break
        heading = shorter
        found += [heading, spelt(heading)]
    without_end = [_AFTER.sub("", words) for words in found]
    return [words for words in dict.fromkeys([*found, *without_end]) if words]


def spelt(heading: str) -> str:
    """Return a heading in the spellings that the tables use."""
    for other, usual in _SPELLINGS:
        heading = heading.replace(other, usual)
    return heading


def column_by_rule(heading: str, rules: list[tuple[re.Pattern[str], str]] = RULES) -> str | None:
    """Return the column by what the heading has in it; None where no rule knows.

    "" is a heading that means no column, whatever else stands in it.
    """
    return next((column for pattern, column in rules if pattern.search(heading)), None)
