"""What a firm answers to a reproach: a denial and a promise to look into it tell no fault, an admission in public does."""

from __future__ import annotations

import pytest

from mapper.rules.replies import admits_after_deed, admits_publicly, only_answers

ANSWERS = [
    "记者问及搭售保险，△的工作人员表示，“△的贷款产品从来没有附加过任何保险。”",
    "刘先生拨打△的客服电话，工作人员回复，将会上报处理。",
    "记者致电△咨询搭售保险的细节，相关负责人表示，借款人提到的保险是一份保证保险。",
    "就网友反映的会员费问题，△客服表示，已经记录下来，会有专员联系用户。",
    "△客服称，需要向上级反映后才能答复理赔进度。",
    "△方面表示，泄露信息的说法不属实，银行从未向第三方提供客户资料。",
]
TELL_MORE = [
    "△客服表示，不买保险就不能放款。",
    "△工作人员表示，借款必须购买一份意外险。",
    "△客服称将会上报处理，但三个月过去仍没有答复。",
    "客户称，△从来没有告知过会收取会员费。",
    "张女士反映，△客服称会上报处理，之后再也没有联系她。",
    "客户投诉△暴力催收，工作人员回复，将会上报处理。",
    "监管部门查明，△强制搭售保险，其工作人员此前表示从来没有附加过任何保险。",
    "监管局工作人员表示，将会核查△强制搭售保险的情况。",
    "△工作人员承认，部分客户的信息被外包人员泄露。",
]


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_that_denies_or_looks_into_it_tells_no_fault(text: str) -> None:
    assert only_answers(text)


@pytest.mark.parametrize("text", TELL_MORE)
def test_an_answer_that_refuses_or_what_is_told_beside_it_does(text: str) -> None:
    assert not only_answers(text)


@pytest.mark.parametrize(
    ("text", "admits", "after_deed"),
    [
        ("△表示，经自查发现部分网点未落实双录要求，已对责任人处分。", True, False),
        ("△发布致歉信称，该行建立了保护制度，但个别员工未严格按照制度操作。", True, True),
        ("△坦承，虽然设有无障碍通道，但部分网点未为残障客户提供服务。", True, True),
        ("△在致歉信中表示，外包催收公司存在骚扰借款人亲友的情况。", True, False),
        ("△表示，经核查，不存在泄露客户信息的情况。", False, False),
        ("△客服表示，不买保险就不能放款。", False, False),
        ("△表示，该行建立了客户信息保护制度，但仍需持续完善。", False, False),
        ("客户表示，△个别员工未按制度操作。", False, False),
        ("△致歉并退还手续费，同时上线了收费公示系统。", False, False),
    ],
)
def test_a_firm_that_says_in_public_what_went_wrong_with_it_admits_that(text: str, admits: bool, after_deed: bool) -> None:
    assert (admits_publicly(text), admits_after_deed(text)) == (admits, after_deed)
