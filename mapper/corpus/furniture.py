"""What a page holds besides its article: navigation, disclaimers, share buttons, comment boxes, platform notices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.corpus.paragraphs import Paragraph
from mapper.corpus.patterns import any_of

_ON = r"\s*[:：丨|]"
_LINE = any_of(
    # where the reader is, and where else to go
    r"正在阅读[:：]?.{0,40}|(?:您的?)?(?:当前)?位置[:：].{0,80}|.{0,30}(?:首页|主页)\s*(?:[>›»/|]\s*)+.{0,80}|首页|\S{0,8}搜索[:：].{0,40}",
    r"返回(?:首页|顶部|列表|搜狐).{0,20}|回到顶部|[上下]一[篇页条].{0,60}|(?:点击)?(?:查看|阅读|展开)(?:更多|全文|原文).{0,12}",
    r"(?:网站|友情链接|关于我们|联系我们|网站地图|法律声明|隐私政策|帮助中心|诚聘英才|广告服务)(?:\s*+\|?\s*+.{0,40})?",
    # buttons and boxes
    r"登\s?录|注\s?册|登\s?录\s?/\s?注\s?册|免费注册|退出|关闭|取消|确定|提交|搜\s?索|收藏|举报|投诉|打印|点赞|赞|字[体号]\s*[:：]?.{0,20}",
    r"(?:发表|全部|热门|最新)?评论|我来说两句|暂无评论.{0,30}|阅读\s?\(?[\d\s]*+\)?(?:\s*+投诉)?|(?:浏览|阅读|点击)(?:次数|量|数)\s*[:：].{0,20}",
    r"(?:微信|朋友圈|微博|新浪微博|腾讯微博|QQ|QQ空间|复制链接|分享|分享到|分享至)[:：]?|(?:微信)?公众号.{0,20}|官方微[信博].{0,20}",
    r"扫一扫.{0,30}|扫描二维码.{0,30}|长按.{0,12}二维码.{0,20}|.{0,20}(?:点击这里|请点击|戳这里).{0,20}",
    r"客户端|下载.{0,12}(?:APP|客户端|新闻)|.{0,10}(?:APP|客户端)下载|打开.{0,10}(?:APP|客户端).{0,16}",
    r"(?:点击|长按|扫码|欢迎)?关注.{0,20}(?:公众号|我们|微信).{0,20}",
    # imprint: read for the document's facts, but not part of what it says
    rf"(?:责任|本文|本版|值班)?编辑{_ON}.{{0,30}}|(?:责编|审[核校]|校对|监制){_ON}.{{0,20}}|.{{0,12}}责任编辑[:：]?",
    r"(?:编辑|责任编辑)[:：丨|]?\S{0,20}|[（(](?:完|编辑|责任编辑|记者|来源).{0,20}[）)]|原标题\s*[:：][^。！？]{0,80}",
    rf"(?:文章|稿件|信息)?来源{_ON}.{{1,60}}|作者{_ON}.{{1,40}}|(?:文|图|文/图)\s*[|丨/／]\s*.{{1,24}}",
    r"[（(].{0,14}(?:网|报|社|财经|新闻)\s*.{1,10}/文[）)]|(?:文章)?(?:关键词|关键字|标签|TAGS?)\s*[:：].{0,60}",
    r"(?:发布|发表|更新|上传)(?:时间|日期)\s*[:：].{4,80}|时间\s*[:：]\s*\d{4}.{4,60}",
    r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?(?:\s+.{0,30})?",
    r"[·\-—\s]*(?:END|完|全文完|未完待续)[·\-—\s]*",
    r".{0,30}(?:版权所有|Copyright|©|All Rights Reserved).{0,120}|.{0,20}ICP[备证].{0,60}|.{0,20}公网安备.{0,40}",
    r"(?:电话|传真|邮箱|客服热线|联系电话)\s*+[:：]?\s*+[\d\-+@\w.()（）]{5,40}|[\d\-+()]{7,20}",
    r"说明[:：].{0,20}申请加入.{0,120}|请务必阅读正文之后的.{0,30}",
    flags=re.I | re.S,
)
"""Lines that are furniture as a whole."""

_NOTICE = any_of(
    r"^[（(【*※]?\s*(?:免责|特别|版权|重要|郑重|网站|本网|转载|风险提示及免责)?声明\s*[】:：]|本文(?:为|系)?(?:授权)?转载内容",
    r"(?:不|并不|仅)代表(?:作者|本[网站人台]|平台|.{0,8}(?:立场|观点)).{0,20}|不构成任何?(?:投资)?建议.{0,30}(?:风险自担|据此|自负)",
    r"仅供(?:读者)?(?:参考|交流).{0,20}不构成.{0,10}(?:建议|意见)|本平台仅提供信息存储",
    r"未经(?:书面)?(?:授权|许可|允许).{0,20}(?:不得|禁止|严禁).{0,12}(?:转载|复制|摘编|使用)|授权事宜请联系|转载请(?:注明|联系)",
    r"如(?:有|涉)?.{0,6}(?:侵权|版权).{0,30}(?:联系|删除)|违法和不良信息举报|举报(?:电话|邮箱|热线)[:：]",
    r"(?:请|欢迎)(?:下载|打开|关注).{0,16}(?:APP|客户端|公众号)",
    r"only provides information storage|uploaded and posted by a user|All rights reserved",
    r"do(?:es)? not (?:necessarily )?represent the views",
    flags=re.I,
)
"""Words that make a paragraph of bounded length a notice of the platform, not a statement of the article."""

_LISTS = any_of(
    r"(?:相关|热门|推荐|精彩|更多|延伸|热点|往期|最新)(?:内容|文章|阅读|新闻|推荐|资讯|报道|回顾|链接|导读)+.{0,24}",
    r"猜你喜欢|大家都在看|热榜|排行榜|编辑推荐",
)
"""Heads of lists of other articles: the short lines below go with them."""

_LEGAL = re.compile(
    r"(?:免责声明|重要声明|法律声明|分析师(?:声明|承诺)|免责条款|风险提示及免责声明|特别声明|评级说明)[:：]?"
)
"""Headings in the last half of a report after which nothing of its own follows."""

_LINE_LENGTH = 160
_NOTICE_LENGTH = 320
_SHORT = 60
_BRIEF = 400
"""Characters of a text so brief that its last tenth is no place of its own."""
_LINKED = 0.7


def sift(found: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Part the paragraphs of the article from the page's furniture; both keep their order."""
    total = sum(len(paragraph.text) for paragraph in found)
    kept: list[Paragraph] = []
    dropped: list[Paragraph] = []
    seen = 0
    listing = legal = noticed = False
    for paragraph in found:
        text = paragraph.text
        seen += len(text)
        short = len(text) <= _SHORT
        legal = legal or (seen > 0.5 * total and bool(_LEGAL.fullmatch(text)))
        listing = bool(_LISTS.fullmatch(text)) or (listing and short and not _is_finished(text))
        notice = len(text) <= _NOTICE_LENGTH and bool(_NOTICE.search(text))
        # Who wrote it and what else the platform says stands between its notices, at the very end.
        imprint = noticed and short and total > _BRIEF and seen > 0.9 * total
        noticed = noticed or notice
        furniture = legal or listing or notice or imprint or _is_line(text) or _is_links(paragraph)
        if furniture and not paragraph.single:
            dropped.append(paragraph)
        else:
            kept.append(paragraph)
    return kept, dropped


def _is_finished(text: str) -> bool:
    return text.rstrip("”」）)").endswith(("。", "！", "？"))


def _is_line(text: str) -> bool:
    return len(text) <= _LINE_LENGTH and not text.endswith("。") and bool(_LINE.fullmatch(text.strip("|·• \t")))


def _is_links(paragraph: Paragraph) -> bool:
    return paragraph.linked > _LINKED and len(paragraph.text) <= 80 and not _is_finished(paragraph.text)
