"""Whose act a sentence of a firm's own document is where its subject is somebody else, or nobody. All sentences are invented."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from tests.builders import Sentence, document, heading
from tests.firms.test_kinds_of_documents import SHIPPED, actors

OWN = "禾川农商银行"
HEAD = heading("禾川农村商业银行2023年年度报告")
BEFORE = "本行全年走访农户312户。"


def told(*sentences: str) -> list[tuple[str, ...]]:
    """Who acts in these sentences of one paragraph of the bank's annual report, behind one on the bank."""
    return actors(document(HEAD, [BEFORE, *sentences]))[2:]


# ---- bodies, laws, people, the trade ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "江城市人民政府出台贴息办法，对茶叶贷款补贴一个百分点。",
        "2023年，贵州省人民政府出资设立风险补偿金。",
        "江城市消费纠纷调解中心由市司法局指导成立，全年调解案件三千件。",
        "云岭市银行业协会设立调解室，接待群众两千人次。",
        "禾川县蜜桃专业合作社牵头建成分拣车间，为果农提供包装服务。",
        "县人民医院为老人开通绿色通道。",
        "县人力资源和社会保障局发放社保卡三万张。",
        "《反电信网络诈骗法》《反洗钱法》先后施行，对金融机构提出更高要求。",
        "家住青石桥村的老陈养了三十只山羊，想再添二十只，却拿不出抵押物。",
        "返乡青年刘大勇承包了两百亩荒山，急需周转资金。",
        "多家财险公司以“保险+服务”方式布局新能源车险。",
        "部分上市公司披露了碳排放数据。",
        "茶叶是禾川的主导产业，带动两万农户增收。",
        "长期护理保险制度自2016年起在十五个城市先行试点。",
        "“金融消费者权益宣传月”由中国人民银行在全国统一组织开展。",
        "江城港口集团有限公司开通外贸航线，向小企业减免堆存费。",
        "本行的机房服务商云上数据股份有限公司通过了安全测评，为二十家机构提供机房。",
        "江城大学经济学院组织学生深入17个行政村，讲授防骗知识。",
        "省财政厅安排资金2.6亿元，为农户贷款全额贴息。",
        "共青团江城市委举办青年创业大赛。",
        "活动中，江城市公安局组织民警为村民讲授防骗知识。",
        "与此同时，江城市医疗保障局全年为困难群众代缴保费。",
        "西山省保险行业协会连续五年组织宣传日，发放折页三万份。",
        "江城县人民政府以财政资金设立产业发展基金，为茶农提供贷款贴息。",
        "3 月，国务院办公厅发布《指导意见》，对普惠金融作出部署。",
        "启航助贷有限公司组织员工走进社区。",
        "诈骗分子冒充警方，诱导老人把存款转入所谓的安全账户。",
        "近期，不法分子盗取客户的个人信息，冒名办理贷款。",
        "该案中，犯罪嫌疑人提前教会老人怎样应对柜员。",
        "对方自称民警，反复强调转账前不得告诉家人。",
        "八成种粮户常年贷不到款。",
        "苗师傅经营的家庭农场曾遇到融资困难。",
        "党中央高度重视乡村振兴，明确要求健全农业保险体系。",
        "《条例》第十八条规定，查询个人信息应当取得本人书面同意。",
        "《银行业保险业绿色金融指引》(简称“《指引》”)明确指出保险机构需要建立绿色金融管理体系。",
        "根据工业和信息化部发布的数据，中国已累计培育科技型中小企业超60万家。",
    ],
)
def test_a_sentence_with_a_subject_that_is_no_firm_is_not_the_reporting_firms(sentence: str) -> None:
    assert OWN not in told(sentence)[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "本行与市消费者协会联合举办宣传活动二十场。",
        "联合县人民政府举办银企对接会十二场。",
        "走进江城市人民医院开展反诈宣传，覆盖医护人员六百人。",
        "在县人民政府支持下，建成助农服务点百余个。",
        "各分行与当地消费者协会开展合作，举办讲座六十场。",
        "手机银行与市公安局反诈中心建立联动机制，拦截诈骗资金三百万元。",
        "信用卡中心全年受理投诉三千件。",
        "消费者权益保护委员会全年召开会议四次。",
        "江城市分行设立小微企业服务中心，受理申请一千笔。",
        "合作社贷款余额12亿元，比年初增长15%。",
        "村委会金融服务站提供取款服务两千笔。",
        "来自江城的客户经理李梅走访了六十个村。",
        "江城市社区金融服务中心为老人提供上门服务。",
        "金融消费者权益保护局牵头制定考核办法。",
        "部分支行未严格落实双录要求，已责令整改。",
        "多家分公司建立适老服务专区。",
        "根据《个人信息保护法》的规定，完善客户授权机制。",
        "围绕茶叶主导产业，投放贷款5亿元。",
        "党中央决策部署下，本行投放涉农贷款5亿元。",
        "家住青石村的老李在本行拿到了20万元信用贷款。",
        "新的考核制度自2023年起在全行实施。",
        "向江城港口集团有限公司发放绿色贷款2亿元。",
    ],
)
def test_a_partner_a_place_an_object_or_a_part_of_the_firm_leaves_the_sentence_with_it(sentence: str) -> None:
    assert told(sentence)[0] == (OWN,)


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("县农业农村局提供名单，本行逐户走访，授信2.1亿元。", "本行逐户走访，授信2.1亿元。"),
        ("村民王大山因缺少抵押物贷款难，客户经理上门调查，三天放款。", "客户经理上门调查，三天放款。"),
        ("县人民政府出资设立补偿金，我行按十倍放大，发放贷款4亿元。", "我行按十倍放大，发放贷款4亿元。"),
    ],
)
def test_the_firm_acts_in_a_later_clause(sentence: str, act: str) -> None:
    text = document(HEAD, [BEFORE, sentence])
    assert SHIPPED is not None
    found = attribute(text, local_registry(text, SHIPPED))[-1].attributed
    assert [(one.firm, sentence[one.start : one.end]) for one in found] == [(OWN, act)]


