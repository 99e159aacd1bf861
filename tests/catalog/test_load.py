"""Reading a folder of policies: what is right comes back whole, what is wrong with file and line."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from mapper.catalog.load import load_catalog
from mapper.model import Policy
from mapper.problems import Problem
from tests.builders import HEAD, LEXICON, REPOSITORY, a_policy, a_requirement, folder

GOOD = a_requirement("op23-1")


def problems_of(path: Path, policy: str, lexicon: str = LEXICON) -> list[Problem]:
    catalog, problems = load_catalog(folder(path, {"op23.yaml": policy, "lexicon.yaml": lexicon}))
    assert catalog is None, "an error leaves no catalog"
    return problems


def line_of(text: str, words: str) -> int:
    """The line, counted from 1, on which these words first stand."""
    return text[: text.index(words)].count("\n") + 1


# ---- what is right ---------------------------------------------------------------------------------------------


def test_a_good_folder_gives_its_policies_in_the_order_of_the_files(tmp_path: Path) -> None:
    files = {
        "b.yaml": a_policy(a_requirement("b-2"), a_requirement("b-1"), id="b"),
        "a.yaml": a_policy(a_requirement("a-1"), id="a"),
        "lexicon.yaml": LEXICON,
        "notes.txt": "kein YAML",
    }
    catalog, problems = load_catalog(folder(tmp_path, files))
    assert problems == []
    assert catalog is not None
    assert [policy.id for policy in catalog.policies] == ["a", "b"]
    assert [one.id for one in catalog.requirements] == ["a-1", "b-2", "b-1"]
    assert all(one.policy == one.id[0] for one in catalog.requirements)


def test_every_input_is_named_with_its_digest_and_no_folder(tmp_path: Path) -> None:
    catalog, _ = load_catalog(folder(tmp_path, {"op23.yaml": a_policy(), "lexicon.yaml": LEXICON}))
    assert catalog is not None
    assert {(one.role, one.path, one.sha256) for one in catalog.inputs} == {
        (role, name, sha256((tmp_path / name).read_bytes()).hexdigest())
        for role, name in (("policy", "op23.yaml"), ("lexicon", "lexicon.yaml"))
    }


def test_places_lead_to_the_line_of_each_requirement(tmp_path: Path) -> None:
    policy = a_policy(GOOD, a_requirement("op23-2"))
    catalog, _ = load_catalog(folder(tmp_path, {"op23.yaml": policy}))
    assert catalog is not None
    path, line = catalog.places["op23-2"]
    assert path.endswith("op23.yaml")
    assert line == line_of(policy, "op23-2")


def test_a_lexicon_is_optional(tmp_path: Path) -> None:
    catalog, problems = load_catalog(folder(tmp_path, {"op23.yaml": a_policy()}))
    assert problems == []
    assert catalog is not None and catalog.lexicon.concepts == {}


def test_a_signal_set_is_shared_by_name(tmp_path: Path) -> None:
    lexicon = LEXICON + "signals:\n  care:\n    - {need: [关怀]}\n    - {need: [关爱], strength: weak}\n"
    policy = a_policy(a_requirement("op23-1", "{need: [示例]}", "{use: care}"))
    catalog, problems = load_catalog(folder(tmp_path, {"op23.yaml": policy, "lexicon.yaml": lexicon}))
    assert problems == []
    assert catalog is not None
    assert [signal.need for signal in catalog.requirements[0].signals] == [("示例",), ("关怀",), ("关爱",)]
    assert catalog.matcher.scan("送去关爱").match("op23-1") is not None


def test_dates_stay_as_written(tmp_path: Path) -> None:
    catalog, _ = load_catalog(folder(tmp_path, {"op23.yaml": a_policy(published="2023-10-11")}))
    assert catalog is not None
    assert (catalog.policies[0].issued, catalog.policies[0].published) == ("2023-10-11", "2023-10-11")


# ---- what is wrong ---------------------------------------------------------------------------------------------

WRONG = [
    ("yaml-syntax", GOOD.replace("obligation: should", "obligation: [should"), None),
    ("yaml-unknown-key", GOOD + "    colour: red\n", "colour"),
    ("yaml-missing-field", GOOD.replace("    title: op23-1\n", ""), "id: op23-1"),
    ("yaml-wrong-value", GOOD.replace("obligation: should", "obligation: perhaps"), "obligation: perhaps"),
    ("yaml-wrong-value", GOOD.replace("title: op23-1", "title: [op23-1]"), "title: [op23-1]"),
    ("yaml-wrong-value", GOOD.replace("applies_to: [all]", "applies_to: [shop]"), "applies_to"),
    ("yaml-wrong-value", GOOD.replace("applies_to: [all]", "applies_to: 3"), "applies_to"),
    ("yaml-wrong-value", GOOD + "    until: 2026-6-31\n", "until"),
    ("yaml-wrong-value", GOOD.replace("applies_to: [all]", "applies_to: [{kind: bank, assets_from: 大}]"), "assets_from: 大"),
    ("yaml-too-short", GOOD.replace("applies_to: [all]", "applies_to: []"), "applies_to"),
    ("yaml-duplicate-key", GOOD + "    clause: 第二条\n", "clause: 第二条"),
    ("catalog-duplicate-id", GOOD + a_requirement("op23-1", example="范例"), "id: op23-1\n    clause: 第一条\n#"),
    ("catalog-bad-id", GOOD.replace("id: op23-1", "id: 23.10"), "id: 23.10"),
    ("catalog-bad-id", GOOD.replace("id: op23-1", "id: 一"), "id: 一"),
    ("catalog-unknown-set", a_requirement("op23-1", "{use: care}"), "use: care"),
    ("signal-unknown-concept", a_requirement("op23-1", '{need: ["@eldery", 示例]}'), "@eldery"),
    ("signal-unknown-concept", a_requirement("op23-1", "{need: [示例], unless: ['@nobody']}"), "@nobody"),
    ("signal-unknown-concept", GOOD + "    unless: ['@nobody']\n", "@nobody"),
    ("signal-unknown-concept", GOOD + "    breaches:\n      - {need: ['@nobody']}\n", "@nobody"),
    ("signal-syntax", a_requirement("op23-1", "{need: ['示例|']}"), "示例|"),
    ("signal-syntax", a_requirement("op23-1", "{need: ['@Elderly']}"), "@Elderly"),
    ("signal-syntax", a_requirement("op23-1", "{need: ['~短']}"), "~短"),
    ("yaml-unknown-key", a_requirement("op23-1", "{need: [示例], near: 3}"), "near: 3"),
    ("yaml-missing-field", a_requirement("op23-1", "{unless: [示例]}"), "unless: [示例]"),
    ("yaml-too-short", a_requirement("op23-1", "{need: []}"), "need: []"),
    ("yaml-wrong-value", a_requirement("op23-1", "{need: 示例}"), "need: 示例"),
    ("yaml-wrong-value", a_requirement("op23-1", "{need: [示例], within: page}"), "within: page"),
    ("yaml-wrong-value", a_requirement("op23-1", "{need: [示例], strength: huge}"), "strength: huge"),
]


@pytest.mark.parametrize(("code", "requirement", "where"), WRONG, ids=[f"{w[0]}-{n}" for n, w in enumerate(WRONG)])
def test_what_is_wrong_in_a_requirement_is_said_with_file_and_line(
    tmp_path: Path, code: str, requirement: str, where: str | None
) -> None:
    policy = a_policy(requirement)
    problems = problems_of(tmp_path, policy)
    found = [problem for problem in problems if problem.code == code]
    assert found and all(problem.path.endswith("op23.yaml") for problem in found)
    if code == "catalog-duplicate-id":
        assert [problem.line for problem in found] == [policy[: policy.rindex("id: op23-1")].count("\n") + 1]
    elif where is not None:
        assert line_of(policy, where) in [problem.line for problem in found]
    for problem in found:
        assert str(problem).startswith(f"{problem.path}:{problem.line}: ")


def test_a_wrong_size_is_told_where_it_is_written(tmp_path: Path) -> None:
    whom = "applies_to:\n      - insurer\n      - {kind: bank, assets_from: 很多}"
    policy = a_policy(GOOD.replace("applies_to: [all]", whom))
    [problem] = problems_of(tmp_path, policy)
    said = "op23-1: applies_to.1.assets_from 的值不对（应为数字） / op23-1: applies_to.1.assets_from has a wrong value (a number expected)"
    assert str(problem) == f"{problem.path}:{line_of(policy, '很多')}: {said}"


def test_a_wrong_field_does_not_make_its_requirement_one_that_there_is_not(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    line = '{"text": "网点有手语。", "evidences": ["op23-2", "op23-9"]}'
    (tmp_path / "examples" / "a.jsonl").write_text(line, encoding="utf-8")
    wrong = a_requirement("op23-2").replace("obligation: should", "obligation: shall")
    found = problems_of(tmp_path, a_policy(GOOD, wrong))
    assert [(problem.code, problem.params.get("id")) for problem in found] == [("yaml-wrong-value", None), ("lesson-unknown", "op23-9")]


@pytest.mark.parametrize(
    ("code", "policy", "line"),
    [
        ("yaml-missing-field", "requirements:\n" + GOOD, 1),
        ("yaml-missing-field", HEAD.format(id="op23", title="意见", year="2023", published="2023-10-11"), 12),
        ("yaml-wrong-value", a_policy().replace("basis: verified", "basis: hearsay"), 10),
        ("yaml-unknown-key", a_policy().replace("note:", "colour: red\n  note:"), 11),
        ("yaml-missing-field", a_policy().replace("  title: 意见op23\n", ""), None),
        ("yaml-unknown-key", a_policy() + "colour: red\n", a_policy().count("\n") + 1),
        ("yaml-missing-field", "- policy\n", 1),
        ("yaml-missing-field", "", None),
    ],
)
def test_what_is_wrong_in_the_head_of_a_policy_is_said(
    tmp_path: Path, code: str, policy: str, line: int | None
) -> None:
    problems = problems_of(tmp_path, policy)
    assert code in [problem.code for problem in problems]
    if line is not None:
        assert (code, line) in [(problem.code, problem.line) for problem in problems]


@pytest.mark.parametrize(
    ("code", "lexicon", "where"),
    [
        ("yaml-syntax", "concepts: [", None),
        ("yaml-unknown-key", LEXICON + "colours: {}\n", "colours"),
        ("lexicon-not-words", "concepts:\n  elderly: 老年人\n", "elderly"),
        ("lexicon-not-words", "concepts:\n  elderly: []\n", "elderly"),
        ("lexicon-not-words", "concepts:\n  elderly: [60]\n", "elderly"),
        ("lexicon-not-words", LEXICON.replace("masks: [绿色通道]", "masks: 绿色通道"), "masks"),
        ("lexicon-not-words", LEXICON.replace("masks: [绿色通道]", "masks: ['']"), "masks"),
        ("signal-unknown-concept", "concepts:\n  old: [老年人]\n  weak: ['@eldery']\n", "weak"),
        ("signal-syntax", "concepts:\n  old: ['老年人|']\n", "old"),
        ("lexicon-cycle", "concepts:\n  a: [甲, '@b']\n  b: [乙, '@a']\n", "a:"),
        ("lexicon-cycle", "concepts:\n  a: ['@a']\n", "a:"),
        ("yaml-duplicate-key", "concepts:\n  a: [甲]\n  a: [乙]\n", "a: [乙]"),
    ],
)
def test_what_is_wrong_in_the_lexicon_is_said(tmp_path: Path, code: str, lexicon: str, where: str | None) -> None:
    problems = problems_of(tmp_path, a_policy(), lexicon)
    found = [problem for problem in problems if problem.code == code]
    assert found and all(problem.path.endswith("lexicon.yaml") for problem in found)
    if where is not None:
        assert line_of(lexicon, where) in [problem.line for problem in found]


@pytest.mark.parametrize("lexicon", ["concepts: [老年人]\n", "signals: {care: 关怀}\n", "- 老年人\n", "老年人\n"])
def test_a_lexicon_of_a_wrong_shape_is_said(tmp_path: Path, lexicon: str) -> None:
    assert problems_of(tmp_path, a_policy(), lexicon)


def test_an_id_used_in_two_files_is_said(tmp_path: Path) -> None:
    files = {"a.yaml": a_policy(GOOD, id="a"), "b.yaml": a_policy(GOOD, id="b")}
    catalog, problems = load_catalog(folder(tmp_path, files))
    assert catalog is None
    assert [(p.code, Path(p.path).name) for p in problems] == [("catalog-duplicate-id", "b.yaml")]


def test_two_policies_of_one_id_are_said(tmp_path: Path) -> None:
    files = {"a.yaml": a_policy(a_requirement("a-1")), "b.yaml": a_policy(a_requirement("b-1"))}
    catalog, problems = load_catalog(folder(tmp_path, files))
    assert catalog is None
    assert [problem.code for problem in problems] == ["catalog-duplicate-id"]


def test_the_nearest_concept_is_proposed(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, a_policy(a_requirement("op23-1", '{need: ["@eldery"]}')))
    assert [problem.params["near"] for problem in problems] == ["@elderly"]


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    policy = a_policy(
        a_requirement("op23-1", '{need: ["@eldery"]}'),
        a_requirement("op23-2").replace("should", "perhaps"),
        a_requirement("op23-2") + "    colour: red\n",
    )
    assert len({problem.code for problem in problems_of(tmp_path, policy)}) == 3


def test_a_folder_that_is_missing_or_empty_is_said(tmp_path: Path) -> None:
    catalog, problems = load_catalog(tmp_path / "nowhere")
    assert (catalog, [problem.code for problem in problems]) == (None, ["file-missing"])
    catalog, problems = load_catalog(folder(tmp_path / "empty", {}))
    assert (catalog, [problem.code for problem in problems]) == (None, ["catalog-empty"])
    catalog, problems = load_catalog(folder(tmp_path / "words", {"lexicon.yaml": LEXICON}))
    assert (catalog, [problem.code for problem in problems]) == (None, ["catalog-empty"])


def test_a_file_that_is_not_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "op23.yaml").write_bytes(b"\xff\xfe\x00\x81")
    catalog, problems = load_catalog(tmp_path)
    assert (catalog, [problem.code for problem in problems]) == (None, ["yaml-not-utf8"])


@pytest.mark.parametrize("day", ["2024/01/02", "20240102", "2024-02-31", "昨天", "2024-01"])
def test_a_policy_is_of_a_day_that_exists(tmp_path: Path, day: str) -> None:
    policy = a_policy(GOOD)
    line = next(row for row in policy.splitlines() if "published:" in row)
    wrong = policy.replace(line, line.split("published:")[0] + f'published: "{day}"')
    problems = problems_of(tmp_path, wrong)
    assert ("yaml-wrong-value", line_of(wrong, "published:")) in [(one.code, one.line) for one in problems]


# ---- parts and English -----------------------------------------------------------------------------------------


def with_parts(*labels: str | None, parts: tuple[str, ...] = ("二", "三")) -> str:
    """A policy of these parts, with one requirement for each label, in the part of that label."""
    listed = "".join(f'    - {{id: "{part}", title: "第{part}部分", title_en: "Part"}}\n' for part in parts)
    requirements = (
        a_requirement(f"op23-{number}", more=f'    part: "{label}"\n' if label else "")
        for number, label in enumerate(labels, 1)
    )
    return a_policy(*requirements).replace("requirements:\n", f"  parts:\n{listed}requirements:\n")


def said_of(path: Path, policy: str) -> tuple[bool, list[tuple[str, int | None, str]]]:
    """Whether there is a catalog, and code, line and severity of every problem."""
    catalog, problems = load_catalog(folder(path, {"op23.yaml": policy, "lexicon.yaml": LEXICON}))
    return catalog is not None, [(problem.code, problem.line, problem.severity) for problem in problems]


def last_line_of(text: str, words: str) -> int:
    return text[: text.rindex(words)].count("\n") + 1


def test_parts_and_english_come_back_whole(tmp_path: Path) -> None:
    written = with_parts("二", "二", "三").replace(
        "  issuer: 监管部门\n", "  issuer: 监管部门\n  issuer_en: Regulator\n"
    )
    written = written.replace("    text: 自拟的重述。\n", "    text: 自拟的重述。\n    text_en: Do this.\n")
    catalog, problems = load_catalog(folder(tmp_path, {"op23.yaml": written}))
    assert problems == []
    assert catalog is not None
    (policy,) = catalog.policies
    assert policy.issuer_en == "Regulator"
    assert [(part.id, part.title, part.title_en) for part in policy.parts] == [
        ("二", "第二部分", "Part"),
        ("三", "第三部分", "Part"),
    ]
    assert [(one.part, one.text_en) for one in policy.requirements] == [
        ("二", "Do this."),
        ("二", "Do this."),
        ("三", "Do this."),
    ]
    assert Policy.model_validate_json(policy.model_dump_json()) == policy


def test_parts_and_english_are_optional(tmp_path: Path) -> None:
    catalog, problems = load_catalog(folder(tmp_path, {"op23.yaml": a_policy()}))
    assert problems == []
    assert catalog is not None
    (policy,) = catalog.policies
    assert (policy.parts, policy.issuer_en) == ((), None)
    assert [(one.part, one.text_en) for one in policy.requirements] == [(None, None)]


def test_a_part_that_the_policy_lacks_is_an_error(tmp_path: Path) -> None:
    policy = with_parts("二", "三", "四")
    (problem,) = problems_of(tmp_path, policy)
    assert (problem.code, problem.line) == ("catalog-unknown-part", line_of(policy, 'part: "四"'))
    assert str(problem).startswith(f"{problem.path}:{problem.line}: ")
    assert problem.params == {"part": "四", "known": "二, 三"}


def test_a_part_without_any_list_of_parts_is_an_error(tmp_path: Path) -> None:
    policy = a_policy(a_requirement("op23-1", more="    part: 二\n"))
    assert said_of(tmp_path, policy) == (False, [("catalog-unknown-part", line_of(policy, "part: 二"), "error")])


def test_a_part_listed_twice_is_an_error(tmp_path: Path) -> None:
    policy = with_parts("二", "三", parts=("二", "三", "二"))
    line = last_line_of(policy, '{id: "二"')
    assert said_of(tmp_path, policy) == (False, [("catalog-duplicate-id", line, "error")])


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("yaml-unknown-key", '{id: "二", title: 二, title_en: Two, colour: red}'),
        ("yaml-missing-field", '{id: "二", title_en: Two}'),
        ("yaml-wrong-value", "{id: 2, title: 二, title_en: Two}"),
        ("yaml-wrong-value", "二"),
    ],
)
def test_a_part_of_a_wrong_shape_is_an_error(tmp_path: Path, code: str, part: str) -> None:
    policy = with_parts("二").replace('{id: "二", title: "第二部分", title_en: "Part"}', part)
    assert (code, line_of(policy, f"- {part}")) in [(one.code, one.line) for one in problems_of(tmp_path, policy)]


@pytest.mark.parametrize("labels", [("二", "三", "二"), ("二", "三", "二", "二"), ("三", "二", None, "二")])
def test_requirements_of_one_part_that_stand_apart_are_a_warning(
    tmp_path: Path, labels: tuple[str | None, ...]
) -> None:
    policy = with_parts(*labels)
    third = [number for number, row in enumerate(policy.splitlines(), 1) if row.startswith("    part:")][2]
    assert said_of(tmp_path, policy) == (True, [("catalog-part-apart", third, "warning")])


def test_parts_may_be_taken_in_any_order(tmp_path: Path) -> None:
    assert said_of(tmp_path, with_parts("三", "三", "二", None)) == (True, [])


def test_a_part_without_requirements_is_a_warning(tmp_path: Path) -> None:
    policy = with_parts("二", "二")
    assert said_of(tmp_path, policy) == (True, [("catalog-part-unused", line_of(policy, '{id: "三"'), "warning")])


def test_a_part_is_in_use_even_where_its_requirement_is_wrong(tmp_path: Path) -> None:
    policy = with_parts("二", "三").replace("obligation: should", "obligation: perhaps")
    assert {problem.code for problem in problems_of(tmp_path, policy)} == {"yaml-wrong-value"}


# ---- what a beginner does --------------------------------------------------------------------------------------


def test_a_catalog_may_be_all_chinese(tmp_path: Path) -> None:
    chinese = "".join(line for line in a_policy().splitlines(keepends=True) if "title_en" not in line)
    assert chinese != a_policy()
    catalog, problems = load_catalog(folder(tmp_path, {"op23.yaml": chinese, "lexicon.yaml": LEXICON}))
    assert catalog is not None and problems == []
    assert [one.title_en for one in catalog.requirements] == [one.title for one in catalog.requirements]
    assert catalog.policies[0].title_en == catalog.policies[0].short_title


def test_a_lexicon_with_concepts_written_twice_is_one_problem(tmp_path: Path) -> None:
    lexicon = shipped_file("lexicon.yaml").read_text(encoding="utf-8") + "\nconcepts:\n  elderly: [老年, 长者, 银发]\n"
    made = folder(tmp_path, {"lexicon.yaml": lexicon})
    for path in sorted(shipped_file("").glob("*.yaml")):
        if path.name != "lexicon.yaml":
            (made / path.name).write_bytes(path.read_bytes())
    catalog, problems = load_catalog(made)
    assert catalog is None
    assert [(one.code, one.params["key"]) for one in problems] == [("yaml-duplicate-key", "concepts")]


def shipped_file(name: str) -> Path:
    return REPOSITORY / "policies" / name


# ---- files that only look like policies ------------------------------------------------------------------------


def test_a_policy_by_another_ending_is_named_and_costs_no_other(tmp_path: Path) -> None:
    files = {"a.yaml": a_policy(a_requirement("a-1"), id="a"), "b.yml": a_policy(a_requirement("b-1"), id="b"), "lexicon.yaml": LEXICON}
    catalog, problems = load_catalog(folder(tmp_path, files))
    assert catalog is not None and [policy.id for policy in catalog.policies] == ["a"]
    assert [(problem.code, problem.severity, problem.params) for problem in problems] == [
        ("policy-misnamed", "left-out", {"name": "b.yaml"})
    ]


@pytest.mark.parametrize("name", ["b.YAML", "b.Yml", "b.yaml.txt"])
def test_so_is_one_whose_ending_is_almost_right(tmp_path: Path, name: str) -> None:
    files = {"a.yaml": a_policy(a_requirement("a-1"), id="a"), name: a_policy(a_requirement("b-1"), id="b"), "lexicon.yaml": LEXICON}
    _, problems = load_catalog(folder(tmp_path, files))
    assert [(problem.code, problem.params) for problem in problems] == [("policy-misnamed", {"name": "b.yaml"})]


def test_policies_in_a_folder_of_their_own_and_sentences_by_another_ending_are_named(tmp_path: Path) -> None:
    made = folder(tmp_path, {"a.yaml": a_policy(a_requirement("a-1"), id="a"), "lexicon.yaml": LEXICON})
    other = a_policy(a_requirement("b-1"), id="b")
    for name, words in {"old/b.yaml": other, "old/notes.yaml": "a: b\n", "examples/a.json": "{}\n"}.items():
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text(words, encoding="utf-8")
    catalog, problems = load_catalog(made)
    assert catalog is not None and [policy.id for policy in catalog.policies] == ["a"]
    assert [(problem.code, problem.severity, Path(problem.path).name) for problem in problems] == [
        ("policy-elsewhere", "warning", "b.yaml"), ("lessons-misnamed", "left-out", "a.json"),
    ]  # fmt: skip


def test_a_folder_of_nothing_but_misnamed_policies_is_empty(tmp_path: Path) -> None:
    catalog, problems = load_catalog(folder(tmp_path, {"b.yml": a_policy(a_requirement("b-1"), id="b")}))
    assert catalog is None
    assert [problem.code for problem in problems] == ["policy-misnamed", "catalog-empty"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are always Unicode")
def test_a_policy_whose_name_is_no_text_is_named_and_costs_no_other(tmp_path: Path) -> None:
    folder(tmp_path, {"a.yaml": a_policy(a_requirement("a-1"), id="a"), "lexicon.yaml": LEXICON})
    (tmp_path / os.fsdecode(b"\xd5\xfe.yaml")).write_text(a_policy(a_requirement("b-1"), id="b"), encoding="utf-8")
    catalog, problems = load_catalog(tmp_path)
    assert catalog is not None and [policy.id for policy in catalog.policies] == ["a"]
    assert [(problem.code, problem.severity) for problem in problems] == [("document-name", "left-out")]
    assert all(str(problem).encode() for problem in problems)


@pytest.mark.parametrize("id", ["оp23-1", "op23-１", "op23-а", "ｏp"])
def test_an_id_in_letters_that_only_look_like_latin_is_named(tmp_path: Path, id: str) -> None:
    assert [problem.code for problem in problems_of(tmp_path, a_policy(a_requirement(id)))] == ["catalog-bad-id"]


# ---- what an author need not write -----------------------------------------------------------------------------

SENTENCES = "".join(f"      - 第{n}家网点保留人工柜台。\n" for n in "一二三四五")
SHORT = "policy:\n  id: sh\n  title: 便民办法\nrequirements:\n  - id: sh-1\n    title: 人工服务\n    examples:\n" + SENTENCES


def test_only_ids_and_titles_are_compulsory(tmp_path: Path) -> None:
    catalog, problems = load_catalog(folder(tmp_path, {"sh.yaml": SHORT}))
    assert problems == [] and catalog is not None
    policy, [requirement] = catalog.policies[0], catalog.requirements
    assert (policy.short_title, policy.title_en, policy.published, policy.basis) == ("便民办法", "便民办法", "", "unstated")
    said = (requirement.clause, requirement.text, requirement.obligation, requirement.applies_to)
    assert said == ("sh-1", "人工服务", "must", ("all",))


def test_a_date_that_is_not_stated_is_the_next_best(tmp_path: Path) -> None:
    dated = SHORT.replace("  title: 便民办法\n", "  title: 便民办法\n  effective: 2026-01-01\n")
    catalog, _ = load_catalog(folder(tmp_path, {"sh.yaml": dated}))
    assert catalog is not None
    assert (catalog.policies[0].published, catalog.policies[0].issued) == ("2026-01-01", "")


def test_what_a_title_stands_for_is_not_missed_too(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, SHORT.replace("    title: 人工服务\n", ""))
    assert [(one.code, one.params["field"]) for one in problems] == [("yaml-missing-field", "sh-1: title")]


def test_a_mistyped_key_says_what_was_meant(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, SHORT + "    claus: 第一条\n")
    assert problem.params["field"] == "sh-1: claus (→ clause?)"


@pytest.mark.parametrize(
    ("written", "whom"),
    [("[银行, 消费金融公司]", ("bank", "consumer-finance")), ("银行、保险", ("bank", "insurer")), ("所有机构", ("all",))],
)
def test_kinds_and_obligations_may_be_written_in_chinese(tmp_path: Path, written: str, whom: tuple[str, ...]) -> None:
    more = f"    applies_to: {written}\n    obligation: 不得\n"
    catalog, problems = load_catalog(folder(tmp_path, {"sh.yaml": SHORT + more}))
    assert problems == [] and catalog is not None
    assert (catalog.requirements[0].applies_to, catalog.requirements[0].obligation) == (whom, "must-not")


def test_a_requirement_that_nothing_teaches_is_left_out_and_the_others_run(tmp_path: Path) -> None:
    catalog, problems = load_catalog(folder(tmp_path, {"sh.yaml": SHORT + "  - {id: sh-2, title: 收费公示}\n"}))
    assert catalog is not None and [one.id for one in catalog.requirements] == ["sh-1"]
    assert [(one.code, one.severity, one.params["id"]) for one in problems] == [("requirement-untaught", "left-out", "sh-2")]
    whole, problems = load_catalog(tmp_path, untaught=True)
    assert whole is not None and [one.id for one in whole.requirements] == ["sh-1", "sh-2"] and problems == []


def test_where_nothing_is_taught_at_all_that_is_an_error(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, SHORT.replace(SENTENCES, "      - 保留人工柜台。\n"))
    assert (problem.code, problem.severity) == ("requirement-untaught", "error")


def test_a_requirement_that_nobody_has_restated_is_left_out_too(tmp_path: Path) -> None:
    more = SHORT.split("requirements:\n")[1].replace("sh-1", "sh-2").replace("    title: 人工服务\n", '    title: 收费\n    text: ""\n')
    catalog, problems = load_catalog(folder(tmp_path, {"sh.yaml": SHORT + more}))
    assert catalog is not None and [one.id for one in catalog.requirements] == ["sh-1"]
    assert [(one.code, one.severity, one.line) for one in problems] == [("requirement-unwritten", "left-out", 15)]
