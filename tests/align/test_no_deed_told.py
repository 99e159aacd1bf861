"""Sentences that stand to a firm's account and tell of no deed and no fault of it, beside such as do. All are invented."""

from __future__ import annotations

import pytest

from mapper.catalog.load import Catalog
from mapper.firms.registry import Registry
from mapper.matchers.shelf import Shelf
from tests.align.test_told_by_whom import read, told_of, world

__all__ = ["world"]
World = tuple[Catalog, Shelf, Registry]


@pytest.mark.parametrize(
    "text",
    [
        "禾润银行发布消费提示：个别机构将保险包装成存款，夸大收益，隐瞒退保损失。",
        "青禾人寿提示广大消费者：有的业务员以“保本高收益”为噱头，夸大分红，诱导退保。",
        "云岭人寿提醒您：有的销售人员承诺保本保息，隐瞒免责条款，误导投保。",
        "江州农商银行消保部发出预警：部分理财销售人员私下承诺收益，将客户资金转入个人账户。",
        "江州银行警示：市面上的“债务优化”等骗局收取高额服务费，逼迫借款人以贷养贷。",
        "禾润银行前员工被判刑。所谓“飞单”，是指银行员工私自向客户销售本行并未代销的产品。",
        "禾润银行开展了防骗宣传。“砍头息”即放贷人在放款时先行扣除利息，借款人实际到手的钱少于合同金额。",
        "王女士投诉禾润银行。在现实生活中，强制搭售保险、诱导消费的情况并不少见。",
        "法院公布一起案例，涉及禾润银行。市场上不乏把保险当存款卖、夸大收益的乱象。",
        "青禾人寿获赔率99%\n禾润人寿获赔率98%\n在传统印象中，保险理赔需要收集资料，跑到柜台，确实挺麻烦的。",
    ],
)
def test_what_a_firm_warns_of_what_a_wrong_is_and_what_is_common_charges_nobody(text: str, world: World) -> None:
    assert not any(one.grade == "adverse" or one.requirement == "cp22-23" for one in read(world, text).evidence)


@pytest.mark.parametrize(
    ("lead", "items"),
    [
        ("销售误导的主要表现包括以下情况：", "√ 夸大保险产品收益；\n√ 以赠送保险名义宣传销售保险产品，实际并未赠送；\n√ 隐瞒退保的损失；"),
        ("暴力催收主要表现为以下情形：", "• 恐吓、辱骂借款人；\n• 骚扰借款人亲友；\n• 伪造司法文书。"),
        ("非法代理退保的常见手法有：", "1.收取高额手续费，泄露客户信息；\n2.诱导客户购买高风险产品；\n3.虚假宣传。"),
    ],
)
def test_what_a_wrong_is_like_is_nobody_s_and_what_the_firm_s_is_like_is_its_own(lead: str, items: str, world: World) -> None:
    told = f"青禾人寿保险股份有限公司\n消保知识\n{lead}\n{items}"
    assert not read(world, told).evidence
    assert read(world, told.replace(lead, "青禾人寿存在以下问题：")).evidence


@pytest.mark.parametrize(
    "text",
    [
        "监管部门通报，禾润银行个别机构将保险包装成存款，夸大收益，隐瞒退保损失。",
        "青禾人寿自查发现，个别销售人员炒停售，夸大收益，已对其处分。",
        "记者调查发现，禾润银行的销售人员夸大收益，隐瞒退保损失。",
        "禾润银行的催收手法包括：频繁拨打借款人电话，伪造律师函，泄露个人信息。",
        "一位客户走进禾润银行江州支行，却被要求先购买保险才能贷款。",
        "禾润银行江州支行接到投诉电话：“你们拒绝给我爷爷办理，态度恶劣，让老人白跑三趟。”",
        "张某2019年在青禾人寿投保重疾险，确诊后申请理赔，青禾人寿以未如实告知为由拒赔。",
        "赵某在禾润银行购买理财，客户经理未做风险测评，造成本金损失20万元。",
    ],
)
def test_a_fault_of_the_firm_or_its_people_is_one(text: str, world: World) -> None:
    assert any(one.grade == "adverse" for one in read(world, text).evidence)


@pytest.mark.parametrize(
    ("deed", "beside"),
    [
        ("禾润银行江城分行推出专利质押贷款。", "科技型企业有技术有专利，却缺乏抵押物，在申请贷款方面存在较大劣势。"),
        ("禾润农商银行推进整村授信。", "农村地区银行网点较少，农户与机构信息不对称，融资难一直是制约乡村振兴的瓶颈。"),
        ("禾润银行城南支行上门为老人激活了社保卡。", "许多高龄老人不会用智能手机，出门办事十分不便。"),
        ("青禾人寿举办了金融知识讲座。", "怎样让农村居民听得懂金融知识，是摆在各方面前的一道难题。"),
        ("禾润银行城南支行员工为一位老人更换了存折。", "如何为行动不便的老年人提供适配的服务，已成为社会关注的重点。"),
        ("禾润期货在岭南县开展苹果“保险+期货”项目。", "岭南县是国家乡村振兴重点帮扶县，气候适宜，是苹果主产区。"),
        ("禾润银行江城支行办理了专利质押贷款200万元。", "江城市探索知识产权质押贷款，为科技企业解决融资难。"),
        ("青禾财险云溪支公司开展农业保险查勘理赔。", "邻县农业农村局、保险公司等部门工作人员来到周村，查勘水稻受灾情况，降低农户损失。"),
        ("禾润银行江城支行走访了科技企业恒光材料公司。", "公司拥有发明专利二十余项，先后获得科技型中小企业、高新技术企业称号。"),
        ("江州银行青山支行及时冻结了账户。", "一名自称民警的男子打来电话，要求老人把钱转入安全账户。"),
        ("禾润银行城南支行的柜员拦下了这笔可疑转账。", "原来，一名外地男子告诉老人，可以帮他理财，并提前把所谓收益打入老人账户。"),
        ("禾润银行城南支行上门服务。", "他告诉工作人员，奶奶的社保卡不慎丢失，老人家行动不便，无法亲自前来办理补卡。"),
    ],
)
def test_how_things_stand_with_customers_a_place_or_a_swindler_is_no_deed(deed: str, beside: str, world: World) -> None:
    assert told_of(read(world, deed + beside), beside[:8]) == set()


def test_what_sums_up_the_doings_of_a_town_is_its_own_and_what_sums_up_the_bank_s_the_bank_s(world: World) -> None:
    bank, town = "禾润银行江城支行办理了专利质押贷款200万元。", "江城市探索知识产权质押贷款，为科技企业解决融资难。"
    total = "今年前9个月，共有5笔专利质押，授信金额达4000万元。"
    assert told_of(read(world, bank + town + total), "今年前9个月") == set()
    assert told_of(read(world, town + bank + total), "今年前9个月") == {"禾润银行"}


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("禾润银行为一家茶企发放了贷款。针对小微企业缺乏抵押物的难题，创新推出知识产权质押贷款。", "针对"),
        ("禾润银行城南支行上门激活了社保卡。考虑到老人行动不便，工作人员带着移动设备来到床前。", "考虑到"),
        ("白塔农商银行设了服务点。村民不出村就能取款、缴费，已办理业务三千笔。", "村民"),
        ("临湖农商银行发放了养殖贷款。养殖户老李拿到了20万元贷款，扩大了规模。", "老李"),
        ("王女士在禾润银行贷款被要求买保险。客服电话一直打不通，没有人处理。", "打不通"),
        ("近日，一位坐轮椅的老人来到禾润银行江州支行，工作人员立即启用无障碍通道，帮助老人办理业务。", "轮椅"),
        ("农户李大山在禾润银行办理了20万元信用贷款，扩建了大棚。", "李大山"),
        ("全县3万户农户在青禾财险投保了水稻保险，保额达3亿元。", "全县"),
        ("禾润银行现将贷款利率降至3%，惠及小微企业2000户。", "现将"),
        ("禾润银行的系统投产。市场风险是指因利率变动发生损失的风险，本行为小微企业减免手续费3000万元。", "减免"),
    ],
)
def test_what_came_of_a_deed_or_tells_one_beside_is_told_of_the_firm(deed: str, words: str, world: World) -> None:
    assert told_of(read(world, deed), words)


@pytest.mark.parametrize(
    "text",
    [
        "近日，一位视障客户走进禾润银行城南支行，想咨询汇款业务。",
        "近日，一位坐轮椅的老人来到禾润银行江州支行，想办理存折挂失。",
        "禾润银行城南支行接到电话：“我爷爷今年八十岁，腿脚不便，坐着轮椅出不了门。”",
        "禾润银行城南支行接到客户来电求助。“老人忘记了社保卡密码，去网点实在太难了，你们能想想办法吗？”",
        "江州银行客服中心接到来电：“我在外地打工，老母亲一个人在家，手机银行登不上去，急死人了。”",
        "周某2015年在青禾人寿投保了学生儿童定期寿险，附加住院医疗保险，保额6万元。",
        "钱某2020年3月在云岭人寿购买两全保险，年交保费1万元，交费期10年。",
        "禾润银行现将2023年金融消费者权益保护工作开展情况的自评工作汇报如下：",
        "江州农信联社现将2024年消费者权益保护工作报告如下：",
    ],
)
def test_who_comes_calls_or_signs_a_contract_and_what_hands_over_a_report_are_no_evidence(text: str, world: World) -> None:
    found = read(world, text)
    assert not found.evidence and not found.undecided


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("李某在禾润银行申请贷款，该行强制搭售保险。", "adverse"),
        ("朱某在禾润银行办理信用卡，催收人员多次辱骂其家人。", "adverse"),
        ("一名女子自称禾润银行客户经理，向村民推销高风险理财并承诺保本。", "adverse"),
        ("老人告诉工作人员，自己腿脚不便，禾润银行次日上门办好了社保卡。", "action"),
        ("禾润银行提醒客户，部分网点将延长营业时间，老年客户可优先办理。", "action"),
        ("“无还本续贷”即贷款到期后无需归还本金即可续贷，禾润银行已办理三亿元。", "action"),
        ("股份制银行中，禾润银行、云岭银行的涉农贷款余额超过4000亿元，居前。", "outcome"),
    ],
)
def test_what_the_firm_does_behind_such_words_is_heard(text: str, direction: str, world: World) -> None:
    assert {one.grade for one in read(world, text).evidence} == {direction}


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("禾润人寿、云岭人寿获赔率均超99%。", "同时，险企加快理赔线上化，缩短理赔时效。"),
        ("禾润银行、云岭银行科技贷款余额居前。", "城商行推出知识产权质押贷款，支持科技型中小企业。"),
        ("禾润证券开展投教活动。", "券商走进校园普及金融知识，防范非法证券活动。"),
        ("禾润银行推出手语服务。", "全市银行网点年内将全部完成无障碍改造。"),
        ("禾润银行发布消费提示。", "个别业务员夸大收益，隐瞒退保损失，诱导老年人投保。"),
    ],
)
def test_what_all_of_a_kind_do_or_a_warning_tells_is_not_the_firm_s_named_before(before: str, text: str, world: World) -> None:
    found = read(world, before + text)
    assert not [one for one in (*found.evidence, *found.undecided) if one.quote in text]
