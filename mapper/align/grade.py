"""How far a passage goes: a plan, a measure in place, a result, or a fault found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from mapper.model import Grade

Span = tuple[int, int]

_PLAN = re.compile(
    r"(?<![即方])将(?:完善|加强|优化|提升|深化|扩大|强化|健全|建立|打造|构建|推动|推进|聚焦|探索|启动|举办|开办|引入|上线|升级|新增|设立|增设|支持|助力|提供|发行|降低|下调|更好|更加|针对|面向|在|以|会|持续|继续|进一步|充分|大力|不断|积极|加快|加大|着力|努力|全面|深入|坚持|立足|围绕|始终|推出|开展|投入|实现|通过|为|于|逐步|联合|把握|与|重点|按照|结合|依托|切实|严格)"
    r"|未来(?!已来|经营业绩|收益|表现|科技城|之星|城|学)|下一步|接下来|(?<![模虚比])拟(?:于|在|推出|投|设|建|向|开展|发行)|计划(?=于|在|到|用|未来|投|三年|今年|明年|年内|再|新增|培养|发行|设|推|开|建|引|扩|上线|实现|启动|通过|向|对|每|举|组织|打造|布局|与|增|覆盖|派|招|加|进一步|继续|完成|把|为)|预计|力争|争取|有望|目标是|希望|承诺(?!函|书|制|收益)|致力于(?!打造出)|旨在打造|筹建|还将|即将|将于|愿景|期望|准备(?:推出|开展)|明年|后续将|路线图|规划到|到20[2-9]\d年|20[3-9]\d年|有意|意愿|探索推出|着眼于"
)
_PLAN_WEAK = re.compile(r"愿景|目标是|希望|力争|争取|未来|致力于|筹建|期望|承诺")
_DONE = re.compile(r"已经|已(?!有望)|累计|目前|截至|实现了|达到了|上线了|推出了|发布了")
_FIGURE = re.compile(
    r"(?:[0-9０-９][0-9０-９,，.．]*\s?(?:余|多|\+)?\s?(?:个百分点|个基点|bp|%|％|‰|万亿|百亿|千亿|[十百千]?[万亿]|元|人次|人|位|户次|户|家|笔|次|件|项|倍|名|场|吨|亩|头|款|份|套|篇|条|所|台|座|小时|分钟|秒|余|多|\+|个)"
    r"|[一二三四五六七八九十百千两数近]+(?:余|多)?(?:万|亿)(?:元|人|户|家|笔|次|件)?|[一二三四五六七八九十两]成|(?:接近)?[一二三四五六七八九十]+(?:余|多)?个(?:区县|省|市|县)|翻(?:了)?(?:一|两)?番|半数|近半)",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"累计|余额|增长|增速|同比|环比|较上年|较年初|较上年末|上升|下降|降低|降至|增加|减少|达到|达|突破|超过|超|逾|占比|占|覆盖|惠及|新增|服务(?=[^，。；]{0,10}[0-9超逾近])|辐射|笔均|低于|约(?=[0-9])|日均|做到|发放|投放|促成|帮助|资助|救助|扶持|受益|获得?|名列|排名|提升|提高|减免|让利|节约|荣获|拦截|挽回|办结|调解|赔付|投入|开源|汇聚|聚合|承保|发行|规模|授信|贷款资金|培训|开展|走访|邀请|申请专利|拥有|完成|比例|放款|接入|贡献|捐|参保|交易|落地|服务人次|万元|亿元|保障|率"
)
_NO_RESULT = re.compile(
    r"(?:第[一二三四五六七八九十\d]+|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:末|底)?|\d{1,2}月\d{1,2}日|\d{1,2}月(?:末|底)?|\d+周年|7[×x*]24小时|24小时|\d+[gG](?![a-zA-Z])|“?\d\.0|十四五|[\"“”]\d+\+?\d*[\"“”]|\d+\+\d+\+?\w?|8\.0|最高可?[达贷至]?\d+万元?|最长\d+年|期限\d+年|7\.8|3[·.]15|[一二三]位一体)"
)
_AWARD = re.compile(r"(?:获得?|取得|通过)(?:了)?[^，。；]{0,12}(?:认证|标识|专利授权|评级为|验收)")
_AUTHORITY = (
    r"(?:监管|监督管理|人民银行|央行|银保监|银监|保监|证监|网信办|工信部|消保委|消协|法院|警方|检查组|交易所|外汇局|审计署|协会)"
)
_FOUND = re.compile(
    r"罚款|被罚|罚单|罚没|处罚|受罚|罚金|没收违法所得|责令|立案|约谈|监管函|警示函|风险提示函|监管评级[^，。]{0,6}下调|监管谈话|通报批评|公开谴责|纪律处分|行政监管措施|"
    r"限期(?:改正|整改)|暂停新增|关停|吊销|败诉|判令|判决[^，。]{0,10}(?:赔偿|返还|退还|违约|无效)|予以警告|给予警告|处以警告|被警告|警告并|警告，|警告、|"
    rf"被[^，。；]{{0,14}}(?:点名|通报|曝光|叫停|处分|下架|起诉|查处|警告|要求[^，。]{{0,6}}整改)|受到[^，。]{{0,8}}(?:处分|警告)|"
    rf"{_AUTHORITY}[^，。；]{{0,16}}(?:点名|通报|曝光|警告|要求[^，。]{{0,8}}(?:整改|改正|退))|点名通报|被点名|被认定"
)
"""An authority or a court has found fault."""
_ADVERSE = re.compile(
    rf"{_FOUND.pattern}|违规|违法|违反|侵害|未经用户同意|强制授权|超范围收集|以贷收费|点名|不合规|严重失职|擅自(?:开通|扣划|扣费|收取|使用|提供)"
)
_NOT_ADVERSE = re.compile(
    r"严禁|禁止|杜绝|防范|打击|清退|整治|治理|排查|零容忍|不得|防止|避免|识别|抵制|揭露|反对|举报|协助|拦截|宣传|普及|没有|未发现|未发生|零处罚|管控|监测|清理|约束|惩戒|警惕|提示|提醒|科普|讲解"
)


_PUNISHES = re.compile(
    r"对[^，。]{0,16}(?:合作机构|合作方|合作商户|商户|员工|代理人|经纪人|渠道|外包|第三方|供应商|催收|责任人|经办)[^，。]{0,16}"
    r"(?:处罚|罚款|警告|问责|清退|处分|通报)|问责[^，。]{0,6}\d|演练|解除劳动合同|行政处罚(?:记录|信息)|关停[^，。]{0,10}(?:产品|功能|业务线)"
)
"""The firm itself punishes, rehearses or closes something; no fault of its own unless an authority is named."""
_PUNISHED = re.compile(
    r"被(?:处以?|罚|警告|责令|通报批评)|处以[^，。]{0,12}(?:罚款|警告)|罚[款没][^，。]{0,8}[0-9一二三四五六七八九十百]|予以警告"
)
"""The firm itself was punished, whatever else the sentence says."""
_CLEAR = re.compile(
    r"零处罚|零罚单|无(?:行政)?处罚|(?:未|没有)(?:曾)?(?:受到?|被|发生|出现)[^，。]{0,8}(?:处罚|罚|通报|处分)|处罚案例|案例(?:学习|教育|培训)|"
    r"警示教育|学习[^，。]{0,12}处罚|(?:协助|配合|联合|移送)[^，。]{0,14}(?:警方|公安|立案|破获)"
)
"""No fault of the firm: a clean record, a lesson from others' cases, help to the police."""
_CORRECTED = re.compile(
    r"(?:已|全部|均|完成|立即)[^，。；]{0,8}(?:整改|改正|纠正|退还|退费|下架|关停)|整改(?:完毕|完成|到位|已完成)|完成[^，。；]{0,6}整改|"
    r"(?:主动|逐一|全额)[^，。；]{0,8}(?:退还|退费|退款|补偿|赔偿)"
)
_DEED = re.compile(
    r"推出|上线|发布|设立|成立|建立|搭建|打造|组建|开通|发放|投放|签署|签约|签订|发行|研发|开发|自研|建设|建成|举办|开展|投入|捐|赠|落实|减免|让利|制定|出台|构建|引入|接入|对接|启动|升级|改造|培训|走访|走进|宣传|讲解|承保|赔付|提供|覆盖|增长|应用|部署|纳入|实施|完成|拦截|审核|定制|创新推|单列|聚合|促成|保留|设有|设置|配备|开辟|安排|办理|上门|优先|公示|公开|明示|披露|考核|问责|核验|加密|脱敏|回访|退还|退费|录音|质检|评估|清退|建档|补贴|优惠|降低|压降|下调|延伸|下沉|试点|承办|派驻|选派|聘请|宣讲|邀请|举行|科普|立足|坚守|定位|协助|帮助|满足|服务[^，。]{0,6}[0-9超逾近]"
)
_VAGUE = re.compile(
    r"如果|假如|理论上|可以(?:形成|优化|实现|提升|降低)|有助于|有利于|能够(?:真正|有效|更好)|获得感|强强联合|具体体现|重要举措|初衷|使命|落脚点|是[^，。]{0,12}(?:重要力量|关键|体现|探索|实践|举措)|有力(?:支撑|保障)|获评|大奖|荣获|好评|意义|^为(?:了|进一步|认真|更好)|重要作用|势在必行|打个问号|备受关注|话题|道路上|四字真言|诞生|脱颖而出|愿景|理念|初心|彰显|展现|践行了|可以看出|意味着|新征程|起点"
)


