"""A deed that is denied, or done in breach, is a fault; a fault that is denied, or fought, is none; twice denied is not denied."""

from __future__ import annotations

import pytest

from mapper.matchers.shifters import direction

GOOD, BAD = -3.0, 3.0


def plain(text: str) -> float:
    """A reader that hears deeds and faults, and no word that denies them."""
    return BAD if any(word in text for word in ("泄露", "搭售", "骗")) else GOOD


@pytest.mark.parametrize(
    "sentence",
    [
        "△没有为老年客户保留人工柜台。",
        "△不再为行动不便的老人提供上门服务。",
        "△拒绝为小微企业办理无还本续贷。",
        "△多家网点已取消人工柜台，老年客户不便。",
        "△原来为老年客户保留人工柜台，现已全部撤销。",
        "△网点没有爱心窗口，也没有老花镜。",
        "△没有在合同里写明年化利率。",
        "△没有告知客户要收手续费。",
        "本行从未向乡村教师发放过贷款。",
        "老年客户没有智能手机，△没有保留人工柜台。",
    ],
)
def test_a_deed_not_done_is_a_fault(sentence: str) -> None:
    assert direction(sentence, GOOD, plain) >= 1.5


@pytest.mark.parametrize(
    "sentence",
    [
        "△没有向小微企业收取任何费用。",
        "△取消了小微企业账户管理费。",
        "△不再要求农户提供抵押。",
        "△未因客户投诉受到处罚。",
        "△拒绝与违规催收机构合作。",
        "△没让一位老人白跑。",
        "△没有取消人工柜台，老年客户照常办理业务。",
    ],
)
def test_a_fault_not_done_is_none(sentence: str) -> None:
    assert direction(sentence, BAD, plain) <= -1.5


def test_whoever_is_served_may_lack_something() -> None:
    assert direction("△为没有智能手机的老人保留现金服务。", BAD, plain) == GOOD


@pytest.mark.parametrize(
    "sentence",
    [
        "△不断优化老年服务。",
        "供应商不再为账期发愁，△当天放款。",
        "养殖户没有房产，△也放了贷款。",
        "本人从未使用过该产品。",
        "△没有网点，但每周派流动车进村。",
        "未通过审查的产品△一律不上架。",
        "没有厂房也能借，看订单就行。",
        "△没有停掉任何一家小厂的额度。",
        "△停办了一项业务，全年累计为小微企业发放首贷四千二百笔，利率比上年下降一个百分点。",
    ],
)
def test_what_others_lack_and_what_stands_beside_is_read_as_it_was(sentence: str) -> None:
    assert direction(sentence, GOOD, plain) == GOOD


def test_a_fault_by_its_own_words_stays_what_it_was_when_it_is_denied_without_a_known_burden() -> None:
    assert direction("△没有骗过一位老人。", GOOD, plain) == GOOD


def test_surer_deeds_are_surer_faults_within_bounds() -> None:
    sentence = "△没有为老年客户保留人工柜台。"
    mild, sure = direction(sentence, GOOD, lambda _: -1.0), direction(sentence, GOOD, lambda _: -2.5)
    assert 1.5 <= mild < sure <= 3.0
    assert direction(sentence, GOOD, lambda _: -40.0) == 3.0


@pytest.mark.parametrize(
    "sentence",
    [
        "△违规发放小微企业贷款2亿元。",
        "△云溪支行客户经理私自为老人开通手机银行。",
        "本行两名员工擅自下载客户名单。",
        "经查，△多次超范围经营养老理财。",
        "△云溪支行（以下简称“云溪支行”）违规查询征信报告。",
    ],
)
def test_a_deed_done_in_breach_is_a_fault(sentence: str) -> None:
    assert direction(sentence, GOOD, plain) >= 1.5


@pytest.mark.parametrize(
    "sentence",
    [
        "△与保险公司合作开展小额贷款业务，未区分客户的授信状况，严重侵害消费者自主选择权和公平交易权。",
        "二季度△投诉量达到500件，同比增长21%。",
    ],
)
def test_what_is_plainly_called_a_wrong_is_one_whatever_stands_beside(sentence: str) -> None:
    assert direction(sentence, GOOD, plain) == 3.0


@pytest.mark.parametrize(
    "sentence",
    [
        "△不得侵害消费者自主选择权。",
        "△把侵害客户权益列为晋升的否决项。",
        "△受理投诉500件，同比增长21%，全部办结。",
        "△投诉量同比下降21%。",
    ],
)
def test_a_wrong_that_is_only_spoken_of_is_none(sentence: str) -> None:
    assert direction(sentence, GOOD, plain) == GOOD


@pytest.mark.parametrize(
    "sentence",
    [
        "△未违规发放过一笔贷款。",
        "△非法集资宣传月走进社区。",
        "△违规问题整改完成率提高。",
        "△制度规定，严防员工违规放贷。",
    ],
)
def test_a_word_of_breach_that_says_nothing_of_how_the_firm_acts_changes_nothing(sentence: str) -> None:
    assert direction(sentence, GOOD, plain) == GOOD


@pytest.mark.parametrize(
    "sentence",
    [
        "△严厉打击非法买卖客户信息。",
        "△每季度排查泄露客户资料的行为。",
        "严禁误导销售，△把这一条写进合同。",
        "△柜员识破骗局，替老人保住了养老钱。",
    ],
)
def test_what_is_done_against_a_wrong_is_no_fault(sentence: str) -> None:
    assert direction(sentence, BAD, plain) <= -1.5


@pytest.mark.parametrize(
    "sentence",
    [
        "上午11点半，△就将因诈骗案冻结的赔款赔付给了农户。",
        "上午11点半，△把骗子骗走后追回的本金退还给了老人。",
    ],
)
def test_customers_money_that_is_paid_out_is_no_fault(sentence: str) -> None:
    assert direction(sentence, BAD, plain) < -1


@pytest.mark.parametrize("sentence", ["△将保费转到他人账上，骗了客户。", "△将多收的费用退还给了客户，却又泄露其信息。"])
def test_money_that_goes_elsewhere_or_beside_which_a_fault_is_told_stays_a_fault(sentence: str) -> None:
    assert direction(sentence, BAD, plain) == BAD


@pytest.mark.parametrize(
    "sentence",
    [
        "△打击非法集资流于形式。",
        "△排查骗贷线索不力。",
        "△拒绝为骗局的受害人挂失。",
        "△查处了三名误导老人的业务员，又被曝泄露客户资料。",
    ],
)
def test_a_wrong_that_is_fought_badly_or_stands_beside_a_fault_stays_a_fault(sentence: str) -> None:
    assert direction(sentence, BAD, plain) == BAD
