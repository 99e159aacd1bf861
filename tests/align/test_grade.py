"""How far a sentence goes: a plan, a measure in place, a result; and whether it tells of a fault found."""

from __future__ import annotations

import pytest

from mapper.align.grade import Graded, grade, is_adverse


def graded(sentence: str, *words: str) -> Graded:
    """The grade of a whole sentence that matched by these words."""
    spans = tuple((sentence.index(word), sentence.index(word) + len(word)) for word in words)
    return grade(sentence, (0, len(sentence)), spans)


def adverse(sentence: str) -> bool:
    return bool(is_adverse(sentence))


# ---- plan and done ---------------------------------------------------------------------------------------------

PAIRS = [
    ("云岭银行将在年内推出大字版手机银行。", "云岭银行已推出大字版手机银行。", "大字版"),
    ("下一步，该行计划在全部乡镇设立助农服务点。", "该行在全部乡镇设立了助农服务点。", "助农服务点"),
    ("公司拟于明年上线投诉智能分析系统。", "公司上线了投诉智能分析系统。", "投诉智能分析"),
    ("未来，公司将进一步完善消保审查机制。", "公司完善了消保审查机制。", "消保审查"),
    ("海港银行力争三年内实现渔村上门服务全覆盖。", "海港银行实现了渔村上门服务全覆盖。", "上门服务"),
    ("我们承诺不断降低小微企业的融资成本。", "我们下调了小微企业的贷款利率。", "小微企业"),
    ("泰和保险即将推出茶叶低温指数保险。", "泰和保险推出了茶叶低温指数保险。", "低温指数保险"),
    ("该行正在筹建绿色金融专营机构。", "该行成立了绿色金融专营机构。", "绿色金融专营机构"),
    ("公司有望在年底前接入百行征信。", "公司已接入百行征信。", "征信"),
    ("接下来会把人工服务延伸到夜间。", "人工服务已经延伸到夜间。", "人工服务"),
]


@pytest.mark.parametrize(("plan", "done", "word"), PAIRS, ids=[f"pair-{n}" for n in range(len(PAIRS))])
def test_a_plan_is_a_commitment_and_the_same_thing_done_an_action(plan: str, done: str, word: str) -> None:
    assert graded(plan, word).grade == "commitment"
    assert graded(done, word).grade == "action"


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("该行将客服热线接入适老专席。", "适老专席"),
        ("公司将人工智能应用于风控。", "人工智能"),
        ("该行把绿色信贷纳入考核，并将结果与薪酬挂钩。", "绿色信贷"),
        ("在未来科技城，该行设立了科技支行。", "科技支行"),
        ("公司与用户签署承诺书，杜绝暴力催收。", "催收"),
        ("通过“惠蓝种子计划”资助返乡青年创业。", "返乡青年"),
        ("为目标客户提供风险测评。", "风险测评"),
        ("为准备入学的困难学生发放助学贷款。", "助学贷款"),
    ],
)
def test_words_that_only_look_like_a_plan_make_none(sentence: str, word: str) -> None:
    assert graded(sentence, word).grade == "action"


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("该行已在全部网点设立爱心窗口，未来将推广到社区。", "爱心窗口"),
        ("公司搭建了反欺诈模型，下一步计划向同业开放。", "反欺诈模型"),
        ("青禾消费金融开通了还款协商热线，今后还将增设夜间坐席。", "还款协商热线"),
    ],
)
def test_a_plan_for_later_does_not_undo_what_is_in_place(sentence: str, word: str) -> None:
    assert graded(sentence, word).grade == "action"


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("该行已在全部网点设立爱心窗口，未来将推广上门服务。", "上门服务"),
        ("公司搭建了反欺诈模型；下一步，公司计划推出数字人客服。", "数字人客服"),
    ],
)
def test_what_is_done_elsewhere_does_not_fulfil_a_plan(sentence: str, word: str) -> None:
    assert graded(sentence, word).grade == "commitment"


def test_the_words_that_made_a_commitment_are_shown() -> None:
    sentence = "该行计划在全部乡镇设立助农服务点。"
    found = graded(sentence, "助农服务点")
    assert [sentence[start:end] for start, end in found.words]
    assert any("计划" in sentence[start:end] for start, end in found.words)


