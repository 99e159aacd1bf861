"""The list of institutions that ships, and what a corpus folder's firms.yaml adds to it."""

from __future__ import annotations

import time
from collections import defaultdict
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from mapper.firms.common import COMMON
from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.firms.registry import Registry
from mapper.model import Firm, FirmKind
from mapper.problems import Problem
from tests.builders import document

SHIPPED = sorted(
    (r for r in files("mapper.firms").joinpath("registry").iterdir() if r.name.endswith(".yaml")),
    key=lambda r: r.name,
)

SEVENTEEN: dict[str, FirmKind] = {
    "马上消费金融": "consumer-finance",
    "蚂蚁消费金融": "consumer-finance",
    "中原消费金融": "consumer-finance",
    "海尔消费金融": "consumer-finance",
    "招联消费金融": "consumer-finance",
    "建信消费金融": "consumer-finance",
    "中邮消费金融": "consumer-finance",
    "平安消费金融": "consumer-finance",
    "中银消费金融": "consumer-finance",
    "金美信消费金融": "consumer-finance",
    "北京银行": "bank",
    "微众银行": "bank",
    "奇富科技": "fintech",
    "信也科技": "fintech",
    "乐信": "fintech",
    "嘉银科技": "fintech",
    "小赢科技": "fintech",
}
"""The firms of the five articles, by the names that the gold labels use."""


def read_yaml(source: str) -> Any:
    return yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def shipped() -> Registry:
    found, problems = load_registry()
    assert found is not None, [str(problem) for problem in problems]
    assert problems == []
    return found


def from_yaml(path: Path, text: str) -> tuple[Registry | None, list[Problem]]:
    file = path / "firms.yaml"
    file.write_text(text, encoding="utf-8")
    return load_registry(file)


def extended(path: Path, text: str) -> Registry:
    found, problems = from_yaml(path, text)
    assert found is not None, [str(problem) for problem in problems]
    return found


# ---- what ships ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("resource", SHIPPED, ids=lambda r: r.name)
def test_every_shipped_file_is_valid(resource: Any) -> None:
    data = read_yaml(resource.read_text(encoding="utf-8"))
    assert set(data) == {"checked", "kind", "firms"}, "each file says how it was checked and what kind it lists"
    assert data["kind"] in get_args(FirmKind)
    for entry in data["firms"]:
        Firm(id=entry["name"], **({"kind": data["kind"]} | entry))


def test_every_kind_of_firm_is_on_the_list() -> None:
    assert {firm.kind for firm in shipped().firms.values()} == set(get_args(FirmKind))


@pytest.mark.parametrize(("name", "kind"), SEVENTEEN.items(), ids=[f"firm-{n}" for n in range(len(SEVENTEEN))])
def test_the_firms_of_the_articles_bear_their_fixed_names(name: str, kind: FirmKind) -> None:
    assert shipped().firms[name].kind == kind
    assert shipped().firms[name].id == name


def test_all_consumer_finance_companies_are_on_the_list() -> None:
    names = [firm.name for firm in shipped().firms.values() if firm.kind == "consumer-finance"]
    assert len(names) == 31
    assert all(name.endswith("消费金融") for name in names)


def test_no_firm_is_listed_twice() -> None:
    names = [entry["name"] for r in SHIPPED for entry in read_yaml(r.read_text(encoding="utf-8"))["firms"]]
    assert len(names) == len(set(names))


def test_no_word_calls_two_firms() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for firm in shipped().firms.values():
        for word in (firm.name, firm.full_name, *firm.aliases, *firm.former, *firm.products, *firm.people):
            if word:
                owners[word.lower()].add(firm.id)
    assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}


def test_no_word_is_so_short_that_it_calls_anything() -> None:
    short = {
        word
        for firm in shipped().firms.values()
        for word in (firm.name, *firm.aliases, *firm.former, *firm.products)
        if len(word) < 2 or word != word.strip()
    }
    assert short == set()


@pytest.mark.parametrize(
    "word", ["银行", "消费金融", "消金", "保险", "公司", "科技", "支付", "理财", "信托", "基金", "普惠", "金融", "信贷"]
)
def test_no_common_word_of_the_trade_calls_a_firm(word: str) -> None:
    assert shipped().find(word) is None


