"""Words right before a name that no list knows are no part of it, and are no name by themselves."""

from __future__ import annotations

import pytest

from mapper.firms.discovery import local_registry
from mapper.firms.leads import leading
from mapper.firms.lists import load_registry
from mapper.firms.names import ending
from tests.builders import document, registry
from tests.firms.test_discovery import discovered


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("得知岷润银行上门服务，老人十分感动。", "岷润银行"),
        ("致电岷润财险客服，对方表示正在核实。", "岷润财险"),
        ("听闻岷洲农商银行推出无还本续贷，他第二天就去了。", "岷洲农商银行"),
        ("催促岷洲金租尽快放款，企业已等了两个月。", "岷洲金租"),
        ("转而岷川消费金融承接了这笔贷款。", "岷川消费金融"),
        ("多亏岷丰村镇银行的客户经理及时拦截。", "岷丰村镇银行"),
        ("起初岷溪消费金融承诺年化利率不超过24%。", "岷溪消费金融"),
        ("尽管岷川消费金融多次道歉，客户仍要求退费。", "岷川消费金融"),
        ("据了解岷川人寿已累计赔付2.3亿元。", "岷川人寿"),
        ("竞争对手岷川支付因备付金违规被罚款。", "岷川支付"),
        ("债主岷川小贷将其诉至法院。", "岷川小贷"),
        ("镇上岷洲农商银行的网点增设了轮椅。", "岷洲农商银行"),
        ("入股岷溪村镇银行的企业违规占用贷款。", "岷溪村镇银行"),
        ("随岷润财险查勘员来到田间，记者看到倒伏的水稻。", "岷润财险"),
        ("联合岷东期货开展“保险+期货”项目，为农户赔付300万元。", "岷东期货"),
        ("有岷润消费金融的客户反映，逾期一天就被催收。", "岷润消费金融"),
        ("鉴于岷川小额贷款公司收取砍头息，监管责令退还。", "岷川小贷"),
    ],
)
def test_verbs_function_words_and_people_before_a_name_are_cut_off(sentence: str, name: str) -> None:
    assert list(discovered(sentence)) == [name]


@pytest.mark.parametrize(
    "sentence",
    [
        "得知银行工作人员上门为奶奶办理业务，老人十分感动。",
        "致电银行客服，告知银行卡号后受骗。",
        "老人在遥控下直奔银行转账。",
        "综合运用场内期货、期权进行对冲，场外期货由交易商报价。",
        "前往银行取款的老人不少，前往银行要带身份证。",
    ],
)
def test_such_a_word_alone_is_no_firm(sentence: str) -> None:
    assert discovered(sentence) == {}


@pytest.mark.parametrize(
    ("sentences", "name"),
    [
        (("启航岷汇银行开业。", "启航岷汇银行放贷。", "启航岷汇银行设点。"), "启航岷汇银行"),
        (("随州岷汇农商银行开业。",), "随州岷汇农商银行"),
        (("向日葵银行开业。",), "向日葵银行"),
        (("和岷联人寿推出手语客服。",), "和岷联人寿"),
        (("市民银行被罚款。", "市民银行已经整改。"), "市民银行"),
    ],
)
def test_names_that_begin_like_words_stay_whole(sentences: tuple[str, ...], name: str) -> None:
    assert name in discovered(*sentences)


def test_no_listed_name_begins_with_one() -> None:
    shipped, _ = load_registry()
    assert shipped is not None
    called = [firm.name for firm in shipped.firms.values() if ending(firm.name)]
    assert not [name for name in called if name[:2] in leading()]


def test_the_speaker_and_that_bank_stay_with_the_firm_named_before() -> None:
    known = local_registry(document("一位老人走进岷润农商银行求助。", "得知银行工作人员上门，老人十分感动。"), registry())
    assert [firm.name for firm in known.firms.values() if firm.origin == "discovered"] == ["岷润农商银行"]
