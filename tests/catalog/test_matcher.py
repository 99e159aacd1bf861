"""Signals at work on single sentences: what bears on a requirement and what does not."""

from __future__ import annotations

import pytest

from mapper.catalog.scan import Match
from tests.builders import LEXICON, a_policy, a_requirement, catalog_of, shipped_catalog

ID = "op23-1"


def matched(sentence: str, *signals: str, more: str = "", lexicon: str = LEXICON, breach: bool = False) -> Match | None:
    """What one requirement with these signals finds in a sentence."""
    catalog = catalog_of(a_policy(a_requirement(ID, *signals, more=more)), lexicon=lexicon)
    return catalog.matcher.scan(sentence).match(ID, breach=breach)


def words(sentence: str, *signals: str, more: str = "", breach: bool = False) -> list[str]:
    found = matched(sentence, *signals, more=more, breach=breach)
    return [sentence[start:end] for start, end in found.words] if found else []


# ---- words, concepts, groups -----------------------------------------------------------------------------------


def test_every_group_must_occur() -> None:
    signal = '{need: ["@elderly", "大字版|人工服务"]}'
    assert words("手机银行大字版服务老年客户。", signal) == ["大字版", "老年客户"]
    assert matched("手机银行推出大字版。", signal) is None
    assert matched("银发客群持续扩大。", signal) is None


def test_one_alternative_of_a_group_is_enough() -> None:
    for sentence in ("开通了投诉热线。", "公布了投诉渠道。"):
        assert matched(sentence, "{need: [投诉, 渠道|热线]}") is not None


def test_a_concept_may_hold_concepts() -> None:
    signal = '{need: ["@vulnerable", 上门]}'
    assert matched("为视障人士上门办理。", signal) is not None
    assert matched("为长者上门办理。", signal) is not None
    assert matched("为企业上门办理。", signal) is None


@pytest.mark.parametrize("word", ["APP", "app", "App"])
def test_latin_letters_match_in_any_case(word: str) -> None:
    assert words(f"{word}改版完成。", "{need: [App]}") == [word]


def test_latin_letters_match_whole_words_only() -> None:
    assert words("用AI审批贷款。", "{need: [AI]}") == ["AI"]
    assert words("发布AI+5G方案。", "{need: [AI]}") == ["AI"]
    assert matched("推进AIC股权投资试点，加入WAI联盟。", "{need: [AI]}") is None


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("服务了1.2万户。", "1.2万"),
        ("同比增长35.6%。", "35.6%"),
        ("发放3,200万元。", "3,200万"),
        ("下降38个基点。", "38个基点"),
    ],
)
def test_a_figure_is_a_number_with_a_unit(sentence: str, figure: str) -> None:
    assert any(figure in word for word in words(sentence, '{need: ["@figure"]}'))


@pytest.mark.parametrize("sentence", ["见第三章。", "编号20231。", "一起努力。"])
def test_a_number_without_a_unit_is_no_figure(sentence: str) -> None:
    assert matched(sentence, '{need: ["@figure"]}') is None


# ---- order and distance ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("畅通投诉渠道。", True),
        ("畅通线上线下渠道。", True),
        ("渠道已经畅通。", False),
        ("畅通，渠道。", False),
        ("畅通；渠道。", False),
        ("畅通一二三四五六七八九十甲乙渠道。", True),
        ("畅通一二三四五六七八九十甲乙丙渠道。", False),
    ],
)
def test_a_sequence_keeps_order_clause_and_distance(sentence: str, found: bool) -> None:
    assert (matched(sentence, "{need: [畅通..渠道]}") is not None) is found


def test_the_words_of_a_sequence_are_the_whole_run() -> None:
    assert words("我们畅通了各类渠道和渠道。", "{need: [畅通..渠道]}") == ["畅通了各类渠道"]


def test_a_comma_inside_a_number_ends_no_clause() -> None:
    assert matched("利率下调1,200个点后下降。", "{need: [下调..下降]}") is not None


def test_within_a_clause_all_groups_stand_together() -> None:
    signal = '{need: ["@elderly", 上门], within: clause}'
    assert matched("每周二上门为老年客户办理业务，风雨无阻。", signal) is not None
    assert matched("每周二上门，老年客户很高兴。", signal) is None
    assert matched("老年客户很高兴，每周上门服务残疾人，也为长者上门。", signal) is not None


# ---- approximate words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("开办无还本续贷业务。", True),
        ("开办无还本的续贷业务。", True),
        ("开办续保业务。", False),
    ],
)
def test_a_fuzzy_phrase_is_found_approximately(sentence: str, found: bool) -> None:
    assert (matched(sentence, "{need: [~无还本续贷业务]}") is not None) is found


# ---- what voids ------------------------------------------------------------------------------------------------


def test_words_of_unless_void_their_signal_only() -> None:
    first = "{need: [绿色], unless: [绿色食品]}"
    assert matched("投放绿色贷款。", first) is not None
    assert matched("展出绿色食品。", first) is None
    assert matched("展出绿色食品，投放低碳贷款。", first, "{need: [低碳]}") is not None