def test_only_a_corpus_names_people() -> None:
    assert {firm.id for firm in shipped().firms.values() if firm.people} == set()


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("马上消费", "马上消费金融"),
        ("马上消金", "马上消费金融"),
        ("安逸花", "马上消费金融"),
        ("分期乐", "乐信"),
        ("微粒贷", "微众银行"),
        ("webank", "微众银行"),
        ("360数科", "奇富科技"),
        ("拍拍贷", "信也科技"),
        ("花呗", "蚂蚁消费金融"),
        ("工行", "工商银行"),
    ],
)
def test_a_firm_is_found_by_any_of_its_words(word: str, name: str) -> None:
    found = shipped().find(word)
    assert found is not None and found.name == name


def test_an_unknown_word_finds_nobody() -> None:
    assert shipped().find("云岭银行") is None
    assert shipped().find("") is None


def test_inputs_name_each_file_with_its_digest() -> None:
    digests = [("registry", r.name, sha256(r.read_bytes()).hexdigest()) for r in SHIPPED]
    assert [(one.role, one.path, one.sha256) for one in shipped().inputs] == digests


# ---- firms.yaml of a corpus ------------------------------------------------------------------------------------


def test_a_known_firm_gains_words_and_keeps_its_own(tmp_path: Path) -> None:
    before = shipped().firms["乐信"]
    after = extended(tmp_path, "firms:\n  - name: 乐信\n    people: [王小店]\n    products: [烟火贷]\n").firms["乐信"]
    assert after.people == ("王小店",)
    assert set(after.products) == {*before.products, "烟火贷"}
    assert (after.kind, after.aliases, after.origin) == (before.kind, before.aliases, "registry")


def test_a_new_firm_is_added(tmp_path: Path) -> None:
    found = extended(tmp_path, "firms:\n  - name: 云岭银行\n    kind: bank\n    aliases: [云行]\n")
    assert found.firms["云岭银行"].origin == "corpus"
    assert found.find("云行") == found.firms["云岭银行"]
    assert found.own == {"云岭银行"}


def test_a_word_goes_to_the_firm_that_the_corpus_gives_it_to(tmp_path: Path) -> None:
    found = extended(tmp_path, "firms:\n  - name: 云岭消金\n    kind: consumer-finance\n    products: [分期乐]\n")
    owner = found.find("分期乐")
    assert owner is not None and owner.name == "云岭消金"
    assert "分期乐" not in found.firms["乐信"].products


def test_the_corpus_file_is_an_input_too(tmp_path: Path) -> None:
    found = extended(tmp_path, "firms:\n  - name: 云岭银行\n    kind: bank\n")
    assert len(found.inputs) == len(shipped().inputs) + 1
    assert not any(str(tmp_path) in one.path for one in found.inputs)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("firms:\n  - name: 云岭银行\n    kind: shop\n", "yaml-wrong-value", 3),
        ("firms:\n  - name: 云岭银行\n    kind: bank\n    colour: red\n", "yaml-unknown-key", 4),
        ("firms:\n  - kind: bank\n", "yaml-missing-field", 2),
        ("firms:\n  - name: 云岭银行\n", "yaml-missing-field", 2),
        ("firms:\n  - name: 云岭银行\n    kind: bank\n    aliases: 云行\n", "yaml-wrong-value", 4),
        ("firms:\n  - name: 云岭银行\n    kind: bank\n  - name: 云岭银行\n    kind: bank\n", "firm-duplicate", 4),
        ("firms:\n  - name: 乐信\n    products: 烟火贷\n", "yaml-wrong-value", 3),
        ("firms:\n  - name: 乐信\n    name: 乐信\n", "yaml-duplicate-key", 3),
        ("firms: []\nbanks: []\n", "yaml-unknown-key", 2),
        ("banks: []\n", "yaml-missing-field", 1),
        ("firms: 云岭银行\n", "yaml-missing-field", 1),
        ("firms:\n  - 云岭银行\n", "yaml-missing-field", 2),
        ("firms:\n  - name: [\n", "yaml-syntax", 3),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    found, problems = from_yaml(tmp_path, text)
    assert found is None
    assert (code, line) in [(problem.code, problem.line) for problem in problems]
    assert all(problem.path.endswith("firms.yaml") for problem in problems)


WORDS = "firms:\n  - name: 云岭银行\n    kind: bank\n    {field}:\n      - 云行\n      - {word}\n"