@pytest.mark.parametrize(
    "sentence",
    [
        "江城市审计局开展检查发现，个别支行未落实双录要求。",
        "江城市市场监督管理局组织检查，责令城关支行停止违规收费。",
    ],
)
def test_what_a_body_finds_out_about_the_firm_or_does_to_it_is_told_of_the_firm(sentence: str) -> None:
    assert OWN in told(sentence)[0]


def test_what_follows_on_somebody_else_is_the_firms_again() -> None:
    assert told("县供销社开展统购统销，服务农户五千户。", "全年为农户发放贷款8亿元。") == [(), (OWN,)]


# ---- that bank, that company, its ------------------------------------------------------------------------------------

ARM = "江州禾川村镇银行成立于2011年，注册资本5,000万元，本行持股60%。"


@pytest.mark.parametrize(
    "next_sentence", ["报告期末，该行涉农贷款占比92%。", "该行因贷后检查不到位被罚款20万元。", "其农户贷款余额3亿元。"]
)
def test_that_bank_is_the_one_introduced_with_the_share_held_in_it(next_sentence: str) -> None:
    first, second = told(ARM, next_sentence)
    assert second == first[:1] != (OWN,)


@pytest.mark.parametrize("next_sentence", ["该公司为全省同业开发手机银行。", "其为全省同业开发手机银行。"])
def test_that_company_is_one_that_nobody_knows_where_the_bank_only_holds_its_shares(next_sentence: str) -> None:
    assert told("本行持有云上数据科技有限责任公司1.5%的股份，不参与经营。", next_sentence)[1] == ()


def test_the_bank_speaks_on_of_itself_behind_a_company_that_it_serves() -> None:
    text = ["本行向江城港口集团有限公司发放贷款2亿元。", "全年投放绿色贷款8亿元。", "本行持有债券40亿元。", "其绿色债券占比一成。"]
    assert told(*text) == [(OWN,)] * 4


# ---- who examines a report -------------------------------------------------------------------------------------------


def test_an_examiner_speaks_of_himself_in_the_report() -> None:
    text = document(
        HEAD,
        BEFORE,
        heading("独立鉴证报告"),
        ["我们接受委托，对禾川农村商业银行2023年度报告中的绩效数据执行了有限保证的鉴证业务。"],
        ["我们访谈了贵行负责绿色信贷和投诉处理的人员，抽查了贷款明细。", "管理层负责设计和维护内部控制。"],
        heading("附录"),
        "设立绿色专营支行六家。",
    )
    assert actors(text)[3:] == [(), (), (OWN,), (), (OWN,)]


def test_a_bank_that_is_given_a_mandate_is_no_examiner() -> None:
    assert told("我们接受客户委托管理资产，全年新增受托规模12亿元。", "设立绿色专营支行六家。") == [(OWN,), (OWN,)]


