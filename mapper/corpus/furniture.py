"""What a page holds besides its article: navigation, disclaimers, share buttons, comment boxes, notices of the platform."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.corpus.paragraphs import Paragraph

_LINE = re.compile(
    r"(?:"
    r"正在阅读[:：]?.{0,40}|扫一扫.{0,30}|扫描二维码.{0,30}|长按.{0,12}二维码.{0,20}|(?:当前|您的?(?:当前)?)?位置[:：].{0,80}"
    r"|.{0,30}(?:首页|主页)\s*(?:>|›|»|/|\|)+.{0,80}|首页|返回首页|返回顶部|回到顶部|返回列表|返回搜狐.{0,20}|上一[篇页条].{0,60}|下一[篇页条].{0,60}"
    r"|登\s?录|注\s?册|登\s?录\s?/\s?注\s?册|免费注册|退出|关闭|取消|确定|提交|搜\s?索|收藏|举报|投诉|打印|点赞|赞|评论|发表评论|全部评论|热门评论|最新评论|我来说两句"
    r"|暂无评论.{0,30}|(?:点击)?(?:查看|阅读|展开)(?:更多|全文|原文).{0,12}|阅读\s?\(?[\d\s]*\)?(?:\s*投诉)?|(?:微信|朋友圈|微博|新浪微博|腾讯微博|QQ|QQ空间|复制链接|分享|分享到|分享至)[:：]?"
    r"|(?:微信)?公众号|微信公众号.{0,20}|官方微[信博].{0,20}|客户端|下载.{0,12}(?:APP|App|app|客户端|新闻)|.{0,10}(?:APP|客户端)下载|打开.{0,10}(?:APP|App|客户端).{0,16}"
    r"|(?:责任|本文|本版|值班)?编辑\s*[:：丨|].{0,30}|责编\s*[:：丨|].{0,30}|.{0,12}责任编辑[:：]?|审[核校]\s*[:：丨|].{0,20}|校对\s*[:：丨|].{0,20}|监制\s*[:：丨|].{0,20}"
    r"|(?:来源|文章来源|稿件来源|信息来源)\s*[:：丨|].{1,60}|作者\s*[:：丨|].{1,40}|(?:文|图|文/图)\s*[|丨/／]\s*.{1,24}|(?:发布|发表|更新|上传)(?:时间|日期)\s*[:：].{4,80}|时间\s*[:：]\s*\d{4}.{4,60}"
    r"|\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?(?:\s+.{0,30})?|(?:浏览|阅读|点击)(?:次数|量|数)\s*[:：].{0,20}|字体\s*[:：]?.{0,20}|字号\s*[:：]?.{0,20}"
    r"|(?:文章)?(?:关键词|关键字|标签|TAGS?)\s*[:：].{0,60}|[·\-—\s]*(?:END|完|全文完|未完待续)[·\-—\s]*|[（(](?:完|编辑.{0,20}|责任编辑.{0,20}|记者.{0,20}|来源.{0,20})[）)]"
    r"|(?:编辑|责任编辑)[:：丨|]?\S{0,20}|[（(].{0,14}(?:网|报|社|财经|新闻)[\s　]*.{1,10}/文[）)]"
    r"|.{0,30}(?:版权所有|Copyright|©|All Rights Reserved).{0,120}|.{0,20}ICP[备证].{0,60}|.{0,20}公网安备.{0,40}|(?:网站|友情链接|关于我们|联系我们|网站地图|法律声明|隐私政策|帮助中心|诚聘英才|广告服务)(?:\s*\|?\s*.{0,40})?"
    r"|(?:点击|长按|扫码|欢迎)?关注.{0,20}(?:公众号|我们|微信).{0,20}|.{0,20}(?:点击这里|请点击|戳这里).{0,20}|(?:电话|传真|邮箱|客服热线|联系电话)\s*[:：]?\s*[\d\-+@\w.()（）]{5,40}|[\d\-+()]{7,20}"
    r"|说明[:：].{0,20}申请加入.{0,120}|.{0,20}新?\S{0,6}搜索[:：].{0,40}|请务必阅读正文之后的.{0,30}|(?:原标题|标题)[:：]?感谢.{0,30}"
    r")",
    re.I | re.S,
)
"""Lines that are furniture as a whole."""

_NOTICE = re.compile(
    r"^[（(【*※]?\s*(?:免责声明|特别声明|版权声明|重要声明|郑重声明|网站声明|本网声明|转载声明|风险提示及免责声明|声明)\s*[】:：]"
    r"|本文(?:为|系)?(?:转载|授权转载)内容|(?:不代表|并不代表|仅代表)(?:作者|本[网站人台]|平台|.{0,8}(?:立场|观点)).{0,20}"
    r"|本平台仅提供信息存储|仅供(?:读者)?(?:参考|交流).{0,20}不构成.{0,10}(?:建议|意见)|不构成任何?(?:投资)?建议.{0,30}(?:风险自担|据此|自负)"
    r"|未经(?:书面)?(?:授权|许可|允许).{0,20}(?:不得|禁止|严禁).{0,12}(?:转载|复制|摘编|使用)|授权事宜请联系|转载请(?:注明|联系)|如(?:有|涉)?.{0,6}(?:侵权|版权).{0,30}(?:联系|删除)"
    r"|only provides information storage|uploaded and posted by a user|All rights reserved|do(?:es)? not (?:necessarily )?represent the views"
    r"|(?:请|欢迎)(?:下载|打开|关注).{0,16}(?:APP|客户端|公众号)|违法和不良信息举报|举报(?:电话|邮箱|热线)[:：]",
    re.I,
)
"""Words that make a paragraph of up to some 300 characters a notice of the platform, not a statement of the article."""

_LISTS = re.compile(r"(?:相关|热门|推荐|精彩|猜你喜欢|更多|延伸|热点|往期|最新)(?:内容|文章|阅读|新闻|推荐|资讯|报道|回顾|链接|导读)+.{0,24}|猜你喜欢|大家都在看|热榜|排行榜|编辑推荐|相关推荐.{0,24}")
"""Heads of lists of other articles: the short lines below go with them."""

_LEGAL = re.compile(r"(?:免责声明|重要声明|法律声明|分析师(?:声明|承诺)|免责条款|风险提示及免责声明|特别声明|评级说明)[:：]?")
"""Headings in the last half of a report after which nothing of its own follows."""

_NOTICE_LENGTH = 320
_BIO = 60


def sift(found: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Part the paragraphs of the article from the page's furniture; both keep their order."""
    total = sum(len(paragraph.text) for paragraph in found)
    kept: list[Paragraph] = []
    dropped: list[Paragraph] = []
    seen = 0
    listing = legal = ended = False
    for paragraph in found:
        text = paragraph.text
        seen += len(text)
        late = seen > 0.5 * total
        finished = text.rstrip("”」）)").endswith(("。", "！", "？"))
        if legal or (late and _LEGAL.fullmatch(text)):
            legal = True
        listing = bool(_LISTS.fullmatch(text)) or (listing and not finished and len(text) <= 60)
        notice = len(text) <= _NOTICE_LENGTH and bool(_NOTICE.search(text))
        line = len(text) <= 160 and bool(_LINE.fullmatch(text.strip("|·· \t")))
        links = paragraph.linked > 0.7 and not finished and len(text) <= 80 and paragraph.role != "heading"
        bio = ended and len(text) <= _BIO and seen > 0.9 * total
        if legal or listing or notice or line or links or bio:
            ended = ended or notice
            dropped.append(paragraph)
        else:
            kept.append(paragraph)
    return kept, dropped