@pytest.mark.parametrize("field", ["aliases", "former", "products", "people"])
@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("''", "firm-word-blank"),
        ("' '", "firm-word-blank"),
        ("'\u3000'", "firm-word-blank"),
        ("云", "firm-word-short"),
        ("银行", "firm-word-common"),
        ("公司", "firm-word-common"),
        ("我行", "firm-word-common"),
        ("我们", "firm-word-common"),
        ("消费金融", "firm-word-common"),
        ("消费金融公司", "firm-word-common"),
        ("' 普惠金融 '", "firm-word-common"),
        ("APP", "firm-word-common"),
    ],
)
def test_a_word_that_would_call_anybody_is_refused(tmp_path: Path, field: str, word: str, code: str) -> None:
    found, problems = from_yaml(tmp_path, WORDS.format(field=field, word=word))
    assert found is None
    assert [(problem.code, problem.line, problem.severity) for problem in problems] == [(code, 6, "error")]
    assert "云岭银行" in str(problems[0])


def test_a_common_word_is_no_name_either(tmp_path: Path) -> None:
    _, problems = from_yaml(tmp_path, "firms:\n  - name: 银行\n    kind: bank\n")
    assert [(problem.code, problem.line) for problem in problems] == [("firm-word-common", 2)]


def test_no_common_word_calls_a_firm_that_ships() -> None:
    assert COMMON.isdisjoint(shipped().surfaces)
    assert all(word == word.lower() for word in COMMON)


TWO = "firms:\n  - {{name: 云岭银行, kind: bank, {one}}}\n  - {{name: 海港银行, kind: bank, {two}}}\n"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("aliases: [本地银行家]", "aliases: [本地银行家]"),
        ("aliases: [YLB]", "former: [ylb]"),
        ("products: [通宝贷]", "aliases: [通宝贷]"),
        ("people: [周岚]", "people: [周岚]"),
        ("full_name: 云海银行股份有限公司", "full_name: 云海银行股份有限公司"),
        ("former: [老云岭]", "aliases: [云岭银行]"),
    ],
)
def test_one_word_for_two_firms_names_both(tmp_path: Path, one: str, two: str) -> None:
    found, problems = from_yaml(tmp_path, TWO.format(one=one, two=two))
    assert found is None
    assert [(problem.code, problem.line) for problem in problems] == [("firm-word-twice", 3)]
    assert "云岭银行" in str(problems[0]) and "海港银行" in str(problems[0])


def test_the_name_of_a_firm_cannot_call_another(tmp_path: Path) -> None:
    _, problems = from_yaml(tmp_path, "firms:\n  - {name: 云岭消金, kind: consumer-finance, aliases: [乐信]}\n")
    assert [(problem.code, problem.line) for problem in problems] == [("firm-word-twice", 2)]


def test_a_word_taken_from_a_firm_that_ships_is_told_of(tmp_path: Path) -> None:
    found, problems = from_yaml(tmp_path, "firms:\n  - {name: 云岭消金, kind: consumer-finance, products: [分期乐]}\n")
    assert found is not None
    assert [(problem.code, problem.line, problem.severity) for problem in problems] == [
        ("firm-word-taken", 2, "warning")
    ]
    assert "乐信" in str(problems[0]) and "云岭消金" in str(problems[0])


def test_a_firm_may_repeat_its_own_words(tmp_path: Path) -> None:
    text = "firms:\n  - {name: 乐信, aliases: [乐信], products: [分期乐, 分期乐]}\n"
    assert from_yaml(tmp_path, text)[1] == []


# ---- a name that ships -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", ["kind: bank", "kind: fintech", "full_name: 云岭金城银行股份有限公司"])
def test_a_new_firm_of_a_name_that_ships_is_told_to_be_merged_with_both_names(tmp_path: Path, more: str) -> None:
    found, problems = from_yaml(tmp_path, f"firms:\n  - name: 金城银行\n    {more}\n    products: [金城快贷]\n")
    assert [(one.code, one.line, one.severity) for one in problems] == [("firm-merged", 2, "warning")]
    assert "“金城银行”" in str(problems[0]) and "天津金城银行股份有限公司" in str(problems[0])
    assert found is not None and {"金企贷", "金城快贷"} <= set(found.firms["金城银行"].products)


def test_what_only_adds_words_to_a_known_firm_is_not_warned_of(tmp_path: Path) -> None:
    assert from_yaml(tmp_path, "firms:\n  - {name: 金城银行, people: [周岚], assets: 500}\n")[1] == []