def test_an_examiner_has_ended_where_the_bank_goes_on() -> None:
    text = document(HEAD, heading("内部审计报告"), "我们审计了后附的财务报表。", "我们走访农户三百户。", "全年开展审计项目三十个。")
    assert actors(text)[2:] == [(), (OWN,), (OWN,)]


# ---- whom the bank serves, its own people and its own bureaus --------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "成功为江城机械有限公司发放贷款五百万元。", "及时赔付江城机械有限公司五百万元，保障其复工。",
        "营业部客户经理走访江城机械有限公司了解需求。",
        "员工王女士遇到客户被骗，及时拦截转账五万元。", "农村金融服务局推出惠农贷款产品。",
        "市公安局提供的线索，全部导入监测系统。",
        "县域农村金融委员会统一部署惠农贷款投放。",
    ],
)
def test_what_a_bank_does_for_others_or_by_its_own_stays_its(sentence: str) -> None:
    assert told(sentence) == [(OWN,)]


# ---- words that stand alone ------------------------------------------------------------------------------------------


def test_a_word_of_a_table_set_below_a_firms_name_is_no_act_of_it() -> None:
    text = document(HEAD, BEFORE, heading("股东名称"), heading("江城投资银行股份有限公司"), "19.90%", "民营", "国有", "走访农户三千户。")
    assert actors(text)[5:7] == [(), ()]


def test_a_short_sentence_is_an_act() -> None:
    assert told("减免手续费。", "走访农户三千户") == [(OWN,), (OWN,)]


# ---- figures of a place --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "全市新增新市民3.6万人，租房需求旺盛。",
        "截至2024年末，全县常住人口51.2万人，老年人口占比26%。",
        "全省小微企业超过90万户，融资需求多样。",
        "清川市现有个体工商户31万户。",
    ],
)
def test_a_figure_of_a_place_is_not_the_firms(sentence: str) -> None:
    assert told(sentence)[0] == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "全市新增新市民3.6万人，累计发放安居贷款4亿元。",
        "全市新增新市民3.6万人，本行推出安居贷。",
        "全市新增小微企业贷款客户410户。",
        "全县农户建档评级9.1万户，授信面87%。",
        "全市网点接待老年人6.3万人。",
        "全行小微企业户数2.1万户。",
        "全市老年人专座86个，配有老花镜。",
        "全县居民夜校320个，听课一万人次。",
        "全省小微企业专营机构46家，配备专职人员。",
        "全县农户建档率98%。",
        "全市居民诉求办结率99%，无一超期。",
        "全县农户9.1万户，逐户建档。",
        "清川区居民2.3万人，走进社区开展宣讲。",
    ],
)
def test_what_a_firm_does_in_a_place_is_its_own(sentence: str) -> None:
    assert told(sentence)[0] == (OWN,)


# ---- rules that a firm gives itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "《商户贷款尽职免责办法》年内印发。",
        "《客户回访规程》《投诉答复管理办法》于9月修订完成并印发。",
        "《产品审查办法》经董事会审议通过后发布，审查前移到设计环节。",
        "2024年制定《客户信息分级管理办法》并印发全行。",
        "先后修订《收费公示制度》《投诉处理规定》，并发布执行。",
    ],
)
def test_a_rule_that_a_firm_makes_is_its_act_though_its_title_stands_in_front(sentence: str) -> None:
    assert told(sentence)[0] == (OWN,)


@pytest.mark.parametrize(
    "sentence",
    [
        "《银行保险机构声誉风险管理办法》印发，自九月施行。",
        "《清川市贷款贴息办法》印发，贴息两个百分点。",
        "《商户贷款贴息办法》由市财政局印发。",
        "《商户贷款贴息办法》正式发布，由中国人民银行清川市分行牵头制定。",
        "《商户贷款贴息办法》明确要求，贴息直达借款人。",
        "国家金融监督管理总局制定《养老理财管理办法》并印发。",
    ],
)
def test_a_rule_that_somebody_else_makes_is_not_the_firms(sentence: str) -> None:
    assert told(sentence)[0] == ()


@pytest.mark.parametrize(
    "sentence", ["活动中，本行组织员工讲授防骗知识。", "在江城市公安局指导下，本行走进社区。", "县支行党委部署整村授信。"]
)
def test_what_only_says_when_or_under_whom_leaves_the_sentence_with_the_bank(sentence: str) -> None:
    assert told(sentence) == [(OWN,)]


