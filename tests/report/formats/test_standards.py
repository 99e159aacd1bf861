"""Web Annotations and OSCAL: what other programs read."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.report.formats import FORMATS
from tests.builders import document
from tests.report.conftest import sample
from tests.review.worlds import CORPUS, LOANS, MISSED, RULINGS, WINDOW, made


def annotated(*decisions: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(FORMATS["annotations"].render(made(*decisions)))["items"]
    return items


def selected(annotation: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(one for one in annotation["target"]["selector"] if one["type"] == kind)


def resolve(annotation: dict[str, Any], text: str) -> str | None:
    """The words that a reader of the standard would mark: by quote and neighbours, best match first."""
    quote = selected(annotation, "TextQuoteSelector")
    places = [at for at in range(len(text)) if text.startswith(quote["exact"], at)]
    best = max(
        places,
        key=lambda at: (
            text[:at].endswith(quote["prefix"]) + text.startswith(quote["suffix"], at + len(quote["exact"]))
        ),
        default=None,
    )
    return None if best is None else text[best : best + len(quote["exact"])]


def test_every_annotation_is_what_the_standard_asks() -> None:
    page = json.loads(FORMATS["annotations"].render(made(*RULINGS)))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    for one in page["items"]:
        assert one["type"] == "Annotation" and one["target"]["source"] and one["id"].startswith("urn:")
        assert {selector["type"] for selector in one["target"]["selector"]} == {"TextQuoteSelector", "TextPositionSelector"}
    assert len({one["id"] for one in page["items"]}) == len(page["items"])


def test_the_address_is_that_of_the_file_and_of_its_row() -> None:
    corpus = [document(WINDOW, id="甲%231.txt", path="甲#1.txt"), document(LOANS, id="b.csv#2", path="b.csv")]
    marks = json.loads(FORMATS["annotations"].render(made(corpus=corpus)))["items"]
    assert {one["target"]["source"] for one in marks} == {"%E7%94%B2%231.txt", "b.csv#2"}


def test_the_position_holds_the_exact_words() -> None:
    texts = {"%E4%B8%80/a.txt": CORPUS[0].text, "b.txt": CORPUS[1].text}
    for one in annotated(*RULINGS):
        place, quote = selected(one, "TextPositionSelector"), selected(one, "TextQuoteSelector")
        assert texts[one["target"]["source"]][place["start"] : place["end"]] == quote["exact"]


def test_what_reviewers_said_is_in_the_body_and_added_words_are_annotated() -> None:
    by_words = {selected(one, "TextQuoteSelector")["exact"]: one for one in annotated(*RULINGS)}
    said = [body["value"] for body in by_words[WINDOW]["body"] if body["purpose"] == "assessing"]
    assert said == ["王芳 2026-03-01 驳回：试"]
    assert MISSED in by_words


@given(st.lists(st.sampled_from(["插入的一段。", "再插一段。"]), min_size=1), st.integers(0, 3))
def test_annotations_resolve_after_a_paragraph_was_inserted(inserted: list[str], at: int) -> None:
    sentences = [passage.text for passage in CORPUS[0].passages]
    text = document(*sentences[:at], *inserted, *sentences[at:]).text
    mine = [one for one in annotated() if one["target"]["source"] != "b.txt"]
    exact = [selected(one, "TextQuoteSelector")["exact"] for one in mine]
    assert exact and [resolve(one, text) for one in mine] == exact


# ---- OSCAL -----------------------------------------------------------------------------------------------------


def oscal(alignment: Any) -> dict[str, dict[str, Any]]:
    with ZipFile(BytesIO(FORMATS["oscal"].render(alignment))) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def test_there_is_a_catalog_for_each_policy_and_results_for_each_firm_that_was_read() -> None:
    files = oscal(made(*RULINGS))
    assert sorted(files) == ["catalogs/op21.json", "catalogs/op23.json", "results/云岭银行.json", "results/海港银行.json"]


def test_results_are_observations_with_machine_and_human_side_by_side_and_no_findings() -> None:
    [result] = oscal(made(*RULINGS))["results/海港银行.json"]["assessment-results"]["results"]
    assert "findings" not in result
    observations = {one["title"].split()[0]: one for one in result["observations"]}
    props = {prop["name"]: prop["value"] for prop in observations["op23-elderly"]["props"]}
    assert (props["status"], props["review"]) == ("evidenced", "conflict")
    assert observations["op21-complaint"]["remarks"].startswith("王芳")


@pytest.mark.parametrize("alignment", [made(*RULINGS), sample(), made(corpus=[])], ids=["reviewed", "sample", "bare"])
def test_compliance_trestle_loads_and_validates_every_file(alignment: Any) -> None:
    catalog = pytest.importorskip("trestle.oscal.catalog")
    results = pytest.importorskip("trestle.oscal.assessment_results")
    for name, data in oscal(alignment).items():
        model, key = (catalog, "catalog") if name.startswith("catalogs/") else (results, "assessment-results")
        made_of = model.Catalog if key == "catalog" else model.AssessmentResults
        read = made_of.model_validate(data[key])
        assert read.uuid == data[key]["uuid"]


def test_trestle_itself_imports_and_validates_them(tmp_path: Any) -> None:
    cli = pytest.importorskip("trestle.cli")
    import sys
    from unittest import mock

    def trestle(*arguments: str) -> int:
        with mock.patch.object(sys, "argv", ["trestle", *arguments]):
            try:
                cli.run()
            except SystemExit as end:
                return int(end.code or 0)
        return 0

    assert trestle("init", "--local", "-tr", str(tmp_path)) == 0
    for name, data in oscal(made(*RULINGS)).items():
        file = tmp_path.parent / f"{tmp_path.name}-{name.replace('/', '-')}"
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        output = name.split("/")[1].split(".")[0]
        assert trestle("import", "-f", str(file), "-o", output, "-tr", str(tmp_path)) == 0, name
    assert trestle("validate", "--all", "-tr", str(tmp_path)) == 0
