"""The page as text: self-contained, linked, escaped, complete without scripts."""

from __future__ import annotations

import gzip
import json
import re
import sys
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from mapper.model import Alignment
from mapper.report import html as page
from mapper.report import templates
from mapper.report.html import embed, render_html
from mapper.report.orders import REASONS
from mapper.report.view import build_view
from mapper.shipped import folder


class Reader(HTMLParser):
    """Collects elements, ids, links and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.named: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.links.append(value or "")
            elif name in ("aria-labelledby", "for"):
                self.named += (value or "").split()

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_no_dead_link_and_no_id_twice(html: str) -> None:
    reader = Reader(html)
    assert not [name for name, times in Counter(reader.ids).items() if times > 1]
    inside = {link[1:] for link in reader.links if link.startswith("#")}
    made_by_script = {"panel-h", "asking-h", *(f"sheet-{view}-h" for view in ("firms", "requirements", "documents"))}
    assert inside | (set(reader.named) - made_by_script) <= set(reader.ids)


def test_links_lead_out_only_by_http(html: str, hostile: Alignment) -> None:
    for text in (html, render_html(hostile)):
        assert Reader(text).links
        assert all(link.startswith(("#", "https://", "http://")) for link in Reader(text).links)


def test_the_page_is_self_contained(html: str) -> None:
    reader = Reader(html)
    assert not reader.tags.keys() & {"link", "img", "iframe", "object", "embed", "base"}
    assert reader.tags["style"] == 1 and reader.tags["script"] == 5
    assert "style" not in reader.attributes and not [name for name in reader.attributes if name.startswith("on")]


def test_the_policy_allows_exactly_what_is_in_the_page(html: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy and "default-src 'none'" in policy[1]
    for tag, times in (("style", 1), ("script", 2)):
        texts = [part.split(f"</{tag}>")[0] for part in html.split(f"<{tag}>")[1:]]
        digests = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts]
        assert len(digests) == times
        assert f"{tag}-src {' '.join(digests)};" in policy[1]


def test_hostile_strings_stay_text(html: str, hostile: Alignment) -> None:
    bad = Reader(render_html(hostile))
    assert bad.tags.keys() == Reader(html).tags.keys()
    assert bad.tags == Reader(html).tags
    shown = "".join(bad.words)
    assert "<img src=x onerror=window.hit=1>" in shown and "{{ 7*7 }}" in shown


@pytest.mark.parametrize("text", ["</script>", "<!--", "\u2028\u2029", "&amp;", '"\\'])
def test_embedded_json_cannot_end_its_element(text: str) -> None:
    packed = embed({text: text})
    assert not set(packed) & set("<>&\u2028\u2029")
    assert json.loads(packed) == {text: text}


def test_without_scripts_every_cell_has_its_count_and_its_best_quote(html: str, alignment: Alignment) -> None:
    text = re.sub(r"\s+", "", "".join(Reader(html).words))
    view = build_view(alignment)
    held = [cell for row in view.rows for cell in row.cells if cell.evidence]
    assert held and all(cell.evidence[0].it.quote in text for cell in held)
    assert all(f'id="{cell.anchor}"' in html for cell in held)
    for policy in alignment.policies:
        assert policy.note in text
        assert all(one.text in text for one in policy.requirements)
    assert "这不是合规结论" in text and "Nofindingofcompliance" in text
    cells = re.search(r'<table class="sheetgrid">.*?</table>', html, re.S)
    assert cells and len(re.findall(r'<td class="[oascnux][ "]', cells[0])) == len(alignment.cells)


def test_unchecked_clause_numbers_are_flagged(html: str) -> None:
    assert html.count("条款号未经核对") > 1


def test_the_same_bytes_every_time(build: Callable[..., Alignment]) -> None:
    assert render_html(build()) == render_html(build())


@pytest.fixture
def packing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is as of a very large run."""
    monkeypatch.setattr(page, "LIMIT", 10)


def _unpacked(text: str) -> dict[str, Any]:
    packed = re.search(r'id="packed">([A-Za-z0-9+/=]+)</script>', text)
    assert packed
    raw = b64decode(packed[1])
    assert raw[9] == 255, "the same head whatever version of Python packs"
    read: dict[str, Any] = json.loads(gzip.decompress(raw))
    return read


@pytest.mark.usefixtures("packing")
def test_a_very_large_alignment_has_no_static_matrix(build: Callable[..., Alignment]) -> None:
    text = render_html(build())
    reader = Reader(text)
    assert (
        'id="overview"' in text
        and "mapper export" in text
        and 'class="ev' not in text
        and "<table class=\"sheetgrid\">" not in text
    )
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.ids)
    assert not [name for name, times in Counter(reader.ids).items() if times > 1]
    assert render_html(build()) == text


def test_packed_columns_hold_every_piece_and_every_text_once(build: Callable[..., Alignment]) -> None:
    alignment = build()
    read = _unpacked(render_html(alignment))
    size = len(alignment.evidence)
    columns = (
        "steps quote before after section unit document start length page grade percent when voluntary asof runs why"
    )
    assert {len(read[name]) for name in columns.split()} == {size}
    assert len(set(read["texts"])) == len(read["texts"]) and sum(read["runs"]) == len(read["run"])
    assert {read["texts"][number] for number in read["quote"]} == {one.quote for one in alignment.evidence}
    assert sum(number >> len(REASONS) for number in read["run"]) == sum(len(one.quote) for one in alignment.evidence)
    assert list(read["copies"].values()) == [[[1, 1, 9]]]


def test_hostile_strings_are_packed_as_text(build: Callable[..., Alignment], hostile: Alignment) -> None:
    text = render_html(hostile)
    assert Reader(text).tags == Reader(render_html(build())).tags
    assert any("<img src=x onerror=window.hit=1>" in words for words in _unpacked(text)["texts"])


def test_every_text_that_the_script_says_is_handed_to_it(html: str) -> None:
    data = re.search(r'id="data">(.*?)</script>', html, re.S)
    assert data
    texts = json.loads(data[1])["texts"]
    scripts = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted((folder("templates") / "js").glob("*.js"))
        if path.name != "opinions.js"  # goes with a second reader only
    )
    said = set(re.findall(r"say\('([a-z-]+)'", scripts))
    begun = set(re.findall(r"say\(`([a-z-]+-)\$", scripts))
    assert len(said) > 80 and said <= set(texts)
    assert len(begun) > 10 and not [one for one in begun if not any(key.startswith(one) for key in texts)]


def test_templates_that_were_compiled_before_give_the_same_page(
    alignment: Alignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = render_html(alignment)
    monkeypatch.setattr(templates, "cache_from_source", lambda source: str(tmp_path / "module.pyc"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    def drawn() -> str:
        templates.template.cache_clear()
        templates._environment.cache_clear()
        return render_html(alignment)

    assert drawn() == plain
    kept = sorted(tmp_path.glob("page-*.cache"))
    assert kept
    assert drawn() == plain
    for path in kept:
        path.write_bytes(path.read_bytes()[:40])
    assert drawn() == plain, "what is damaged is compiled anew"
    monkeypatch.setattr(templates, "cache_from_source", lambda source: str(tmp_path / "nowhere" / "module.pyc"))
    assert drawn() == plain, "where nothing can be kept, too"
    templates.template.cache_clear()
    templates._environment.cache_clear()
