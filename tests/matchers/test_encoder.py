"""An encoder, here a tiny one of random weights: what it says does not depend on its company, and a bad file is refused by name."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mapper.align.alignment import align
from mapper.matchers import encoder as encoders
from mapper.matchers import nearby
from mapper.matchers.encoder import (
    BACKGROUND,
    FORMAT,
    MODEL,
    PACKAGE,
    SETTINGS,
    Encoder,
    EncoderMatcher,
    find,
    load,
    sealed,
    spoken,
)
from mapper.matchers.interface import Stretch
from mapper.matchers.model import GRADES
from mapper.matchers.shelf import shelf
from mapper.model import Run
from mapper.problems import Problem
from mapper.report.json import dump
from tests.builders import REPOSITORY, document, registry, shipped_catalog

SENTENCES = [
    "该行在乡镇布设助农取款点312个，村民取款不再进城。",
    "某公司因未按规定向消费者披露贷款年化利率，被罚款80万元。",
    "春节放假七天。",
    "手机银行推出大字版，老年客户可一键呼叫人工座席，网点保留现金窗口并配老花镜、轮椅和血压计，专人陪同办理。",
]
NURSERY = [
    "公司为员工子女开设暑期托管班。", "职工孩子放学后可在单位的托育室等候父母。", "食堂二楼设儿童照护间，双职工家庭可预约。",
    "企业与幼儿园合作，为员工子女预留学位。", "寒假期间单位请老师照看职工子女写作业。", "母婴室和托育点向全体女员工开放。",
]
OTHERWISE = ["公司组织员工春游。", "职工食堂更换了供应商。", "员工参加羽毛球比赛。", "工会为职工发放生日蛋糕。", "单位组织员工体检。"]


WIDTH, LAYERS, HEADS, INNER = 16, 2, 2, 32


def _graph() -> Any:
    """encoder/graph.py, which lies outside the package."""
    spec = importlib.util.spec_from_file_location("encoder_graph", REPOSITORY / "encoder" / "graph.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def made() -> Path:
    """The folder of a tiny encoder, made as encoder/train.py makes the large one."""
    catalog = shipped_catalog()
    ids = [one.id for one in catalog.requirements]
    chars = sorted(set("".join([*SENTENCES, *NURSERY, *OTHERWISE])))
    pieces = ("<s>", "<pad>", "</s>", "<unk>", "▁", *chars)
    random = np.random.default_rng(7)

    def some(*shape: int) -> Any:
        return random.normal(0, 0.3, shape).astype(np.float32)

    weights = {"word": some(len(pieces), WIDTH), "place": some(64, WIDTH)}
    weights |= {"head.weight": some(len(ids) + len(GRADES), WIDTH), "head.bias": some(len(ids) + len(GRADES))}
    sizes = {"q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "out": (WIDTH, WIDTH), "wide": (INNER, WIDTH)}
    sizes["narrow"] = (WIDTH, INNER)
    for layer in range(LAYERS):
        for part, shape in sizes.items():
            weights |= {f"layer{layer}.{part}.weight": some(*shape), f"layer{layer}.{part}.bias": some(shape[0])}
    for name in ("first", *(f"layer{n}.{part}" for n in range(LAYERS) for part in ("heard", "end"))):
        weights |= {f"{name}.weight": np.ones(WIDTH, np.float32), f"{name}.bias": np.zeros(WIDTH, np.float32)}
    place = Path(tempfile.mkdtemp()) / PACKAGE
    place.mkdir()
    (place / MODEL).write_bytes(_graph().graph(weights, LAYERS, HEADS, 1e-5))
    vectors = random.normal(0, 1, (40, WIDTH))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    (place / BACKGROUND).write_bytes(np.rint(vectors * 127).astype(np.int8).tobytes())
    settings = {
        "format": FORMAT, "requirements": ids, "taught": {}, "weighing": shelf(catalog).model.weighing, "prefix": "",
        "longest": 64, "width": WIDTH, "first": 0, "last": 2, "empty": 1, "unknown": 3, "pieces": pieces,
        "piece_scores": [-1.0] * len(pieces),
        "digests": {name: hashlib.sha256((place / name).read_bytes()).hexdigest() for name in (MODEL, BACKGROUND)},
    }
    (place / SETTINGS).write_text(json.dumps(sealed(settings)), encoding="utf-8")
    return place


@cache
def the_encoder() -> Encoder:
    found = load(made())
    assert isinstance(found, Encoder), found
    return found


def test_a_sentence_is_read_the_same_alone_and_in_any_company() -> None:
    together, _ = the_encoder().encode(SENTENCES)
    for number, sentence in enumerate(SENTENCES):
        alone, _ = the_encoder().encode([sentence])
        assert np.abs(alone[0] - together[number]).max() <= 0.011


SHIPS = REPOSITORY / "encoder" / PACKAGE
MEANT = {
    "某公司的投诉处理时长在全市排名垫底。": "cp22-15",
    "客户躺在沙发上点几下手机，理赔款当晚就到账了。": "cp22-33",
    "某公司把客户的手机号卖给了装修公司。": "cp22-42",
    "这家银行给花农先放款、等花卖了再还本。": "ph23-05.b",
}
"""Sentences in words of their own, and what they bear on."""


def test_the_encoder_that_ships_is_whole_small_and_knows_every_requirement() -> None:
    found = load(SHIPS)
    assert isinstance(found, Encoder), found
    catalog = shipped_catalog()
    assert list(found.requirements) == [one.id for one in catalog.requirements]
    assert sum(path.stat().st_size for path in SHIPS.iterdir() if path.is_file()) < 30_000_000
    scores, _ = found.encode(list(MEANT))
    again, _ = found.encode(list(MEANT))
    assert np.array_equal(scores, again)
    best = [found.requirements[int(row[: len(found.requirements)].argmax())] for row in scores]
    assert best == list(MEANT.values())
    adverse = GRADES.index("adverse") + len(found.requirements)
    assert scores[0, adverse] > 0 and scores[2, adverse] > 0, "last in a ranking is no praise"


def test_who_acts_is_not_what_is_done() -> None:
    text = "海棠农商银行在乡镇布设助农取款点。"
    assert spoken(Stretch(text, 0, len(text), ((0, 6),))) == "某公司在乡镇布设助农取款点。"


def test_without_the_package_there_is_no_encoder_and_no_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "PACKAGE", "a_package_that_is_not_there")
    assert find() is None


def test_without_the_runtime_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    found = load(made())
    assert isinstance(found, Problem)
    assert (found.code, found.severity) == ("encoder-extra", "warning")


@pytest.mark.parametrize("name", [MODEL, BACKGROUND])
def test_a_damaged_file_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    own = tmp_path / PACKAGE
    shutil.copytree(made(), own)
    raw = bytearray((own / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (own / name).write_bytes(raw)
    found = load(own)
    assert isinstance(found, Problem)
    assert (found.code, found.path) == ("encoder-damaged", name)


@pytest.mark.parametrize("name", [MODEL, BACKGROUND, SETTINGS])
def test_a_file_that_is_missing_is_told_by_its_name(tmp_path: Path, name: str) -> None:
    own = tmp_path / PACKAGE
    shutil.copytree(made(), own)
    (own / name).unlink()
    found = load(own)
    assert isinstance(found, Problem)
    assert (found.code, found.path) == ("encoder-damaged", name)


def test_settings_that_somebody_changed_are_refused(tmp_path: Path) -> None:
    own = tmp_path / PACKAGE
    shutil.copytree(made(), own)
    settings = json.loads((own / SETTINGS).read_text(encoding="utf-8"))
    settings["weighing"] = {**settings["weighing"], "line": 0.01}
    (own / SETTINGS).write_text(json.dumps(settings), encoding="utf-8")
    found = load(own)
    assert isinstance(found, Problem)
    assert (found.code, found.path) == ("encoder-damaged", SETTINGS)


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", "encoder-damaged"), ('{"format": "mapper/encoder/0"}', "encoder-format"), ("{}", "encoder-format")],
)
def test_settings_of_another_kind_are_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / SETTINGS).write_text(text, encoding="utf-8")
    found = load(tmp_path)
    assert isinstance(found, Problem)
    assert found.code == code


def test_an_alignment_with_it_names_it_and_is_the_same_each_time() -> None:
    catalog = shipped_catalog()
    text = document("海棠银行在乡镇布设助农取款点312个，村民取款不再进城。", "海棠银行开展金融知识宣传活动30场。")
    made = []
    for _ in range(2):
        reading = shelf(catalog, shelf(catalog).model, the_encoder())
        assert reading.readers == ("signals", "learned", "encoder")
        made.append(dump(align([text], catalog, registry(), Run(version="0"), min_score=0.4, shelf=reading)))
    assert made[0] == made[1]
    assert json.loads(made[0])["evidence"]


def test_a_requirement_of_ones_own_is_read_by_its_sentences() -> None:
    taught = nearby.teach(the_encoder(), {"own-1": (NURSERY, OTHERWISE)})
    matcher = EncoderMatcher(the_encoder(), ["own-1"], taught)

    def says(text: str) -> float:
        return matcher.opinion(Stretch(text, 0, len(text)), "own-1")["encoder"]

    assert sum(map(says, NURSERY)) / len(NURSERY) > 0 > sum(map(says, OTHERWISE)) / len(OTHERWISE)
