"""An insurer's branch called by its place and line of business alone, and a bank's outlet by its nickname."""

from __future__ import annotations

import pytest

from mapper.firms.discovery import local_registry
from tests.builders import document, registry
from tests.firms.test_discovery import discovered


@pytest.mark.parametrize(
    ("sentences", "word", "owner"),
    [
        (("岷润财险云溪支公司开展宣传。", "云溪财险支公司组织业务员下乡。"), "云溪财险", "岷润财险"),
        (("岷润财险向农户赔付。", "平昌财险支公司组织业务员下乡查勘。"), "平昌财险", "岷润财险"),
        (("岷润人寿柳溪分公司开展客服节。", "柳溪人寿中心支公司为老人服务。"), "柳溪人寿", "岷润人寿"),
        (("岷润财险与沧川财险共保。", "岷润财险柳溪支公司查勘。", "柳溪财险支公司赔付。"), "柳溪财险", "岷润财险"),
    ],
)
def test_it_is_the_insurer_s_that_the_document_names(sentences: tuple[str, ...], word: str, owner: str) -> None:
    known = local_registry(document(*sentences), registry()).find(word)
    assert known is not None and known.name == owner


@pytest.mark.parametrize(
    "sentences",
    [
        ("平昌财险支公司组织业务员下乡查勘。",),
        ("岷润财险与沧川财险共保。", "柳溪财险支公司赔付。"),
        ("岷润人寿推出新产品。", "柳溪财险支公司赔付。"),
    ],
)
def test_it_is_nobody_s_where_no_one_insurer_can_be_meant(sentences: tuple[str, ...]) -> None:
    assert not {"平昌财险", "柳溪财险"} & discovered(*sentences).keys()


def test_an_insurer_named_elsewhere_without_its_branch_is_one() -> None:
    assert list(discovered("岷润财险支公司员工上门理赔。", "岷润财险还推出新产品。")) == ["岷润财险"]


def test_an_outlet_behind_its_branch_is_no_bank() -> None:
    text = ("岷润银行城南支行小茉莉银行办理业务。", "她来到存钱的小茉莉银行取钱。", "小茉莉银行的柜员报警。")
    assert list(discovered(*text)) == ["岷润银行"]
    assert list(discovered(*text[1:])) == ["小茉莉银行"]
