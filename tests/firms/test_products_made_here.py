"""Products that a document says a firm made call that firm afterwards. All sentences are invented."""

from __future__ import annotations

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from tests.builders import document, heading
from tests.firms.test_kinds_of_documents import SHIPPED, actors

MADE = "禾川银行今年推出“惠农e通”，农户凭手机即可申请贷款。"
OTHER = "海晏银行走访了四百家企业。"


def test_a_product_that_a_firm_is_said_to_have_made_calls_it_among_other_firms() -> None:
    assert actors(document(MADE, OTHER, "“惠农e通”累计授信一万户。"))[2] == ("禾川银行",)


def test_a_title_that_names_the_product_tells_whose_the_text_is() -> None:
    text = document(heading("惠农e通上线半年，村民足不出户办贷款"), MADE, "惠农e通免收手续费。", "系统自动抓取土地确权数据，不需要抵押。")
    assert actors(text)[3] == ("禾川银行",)


def test_what_two_firms_are_said_to_have_made_or_is_a_word_of_every_day_calls_nobody() -> None:
    both = document(MADE, "海晏银行推出“惠农e通”，额度二十万元。", "监管部门印发通知。", "“惠农e通”累计授信一万户。")
    assert actors(both)[3] == ()
    daily = document("禾川银行推出“银行贷款”，农户凭手机即可申请。", OTHER, "“银行贷款”累计授信一万户。")
    assert actors(daily)[2] != ("禾川银行",)


def test_a_report_or_a_way_of_lending_in_quotation_marks_is_no_product() -> None:
    for made in ("禾川银行发布“二〇二四社会责任报告”。", "禾川银行推出“随借随还”功能。", "禾川银行创新推出“银税互动”。"):
        again = made[made.index("“") : made.index("”") + 1]
        assert actors(document(made, OTHER, f"{again}让小店省了利息。"))[2] != ("禾川银行",)


def test_the_words_of_such_a_product_are_still_read() -> None:
    """Names are masked from matching; what a product is called may say what it is for."""
    assert SHIPPED is not None
    text = document("禾川银行推出“无还本续贷通”。", OTHER, "“无还本续贷通”累计授信一万户。")
    reading = attribute(text, local_registry(text, SHIPPED))[2]
    assert reading.names == () and [one.sign for one in reading.attributed] == ["product"]
