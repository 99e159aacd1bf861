"""Which of the claims on a passage stands, as what, and which stand for nothing."""

from __future__ import annotations

import pytest

from mapper.align.candidates import candidates
from mapper.align.ranked import Ranked
from mapper.align.weighing import Weighing
from mapper.firms.attribution import attribute
from mapper.matchers.shelf import shelf
from tests.builders import Sentence, document, heading, registry, shipped_catalog

BANK = "海港银行"


def ranked(*sentences: str | Sentence, turned: bool = False) -> Ranked:
    """What the reader that ships makes of these sentences, each a paragraph; ``turned``: its candidates from behind."""
    catalog = shipped_catalog()
    text, reader = document(*sentences), shelf(catalog)
    weighing = Weighing.of(reader.weighing)
    made = Ranked(text, (), weighing, weighing.line)
    found = list(candidates(text, attribute(text, registry()), catalog, registry(), reader))
    for one in reversed(found) if turned else found:
        made.take(one)
    return made


def shown(*sentences: str | Sentence) -> set[str]:
    """The grades of what reaches its line."""
    made = ranked(*sentences)
    return {
        one.grade for one in made.best.values() if not one.torn and one.score >= made.weighing.least(made.min_score, one.grade)
    }


DEED = f"{BANK}在各网点为老年客户保留人工服务窗口。"


@pytest.mark.parametrize(
    "asked",
    [
        f"业内人士建议{BANK}在各网点为老年客户保留人工服务窗口。",
        f"消费者协会希望{BANK}在各网点为老年客户保留人工服务窗口。",
    ],
)
def test_what_is_only_asked_of_a_firm_is_no_deed_of_it(asked: str) -> None:
    assert shown(DEED) == {"action"} and not shown(asked)


def test_what_was_asked_and_is_done_is_one() -> None:
    assert shown(f"业内人士建议{BANK}为老年客户保留人工服务窗口，该行已在各网点保留。")


def test_a_forecast_is_nobody_s_deed_and_nobody_s_plan() -> None:
    told = f"{BANK}认为，未来养老金融或将呈现产品多元、服务融合的特点，养老理财和个人养老金将更加丰富。"
    assert not shown(told)
    assert shown(f"{BANK}推出养老理财和个人养老金产品，服务养老需求。")


def test_a_row_in_which_a_figure_went_the_wrong_way_is_no_result() -> None:
    row = f"{BANK}绿色贷款余额 | 亿元 | {{}}（2024年末{{}}亿元，较2023年末的91亿元{{}}）"
    assert "outcome" in shown(row.format(96, 96, "增加")) and not shown(row.format(86, 86, "减少"))


def test_a_fault_that_was_looked_for_and_not_found_is_undecided_unless_there_was_a_sanction() -> None:
    clean = f"检查未发现{BANK}存在强制搭售保险、向客户转嫁费用的情形。"
    assert "adverse" not in shown(clean)
    assert "adverse" in shown(f"{BANK}强制搭售保险、向客户转嫁费用，被罚款50万元。")
    assert "adverse" in shown(f"{clean[:-1]}，但因收费不透明向客户转嫁评估费被罚款30万元。")


def test_an_instance_of_a_fault_is_no_deed() -> None:
    fault, told = f"监管通报，{BANK}适当性管理落实不到位。", f"{BANK}累计为老年客户办理信托认购3万笔。"
    assert "outcome" in shown(fault, told) and "outcome" not in shown(fault, f"比如，{told}")
    assert "outcome" in shown(f"{BANK}开展服务提升行动。", f"比如，{told}")


@pytest.mark.parametrize("beside", ["仅次于云岭银行", "增速略低于同业"])
def test_a_figure_that_is_smaller_than_another_firm_s_is_no_fault(beside: str) -> None:
    assert shown(f"{BANK}绿色贷款余额4882亿元，{beside}。") == {"outcome"}
    assert shown(f"{BANK}绿色贷款余额较年初减少20亿元，未完成目标，{beside}。") <= {"adverse"}


@pytest.mark.parametrize(
    "denied",
    [
        f"{BANK}没有向老年客户推销高风险产品，也没有夸大收益。",
        f"{BANK}未委托任何第三方进行暴力催收。",
        f"{BANK}否认强制搭售保险，称对此不知情。",
        f"{BANK}拿出双录，证明客户对强制搭售的保险知情并同意。",
    ],
)
def test_what_a_firm_denies_is_undecided_unless_the_sentence_says_otherwise(denied: str) -> None:
    assert "adverse" not in shown(denied)
    assert "adverse" in shown(f"{BANK}称没有强制搭售保险，但调查显示其强制搭售保险、向客户转嫁费用。")


@pytest.mark.parametrize(
    "fault",
    [
        f"{BANK}向未成年人推销高息贷款，暴力催收。",
        f"{BANK}未对外包催收机构的暴力催收行为予以约束。",
        f"{BANK}在客户没有签字的情况下捆绑销售保险。",
        f"{BANK}强制搭售保险，客户称并不知道购买的是保险。",
        f"{BANK}强制搭售意外险，未按规定公示收费标准；{BANK}没有进行暴力催收。",
    ],
)
def test_a_fault_that_only_sounds_like_a_denial_is_one(fault: str) -> None:
    assert shown(fault) == {"adverse"}


@pytest.mark.parametrize(
    "lead",
    [f"检查发现，{BANK}未开展以下工作：", f"下一步，{BANK}将做好三项工作：", f"监管部门要求{BANK}："],
    ids=["undone", "planned", "asked"],
)
def test_an_item_of_a_list_is_not_read_without_what_announces_it(lead: str) -> None:
    items = "一是设立消费者权益保护委员会；二是公示收费标准；三是为老年客户保留人工窗口。"
    assert "action" in shown(f"{BANK}做了三件事：{items}") and not shown(lead + items) & {"action", "outcome"}


def test_a_forecast_beside_a_deed_is_one() -> None:
    assert "action" in shown(f"{BANK}把握未来养老市场前景，开办养老理财，为老年客户提供上门服务。")


def test_a_figure_of_size_that_tells_of_a_fault_is_one() -> None:
    assert shown(f"{BANK}不良贷款余额位居全省第一，贷款风险管理薄弱。") == {"adverse"}
    assert shown(f"{BANK}涉农贷款增速低于行业平均水平，农户贷不到款。") == {"adverse"}


def test_what_is_lacking_below_a_heading_of_shortfalls_is_no_deed() -> None:
    lacking = f"{BANK}绿色信贷产品不丰富，未推出转型金融产品。"
    assert not shown(heading("七、存在的不足"), lacking) & {"action", "outcome"}
    assert "action" in shown(heading("七、存在的不足"), DEED)


def test_the_best_claim_stands_in_whatever_order_they_come() -> None:
    """Two clauses of one sentence are two stretches, and speak for the same requirement."""
    said = f"{BANK}为老年客户保留人工服务，云岭银行投放绿色贷款，{BANK}还累计为老年客户上门服务3万次。"
    there, back = ranked(said), ranked(said, turned=True)
    assert there.best and {key: one[:3] for key, one in there.best.items()} == {key: one[:3] for key, one in back.best.items()}