def corrections(text: str) -> tuple[Span, ...]:
    """Words that say that what was found fault with has been put right."""
    return tuple((m.start(), m.end()) for m in _CORRECTED.finditer(text))


def is_concrete(text: str, window: Span) -> bool:
    """Whether the stretch tells a deed or a figure, and not only an aim."""
    return bool(_DEED.search(text, *window)) or any(
        not _shadowed(text, m) for m in _FIGURE.finditer(text, *window)
    )


def is_vague(text: str, window: Span) -> bool:
    """Whether the stretch praises, dedicates or reflects: words that seldom carry a practice."""
    return bool(_VAGUE.search(text, *window))


@dataclass(frozen=True)
class Graded:
    """A grade and the words that made it, as spans of the passage."""

    grade: Grade
    words: tuple[Span, ...]


def is_adverse(text: str) -> tuple[Span, ...]:
    """Words that say that fault was found; empty where a sentence is about preventing or punishing others' faults."""
    found = tuple((m.start(), m.end()) for m in _ADVERSE.finditer(text))
    if not found or _CLEAR.search(text):
        return ()
    if _PUNISHES.search(text) and not re.search(_AUTHORITY, text) and not _PUNISHED.search(text):
        return ()
    return found if _FOUND.search(text) or not _NOT_ADVERSE.search(text) else ()


