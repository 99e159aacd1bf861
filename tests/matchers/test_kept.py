"""What sentences teach is kept from run to run: the same as before, and never believed where it was touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.catalog.load import load_catalog
from mapper.matchers import teaching
from mapper.matchers.few import Small
from mapper.matchers.kept import Kept
from mapper.matchers.shelf import shelf

TAUGHT = Small({"老人": 0.1 + 0.2, "柜台": -1e-17}, {7: 0.1, 3: -0.7}, -3.3), ("与众不同的一句",)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "taught", "program")


def test_what_is_found_again_is_what_was_kept_to_the_last_bit(kept: Kept) -> None:
    key = kept.key("m", ["甲"], ["乙"], [], 3)
    assert kept.find(key) is None
    kept.keep(key, TAUGHT)
    assert kept.find(key) == TAUGHT
    assert [list(one) for one in kept.find(key)[0][:2]] == [list(one) for one in TAUGHT[0][:2]]  # type: ignore[index]


def test_another_sentence_another_side_another_program_is_another_key(kept: Kept) -> None:
    one, other = ["甲"], ["乙"]
    sides: list[tuple[list[str] | int, ...]] = [
        (one, other, [], 3), (other, one, [], 3), ([*one, *other], [], [], 3), (one, [], other, 3), (one, other, [], 4)
    ]
    keys = {kept.key(model, *each) for each in sides for model in ("m", "n")}
    assert len({*keys, Kept(kept.folder, "other").key("m", *sides[0])}) == 11


@pytest.mark.parametrize("harm", ["", "x", "cut", "flip"])
def test_a_damaged_file_is_as_good_as_none(kept: Kept, harm: str) -> None:
    kept.keep("k", TAUGHT)
    path = next(kept.folder.iterdir())
    held = path.read_bytes()
    path.write_bytes({"cut": held[:-3], "flip": held[:-1] + bytes([held[-1] ^ 1])}.get(harm, harm.encode()))
    assert kept.find("k") is None


def test_what_nobody_asks_for_any_more_is_taken_out(kept: Kept) -> None:
    for key in ("old", "new"):
        kept.keep(key, TAUGHT)
    (kept.folder / "notes.txt").write_text("不是我们的", encoding="utf-8")
    kept.only({"new"})
    assert sorted(path.name for path in kept.folder.iterdir()) == ["new.taught", "notes.txt"]


def test_a_folder_that_refuses_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "taught").write_text("a file", encoding="utf-8")
    kept = Kept(tmp_path / "taught", "program")
    kept.keep("k", TAUGHT)
    kept.only(set())
    assert kept.find("k") is None


def test_the_same_sentences_are_not_learned_from_twice_and_other_sentences_are(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[int] = []

    def counted(positive: list[str], apart: list[str], others: list[str], among: int, known: object) -> object:
        times.append(among)
        return Small(dict.fromkeys(positive, 1.0), {}, float(len(others))), ()

    monkeypatch.setattr(teaching, "taught", counted)
    policy = tmp_path / "my.yaml"

    def teach(sentence: str) -> object:
        lines = "".join(f"\n      - 第{n}句例句{sentence}" for n in range(5))
        asked = "policy: {id: my, title: 某某办法}\nrequirements:\n  - id: my-1\n    title: 某事\n    text: 做某事。\n    examples:"
        policy.write_text(f"{asked}{lines}\n", encoding="utf-8")
        catalog, _ = load_catalog(tmp_path)
        assert catalog is not None
        return shelf(catalog, kept=kept).learned.few

    assert teach("甲") == teach("甲") and times == [1]
    assert teach("乙") != teach("甲") and times == [1, 1, 1]
