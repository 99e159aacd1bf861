"""Of several firms in a sentence each has its own fault or all have one; and a firm may only be paid, cheated or posed as. All invented."""

from __future__ import annotations

import pytest

from mapper.corpus.document import document_text
from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.model import DocumentText
from tests.firms.test_kinds_of_documents import SHIPPED


def whose(text: str, words: str) -> set[str]:
    """To whom the stretches are given that hold these words, or a part of them."""
    read = document_text("a.txt", text.encode())
    assert isinstance(read, DocumentText) and SHIPPED is not None
    for passage, reading in zip(read.passages, attribute(read, local_registry(read, SHIPPED)), strict=True):
        at = passage.text.find(words)
        if at >= 0:
            return {one.firm for one in reading.attributed if one.start < at + len(words) and at < one.end}
    raise AssertionError(words)


# ---- each its own, or all the same -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        (
            "清川银行因贷后管理不到位被罚40万元；云岭银行强制搭售保险，被罚25万元；江北银行因泄露客户信息被罚60万元。",
            {"贷后管理": "清川银行", "搭售": "云岭银行", "泄露": "江北银行"},
        ),
        (
            "通报显示，清川人寿因夸大收益被罚30万元，云岭人寿因未按规定回访被罚12万元，江北人寿因虚列费用被罚20万元。",
            {"夸大": "清川人寿", "回访": "云岭人寿", "虚列": "江北人寿"},
        ),
        (
            "清川银行被罚50万元，案由是违规放贷；云岭银行被罚20万元，案由是乱收费；江北银行被罚10万元，案由是未核实身份。",
            {"违规放贷": "清川银行", "乱收费": "云岭银行", "未核实": "江北银行"},
        ),
        ("清川银行、云岭银行分别因泄露信息、误导销售被罚30万元、40万元。", {"泄露": "清川银行", "误导": "云岭银行"}),
        ("清川银行和江北人寿分别存在违规收费、夸大收益的问题，被责令改正。", {"违规收费": "清川银行", "夸大": "江北人寿"}),
        (
            "云岭银行、清川银行、江北银行分别因贷后管理不到位、双录缺失、反洗钱不力被罚款。",
            {"贷后": "云岭银行", "双录": "清川银行", "反洗钱": "江北银行"},
        ),
    ],
)
def test_each_firm_has_the_fault_of_its_own_clause_or_its_own_item(sentence: str, whom: dict[str, str]) -> None:
    assert {words: whose(sentence, words) for words in whom} == {words: {firm} for words, firm in whom.items()}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("清川银行、云岭银行、江北银行因贷后管理不到位被罚。", "贷后管理"),
        ("因违反反洗钱规定，清川银行被罚50万元，云岭银行被罚30万元，江北银行被罚20万元。", "反洗钱"),
        ("清川银行被罚50万元，云岭银行被罚30万元，江北银行被罚20万元，均因贷款三查不尽职。", "三查"),
        ("清川银行、云岭银行、江北银行分别因违规收费、误导销售被罚。", "误导销售"),
        ("清川银行、云岭银行、江北银行被罚。三家银行均未核实客户身份；江北银行还遗失了资料。", "核实"),
        ("清川银行、云岭银行、江北银行被约谈。上述机构均未公示收费。", "公示"),
        ("清川银行被罚。云岭银行、江北银行收到罚单。三家银行都存在误导销售的问题。", "误导"),
    ],
)
def test_what_is_said_of_all_is_all_theirs(text: str, words: str) -> None:
    assert whose(text, words) == {"清川银行", "云岭银行", "江北银行"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("清川银行、云岭银行被罚。三家银行均下调了利率。", "下调"),
        ("清川银行推出新产品。多家银行均下调了利率。", "下调"),
    ],
)
def test_a_count_that_does_not_agree_means_others(text: str, words: str) -> None:
    assert whose(text, words) == set()


def test_those_who_lead_and_those_who_join_them() -> None:
    text = "由中信银行与平安财险江城分公司牵头，联合招商银行、兴业银行推进的金融知识进校园活动圆满结束。"
    assert whose(text, "进校园") == {"中信银行", "平安产险", "招商银行", "兴业银行"}
    assert whose(text, "牵头") == {"中信银行", "平安产险"}


