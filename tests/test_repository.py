"""What a checkout holds: the five articles byte for byte, no other corpus, nothing of one machine, nothing huge."""

from __future__ import annotations

import ast
import re
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
LIMIT = 1_500_000
ARTICLES = {
    "000_7f35fe313b4d8090.txt": "d75d380986fcd33cca23608b9dfd9ae4391316d61e9441254bcc8935af803a9d",
    "001_94d2b693a81cb436.txt": "0b7b4e1c81a7c7bfa4f9e0e2d62b97b327fbd10e1bd91f86b74c9799ecc7e78e",
    "002_39a2c90d8ccbd885.txt": "cdfb99e6d479a4d8d80029d0f95a162b4fa3dc8c13b828868bd33de2620b603d",
    "003_528cf213c8b04a03.txt": "a7465f76dea3142021be560a9cdf9bd27d6bb53c5b7daac2d839d1206362ab30",
    "004_4fa231b7368f1dff.txt": "e0f004fcdabb610ad5f3e67d192f672d52855b041de445f7b14866611f1dc0f4",
}
PICTURES = {".png"}
MACHINE = re.compile(r"(?<![\w.:/*-])/(?:" + "|".join(("work", "root", "home", "Users")) + r")/\w|[A-Z]:\\Users")
WEIGHTS = {".onnx", ".bin"}
HOSTS = re.compile(r"py" r"pi\.org|python" r"hosted\.org|npm" r"js\.(?:org|com)|crates" r"\.io|proxy\.golang" r"\.org")


def tracked() -> list[Path]:
    """The files of the project; those that git ignores are not."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        pytest.skip("no git repository here")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def texts() -> list[tuple[Path, str]]:
    """The text files that are ours, decoded."""
    ours = [path for path in tracked() if path.suffix not in {*PICTURES, *WEIGHTS} and path.name not in ARTICLES]
    return [(path, path.read_bytes().decode("utf-8")) for path in ours]


def test_no_file_is_huge() -> None:
    """Save the weights of the encoder, which are committed once; tests/matchers/test_encoder.py holds them to their size."""
    assert [path for path in tracked() if path.stat().st_size > LIMIT and path.suffix not in WEIGHTS] == []
    assert {path.parent.name for path in tracked() if path.suffix in WEIGHTS} <= {"mapper_encoder"}


def test_the_five_articles_ship_byte_for_byte_and_no_other_document() -> None:
    seeds = {path.name: sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").iterdir()}
    settings = {"corpus.yaml", "firms.yaml", "gold.jsonl"}
    assert {name: digest for name, digest in seeds.items() if name not in settings} == ARTICLES
    assert settings <= set(seeds)


def test_no_document_of_another_corpus_is_here() -> None:
    documents = {".pdf", ".docx", ".doc", ".xlsx", ".html", ".htm", ".csv", ".zip"}
    assert [path for path in tracked() if path.suffix.lower() in documents] == []
    if not CORPORA.is_dir():
        pytest.skip("the corpora are not beside this checkout")
    foreign = {sha256(path.read_bytes()).hexdigest() for path in CORPORA.rglob("*") if path.is_file()}
    assert [path for path in tracked() if sha256(path.read_bytes()).hexdigest() in foreign] == []


def test_text_is_utf8_with_plain_line_ends() -> None:
    for path, text in texts():
        assert "\r" not in text and not text.startswith("\ufeff"), path
        assert not text or text.endswith("\n"), path


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE.search(line) or HOSTS.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("line", ["see /" + "home/ann/x", "open('/" + "work/a')", "C:" + "\\Users\\ann"])
def test_a_path_of_a_machine_is_recognised(line: str) -> None:
    assert MACHINE.search(line)


@pytest.mark.parametrize("line", ["https://example.org/home/x", "./home/x", "a/work/b"])
def test_another_path_is_not(line: str) -> None:
    assert not MACHINE.search(line)


def test_every_module_says_what_it_is() -> None:
    modules = [path for path in tracked() if path.suffix == ".py" and path.stat().st_size]
    silent = [path for path in modules if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []
