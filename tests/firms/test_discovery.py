"""Firms that no registry knows are found by the form of their names, for one document at a time."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.model import Firm, FirmKind
from tests.builders import document, registry


def known_in(*sentences: str) -> Registry:
    return local_registry(document(sentences), registry())


def discovered(*sentences: str) -> dict[str, FirmKind]:
    return {one.name: one.kind for one in known_in(*sentences).firms.values() if one.origin == "discovered"}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("岷山村镇银行开设了老年课堂。", "岷山村镇银行", "bank"),
        ("怎么守好账户？——访岷山村镇银行行长梁某。", "岷山村镇银行", "bank"),
        ("近日，晨光农商银行公布了投诉热线。", "晨光农商银行", "bank"),
        ("白桦消费金融有限公司公布了投诉热线。", "白桦消费金融", "consumer-finance"),
        ("该行与岷山人寿保险股份有限公司签约。", "岷山人寿", "insurer"),
        ("在岷山证券股份有限公司的网站上可以查询。", "岷山证券", "securities"),
    ],
)
def test_a_firm_is_found_by_the_form_of_its_name(sentence: str, name: str, kind: FirmKind) -> None:
    assert discovered(sentence) == {name: kind}


@pytest.mark.parametrize(
    "sentence",
    [
        "多家消费金融公司公布了热线，消费金融公司之间的竞争加剧。",
        "地方农商银行下沉服务，地方农商银行是主力军。",
        "各家村镇银行都在做，当地村镇银行也在做。",
        "某消费金融公司被罚，某消费金融公司未回应。",
        "城市农村商业银行齐头并进。",
        "大型银行股份有限公司应当公示收费。",
        "可我理解银行要防骗子，我觉得银行也有难处。",
        "我行始终坚守村镇银行支农支小的定位，为农户发放贷款300万元。",
        "我行践行村镇银行服务三农的使命，为农户发放贷款。",
        "作为中国首家赤道银行，该行开辟绿色审批通道。",
        "云岭银行股份有限公司与青禾消费金融有限公司签约。",
    ],
)
def test_a_phrase_of_the_trade_or_a_known_firm_is_not_discovered(sentence: str) -> None:
    assert discovered(sentence) == {}


def test_the_forms_of_one_name_are_one_firm() -> None:
    known = known_in("江南晨光农村商业银行股份有限公司开业。", "晨光农商银行公布了投诉热线。")
    long, short = known.find("江南晨光农村商业银行股份有限公司"), known.find("晨光农商银行")
    assert long is not None and long == short


@pytest.mark.parametrize(
    "sentence",
    [
        "云岭银行（以下简称“云岭行社”）公布了投诉热线。",
        "云岭银行（简称“云岭行社”）公布了投诉热线。",
        "云岭银行（下称“云岭行社”）公布了投诉热线。",
    ],
)
def test_a_short_name_that_the_document_gives_calls_the_firm(sentence: str) -> None:
    text = document(sentence, "云岭行社开设了老年课堂。")
    local = local_registry(text, registry())
    assert [one.firm for one in attribute(text, local)[1].attributed] == ["云岭银行"]


def test_a_union_by_its_short_name_is_the_known_one() -> None:
    union = Firm(id="岷岭县农村信用合作联社", name="岷岭县农村信用合作联社", kind="bank")
    text = document("岷岭县农村信用合作联社（以下简称“岷岭联社”）放款三笔。", "岷岭联社给农户授信。", "岷岭联社走访了村民。")
    local = local_registry(text, Registry({union.id: union}))
    assert [known.id for known in local.firms.values()] == [union.id]
    assert local.find("岷岭联社") == union


def test_a_discovered_firm_acts_like_any_other() -> None:
    text = document("白桦消费金融有限公司开设了老年课堂，海港银行开设了渔民夜校。")
    (reading,) = attribute(text, local_registry(text, registry()))
    assert [one.firm for one in reading.attributed] == ["白桦消费金融", "海港银行"]


def test_what_one_document_reveals_is_not_known_in_the_next() -> None:
    shared = registry()
    local_registry(document("白桦消费金融有限公司开业。"), shared)
    assert shared.find("白桦消费金融") is None
    assert local_registry(document("今天很冷。"), shared).find("白桦消费金融") is None


def test_a_document_without_new_names_keeps_the_registry_as_it_is() -> None:
    shared = registry()
    assert local_registry(document("云岭银行开设了老年课堂。"), shared).firms == shared.firms


# ---- names that are names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "现金及存放中央银行款项增加，存放中央银行款项余额减少。",
        "本行信息披露刊登于《上海证券报》。",
        "根据《公开发行证券的公司信息披露规则》编制，信贷资产证券化稳步推进。",
        "交易银行业务稳步发展，交易银行板块增长。",
        "投诉率位列健康险公司第二高，年政策性银行贷款增加，银行间或银行柜台市场活跃。",
        "全市农商银行下沉服务，有几家银行推出了产品，希望银行改进。",
        "一辆“背篓银行”流动车开进山里，“背篓银行”受到欢迎。",
        "工人们是在想换银行的时候知道的，经办银行没有告知，他跑了四趟银行。",
        "我们蝉联证券行业第一，客户拥有证券账户，推出数码银行和标品信托。",
        "这么多银行，地方性小银行，一众银行，数起银行内部人员作案，两起银行泄密案。",
        "资金应当进入其同名银行结算账户，非同名银行账户不予入账。",
        "中证报中国证券网讯，新规将于下月施行。",
        "全区农村信用社支持春耕。",
    ],
)
def test_ordinary_words_before_a_form_make_no_firm(sentence: str) -> None:
    assert discovered(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("记者走访晨光农商银行。", "晨光农商银行"),
        ("其中晨光农商银行被罚款。", "晨光农商银行"),
        ("报告从三个角度回顾祁川银行股份有限公司的工作，祁川银行设立了消保部，祁川银行公布了热线。", "祁川银行"),
        ("和璟人寿推出手语客服。", "和璟人寿"),
        ("华赣联合银行办理续贷。", "华赣联合银行"),
        ("我在祁川银行办了一张信用卡，年费乱扣。", "祁川银行"),
        ("我在岷山财险报案，三个月没人处理。", "岷山财险"),
        ("祁川银行办的信用卡每个月多扣二十元，我去祁川银行办业务没人理。", "祁川银行"),
        ("雁湾信用联社给农户放了春耕贷款。", "雁湾农信社"),
        ("人民银行江州分行对祁川银行处以罚款80万元。", "祁川银行"),
        ("人民银行江州分行组织祁川银行开展征信宣传。", "祁川银行"),
        ("2023年祁川银行推出助老服务。", "祁川银行"),
        ("上半年祁川银行推出助老服务。", "祁川银行"),
        ("2023年以来祁川银行推出助老服务。", "祁川银行"),
        ("当地祁川银行推出助老服务。", "祁川银行"),
        ("祁川银行计划到2026年实现乡镇服务全覆盖。", "祁川银行"),
        ("涉岷山人寿的理赔纠纷最多，岷山人寿表示会尽快处理。", "岷山人寿"),
        ("相较祁川银行，别家的网点更多。", "祁川银行"),
    ],
)
def test_a_name_is_cut_out_of_the_words_before_it(sentence: str, name: str) -> None:
    assert list(discovered(sentence)) == [name]


def test_all_forms_of_a_name_call_the_firm() -> None:
    known = known_in("江苏射阳农村商业银行股份有限公司被罚款。")
    assert {known.find(word).name for word in ("射阳农商银行", "江苏射阳农村商业银行", "射阳农商行")} == {"射阳农商银行"}  # type: ignore[union-attr]


def test_a_colon_may_stand_in_the_brackets_of_a_short_name() -> None:
    text = document("岷山中期期货股份有限公司(以下简称:岷山中期)开展项目。", "岷山中期赔付胶农320万元。")
    local = local_registry(text, registry())
    assert [one.firm for one in attribute(text, local)[1].attributed] == ["岷山中期期货"]


def test_a_known_firm_named_in_full_is_not_found_a_second_time() -> None:
    assert discovered("青禾消费金融股份有限公司（简称“青禾消费金融”）公布了热线。") == {}


def test_a_platform_is_found_by_its_brand_where_a_document_speaks_of_platforms() -> None:
    story = ("网贷平台聚小猫逾期。", "聚小猫平台公告清盘。", "出借人说，聚小猫拖了两月。")
    assert discovered(*story) == {"聚小猫": "fintech"}
    assert discovered(*(sentence.replace("网贷", "").replace("出借人", "客户") for sentence in story)) == {}


# ---- legal names, private funds, platforms ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("经查，禾丰（江城）资产管理有限公司未保存适当性记录，上述行为违反规定，监管局决定出具警示函。", {"禾丰资产"}),
        ("经查，晨曦投资管理有限公司向不合格投资者募资，监管局决定采取责令改正的监管措施。", {"晨曦投资"}),
        ("法院对被告单位上海岷岭投资（集团）有限公司集资诈骗一案宣判。", {"上海岷岭投资"}),
        ("岷丰支付因违反备付金规定被罚款三万元。", {"岷丰支付"}),
        ("我在岷岭贷平台借款五千元，客服暴力催收，我要投诉。", {"岷岭贷"}),
        ("泰和保险代理有限公司收取的手续费被监管部门查处。", {"泰和保险代理"}),
    ],
)
def test_a_company_is_found_by_its_legal_name_or_as_a_platform(sentence: str, names: set[str]) -> None:
    assert discovered(sentence).keys() == names


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("岷东省融资再担保集团有限公司服务企业3000户。", "岷东省再担保", "guarantee"),
        ("岷川市中小企业信用再担保有限责任公司降低费率。", "岷川市再担保", "guarantee"),
        ("岷川市农业信贷融资担保有限公司为粮食大户提供担保。", "岷川市农业信贷担保", "guarantee"),
        ("岷东省农信联社开展整村授信。", "岷东省农信社", "bank"),
        ("岷川农村商业银行联合社推进服务进村。", "岷川农信社", "bank"),
        ("岷川联社为农户放款300万元，岷川联社还走访了村民。", "岷川农信社", "bank"),
        ("岷岭联社开展宣传，岷岭区农村信用合作联社制定办法，岷岭联社走访村民。", "岷岭农信社", "bank"),
        ("岷川财产险公布理赔数据。", "岷川财险", "insurer"),
        ("岷川农村资金互助社为社员发放贷款。", "岷川资金互助社", "bank"),
        ("岷川企业集团财务有限公司因三查不到位被罚款。", "岷川集团财务", "bank"),
        ("岷川财产相互保险社赔付300万元。", "岷川相互保险社", "insurer"),
        ("岷川农村互助保险社为会员赔付。", "岷川互助保险社", "insurer"),
        ("岷川财产再保险股份有限公司承保巨灾风险。", "岷川再保险", "insurer"),
        ("岷川再保险经纪安排分保。", "岷川再保险经纪", "insurance-intermediary"),
        ("岷川保险公估有限公司出具虚假报告被罚。", "岷川保险公估", "insurance-intermediary"),
        ("岷川证券投资咨询有限公司夸大宣传被警示。", "岷川证券投资咨询", "securities"),
        ("岷川信用增进投资股份有限公司为债券增信。", "岷川信用增进", "guarantee"),
        ("岷川金融资产投资有限公司实施债转股项目。", "岷川金融资产投资", "fund-manager"),
        ("岷川个人征信有限公司泄露客户信息被罚。", "岷川征信", "fintech"),
    ],
)
def test_rarer_kinds_of_firm_are_found_by_their_form(sentence: str, name: str, kind: FirmKind) -> None:
    assert discovered(sentence) == {name: kind}


@pytest.mark.parametrize(
    "sentence",
    [
        "全省农信联社开展整村授信，我省农信联社加大投放。",
        "该联社发放贷款，县联社推出新产品，县联社召开会议。",
        "市供销联社发放化肥，市供销联社设立网点。",
        "赔付主要分布于车险、健康险和财产险三大领域，健康险和财产险超过5亿元。",
        "手工业联社改制，手工业联社召开会议。",
        "银行为企业提供信用担保，信用担保降低了门槛。",
        "保险公司安排再保险，再保险分散了风险。",
    ],
)
def test_words_for_such_kinds_alone_are_no_firm(sentence: str) -> None:
    assert discovered(sentence) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "该厂由晨曦投资管理有限公司出资扩建了两条生产线。",
        "客户可以通过手机贷平台、校园贷平台和现金贷平台比较价格，监管部门整治套路贷。",
        "本行为境内外产品和资金服务提供清算，承担余值担保责任。",
        "农户的苹果卖不上期货价，期货价与地头价相差八角。",
    ],
)
def test_investors_of_other_trades_and_words_of_the_trade_are_no_firms(sentence: str) -> None:
    assert discovered(sentence) == {}


def test_a_name_in_brackets_of_another_width_is_the_same_name() -> None:
    known = registry(Firm(id="禾丰银行", name="禾丰银行", full_name="禾丰银行（中国）有限公司", kind="bank"))
    assert known.find("禾丰银行(中国)有限公司") == known.find("禾丰银行") is not None


def test_short_names_given_one_after_the_other_belong_to_the_firms_in_their_order() -> None:
    known = known_in(
        "法院判决岷江小额贷款股份有限公司、岷海融资担保股份有限公司（以下分别简称为岷江公司、岷海公司）偿还投资人。",
    )
    assert known.find("岷江公司") == known.find("岷江小贷") is not None
    assert known.find("岷海公司") == known.find("岷海担保") is not None


# ---- platforms ----------------------------------------------------------------------------------------------------

SPEAKS = "网贷平台的出借人陆续报案。"


@pytest.mark.parametrize(
    "sentence",
    [
        "警方对川江小融投资管理有限公司（运营平台小鹿金服）涉嫌非法吸收公众存款立案侦查。",
        "警方对川江小融投资管理有限公司（该公司下设小鹿金服理财平台）立案侦查。",
        "警方通报，川江小融投资管理有限公司小鹿金服网贷平台已被立案侦查。",
        "川江小融投资管理有限公司则是网贷平台小鹿金服的运营主体，因涉嫌非法吸收公众存款被立案侦查。",
        "资料显示，小鹿金服由川江小融投资管理有限公司负责运营，因涉嫌非法吸收公众存款被立案侦查。",
        "公开资料显示，小鹿金服的运营主体为川江小融投资管理有限公司，因涉嫌非法吸收公众存款被立案侦查。",
        "小鹿金服由川江小融投资管理有限公司开发，因涉嫌非法吸收公众存款被立案侦查。",
    ],
)
def test_a_platform_and_whoever_runs_it_are_one_firm(sentence: str) -> None:
    known = known_in(SPEAKS, sentence, "小鹿金服平台逾期三个月，小鹿金服官网已经关闭。")
    company, brand = known.find("川江小融投资管理有限公司"), known.find("小鹿金服")
    assert company is not None and company == brand


def test_the_brand_in_a_bracket_is_the_company_before_it() -> None:
    known = known_in(SPEAKS, "警方对川江小融网络科技股份有限公司（平台名：有禾网）涉嫌非法吸收公众存款立案侦查。")
    company, brand = known.find("川江小融网络科技股份有限公司"), known.find("有禾网")
    assert company is not None and company == brand


@pytest.mark.parametrize(
    "sentence",
    [
        "P2P平台棉田金融出现提现不到账。",
        "棉田网棉田网为民间平台，未上线银行存管。",
        "棉田网：运营透明 棉田网主打小额借贷。",
        "川江信科技有限公司（棉田网平台）被移送起诉。",
    ],
)
def test_a_platform_said_to_be_one_once_is_known(sentence: str) -> None:
    assert any(name.startswith("棉田") for name in [*discovered(SPEAKS, sentence), *_aliases(SPEAKS, sentence)])


def _aliases(*sentences: str) -> list[str]:
    return [alias for one in known_in(*sentences).firms.values() if one.origin == "discovered" for alias in one.aliases]


@pytest.mark.parametrize(
    "sentence",
    [
        "支行开出两张支付罚单。",
        "供应链金融则联合银行发放贷款，则联合银行发放更多。",
        "以前老骂银行，老骂银行的人不少。",
        "上海网贷平台众多，上海网贷平台清退。",
        "江苏省农商银行各项贷款新增投放。",
        "四大高返平台爆雷，四大高返平台清盘，四大高返平台跑路。",
    ],
)
def test_ordinary_words_beside_platforms_make_no_firm(sentence: str) -> None:
    assert discovered(SPEAKS, sentence) == {}


def test_a_company_that_sells_wealth_products_is_of_the_trade_and_its_stem_calls_it() -> None:
    known = known_in("海岸信达投资发展有限公司(下称海岸信达)销售系列理财产品。", "海岸信达已停止兑付。")
    company, short = known.find("海岸信达投资发展有限公司"), known.find("海岸信达")
    assert company is not None and company == short
    assert discovered("海岸信达投资发展有限公司在当地建厂。") == {}


def test_a_regional_exchange_is_a_securities_firm() -> None:
    assert discovered("岷山股权交易中心挂牌企业三千家。") == {"岷山股权交易中心": "securities"}


@pytest.mark.parametrize(
    "sentence",
    [
        "3、小鹿在线：近日，警方对川江小融投资管理有限公司涉嫌非法吸收公众存款立案侦查。",
        "小鹿在线：判决书披露了川江小融投资管理有限公司旗下平台涉嫌非法吸收公众存款的经过。",
        "02小鹿在线6月10日，警方称川江小融投资管理有限公司因涉嫌非法吸收公众存款被立案侦查。",
        "小鹿在线系川江小融投资管理有限公司运营平台，因涉嫌非法吸收公众存款被立案侦查。",
        "12、小鹿在线（川江小融投资管理有限公司）因涉嫌非法吸收公众存款被立案侦查。",
    ],
)
def test_the_platform_that_heads_an_entry_and_the_company_named_in_it_are_one_firm(sentence: str) -> None:
    known = known_in(SPEAKS, sentence)
    company, brand = known.find("川江小融投资管理有限公司"), known.find("小鹿在线")
    assert company is not None and company == brand


def test_the_platform_under_whose_name_the_company_of_an_entry_works_is_that_company() -> None:
    known = known_in(
        SPEAKS, "9、川江小融投资管理有限公司禾川分公司", "该公司以小鹿贷为平台从事贷款业务，涉嫌非法集资。"
    )
    company, brand = known.find("川江小融投资管理有限公司"), known.find("小鹿贷")
    assert company is not None and company == brand


@pytest.mark.parametrize(
    "sentence",
    [
        "3、云岭银行：川江小融投资管理有限公司涉嫌非法吸收公众存款，该行报案。",
        "3、消费金融：川江小融投资管理有限公司涉嫌非法吸收公众存款被立案侦查。",
        "3、小鹿在线：与川江小融投资管理有限公司达成战略合作，后者曾被罚款。",
        "3、小鹿在线：川江小融投资管理有限公司、岷江大融投资管理有限公司涉嫌非法吸收公众存款被立案侦查。",
    ],
)
def test_whoever_else_an_entry_names_is_another_firm(sentence: str) -> None:
    known = known_in(SPEAKS, sentence)
    company = known.find("川江小融投资管理有限公司")
    assert company is not None
    assert not {"小鹿在线", "消费金融", "云岭银行"} & {company.name, *company.aliases}


# ---- one firm by several forms of its name ------------------------------------------------------------------------


def listed(name: str, kind: FirmKind) -> Registry:
    return registry().with_firms((Firm(id=name, name=name, kind=kind),))


@pytest.mark.parametrize(
    ("name", "kind", "sentence", "called"),
    [
        ("岷利小额贷款公司", "microloan", "岷利小贷在放款时扣除了费用。", "岷利小贷"),
        ("岷利资产管理有限公司", "fund-manager", "岷利资管股份有限公司被罚款。", "岷利资管"),
        ("岷海融资担保", "guarantee", "岷海担保有限公司降低了费率。", "岷海担保有限公司"),
    ],
)
def test_a_firm_of_a_list_is_known_by_another_word_for_its_form(
    name: str, kind: FirmKind, sentence: str, called: str
) -> None:
    known = local_registry(document([sentence]), listed(name, kind)).find(called)
    assert known is not None and known.name == name


def test_a_firm_named_in_full_goes_on_without_its_place() -> None:
    text = document(["岷川汇程小额贷款公司在食堂门口设摊。", "督查组查明，汇程小贷向学生发放贷款。"])
    known = local_registry(text, listed("岷川汇程小额贷款公司", "microloan")).find("汇程小贷")
    assert known is not None and known.name == "岷川汇程小额贷款公司"


def test_a_firm_of_the_list_that_the_document_does_not_name_is_not_meant_by_a_name_without_its_place() -> None:
    text = document(["督查组查明，汇程小贷向学生发放贷款。"])
    known = local_registry(text, listed("岷川汇程小额贷款公司", "microloan")).find("汇程小贷")
    assert known is not None and known.origin == "discovered"


@pytest.mark.parametrize("bracket", ["（江城）", "(江城)", "(江城）"])
def test_an_arm_with_its_place_in_a_bracket_is_another_firm_than_its_parent(bracket: str) -> None:
    known = known_in(f"云岭银行{bracket}资产管理有限公司被罚款。", "云岭银行公布了年报。")
    arm, parent = known.find(f"云岭银行{bracket}资产管理有限公司"), known.find("云岭银行")
    assert arm is not None and parent is not None and arm != parent


def test_the_office_of_a_province_s_rural_banks_is_their_union_where_one_province_is_named() -> None:
    known = registry().with_firms((Firm(id="江苏联合社", name="江苏省农村信用社联合社", kind="bank"),))

    def meant(text: str) -> Firm | None:
        return local_registry(document([text]), known).find("省联社")

    found = meant("江苏省有三十家农商行。省联社引领县域农商行扩大投放。")
    assert found is not None and found.id == "江苏联合社"
    assert meant("省联社引领县域农商行扩大投放。") is None
    assert meant("江苏省和浙江省都有农商行。省联社引领县域农商行扩大投放。") is None


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("客户晚上十点多禾川银行打来电话。", "禾川银行"),
        ("记者接禾川银行通知，网点迁址。", "禾川银行"),
        ("原禾川信托管理的计划到期。", "禾川信托"),
    ],
)
def test_a_word_of_time_or_of_what_was_once_is_no_part_of_a_name(sentence: str, name: str) -> None:
    assert set(discovered(sentence, f"{name}公布了热线。")) == {name}


@pytest.mark.parametrize("sentence", ["深圳金融被罚，深圳金融逾期。", "赤峰金融被罚，赤峰金融逾期。"])
def test_a_city_alone_is_no_stem_of_a_platform(sentence: str) -> None:
    assert {"深圳金融", "赤峰金融"}.isdisjoint(discovered(SPEAKS, sentence))


def test_whoever_is_no_customer_of_a_stem_goes_without_it() -> None:
    known = known_in("岷海人寿被罚款。", "记者位于岷海，打电话给当地居民。")
    assert known.find("岷海") is None


def test_a_stem_at_the_end_of_what_one_does_with_a_firm_calls_it() -> None:
    known = known_in("岷川人寿公布了热线。", "他打电话给岷川，说让拍照。")
    assert known.find("岷川") == known.find("岷川人寿") is not None


@pytest.mark.parametrize(
    ("owner", "id", "kind"),
    [("江州银行", "江州银行", "bank"), ("恒信融资租赁有限公司", "恒信融资租赁", "leasing"), ("云岭银行股份有限公司", "云岭银行", "bank")],
)
def test_whom_a_row_names_as_its_firm_is_one_by_the_form_of_the_name(owner: str, id: str, kind: str) -> None:
    """The row's own words need not name it."""
    said = document("为1.2万名客户上线碳账户，记录绿色行为。", id="rows.csv#2", owner=owner)
    known = local_registry(said, registry())
    assert (found := known.find(owner)) is not None and (found.id, found.kind) == (id, kind)
    assert [one.firm for one in attribute(said, known)[0].attributed] == [id]


def test_what_a_row_names_that_has_no_form_of_a_firm_is_none() -> None:
    assert local_registry(document("上线碳账户。", id="rows.csv#2", owner="综合部"), registry()).find("综合部") is None


def test_a_quotation_mark_is_no_part_of_a_short_name() -> None:
    known = known_in("备案主体为江州市渝中区科融小额贷款有限责任公司（下称 “科融小贷”），该公司成立于2011年。", "科融小贷公布了投诉热线。")
    assert [one for firm in known.firms.values() for one in firm.aliases if set(one) & set("“” ")] == []