# ---- who is only paid ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "一名老人来到清川银行城南支行，要把十万元汇给云岭农商银行的某账户。该行工作人员反复劝阻。",
        "老人走进清川银行，声称要把钱打给江北银行的“专员”。该行工作人员反复劝阻。",
        "大妈来到清川银行办理转账，收款方为云岭银行一陌生账户。该行工作人员反复劝阻。",
    ],
)
def test_the_bank_where_money_is_to_go_is_not_the_one_where_the_customer_stands(text: str) -> None:
    assert whose(text, "反复劝阻") == {"清川银行"}
    assert whose(text, "账户" if "账户" in text else "专员") == {"清川银行"}


@pytest.mark.parametrize(
    ("text", "words", "firm"),
    [
        ("清川消费金融收取高额服务费，借款人还要给云岭银行还款，苦不堪言。", "苦不堪言", "清川消费金融"),
        ("清川消费金融强制借款人买保险，保险细节需要咨询青禾财险。", "咨询", "清川消费金融"),
        ("客户向清川银行还款后，仍被反复催收。", "催收", "清川银行"),
        ("储户把钱存到清川银行，到期却取不出来。", "取不出来", "清川银行"),
        ("清川银行客户将存款转到云岭银行，云岭银行赠送米面油揽储。", "米面油", "云岭银行"),
    ],
)
def test_a_lender_that_is_paid_beside_another_does_not_act_but_alone_it_does(text: str, words: str, firm: str) -> None:
    assert whose(text, words) == {firm}


# ---- who is cheated, and whose name is borrowed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("清川财险江城分公司（以下简称清川财险）疑似遭遇保险诈骗。", "遭遇"),
        ("近日，清川人寿被不法分子骗保，涉案金额千万元。", "骗保"),
        ("马某虚构车祸，骗取清川财险赔款68万元。", "虚构"),
        ("马某虚构车祸，从清川财险骗得保险金30万元。", "骗得"),
        ("骗子谎称是清川银行客服，诱骗客户转账。", "诱骗"),
        ("一名男子自称是清川消费金融客服，要求客户提供验证码。", "要求"),
    ],
)
def test_what_is_done_to_a_firm_or_in_its_name_is_nobodys(text: str, words: str) -> None:
    assert whose(text, words) == set()


@pytest.mark.parametrize(
    ("text", "words", "firm"),
    [
        ("清川财险理赔员识破一起保险诈骗，挽回损失50万元。", "识破", "清川财险"),
        ("清川人寿业务员自称是银行工作人员，把保险说成存款。", "说成", "清川人寿"),
        ("一名自称清川消费金融“法务”的男子多次打电话，威胁借款人。", "威胁", "清川消费金融"),
        ("清川银行遭遇投诉，收费不透明。", "不透明", "清川银行"),
        ("清川银行被客户投诉骗取授权。", "骗取", "清川银行"),
        ("骗子自称清川银行客服，该行柜员当即识破并报警。", "报警", "清川银行"),
    ],
)
def test_but_its_own_people_and_its_own_faults_stay_its_own(text: str, words: str, firm: str) -> None:
    assert whose(text, words) == {firm}


# ---- its people ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("清川银行理财经理方某伪造合同，骗取储户资金。", "骗取"),
        ("清川银行业务员方某伪造合同，骗取储户资金。", "骗取"),
        ("清川银行客户经理贾某推荐高息存款。公安机关已立案。贾某承认隐瞒了产品风险。", "隐瞒"),
        ("清川银行业务员赵某上门推销。\n赵某未告知退保损失，还代客户签字。", "代客户"),
    ],
)
def test_whoever_works_for_a_firm_acts_for_it_also_where_only_his_name_stands(text: str, words: str) -> None:
    assert whose(text, words) == {"清川银行"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("清川基金前基金经理李某控制他人账户进行趋同交易，涉案金额3300万元，被处以60万元罚款。", "涉案"),
        ("清川证券从业人员张某借用他人账户买卖股票，获利12万元。", "获利"),
        ("清川银行前员工李某离职后以个人名义集资，骗取亲友资金。", "骗取"),
    ],
)
def test_but_not_for_himself_on_the_market_nor_after_he_left(text: str, words: str) -> None:
    assert whose(text, words) == set()


@pytest.mark.parametrize(
    "text",
    [
        "清川银行某支行仅凭借云岭小贷提供的授权书，查询了3万人的信用报告。",
        "清川银行利用云岭证券出具的名单，向客户推销理财。",
    ],
)
def test_whose_paper_a_firm_went_by_does_not_act(text: str) -> None:
    assert whose(text, text[-8:-1]) == {"清川银行"}