# ---- result ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("大字版手机银行累计服务老年客户12万人次。", "大字版"),
        ("截至六月末，绿色贷款余额达320亿元，同比增长35.6%。", "绿色贷款"),
        ("小微企业贷款平均利率较年初下降38个基点。", "小微企业贷款"),
        ("投诉按期办结率达到99.8%。", "投诉"),
        ("全年拦截电信诈骗资金逾3,000万元。", "电信诈骗"),
        ("累计为两万余户农户提供风险保障四亿元。", "农户"),
        ("新市民客户占比超过四成。", "新市民"),
        ("智能客服的问题解决率提升了12个百分点。", "智能客服"),
        ("去年开展金融知识讲座一百余场，覆盖居民5万人次。", "金融知识讲座"),
        ("已帮助三万名首次借款的年轻人。", "首次借款"),
    ],
)
def test_a_figure_beside_a_word_of_result_is_an_outcome(sentence: str, word: str) -> None:
    found = graded(sentence, word)
    assert found.grade == "outcome"
    shown = "".join(sentence[start:end] for start, end in found.words)
    assert any(letter.isdigit() or letter in "一二三四五六七八九十两" for letter in shown)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("2023年3月15日，该行上线了适老专区。", "适老专区"),
        ("客服热线提供7×24小时人工服务。", "人工服务"),
        ("“商户贷”最高可贷300万元，随借随还。", "商户贷"),
        ("该行举办了第三届绿色金融论坛。", "绿色金融"),
        ("贷款期限最长5年，按月付息。", "按月付息"),
        ("自2021年起，公司每季度召开投诉分析会。", "投诉分析会"),
        ("公司建立了个人信息分级制度。", "个人信息"),
        ("依托5G和AI技术，该行设立了远程银行。", "远程银行"),
    ],
)
def test_a_date_an_ordinal_or_a_limit_is_no_result(sentence: str, word: str) -> None:
    assert graded(sentence, word).grade == "action"


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("该行计划到2027年使绿色贷款余额达到500亿元。", "绿色贷款"),
        ("未来三年，公司将投入2亿元用于适老化改造。", "适老化改造"),
        ("预计全年可减免利息3000万元。", "减免利息"),
        ("力争到年末服务新市民100万人。", "新市民"),
    ],
)
def test_a_figure_that_is_aimed_at_is_a_commitment(sentence: str, word: str) -> None:
    assert graded(sentence, word).grade == "commitment"


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("“惠蓝种子计划”实施以来，已资助返乡青年620名。", "返乡青年"),
        ("计划启动两年来，累计培训乡村带头人3,400人次。", "乡村带头人"),
        ("自作出承诺以来，公司累计减免利息1.2亿元。", "减免利息"),
    ],
)
def test_a_plan_carried_out_is_an_outcome(sentence: str, word: str) -> None:
    assert graded(sentence, word).grade == "outcome"


def test_only_the_firms_own_stretch_is_graded() -> None:
    sentence = "甲行累计发放绿色贷款30亿元，乙行将在明年推出绿色贷款，丙行开办了绿色贷款。"
    stretches = sentence.rstrip("。").split("，")
    grades = []
    for clause in stretches:
        start = sentence.index(clause)
        word = sentence.index("绿色贷款", start)
        grades.append(grade(sentence, (start, start + len(clause)), ((word, word + 4),)).grade)
    assert grades == ["outcome", "commitment", "action"]


@pytest.mark.parametrize("sentence", ["云岭银行因违规收费被罚款50万元。", "将被处罚。", "累计罚款3次。", ""])
def test_a_grade_is_never_adverse_by_itself(sentence: str) -> None:
    assert grade(sentence, (0, len(sentence)), ()).grade in ("commitment", "action", "outcome")


@pytest.mark.parametrize("sentence", [plan for plan, _, _ in PAIRS] + [done for _, done, _ in PAIRS])
def test_the_words_of_a_grade_stand_in_the_sentence(sentence: str) -> None:
    found = grade(sentence, (0, len(sentence)), ())
    assert all(0 <= start < end <= len(sentence) for start, end in found.words)


# ---- adverse ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "云岭银行因违规收费被监管部门罚款50万元。",
        "该公司因催收不当被约谈，并被责令限期整改。",
        "海港银行临江支行收到监管罚单，两名负责人被警告。",
        "因侵害消费者权益，该公司被通报批评。",
        "该平台未经用户同意收集通讯录，被监管部门点名。",
        "泰和保险江州分公司因虚构中介业务被没收违法所得。",
        "法院判决该行败诉，须退还多收的费用。",
        "监管部门对该公司采取暂停新增业务的措施。",
        "该行因双录不到位收到警示函。",
        "监管局对青禾消费金融予以行政处罚。",
    ],
)
def test_a_fault_found_by_a_regulator_or_a_court_is_adverse(sentence: str) -> None:
    assert adverse(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "云岭银行开展反诈宣传，提醒客户警惕违法中介。",
        "公司严禁违规收费，畅通举报渠道。",
        "该行完善内控，防范违规销售。",
        "公司打击非法代理维权，协助警方立案十二起。",
        "全年未发生侵害消费者权益的事件。",
        "公司连续五年零处罚。",
        "该行对违规员工予以问责，扣减绩效。",
        "青禾消费金融识别并拦截违法套现交易。",
        "公司清退违规合作商户23家。",
        "该行累计减免罚息800万元。",
        "投诉按期办结，未受到监管处罚。",
        "公司组织员工学习监管处罚案例。",
    ],
)
def test_preventing_faults_is_not_adverse(sentence: str) -> None:
    assert not adverse(sentence)


def test_a_sentence_without_any_fault_is_not_adverse() -> None:
    assert is_adverse("该行保留了人工柜台。") == ()
    assert is_adverse("") == ()


def test_the_words_of_the_fault_are_shown() -> None:
    sentence = "云岭银行因违规收费被监管部门罚款50万元。"
    words = [sentence[start:end] for start, end in is_adverse(sentence)]
    assert "罚款" in words
