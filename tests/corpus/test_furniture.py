"""What a page holds besides its article is dropped; what the article says is kept."""

import pytest

from mapper.corpus.furniture import sift
from mapper.corpus.paragraphs import paragraphs
from mapper.corpus.reading import Block
from mapper.corpus.textmap import TextMap

BODY = "马上消费坚持自主研发,将数字化技术与金融业务深度融合,申请专利数已经超过490项。"


def kept(*texts: str, linked: float = 0.0) -> list[str]:
    found = paragraphs(Block(TextMap.of(text), linked=linked if text != BODY else 0.0) for text in texts)
    return [paragraph.text for paragraph in sift(found)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "首页 > 资讯列表",
        "正在阅读:",
        "扫一扫下载界面新闻APP",
        "发布时间:2023-06-29来源:可持续发展经济导刊作者:媒体中心",
        "2019-03-01 11:20 来源: 绍兴网",
        "· END ·",
        "编辑丨王秋蓉",
        "（责任编辑：王治强 HF013）",
        "(经济观察网 胡群/文)",
        "文|产业科技Pro",
        "文章关键词: 微众银行",
        "返回顶部",
        "登 录",
        "评论",
        "暂无评论哦,快来评价一下吧!",
        "微信公众号",
        "免责声明:本文观点仅代表作者本人,供参考、交流,不构成任何建议。",
        "特别声明:以上内容为自媒体平台“网易号”用户上传并发布,本平台仅提供信息存储服务。",
        "Notice: The content above is uploaded and posted by a user of NetEase Hao.",
        "本文为转载内容,授权事宜请联系原著作权人。",
        "Copyright © 2023 某某网 版权所有 京ICP备12345678号",
        "0371-69530036",
        "未经授权,任何媒体不得转载本文。",
    ],
)
def test_furniture_goes(text: str) -> None:
    assert kept(BODY, text, BODY) == [BODY, BODY]


@pytest.mark.parametrize(
    "text",
    [
        "该行注册用户近1.4亿,客户可在APP首页登录后办理业务。",
        "公司已累计申请专利146项,成功登记计算机软件著作权121项。",
        "【8】本文所载内容仅供您理解保险条款所用,在某些情况下,我们不承担给付保险金的责任,详见保险条款。",
        "微信公众号等53处终端应用入口均可办理业务。",
        "过去收益不代表未来收益.",
        "该行要求营销人员作出风险提示声明,未经客户同意不得收集个人信息。",
        "下一步,人民银行将开展金融服务能力提升工程。",
        "关闭部分用户借款权限",
        "北京银行推出网上银行登录保护措施",
    ],
)
def test_what_is_said_of_firms_stays(text: str) -> None:
    assert text in kept(BODY, text, BODY)


def test_a_list_of_other_articles_goes_with_its_head() -> None:
    assert kept(BODY, "相关阅读", "某银行发布年报", "某公司获批开业", BODY) == [BODY, BODY]


def test_a_short_line_that_is_all_links_goes() -> None:
    assert kept(BODY, "普惠金融频道", BODY, linked=1.0) == [BODY, BODY]


def test_a_report_ends_where_its_legal_notices_begin() -> None:
    assert kept(BODY, BODY, BODY, "免责声明", "本报告由某证券公司制作。", "投资评级标准") == [BODY] * 3