@pytest.mark.parametrize("before", ["禾川消费金融成立于2017年，本行持股65%。", "本行持有禾川消费金融65%的股权。"])
def test_below_the_head_of_a_subsidiary_a_share_held_in_it_leaves_the_text_with_it(before: str) -> None:
    told_below = [before, "上半年为74万名新市民发放贷款88亿元。"]
    assert actors(document(HEAD, BEFORE, heading("2. 禾川消费金融有限公司"), told_below))[-1] == ("禾川消费金融",)


@pytest.mark.parametrize("sentence", ["投放3亿元，县农业农村局组织验收。", "开通绿色通道，县医院为老人开展义诊。"])
def test_a_short_act_before_somebody_elses_stays_the_banks(sentence: str) -> None:
    assert told(sentence) == [(OWN,)]


@pytest.mark.parametrize("sentence", ["省分行科技部组织开展系统安全测试。", "科技部组织数据安全检查。"])
def test_a_department_of_the_bank_is_no_ministry(sentence: str) -> None:
    assert told(sentence) == [(OWN,)]


# ---- news of a firm --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "诈骗分子冒充警方，诱导老人把存款转入所谓的安全账户。",
        "对方自称民警，反复强调转账前不得告诉家人。",
        "七旬的张大爷看着手机犯了难。",
        "今年以来，多家银行已宣布接入大模型。",
        "剩余3家因贷后管理不到位被罚。",
        "江城监管局一次性对五家大型银行在当地的分行开出罚单，其中四家因贷款管理失职。",
        "贷款“三查”制度是信贷业务的核心风控环节，初衷在于管住资金流向。",
        "例如，消费金融公司应当对合作机构实行名单制管理。",
        "江城市人民政府出台贴息办法，对茶叶贷款补贴一个百分点。",
        "部分催收机构往往变换名目。",
        "不少银行网点没有爱心座椅。",
        "无还本续贷业务的本质和精髓是化解期限错配。",
        "截止目前，已有多家商业银行因违规放贷被罚。",
        "部分支付机构商户实名制审核流于形式。",
    ],
)
def test_in_news_too_somebody_else_s_sentence_is_not_carried_to_the_firm_named_before(sentence: str) -> None:
    told = actors(document(["禾川农商银行城关支行走访了农户。", sentence, "柜员上前询问，及时报了警。"]))
    assert told[1] == () and told[2] == (OWN,)


@pytest.mark.parametrize("head", [heading("农商行走进乡村"), HEAD])
@pytest.mark.parametrize("asks", ["2025年《政府工作报告》提出，加快发展第三支柱养老保险。", "国家金融监管总局要求银行加大投放。"])
@pytest.mark.parametrize(
    ("goes_on", "firms"),
    [
        ("积极应对人口老龄化，大力发展银发经济。", ()),
        ("加大信贷投放，今年累计发放养老贷款3亿元。", (OWN,)),
        ("为此，开设了老年课堂。", (OWN,)),
    ],
)
def test_what_a_directive_goes_on_to_ask_is_nobodys_deed(head: Sentence, asks: str, goes_on: str, firms: tuple[str, ...]) -> None:
    told = actors(document(head, ["禾川农商银行城关支行走访了农户。", asks, goes_on]))
    assert told[2:] == [(), firms]


@pytest.mark.parametrize(
    ("sentence", "firms"),
    [
        ("当地旺盛的小微企业融资需求为禾川农商银行的信贷业务提供了良好的发展土壤。", ()),
        ("县域产业发展给禾川农商银行带来广阔空间。", ()),
        ("县域产业发展给禾川农商银行带来广阔空间，该行在十二个乡镇设立了服务站。", (OWN,)),
        ("禾川农商银行的产业贷款为农户提供了发展机会。", (OWN,)),
    ],
)
def test_what_a_market_offers_a_firm_is_no_deed_of_it(sentence: str, firms: tuple[str, ...]) -> None:
    assert actors(document([sentence])) == [firms]


def test_a_villager_who_is_quoted_speaks_for_no_firm() -> None:
    bank, quote = "禾川农商银行城关支行走访了农户。", "“肥料和地膜都不用我们操心，合作社给着呢！”"
    assert actors(document([bank, quote, "在果园里，村民吴秀兰正忙着采摘苹果。"]))[1] == ()
    assert actors(document([bank, quote, "该行行长王晓明说。"]))[1] == (OWN,)
