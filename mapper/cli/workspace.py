"""A new workspace: the policies that ship and their sentences, to extend; an empty corpus folder; and what to type next."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

from mapper.catalog.lessons import FOLDER as SENTENCES
from mapper.shipped import folder

_SETTINGS = ("corpus.yaml", "firms.yaml")


def is_free(target: Path) -> bool:
    """Whether a workspace can be made there: nothing is there, or an empty folder. Raises OSError."""
    return not (target.is_symlink() or target.exists()) or (target.is_dir() and not any(target.iterdir()))


def make(target: Path, *, own: bool = False) -> None:
    """Fill a free place with ``policies`` and ``corpus``, whole or not at all. Raises OSError where the disk refuses.

    ``own``: for policies of one's own alone, so that the folder for them is empty.
    """
    base = next(place for place in (target, *target.parents) if place.is_dir())
    moved: list[Path] = []
    stage = Path(tempfile.mkdtemp(prefix=".mapper-init-", dir=base))
    try:
        _fill(stage / target.relative_to(base), own)
        for part in sorted(stage.iterdir()):
            os.replace(part, base / part.name)
            moved.append(base / part.name)
    except BaseException:
        for part in moved:
            shutil.rmtree(part, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _fill(target: Path, own: bool) -> None:
    (target / "corpus").mkdir(parents=True)
    (target / "policies").mkdir()
    if not own:
        (target / "policies" / SENTENCES).mkdir()
        home = folder("policies")
        for source in sorted((*home.glob("*.yaml"), *home.glob(f"{SENTENCES}/*.jsonl"))):
            shutil.copyfile(source, target / "policies" / source.relative_to(home))
    for name in _SETTINGS:
        text = files("mapper.cli").joinpath("start", name).read_bytes()
        (target / "corpus" / name).write_bytes(text)


def commands(target: Path, *, own: bool = False) -> list[str]:
    """The commands to type next, quoted for the shell of this system; ``own``: first those that make a policy."""
    policies, corpus, out, mine = (_quoted(target / name) for name in ("policies", "corpus", "out", "policies/my.yaml"))
    made = [f"mapper draft OFFICIAL.docx --id my --out {mine}", f"mapper teach {mine}"] if own else []
    return [
        *made,
        f"mapper corpus {corpus}",
        f"mapper check --policies {policies} --corpus {corpus}",
        f"mapper build --policies {policies} --corpus {corpus} --out {out}",
    ]


def _quoted(path: Path) -> str:
    if os.name == "nt":
        return f'"{path}"' if " " in str(path) else str(path)
    word = str(path)
    return word if word.replace("/", "").replace("_", "").replace(".", "").isalnum() else shlex.quote(word)
