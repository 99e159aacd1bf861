"""Bytes are read in the right encoding or not at all."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.corpus.decode import decode

SIMPLIFIED = "马上消费金融推出了适老化服务，截至2022年末，为超过110万家小微企业提供贷款，有效降低了融资成本。"
TRADITIONAL = "銀行為小微企業提供貸款服務，並且在農村地區設立了服務點，截至去年底累計服務客戶超過三百萬人。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_simplified_text_is_read_in_any_encoding(encoding: str) -> None:
    found = decode(SIMPLIFIED.encode(encoding))
    assert found is not None
    assert found.text == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-be"])
def test_traditional_text_is_read_in_any_encoding(encoding: str) -> None:
    found = decode(TRADITIONAL.encode(encoding))
    assert found is not None
    assert found.text == TRADITIONAL


def test_the_encoding_is_recorded() -> None:
    names = [decode(SIMPLIFIED.encode(name)) for name in ("utf-8-sig", "gbk", "utf-16-be")]
    assert [found.encoding for found in names if found] == ["utf-8", "gb18030", "utf-16-be"]


def test_a_page_that_declares_gb2312_is_read_as_the_wider_gb18030() -> None:
    page = f'<meta charset="gb2312"><p>{SIMPLIFIED}㐀</p>'
    found = decode(page.encode("gb18030"))
    assert found is not None
    assert "㐀" in found.text


def test_a_false_declaration_is_not_believed() -> None:
    page = f'<meta charset="big5"><p>{SIMPLIFIED}</p>'
    found = decode(page.encode("utf-8"))
    assert found is not None
    assert SIMPLIFIED in found.text


def test_a_text_cut_in_the_middle_of_its_last_character_is_read_to_there() -> None:
    found = decode((SIMPLIFIED * 2).encode("utf-8")[:-1])
    assert found is not None
    assert found.text == (SIMPLIFIED * 2)[:-1] + "\ufffd"


def test_one_broken_place_in_a_long_text_is_marked() -> None:
    raw = bytearray((SIMPLIFIED * 20).encode("utf-8"))
    raw[300] = 0xFF
    found = decode(bytes(raw))
    assert found is not None
    assert 1 <= found.text.count("\ufffd") <= 3


def test_a_text_broken_all_over_is_refused() -> None:
    raw = bytearray((SIMPLIFIED * 20).encode("utf-8"))
    raw[::60] = b"\xff" * len(raw[::60])
    assert decode(bytes(raw)) is None


@pytest.mark.parametrize("encoding", ["hz", "iso2022_jp_2"])
def test_chinese_in_seven_bits_is_read_and_not_taken_for_latin_prose(encoding: str) -> None:
    found = decode(SIMPLIFIED.encode(encoding))
    assert found is not None and found.text == SIMPLIFIED


def test_a_wave_before_a_bracket_makes_no_other_encoding() -> None:
    found = decode(b"see ~{a} and ~{b} for the loans of the bank")
    assert found is not None and found.text.startswith("see ~{a}")


@pytest.mark.parametrize("name", ["rot13", "zlib", "unicode_escape", "punycode", "idna", "undefined", "base64", "no-such"])
def test_what_a_page_declares_that_is_no_encoding_of_a_page_is_not_heeded(name: str) -> None:
    found = decode(f'<meta charset="{name}"><p>{SIMPLIFIED}</p>'.encode())
    assert found is not None and SIMPLIFIED in found.text


@pytest.mark.parametrize("encoding", ["euc_kr", "shift_jis", "koi8-r", "latin-1"])
def test_other_encodings_are_refused_rather_than_misread(encoding: str) -> None:
    words = {
        "euc_kr": "금융 서비스를 제공하는 은행입니다. 중소기업 대출을 확대하고 있습니다.",
        "shift_jis": "金融サービスを提供する銀行です。中小企業への融資を拡大しています。",
        "koi8-r": "Банк предоставляет финансовые услуги малым предприятиям и населению.",
        "latin-1": "Crédit à la consommation: société générale de financement très élevée, déjà.",
    }
    assert decode(words[encoding].encode(encoding)) is None


@given(st.binary(min_size=1, max_size=400))
def test_random_bytes_are_text_only_where_they_are_utf_8(raw: bytes) -> None:
    found = decode(raw)
    if found is not None and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        assert found.encoding == "utf-8"


def test_no_piece_of_an_article_is_ever_misread(seeds: Path) -> None:
    text = (seeds / "000_7f35fe313b4d8090.txt").read_text("utf-8")
    pick = random.Random(0)
    refused = 0
    for _ in range(300):
        start, length = pick.randrange(len(text) - 400), pick.choice((20, 60, 400))
        for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
            raw = text[start : start + length].encode(encoding)
            found = decode(raw)
            assert found is None or found.text == raw.decode(encoding)
            refused += found is None
    assert refused < 45