def grade(text: str, window: Span, words: tuple[Span, ...]) -> Graded:
    """Grade the stretch ``window`` of a sentence whose matching words are ``words`` (never ``adverse``).

    A plan in the clauses of the matching words, or in one before them that no completed act follows, makes a
    commitment; a figure beside a word of result makes an outcome; anything else is an action.
    """
    start, end = window
    first = min((s for s, _ in words), default=start)
    last = max((e for _, e in words), default=end)
    plans = list(_PLAN.finditer(text, start, end))
    ahead = [m for m in plans if m.start() <= (first if _PLAN_WEAK.fullmatch(m.group()) else last)]
    if ahead:
        done = list(_DONE.finditer(text, start, end))
        sentence_breaks = [m.start() for m in re.finditer(r"[；;]", text[start:end])]
        governing = ahead[-1]
        cut = any(governing.end() <= start + b <= first for b in sentence_breaks)
        undone = any(m.start() > governing.end() and m.start() <= last for m in done)
        past = any(m.end() <= governing.start() and governing.start() - m.end() <= 6 for m in done)
        if not cut and not undone and not past:
            return Graded("commitment", ((governing.start(), governing.end()),))
    part_start, part_end = _part(text, window, words)
    results = list(_RESULT.finditer(text, part_start, part_end))
    figures = [f for f in _FIGURE.finditer(text, part_start, part_end) if not _shadowed(text, f)]
    for figure in sorted(figures, key=lambda f: min((abs(s - f.start()) for s, _ in words), default=0)):
        near = [r for r in results if _beside(text, r, figure)]
        if near:
            best = min(near, key=lambda r: (abs(r.start() - figure.start()), r.start()))
            return Graded("outcome", tuple(sorted({(best.start(), best.end()), (figure.start(), figure.end())})))
    award = _AWARD.search(text, part_start, part_end)
    if award:
        return Graded("outcome", ((award.start(), award.end()),))
    return Graded("action", ())


def _part(text: str, window: Span, words: tuple[Span, ...]) -> Span:
    """The parts between semicolons that hold matching words: a figure elsewhere in the sentence proves nothing."""
    start, end = window
    marks = [m.start() for m in re.finditer(r"[；;]", text[start:end])]
    bounds = [start, *(start + mark for mark in marks), end]
    held = [
        (left, right)
        for left, right in pairwise(bounds)
        if any(left <= s < right for s, _ in words)
    ]
    return (held[0][0], held[-1][1]) if held else window


def _beside(text: str, result: re.Match[str], figure: re.Match[str]) -> bool:
    """Whether a word of result and a figure belong together: near by, or in the same clause."""
    first, second = sorted((result.start(), figure.start()))
    return second - first <= 24 or not re.search(r"[，,；;]", text[first:second])


def _shadowed(text: str, figure: re.Match[str]) -> bool:
    """A figure that is no result: a date, an ordinal, a round-the-clock service, an upper limit of a loan."""
    return any(
        m.start() <= figure.start() < m.end()
        for m in _NO_RESULT.finditer(text, max(0, figure.start() - 12), min(len(text), figure.end() + 6))
    )