def test_two_firms_of_one_name_are_kept_apart_where_the_author_says_so(tmp_path: Path) -> None:
    text = "firms:\n  - {name: 金城银行, kind: bank, full_name: 云岭金城银行股份有限公司, apart: true, products: [金城快贷]}\n"
    found, problems = from_yaml(tmp_path, text)
    assert found is not None and problems == []
    called = {word: firm.id for word in ("金城银行", "云岭金城银行股份有限公司", "天津金城银行", "金企贷") if (firm := found.find(word))}
    theirs = "天津金城银行股份有限公司"
    assert called == {"金城银行": "金城银行", "云岭金城银行股份有限公司": "金城银行", "天津金城银行": theirs, "金企贷": theirs}
    assert found.firms["金城银行"].products == ("金城快贷",) and found.firms["金城银行"].origin == "corpus"


def test_a_firm_that_makes_room_takes_its_children_along(tmp_path: Path) -> None:
    child = next(firm for firm in shipped().firms.values() if firm.parent in shipped().firms)
    parent = shipped().firms[child.parent or ""]
    found = extended(tmp_path, f"firms:\n  - {{name: {parent.name}, kind: bank, apart: true}}\n")
    assert found.firms[child.id].parent == parent.full_name


def test_apart_is_yes_or_no(tmp_path: Path) -> None:
    found, problems = from_yaml(tmp_path, "firms:\n  - name: 金城银行\n    kind: bank\n    apart: 也许\n")
    assert found is None and [(one.code, one.line) for one in problems] == [("yaml-wrong-value", 4)]


def test_the_list_that_ships_can_be_left_out(tmp_path: Path) -> None:
    found = extended(tmp_path, "only: true\nfirms:\n  - {name: 云岭金服, kind: fintech}\n")
    assert list(found.firms) == ["云岭金服"]
    empty = extended(tmp_path, "only: true\nfirms: []\n")
    assert empty.firms == {}
    assert shipped().firms.keys() <= extended(tmp_path, "only: false\nfirms: []\n").firms.keys()


def test_without_any_list_firms_are_found_by_their_names(tmp_path: Path) -> None:
    text = document("招商银行推出大字版手机银行。", "该行还设立了爱心窗口。")
    known = local_registry(text, extended(tmp_path, "only: true\nfirms: []\n"))
    assert [firm.name for firm in known.firms.values()] == ["招商银行"]


def test_whether_the_list_that_ships_is_left_out_is_yes_or_no(tmp_path: Path) -> None:
    found, problems = from_yaml(tmp_path, "only: 也许\nfirms: []\n")
    assert found is None and [one.code for one in problems] == ["yaml-wrong-value"]


def test_an_empty_file_is_said_to_lack_its_list(tmp_path: Path) -> None:
    found, problems = from_yaml(tmp_path, "")
    assert found is None
    assert [problem.code for problem in problems] == ["yaml-missing-field"]


def test_the_firms_of_the_seeds_load_without_a_problem() -> None:
    from mapper.shipped import folder

    found, problems = load_registry(folder("seeds") / "firms.yaml")
    assert problems == []
    assert found is not None and found.own <= set(SEVENTEEN)
    for person, name in {"赵国庆": "马上消费金融", "王立鹏": "微众银行"}.items():
        speaker = found.find(person)
        assert speaker is not None and speaker.name == name


def test_firms_from_elsewhere_join_and_known_ones_stay() -> None:
    more = shipped().with_firms(
        (Firm(id="云岭银行", name="云岭银行", kind="bank"), Firm(id="乐信", name="乐信", kind="bank"))
    )
    assert more.firms["云岭银行"].kind == "bank"
    assert more.firms["乐信"] == shipped().firms["乐信"]


@pytest.mark.parametrize("key", ["id", "origin"])
def test_what_only_the_program_sets_is_no_key_of_a_firm(tmp_path: Path, key: str) -> None:
    path = tmp_path / "firms.yaml"
    path.write_text(f"firms:\n  - {{name: 微众银行, {key}: discovered}}\n", encoding="utf-8")
    registry, problems = load_registry(path)
    assert registry is None
    assert [problem.code for problem in problems] == ["yaml-unknown-key"]


def test_thousands_of_firms_of_ones_own_are_read_as_fast_as_they_are_many(tmp_path: Path) -> None:
    def seconds(number: int) -> float:
        file = tmp_path / f"{number}.yaml"
        firms = "".join(f"  - {{name: 甲{chr(0x4E00 + n)}银行, kind: bank, aliases: [乙{chr(0x4E00 + n)}]}}\n" for n in range(number))
        file.write_text(f"firms:\n{firms}", encoding="utf-8")
        begun = time.process_time()
        registry, problems = load_registry(file)
        assert registry is not None and len(registry.own) == number and not problems
        return time.process_time() - begun

    assert seconds(4_000) < 6 * max(0.4, seconds(1_000))