def test_unless_of_a_requirement_voids_every_signal() -> None:
    more = "    unless: [招聘]\n"
    assert matched("低碳与绿色岗位招聘。", "{need: [绿色]}", "{need: [低碳]}", more=more) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "该行尚未开展绿色信贷业务。",
        "公司没有发放绿色信贷。",
        "该机构从未涉足绿色信贷。",
        "暂未推出绿色信贷产品。",
        "自去年起不再办理绿色信贷。",
    ],
)
def test_a_negated_phrase_does_not_match(sentence: str) -> None:
    assert matched(sentence, "{need: [绿色信贷]}") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "虽然没有网点，但绿色信贷投放增长了。",
        "绿色信贷投放增长，不良尚未出现。",
        "没有一刻停歇；绿色信贷翻了一番。",
    ],
)
def test_a_negation_in_another_clause_or_behind_voids_nothing(sentence: str) -> None:
    assert matched(sentence, "{need: [绿色信贷]}") is not None


def test_inside_a_mask_nothing_counts() -> None:
    assert matched("为企业开通绿色通道。", "{need: [绿色]}") is None
    assert matched("开通绿色通道，投放绿色贷款。", "{need: [绿色]}") is not None


def test_inside_a_firms_name_nothing_counts() -> None:
    catalog = catalog_of(a_policy(a_requirement(ID, "{need: [绿色]}")))
    sentence = "长青绿色租赁举办了运动会。"
    assert catalog.matcher.scan(sentence, ((0, 6),)).match(ID) is None
    assert catalog.matcher.scan("长青绿色租赁投放绿色贷款。", ((0, 6),)).match(ID) is not None


# ---- which signal ----------------------------------------------------------------------------------------------


def test_the_strongest_signal_speaks_and_among_equals_the_first() -> None:
    signals = (
        "{need: [绿色], strength: weak}",
        "{need: [贷款]}",
        "{need: [绿色贷款], strength: strong}",
        "{need: [绿色.. 贷款], strength: strong}",
    )
    found = matched("投放绿色贷款。", *signals)
    assert found is not None and (found.signal.strength, found.number) == ("strong", 2)
    found = matched("投放贷款，生活绿色。", *signals)
    assert found is not None and (found.signal.strength, found.number) == ("plain", 1)


def test_a_breach_is_kept_apart_from_practice() -> None:
    more = '    breaches:\n      - {need: [投诉, "@penalty"]}\n'
    signal = "{need: [投诉, 办结]}"
    assert words("因投诉处理超期被罚款。", signal, more=more, breach=True) == ["投诉", "罚款"]
    assert matched("因投诉处理超期被罚款。", signal, more=more) is None
    assert matched("投诉全部按期办结。", signal, more=more, breach=True) is None


def test_a_window_confines_the_match() -> None:
    catalog = catalog_of(a_policy(a_requirement(ID, '{need: ["@elderly", 上门]}')))
    sentence = "甲为老年客户设专线，乙上门服务长者。"
    scan = catalog.matcher.scan(sentence)
    assert scan.match(ID, window=(0, 10)) is None
    found = scan.match(ID, window=(10, len(sentence)))
    assert found is not None and [sentence[s:e] for s, e in found.words] == ["上门", "长者"]


def test_an_unknown_requirement_matches_nothing() -> None:
    catalog = catalog_of(a_policy(a_requirement(ID)))
    assert catalog.matcher.scan("示例").match("op99") is None


@pytest.mark.parametrize("sentence", ["", "。", "𠮷", "İstanbul 示例"])
def test_odd_sentences_are_scanned_without_fuss(sentence: str) -> None:
    found = matched(sentence, "{need: [示例]}")
    assert (found is not None) == ("示例" in sentence)
    if found is not None:
        assert [sentence[s:e] for s, e in found.words] == ["示例"]


def test_every_word_that_speaks_for_it_is_shown_in_the_order_of_the_sentence() -> None:
    found = words("上门服务老年人与残疾人，服务长者。", '{need: ["@vulnerable", 上门|服务]}')
    assert found == ["上门", "服务", "老年人", "残疾人", "服务", "长者"]


# ---- which signals are tried -----------------------------------------------------------------------------------


def test_no_signal_that_matches_is_left_untried() -> None:
    catalog = shipped_catalog()
    keys = [(one.id, breach) for one in catalog.requirements for breach in (False, True)]
    found = 0
    for lesson in catalog.lessons[::60]:
        scan = catalog.matcher.scan(lesson.text)
        possible = scan.possible()
        every = [key for key in keys if scan.match(key[0], breach=key[1]) is not None]
        assert [key for key in possible if key in every] == every
        found += len(every)
    assert found > 20


def test_a_signal_that_is_never_asleep_is_always_tried() -> None:
    catalog = catalog_of(a_policy(a_requirement(ID, '{need: ["@figure", "~适老化服务改造"]}')), lexicon=LEXICON)
    assert catalog.matcher.scan("没有一个字相同").possible() == [(ID, False)]
