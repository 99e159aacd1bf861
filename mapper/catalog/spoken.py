"""Chinese words for what a policy file says by English names: 应当 for must, 银行 for bank."""

from __future__ import annotations

from functools import cache
from typing import Any

from mapper.messages import sheet
from mapper.rules import pattern


def in_english(entry: dict[str, Any]) -> dict[str, Any]:
    """A requirement as written, its obligation and kinds of firm by their names; a single kind as a list of one."""
    said = dict(entry)
    if isinstance(said.get("obligation"), str):
        said["obligation"] = _names("obligation-").get(said["obligation"].strip(), said["obligation"])
    whom = said.get("applies_to")
    if isinstance(whom, str):
        whom = [part for part in whom.replace("，", "、").replace(",", "、").split("、") if part.strip()]
    if isinstance(whom, list):
        said["applies_to"] = [
            one | {"kind": _kind(one["kind"])} if isinstance(one, dict) and "kind" in one else _kind(one) for one in whom
        ]
    return said


def _kind(word: Any) -> Any:
    if not isinstance(word, str):
        return word
    word = word.strip()
    return "all" if pattern("duties", "everybody").match(word) else _names("kind-").get(word, word)


@cache
def _names(prefix: str) -> dict[str, str]:
    """Every Chinese word of these messages (要求/推动 is two) with the name that the key ends in."""
    return {
        part.strip(): key.removeprefix(prefix)
        for key, words in sheet("page").items()
        if key.startswith(prefix)
        for whole in (words["zh"], words["zh"].removesuffix("公司"))
        for part in whole.split("/")
        if part
    }
