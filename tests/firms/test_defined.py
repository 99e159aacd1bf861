"""A company whose name tells no trade is a firm where the document defines it and tells what only a lender or an insurer does."""

from __future__ import annotations

import pytest

from mapper.firms.discovery import local_registry
from tests.builders import document, registry
from tests.firms.test_discovery import discovered


@pytest.mark.parametrize(
    ("sentences", "name", "kind"),
    [
        (("江城岷侨中联投资咨询有限公司（以下简称“岷侨中联”）被多名借款人指控存在暴力催收行为。",), "岷侨中联", "fintech"),
        (("江城云码互联技术有限公司（以下简称“云码互联”）被投诉。", "云码互联收取高额利息。"), "云码互联", "fintech"),
        (("消费者投诉岷川优鲜信息服务有限公司（下称“岷优鲜”）。", "岷优鲜诱导学生贷款。"), "岷优鲜", "fintech"),
        (("江城安顺达商务咨询有限公司（简称“安顺达”）被诉。", "安顺达误导消费者投保。"), "安顺达", "insurance-intermediary"),
    ],
)
def test_it_is_called_by_its_short_name(sentences: tuple[str, ...], name: str, kind: str) -> None:
    assert discovered(*sentences) == {name: kind}


def test_its_full_name_calls_it_too() -> None:
    known = local_registry(document("江城岷侨中联投资咨询有限公司（以下简称“岷侨中联”）存在暴力催收行为。"), registry())
    firm = known.find("江城岷侨中联投资咨询有限公司")
    assert firm is not None and firm.name == "岷侨中联"


@pytest.mark.parametrize(
    "sentences",
    [
        ("江城岷丰纺织有限公司（以下简称“岷丰纺织”）借款500万元。", "岷丰纺织催收货款困难。"),
        ("岷川农机有限公司（以下简称“岷川农机”）扩建厂房。", "当地金融机构向岷川农机放贷500万元。"),
        ("岷岭化工股份有限公司（以下简称“岷岭化工”）获银行放贷。", "岷岭化工扩产。"),
        ("岷溪乳业有限公司（以下简称“岷溪乳业”）为员工投保。", "岷溪乳业获得理赔。"),
        ("岷岭物业有限公司（以下简称“岷岭物业”）被业主投诉。", "岷岭物业催收物业费。"),
    ],
)
def test_whoever_borrows_insures_himself_or_calls_in_a_price_is_none(sentences: tuple[str, ...]) -> None:
    assert discovered(*sentences) == {}
