"""Names by which a firm went before. All firms and sentences are invented."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.model import DocumentText
from tests.builders import document, heading, registry

NEW, OLD = "禾川农村商业银行股份有限公司", "禾川县农村信用合作联社"


def one_firm(text: DocumentText, first: str, second: str) -> bool:
    known = local_registry(text, registry())
    firms = [known.find(first), known.find(second)]
    return firms[0] is not None and firms[0] == firms[1]


@pytest.mark.parametrize(
    "sentence",
    [
        f"{NEW}（原{OLD}）被罚款三十万元。",
        f"{NEW}（原名：{OLD}）被罚款三十万元。",
        f"{NEW}（更名前为{OLD}）被罚款三十万元。",
        f"{NEW}，前身为{OLD}，2018年开业。",
        f"{NEW}成立于2018年，其前身是1956年成立的{OLD}。",
        f"{NEW}系由{OLD}改制而来。",
        f"{NEW}成立于2018年，由{OLD}改制而来。",
        f"{NEW}（下称该行）前身为{OLD}。",
        f"{NEW}于2018年6月由原{OLD}整体改制设立。",
        f"{OLD}于2018年6月更名为{NEW}。",
        f"{OLD}正式改制为{NEW}，网点全部换牌。",
    ],
)
def test_a_name_of_before_is_the_firms(sentence: str) -> None:
    text = document(sentence, f"2016年，{OLD}向农户搭售保险。")
    assert one_firm(text, NEW, OLD)
    known = local_registry(text, registry())
    told = list(attribute(text, known))[1].attributed
    assert {one.firm for one in told} == {"禾川农商银行"}


def test_names_in_between_are_the_firms_too() -> None:
    text = document(f"{NEW}前身为{OLD}，2009年改制为禾川农村合作银行，2018年更名为{NEW}。", "禾川农村合作银行设立服务点。")
    assert one_firm(text, NEW, "禾川农村合作银行")


def test_whoever_speaks_has_a_predecessor_too() -> None:
    before = "清川市商业银行股份有限公司"
    text = document(f"本行前身为{before}，成立于1998年。", f"{before}设立了夜市网点。", title="云岭银行2024年年度报告")
    assert one_firm(text, "云岭银行", before)


def test_a_heading_names_a_firm_by_both_names() -> None:
    text = document(
        heading("海港银行股份有限公司"), "未公示收费标准，罚款二十万元。",
        heading(f"{NEW}（原名：{OLD}）"), "未公示收费标准，罚款三十万元。",
    )
    known = local_registry(text, registry())
    told = [{one.firm for one in reading.attributed} for reading in attribute(text, known)]
    assert told == [set(), {"海港银行"}, set(), {"禾川农商银行"}]


@pytest.mark.parametrize(
    "sentence",
    [
        f"{OLD}与岷山县农村信用合作联社合并组建{NEW}。",
        f"{NEW}由{OLD}、岷山县农村信用合作联社合并组建，2018年开业。",
        f"{NEW}前身为{OLD}和岷山县农村信用合作联社。",
        f"{NEW}吸收合并{OLD}。",
        f"{NEW}（原{OLD}理事长的家乡）开业。",
        f"{NEW}与{OLD}签约。",
        f"{NEW}发起设立{OLD}。",
        f"{NEW}（原则上不低于{OLD}）提供授信。",
        f"{NEW}客户清川实业集团前身为{OLD}，2009年转型。",
        f"{NEW}与清川茶业集团签约，其前身为{OLD}。",
        f"{NEW}收购的清川设备租赁部原名{OLD}。",
        f"{NEW}的办公楼由{OLD}改建而成。",
    ],
)
def test_another_firm_stays_another(sentence: str) -> None:
    assert not one_firm(document(sentence, f"2016年，{OLD}向农户搭售保险。"), NEW, OLD)


def test_who_buys_into_a_firm_is_not_the_one_that_it_was_made_from() -> None:
    text = document(f"云岭银行入股由{OLD}改制设立的{NEW}。", f"2016年，{OLD}向农户搭售保险。")
    assert not one_firm(text, "云岭银行", OLD)


def test_a_kind_of_firm_is_no_name_of_before() -> None:
    text = document(f"{NEW}前身为城市信用社，2018年开业。", "城市信用社风险已化解。")
    assert not one_firm(text, NEW, "城市信用社")


def test_a_firm_that_the_list_knows_stays_its_own() -> None:
    assert not one_firm(document("云岭银行（原海港银行）推出新产品。"), "云岭银行", "海港银行")
