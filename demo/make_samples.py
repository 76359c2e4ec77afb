#!/usr/bin/python3
"""Made-up petitions of a made-up city, for the demonstration.

Province 990000 Yunling, city 990100 Jiangzhou, districts 990101 Donghu,
990102 Xishan, 990103 Nanqiao: no such codes and no such places exist.
Persons are invented.  Document numbers have a right check digit but begin
with the invented district; telephone numbers begin with 140, which is given
to machines with longer numbers and to no telephone of eleven digits.

Usage: make_samples.py [FOLDER]     (default: where this file is)
The same output on every machine: the seed is fixed.
"""
import csv
import datetime
import os
import random
import sys

SEED = 20260101
CITY = "990100"
PER_DISTRICT = 120
SHARED_PERSONS = 9  # who turn to two districts
RETURNING = 12  # per district: who come again about the same thing
NEIGHBOURS = 6  # per district: others about the same thing
CITY_ROWS = 24
FIRST_DAY = datetime.date(2026, 1, 5)
LAST_DAY = datetime.date(2026, 8, 14)

HEADER = ["登记号", "登记时间", "信访形式", "信访目的", "内容分类", "姓名",
          "证件号码", "联系电话", "住址", "人数", "问题属地", "责任单位",
          "标题", "反映内容"]

# Villages by their town; everything else lies in the streets.
DISTRICTS = {
    "990101": {
        "name": "东湖区",
        "street": ["临湖街道", "望江街道", "学府路街道"],
        "village": {"沙咀村": "沙咀镇", "柳林村": "沙咀镇",
                    "新渡村": "沙咀镇", "荷塘村": "沙咀镇"},
        "estate": ["湖畔家园", "望江新城", "学府花园", "金桂苑",
                   "东湖一品"],
        "road": ["湖滨路", "学府路", "望江大道", "沙咀街", "桂园路"],
        "school": ["东湖实验小学", "临湖路小学", "东湖区第三小学"],
        "firm": ["锦禾餐饮管理有限公司", "云迅速递服务部",
                 "东辉物业服务有限公司"],
        "builder": ["恒川建设有限公司", "东湖市政工程有限公司"],
        "plant": ["湖光食品加工厂", "望江印染厂"],
        "river": ["沙咀河", "临湖港"],
    },
    "990102": {
        "name": "西山区",
        "street": ["石桥街道", "西关街道"],
        "village": {"上坪村": "凤岭镇", "大塘村": "凤岭镇",
                    "石门村": "龙潭镇", "龙潭村": "龙潭镇",
                    "茶亭村": "茶亭乡"},
        "estate": ["西山公馆", "石桥小区", "凤岭安置小区", "翠竹园"],
        "road": ["石桥路", "凤岭大道", "西环路", "龙潭公路"],
        "school": ["石桥中心小学", "西关小学", "凤岭镇中心小学"],
        "firm": ["鑫石建材厂", "安佳物业服务有限公司",
                 "西关百货有限公司"],
        "builder": ["宏岭建设工程有限公司", "西环路桥劳务有限公司"],
        "plant": ["宏岭矿业选矿厂", "鑫石水泥制品厂"],
        "river": ["龙潭溪", "凤岭渠"],
    },
    "990103": {
        "name": "南桥区",
        "street": ["南桥街道", "工农路街道", "新港街道"],
        "village": {"白鹭村": "白鹭镇", "港口村": "白鹭镇",
                    "南湾村": "白鹭镇", "后溪村": "白鹭镇"},
        "estate": ["南桥花苑", "机械厂家属区", "新港华庭", "工农新村",
                   "滨河雅居"],
        "road": ["工农路", "新港大道", "南桥正街", "滨河路", "纺织路"],
        "school": ["工农路小学", "新港小学", "南桥区第二小学"],
        "firm": ["江南纺织有限公司", "新港物流有限公司",
                 "南桥家政服务有限公司"],
        "builder": ["泰和建筑劳务有限公司", "新港建设有限公司"],
        "plant": ["宏利化工厂", "江南纺织有限公司染整车间"],
        "river": ["南桥河", "白鹭渠"],
    },
}

# Days on which only the web is open: the year's public holidays.
HOLIDAYS = [("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"),
            ("2026-05-01", "2026-05-05"), ("2026-06-19", "2026-06-21"),
            ("2026-09-25", "2026-09-27"), ("2026-10-01", "2026-10-07")]

SURNAMES = ("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
            "谢邹章苏潘葛范彭鲁韦马方任袁柳史唐薛雷贺倪汤罗毕郝安常于傅余")
GIVEN = ["建国", "秀英", "志强", "桂兰", "海燕", "文斌", "小梅", "国庆",
         "春花", "立新", "晓东", "玉珍", "永康", "丽娟", "大勇", "雪琴",
         "明辉", "红霞", "振华", "淑芬", "佳怡", "俊杰", "思远", "雨桐",
         "光明", "美玲", "长生", "凤仙", "少华", "月娥", "新民", "巧云",
         "家宝", "慧敏", "德福", "婷婷", "卫东", "素珍", "子轩", "来喜"]

OPENINGS = {
    "来信": ["尊敬的领导：您好！", "区信访局：", "各位领导：你们好！打扰了。",
             "尊敬的局领导：冒昧写信，实在是没有别的办法。"],
    "来访": ["来访人反映：", "来访人当面陈述：", "经接谈了解，来访人反映：",
             "来访人称，"],
    "网信": ["领导好，", "您好，想反映一个问题。", "领导您好！", "请有关部门看一下："],
    "来电": ["来电人反映：", "来电反映，", "市民来电称，", "来电人表示，"],
    "传真": ["现将有关情况反映如下：", "传真反映：", "特此反映："],
}

# What was tried before: with an office, with the other side, or nothing yet.
OFFICE, SIDE, NOTHING = "office", "side", "nothing"
EFFORTS = {
    OFFICE: [
        "此前已向{town}反映过，工作人员登记后一直没有下文。",
        "打过两次热线，每次都说正在协调。",
        "社区来看过一次，说权限不够，要我们找主管部门。",
        "{month}到窗口问过一次，答复说要等上级文件。",
        "几个部门互相推，至今不知道该由谁来管。",
        "之前有人来拍过照片，之后就没有消息了。",
        "已向主管部门递交过材料，有收件回执，但没有书面答复。",
        "", "",
    ],
    SIDE: [
        "对方起初答应处理，后来电话也不接了。",
        "找过负责人三次，每次都让我们再等等。",
        "{town}组织调解过一次，对方没有到场。",
        "已向主管部门投诉，答复说双方自行协商。",
        "我们已经等了很久，不想再拖下去。",
        "所有凭证都保留着，可以随时提供。",
        "",
    ],
    NOTHING: [""],
}

DEMANDS = {
    "求决": ["请求依法处理，并书面答复。", "希望有关部门尽快到现场看一看。",
             "恳请领导重视，给一个明确的时间。", "希望早日解决，十分感谢。",
             "请告知由哪个单位负责、什么时候能有结果。",
             "要求查清事实，给群众一个说法。", "盼复。"],
    "咨询": ["请告知具体办理流程，谢谢。", "希望得到明确的答复。",
             "请问应当找哪个部门？", "盼复。"],
    "意见建议": ["希望有关部门研究采纳。", "以上建议供参考。",
                 "望予考虑，谢谢。", "请答复是否可行。"],
    "检举控告": ["请组织核查，并为反映人保密。", "请上级依纪依法调查。",
                 "愿意配合调查，请勿转给被反映人。"],
    "申诉": ["请求依法监督。", "请告知救济途径和办理期限。",
             "请求复核并书面答复。"],
}

# (weight, category, may be collective,
#  [(purpose, what was tried, title, facts)])
TOPICS = [
    (16, "04", True, [
        ("求决", SIDE, "{road}工地拖欠工人工资",
         "{people}名工人自{month}起在{road}项目做木工和钢筋工，由{builder}"
         "的班组长带班，活已经干完，至今仍欠工资合计{money}万元，只给了"
         "一张欠条。"),
        ("求决", SIDE, "{firm}离职后扣发工资",
         "在{firm}上班{months}个月，{month}离职时公司以资金周转困难为由"
         "扣下两个月工资，共{wage}元。没有签劳动合同，有考勤记录和转账"
         "记录。"),
        ("求决", SIDE, "反映{firm}低于最低工资标准发放工资",
         "本人在{firm}做保洁，公司一直按低于最低工资的标准发放，加班也"
         "没有加班费，{month}提出后被通知不用再来了。"),
        ("求决", SIDE, "{road}管网改造工程层层转包、劳务费拖欠",
         "{builder}承接{road}管网改造，劳务费层层转包，{people}名工人的"
         "工钱从年前拖到现在，包工头说总包没有拨款，总包说已经付清。"),
        ("求决", SIDE, "工伤待遇未落实",
         "本人{month}在{builder}的{road}工地被钢管砸伤，住院费用公司先付"
         "了一部分，工伤认定下来以后，停工期间的工资和伤残补助没有给。"),
    ]),
    (8, "04", False, [
        ("求决", OFFICE, "养老保险缴费年限认定问题",
         "本人{old}年进原江州机械厂工作，改制时档案转到街道，现在办理退休"
         "发现有{months}个月的缴费记录查不到，当年工资单上是扣了钱的。"),
        ("咨询", OFFICE, "退休审批中档案出生时间不一致",
         "本人今年办理退休，身份证与档案出生时间相差两年，窗口说以最早的"
         "档案为准，但派出所可以出具户籍变更证明，应当以哪个为准？"),
        ("求决", SIDE, "{firm}未足额缴纳社会保险",
         "{firm}从{year}年起未给职工足额缴纳社会保险，本人临近退休需要"
         "单位配合补缴，公司以经办人离职为由不予办理。"),
        ("申诉", OFFICE, "退休待遇少算工龄",
         "本人已退休，{old}年下乡的工龄没有计入，养老金每月少了几百元，"
         "当年的花名册在档案馆可以查到。"),
    ]),
    (8, "02", True, [
        ("求决", OFFICE, "{village}征地补偿款未到位",
         "{road}延伸工程占用{village}{group}组耕地约{area}亩，协议是{year}"
         "年签的，青苗费已发，土地补偿费只发了一半，村里说区里没有拨"
         "下来。"),
        ("求决", OFFICE, "{village}征地面积与公示不符",
         "公示的征收面积是{area}亩，我们自己丈量多出将近一亩，测量当天"
         "没有通知{village}{group}组农户到场，签字表上的名字也不是本人"
         "所签。"),
        ("求决", SIDE, "施工推毁{village}果树未签协议",
         "施工队{month}未经同意就把{village}{group}组我家地里的果树推了，"
         "共{people}棵，只口头说按每棵三十元赔，没有任何书面协议。"),
        ("求决", OFFICE, "要求重新议定{village}征地补偿款分配方案",
         "{village}{people}户村民对征地补偿款的分配方案有意见，外嫁女和"
         "新生儿是否参加分配，村民会议没有开过，方案就张榜了。"),
    ]),
    (6, "01", True, [
        ("求决", OFFICE, "{village}耕地补贴面积核减",
         "{village}{group}组的补贴面积今年比去年少了{area}亩，农户事先没有"
         "接到通知，卡上到账的钱对不上，想知道核减的依据。"),
        ("求决", SIDE, "{village}土地流转租金拖欠",
         "{year}年把{village}{area}亩水田流转给合作社，合同约定每年春耕前"
         "付租金，今年到现在一分没付，合作社的大棚也荒着。"),
        ("求决", OFFICE, "{village}灌溉渠损毁无人维修",
         "{village}的灌溉渠去年被洪水冲断约{people}米，春耕时{group}组"
         "上百亩田进不了水，村里报了两次计划都没有排上。"),
        ("求决", SIDE, "{village}农户购买稻种出苗率低",
         "{village}统一购买的稻种出苗不到一半，{people}户农户都有损失，"
         "经销商只同意退种子钱，不赔误工和减产。"),
    ]),
    (9, "03", True, [
        ("求决", OFFICE, "{estate}安置房逾期未交付、过渡费停发",
         "{recent}年{road}片区拆迁，协议写明{term}个月内交付{estate}安置"
         "房，主体封顶后就停工，过渡费从{month}起也停发了，老人在外租房"
         "住。"),
        ("求决", SIDE, "{estate}{building}栋外墙渗水",
         "{estate}{building}栋入住不到两年，外墙渗水，多户卧室发霉，维修"
         "三次都是表面刷一遍，雨季又漏。"),
        ("求决", OFFICE, "{estate}改造后雨污管接反",
         "{estate}改造后雨污管接反，一楼{building}栋附近下雨就返水，施工"
         "单位说已验收，不归他们管。"),
        ("求决", OFFICE, "{road}拆迁房屋阁楼面积未计入补偿",
         "{road}被拆迁房屋有{loft}平方米阁楼没有计入补偿面积，房管部门"
         "早年的图纸上有标注，征收办说以系统为准。"),
    ]),
    (11, "03", True, [
        ("求决", OFFICE, "{estate}{building}栋电梯频繁故障",
         "{estate}{building}栋电梯一个月内困人{few}次，维保单位只换小件，"
         "物业说更换要动用维修资金，需要三分之二业主签字，没有人组织。"),
        ("求决", SIDE, "{estate}物业擅自上涨停车费",
         "{estate}物业公司没有开业主大会，就把地面停车费从每月八十元涨到"
         "{parking}元，不交就不让进小区。"),
        ("求决", OFFICE, "{estate}消防通道长期被占",
         "{estate}消防通道长期停满车辆，{month}{building}栋有住户家冒烟，"
         "消防车在门口堵了十几分钟才进来。"),
        ("求决", SIDE, "{estate}公共收益去向不明",
         "{estate}的公共收益{few}年没有公示，电梯广告、快递柜、基站的钱"
         "去向不明，要求查账被以商业秘密为由拒绝。"),
        ("求决", OFFICE, "{estate}{building}栋楼顶私搭阳光房",
         "{estate}{building}栋顶楼有人私搭阳光房，承重和排水都受影响，"
         "楼下已经出现裂缝。"),
    ]),
    (8, "13", False, [
        ("求决", OFFICE, "{road}工地夜间施工扰民",
         "{road}工地连续{few}个晚上凌晨还在浇筑，敲打和泵车的声音很大，"
         "{estate}{building}栋整栋楼都睡不好，家里还有要考试的孩子。"),
        ("求决", SIDE, "{estate}楼下烧烤店油烟噪音扰民",
         "{estate}{building}栋楼下的烧烤店没有专用烟道，每天下午五点营业"
         "到凌晨两点，油烟直接往上走，夏天不敢开窗。"),
        ("求决", OFFICE, "{road}小广场广场舞音响扰民",
         "{road}小广场每晚七点到九点半有{few}支队伍同时跳舞，音响比着放，"
         "劝说几次反而发生争吵。"),
        ("求决", OFFICE, "{road}商铺促销喇叭噪音",
         "{road}沿街商铺门口的促销喇叭从早上八点循环到晚上十点，{estate}"
         "{building}栋临街的住户都受不了。"),
    ]),
    (6, "13", True, [
        ("求决", OFFICE, "{river}水体发黑发臭",
         "{river}最近{few}个星期水色发黑，靠近{road}的桥下有一个暗管，多在"
         "夜里排水，早晨能看到白沫和死鱼。"),
        ("求决", OFFICE, "反映{plant}排放异味气体",
         "每到阴雨天，{plant}方向就飘来刺鼻的气味，像烧塑料，{estate}的"
         "老人小孩咳嗽的不少，白天检查时又闻不到。"),
        ("求决", OFFICE, "{village}养猪场粪水直排",
         "{village}{group}组后山的养猪场粪水直接流进水塘，井水已经不能喝，"
         "养殖场说有手续，没有出示过。"),
        ("求决", OFFICE, "{road}空地倾倒并焚烧垃圾",
         "{road}尽头的空地已有{few}个多月有人倾倒建筑垃圾，傍晚点火焚烧，"
         "黑烟飘到{estate}。"),
    ]),
    (7, "06", False, [
        ("咨询", NOTHING, "咨询{school}入学条件",
         "孩子{born}年出生，户口在外地，我们在{road}租房并缴纳社保满一年，"
         "想知道是否可以报{school}，需要哪些材料。"),
        ("求决", OFFICE, "{estate}学区划分问题",
         "{estate}交房时宣传对口{school}，今年的招生范围却把{building}栋"
         "以后的住户划到更远的学校，公示只贴了三天。"),
        ("求决", OFFICE, "反映{school}课后服务收费",
         "{school}课后服务名义上自愿，不参加的学生却被安排在走廊等，每学期"
         "收费{fee}元，没有开票。"),
        ("求决", OFFICE, "转学材料提交后一直未安排学位",
         "孩子从外地转来，住{estate}，材料{month}就交了，{school}说没有"
         "学位，区里说让学校安排，至今在家没有书读。"),
    ]),
    (6, "10", False, [
        ("意见建议", NOTHING, "建议{road}靠近{school}路段增设路灯",
         "{road}靠近{school}的一段没有路灯，冬天放学时已经天黑，上个月有"
         "学生被电动车撞倒。"),
        ("求决", OFFICE, "{road}路面坑洼多年未修",
         "{road}靠{estate}一段路面破损严重，大货车多，坑里积水看不出深浅，"
         "几乎每周都有人摔倒。"),
        ("意见建议", NOTHING, "希望公交线路延伸到{estate}",
         "{estate}入住已有{households}多户，最近的公交站要走二十分钟，建议"
         "把线路向前延伸一站。"),
        ("意见建议", NOTHING, "{road}路口信号灯设置建议",
         "{road}与{road2}路口左转和直行共用一个灯，早高峰每次只能过五六辆"
         "车，建议增加左转信号并划待转区。"),
    ]),
    (6, "05", False, [
        ("求决", OFFICE, "住院费用医保报销比例问题",
         "母亲{month}在市里住院，花费{wage}元，结算时说没有转诊证明，报销"
         "比例低了两成，可是入院时窗口说不需要。"),
        ("求决", SIDE, "反映医院重复收费",
         "{month}住院的清单上同一天有两次同样的检查，实际只做了一次，多收"
         "{fee}元，医院说系统录入，不能退。"),
        ("求决", OFFICE, "{village}卫生室无人坐诊",
         "{village}卫生室的医生退休后{months}个月没有人来，量血压拿药要去"
         "镇上，老人很不方便。"),
        ("求决", OFFICE, "异地就医备案后仍未报销",
         "已经办了异地就医备案，费用{wage}元全部自己垫付，回来报销时又说"
         "备案地填错了一级。"),
    ]),
    (5, "07", False, [
        ("求决", OFFICE, "低保资格被取消",
         "本人重病，家中只有一个读书的孩子，{month}复核时以名下有一辆旧车"
         "为由取消低保，那辆车{year}年就已报废。"),
        ("求决", OFFICE, "残疾人补贴停发",
         "残疾证换新证以后，补贴从{month}起停发，每月{allowance}元，窗口说"
         "系统里的证号没有更新，要等统一导入。"),
        ("求决", OFFICE, "高龄津贴漏发",
         "母亲住{village}，今年满八十岁，{month}就交了材料，同村其他老人"
         "已经领到，我们家一直没有。"),
        ("求决", OFFICE, "火灾后申请临时救助",
         "家住{village}{group}组，{month}失火，房屋烧毁大半，申请临时救助"
         "后只登记，没有人上门核实。"),
    ]),
    (5, "02", True, [
        ("求决", OFFICE, "{estate}多年办不了不动产权证",
         "{estate}{year}年交房，开发商欠缴土地出让金，{building}栋等"
         "{people}多户办不了不动产权证，孩子上学、落户都受影响。"),
        ("求决", OFFICE, "开发商注销后无法办理产权登记",
         "{year}年买的{estate}{building}栋，房款全部付清，发票也有，开发商"
         "注销了，窗口要求原开发商配合盖章，现在找不到人。"),
    ]),
    (4, "11", True, [
        ("求决", SIDE, "{road}健身房关门预付款不退",
         "{road}一家健身房{month}突然关门，{people}名会员的余额都没有退，"
         "群里统计有{money}万元，老板已经把群解散。"),
        ("求决", SIDE, "美容店换招牌后不承认旧卡",
         "在{estate}门口的美容店充值{wage}元，用了两次就换了招牌，新老板"
         "不承认旧卡。"),
        ("求决", SIDE, "定制家具尺寸错误拒不退款",
         "在{road}家具城订的柜子尺寸做错，商家同意退{wage}元，拖了{months}"
         "个月没有退。"),
    ]),
    (4, "03", True, [
        ("求决", OFFICE, "{estate}供水压力不足",
         "{estate}{building}栋六楼以上早晚用水高峰几乎没有水，热水器打不着"
         "火，二次加压泵房坏了没有人修。"),
        ("求决", OFFICE, "{road}燃气管道改造停工",
         "{road}燃气改造挖开路面以后停工{few}个月，家里一直用瓶装气，"
         "楼道里堆着管材。"),
        ("求决", OFFICE, "{estate}自来水发黄",
         "{estate}{building}栋自来水连续{few}天发黄有铁锈味，打电话说是"
         "管网冲洗，到现在还是这样。"),
    ]),
    (3, "08", False, [
        ("申诉", OFFICE, "判决生效后执行不到位",
         "与{firm}的买卖合同纠纷{year}年已经判决，应付{wage}元，执行"
         "{months}个月只到账一小部分，想了解应当向哪里申请监督。"),
        ("咨询", OFFICE, "户口迁回{village}手续问题",
         "结婚后户口从{village}{group}组迁出，现在想迁回，村里不同意盖章，"
         "派出所要求必须有村里证明。"),
        ("申诉", OFFICE, "对{road}交通事故认定有异议",
         "{month}在{road}发生碰撞，认定书写我负主要责任，监控显示对方闯灯，"
         "申请复核没有被受理。"),
    ]),
    (3, "16", False, [
        ("检举控告", NOTHING, "反映{village}集体鱼塘发包不公开",
         "{village}集体鱼塘{year}年发包，没有开会也没有公示，承包费多少、"
         "交到哪里，村民都不清楚。"),
        ("检举控告", NOTHING, "反映{village}道路硬化工程偷工减料",
         "{village}道路硬化工程实际长度比公示的短约{people}米，厚度也不够，"
         "验收时没有村民代表在场。"),
        ("检举控告", NOTHING, "反映{village}公益岗位冒名领取",
         "{village}{group}组近三年的公益岗位名单里有人长期在外打工，工资"
         "照领。"),
    ]),
    (5, "03", False, [
        ("意见建议", NOTHING, "建议简化{estate}加装电梯手续",
         "{estate}多数是六层楼，{building}栋老人尤其多，加装电梯要跑五六个"
         "部门，建议由街道统一受理、一次告知。"),
        ("意见建议", NOTHING, "建议{estate}附近增设充电棚",
         "电动车越来越多，{estate}附近没有集中充电的地方，飞线充电很危险，"
         "建议在{road}空地建充电棚。"),
        ("意见建议", NOTHING, "关于{road}菜市场改造的建议",
         "{road}菜市场改造后摊位费上涨，菜价跟着涨，建议保留{people}个"
         "自产自销的摊位。"),
        ("意见建议", NOTHING, "建议{road}公园增加无障碍坡道",
         "{road}公园入口都是台阶，推轮椅和婴儿车进不去，建议在靠{estate}"
         "一侧修一段坡道。"),
    ]),
    (2, "12", False, [
        ("求决", OFFICE, "{estate}宽带只能选一家运营商",
         "{estate}只让一家运营商进场，同样的宽带比别的小区每月贵{few}十元，"
         "报修要等三天。"),
        ("求决", OFFICE, "{village}手机信号差",
         "{village}{group}组手机信号时有时无，打急救电话都要跑到坡上，基站"
         "说了两年还没有建。"),
    ]),
    (3, "09", True, [
        ("求决", OFFICE, "{plant}改制职工经济补偿未补齐",
         "{plant}{year}年改制，{people}名职工的经济补偿按半数先发，剩下的"
         "说厂房变现后补齐，厂房{month}已经拍卖。"),
        ("求决", SIDE, "{plant}职工集资款未归还",
         "{old}年厂里向{plant}职工集资{money}万元，约定三年归还，现在企业"
         "换了法人，新负责人说不知道这回事。"),
    ]),
]

CHANNELS = {"来信": 17, "来访": 27, "网信": 33, "来电": 20, "传真": 3}

# Turning to the same office again.
AGAIN = ["上次反映后仍未解决，再次来反映。", "已是第{times}次反映同一问题。",
         "前次答复称正在办理，至今没有进展。",
         "收到过短信说已转办，之后没有人联系。"]
ELSEWHERE = ["因户籍在{other}、问题在本区，两边都说不归自己管。",
             "此事已向{other}反映，被告知应由本区处理。"]


class Person:
    """Somebody invented, of one district."""

    def __init__(self, rng, code, serial, is_elder):
        self.name = rng.choice(SURNAMES) + rng.choice(GIVEN)
        self.document = self.make_document(rng, code, serial, is_elder)
        self.phone = "1400000%04d" % serial
        place = DISTRICTS[code]
        village = rng.choice(list(place["village"]))
        self.address = place["name"] + rng.choice([
            "%s%d栋%d0%d室" % (rng.choice(place["estate"]),
                             rng.randint(1, 18), rng.randint(1, 6),
                             rng.randint(1, 4)),
            "%s%s%d组" % (place["village"][village], village,
                        rng.randint(1, 12)),
            "%s%d号" % (rng.choice(place["road"]), rng.randint(3, 260))])

    @staticmethod
    def make_document(rng, code, serial, is_elder):
        """17 digits and the check character of GB 11643."""
        first, last = (1964, 1968) if is_elder else (1956, 2003)
        born = datetime.date(rng.randint(first, last), rng.randint(1, 12),
                             rng.randint(1, 28))
        digits = "%s%s%03d" % (code, born.strftime("%Y%m%d"), serial % 1000)
        weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        total = sum(int(d) * w for d, w in zip(digits, weights))
        return digits + "10X98765432"[total % 11]


class Writer:
    """Makes rows; a matter keeps its facts when it is raised again."""

    def __init__(self, rng):
        self.rng = rng
        self.serial = 0
        self.used = set()

    def person(self, code, matter):
        self.serial += 1
        return Person(self.rng, code, self.serial, "退休" in matter["fact"])

    def slots(self, code, day):
        rng, place = self.rng, DISTRICTS[code]
        month = rng.randint(1, max(1, day.month - 1))
        roads = rng.sample(place["road"], 2)
        return {
            "village": rng.choice(list(place["village"])),
            "estate": rng.choice(place["estate"]),
            "road": roads[0],
            "road2": roads[1],
            "school": rng.choice(place["school"]),
            "firm": rng.choice(place["firm"]),
            "builder": rng.choice(place["builder"]),
            "plant": rng.choice(place["plant"]),
            "river": rng.choice(place["river"]),
            "month": "今年%d月" % month if day.month > 1 and
                     rng.random() < 0.6 else "去年%d月" % rng.randint(8, 12),
            "months": rng.randint(3, 20),
            "term": rng.choice([18, 24, 30]),
            "old": rng.randint(1979, 1994),
            "year": rng.randint(2014, 2023),
            "recent": rng.randint(2021, 2023),
            "born": rng.choice([2019, 2020]),
            "people": rng.randint(8, 60),
            "households": rng.choice(["一千", "两千", "一千五百"]),
            "money": rng.choice([12, 18.6, 23, 35.4, 47, 60.8, 92]),
            "wage": rng.randrange(3200, 19800, 100),
            "fee": rng.choice([180, 260, 480, 600, 680, 720]),
            "allowance": rng.choice([80, 100, 120]),
            "parking": rng.choice([120, 150, 180, 200]),
            "area": rng.choice([1.2, 2.6, 3.5, 4.8, 7.3, 11.5]),
            "loft": rng.randint(9, 34),
            "group": rng.randint(1, 12),
            "building": rng.randint(1, 24),
            "few": rng.choice(["两", "三", "四", "五"]),
            "times": rng.choice(["二", "三", "四"]),
        }

    def matter(self, code, day):
        """A demand, in words not used before."""
        while True:
            topic = self.rng.choices(TOPICS, [t[0] for t in TOPICS])[0]
            purpose, tried, title, fact = self.rng.choice(topic[3])
            slots = self.slots(code, day)
            place = DISTRICTS[code]
            slots["town"] = (place["village"][slots["village"]]
                             if "{village}" in fact
                             else self.rng.choice(place["street"]))
            # What one household has with one shop brings no crowd.
            is_joint = topic[2] and any(
                slot in fact for slot in ("{people}", "{estate}", "{plant}",
                                          "{river}", "{village}"))
            fact = fact.format(**slots)
            if fact not in self.used:
                self.used.add(fact)
                return {"category": topic[1], "is_joint": is_joint,
                        "purpose": purpose, "tried": tried,
                        "title": title.format(**slots), "fact": fact,
                        "slots": slots, "code": code}

    def channel(self, matter, office):
        if matter["purpose"] == "检举控告":
            return self.rng.choice(["来信", "来信", "网信"])
        weights = dict(CHANNELS)
        if office == CITY:
            weights["来访"] *= 3
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def heads(self, matter, channel):
        """Only visits have more than one head; five and more: collective."""
        if channel != "来访":
            return 1
        if matter["is_joint"] and self.rng.random() < 0.45:
            most = matter["slots"]["people"]
            return min(most, self.rng.choice([5, 6, 7, 9, 12, 18, 24, 31, 46]))
        return self.rng.choice([1, 1, 1, 2, 2, 3])

    def moment(self, day, channel):
        """Offices open on working days; the web never closes."""
        rng = self.rng
        hour = rng.choice([9, 9, 10, 10, 11, 14, 15, 15, 16])
        if channel == "网信":
            hour = rng.choice([7, 8, 9, 11, 12, 13, 15, 18, 20, 21, 22, 23])
        while channel != "网信" and not is_open(day):
            day += datetime.timedelta(1)
        return datetime.datetime.combine(
            day, datetime.time(hour, rng.randint(0, 59)))

    def body(self, matter, channel, extra):
        rng = self.rng
        effort = rng.choice(EFFORTS[matter["tried"]])
        gap = "\n" if channel == "来信" and rng.random() < 0.5 else ""
        return "".join([
            rng.choice(OPENINGS[channel]), gap, extra, matter["fact"],
            effort.format(**matter["slots"]), gap,
            rng.choice(DEMANDS[matter["purpose"]])])

    def row(self, office, matter, person, day, extra=""):
        """One arrival at `office`."""
        channel = self.channel(matter, office)
        # Reports of wrongdoing are often unsigned.
        unsigned = (matter["purpose"] == "检举控告" and
                    self.rng.random() < 0.5)
        return {
            "登记时间": self.moment(day, channel),
            "信访形式": channel,
            "信访目的": matter["purpose"],
            "内容分类": matter["category"],
            "姓名": "" if unsigned else person.name,
            "证件号码": person.document
                        if channel == "来访" and not unsigned else "",
            "联系电话": "" if unsigned else person.phone,
            "住址": "" if unsigned or channel == "来电" else person.address,
            "人数": self.heads(matter, channel),
            "问题属地": DISTRICTS[matter["code"]]["name"] +
                        matter["slots"]["town"],
            "责任单位": matter["code"],
            "标题": matter["title"],
            "反映内容": self.body(matter, channel, extra),
        }


def is_open(day):
    text = day.isoformat()
    return day.weekday() < 5 and not any(
        first <= text <= last for first, last in HOLIDAYS)


def working_day(rng, first=FIRST_DAY, last=LAST_DAY):
    """More on Mondays, few at weekends."""
    while True:
        day = first + datetime.timedelta(rng.randint(0, (last - first).days))
        if rng.random() < (1.0, 0.8, 0.8, 0.8, 0.7, 0.15, 0.1)[day.weekday()]:
            return day


def later(rng, day, least):
    return day + datetime.timedelta(rng.randint(least, least + 60))


def district_rows(writer, code):
    """New matters; neighbours with the same one; people who come again."""
    rng, rows, matters = writer.rng, [], []
    shared = SHARED_PERSONS * 2 // len(DISTRICTS)
    while len(rows) < PER_DISTRICT - RETURNING - NEIGHBOURS - shared:
        day = working_day(rng)
        matter = writer.matter(code, day)
        person = writer.person(code, matter)
        rows.append(writer.row(code, matter, person, day))
        matters.append((matter, person, day))
    joint = [m for m in matters if m[0]["is_joint"]]
    for matter, _, day in rng.sample(joint, NEIGHBOURS):
        rows.append(writer.row(code, matter, writer.person(code, matter),
                               later(rng, day, 1)))
    signed = [m for m in matters if m[0]["purpose"] in ("求决", "申诉")]
    for matter, person, day in rng.sample(signed, RETURNING):
        extra = rng.choice(AGAIN).format(**matter["slots"])
        rows.append(writer.row(code, matter, person, later(rng, day, 12),
                               extra))
    return rows, signed


def shared_rows(writer, rows):
    """The same person about the same thing in two districts."""
    codes = list(DISTRICTS)
    for i in range(SHARED_PERSONS):
        here, there = codes[i % 3], codes[(i + 1) % 3]
        day = working_day(writer.rng, FIRST_DAY, datetime.date(2026, 7, 31))
        matter = writer.matter(here, day)
        person = writer.person(there, matter)
        extra = ELSEWHERE[i % 2]
        rows[there].append(writer.row(there, matter, person, day))
        rows[here].append(writer.row(
            here, matter, person, later(writer.rng, day, 12),
            extra.format(other=DISTRICTS[there]["name"])))


def city_rows(writer, signed):
    """Matters that districts have already, carried to the city."""
    rows = []
    for matter, person, day in writer.rng.sample(signed, CITY_ROWS):
        extra = "此事已向%s反映。" % DISTRICTS[matter["code"]]["name"]
        rows.append(writer.row(CITY, matter, person,
                               later(writer.rng, day, 12), extra))
    return rows


def write(path, prefix, rows):
    rows.sort(key=lambda row: row["登记时间"])
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, HEADER, lineterminator="\r\n")
        out.writeheader()
        for number, row in enumerate(rows, 1):
            row["登记号"] = "%s2026%04d" % (prefix, number)
            row["登记时间"] = row["登记时间"].strftime("%Y-%m-%d %H:%M")
            out.writerow(row)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(
        os.path.abspath(__file__))
    os.makedirs(os.path.join(folder, "districts"), exist_ok=True)
    writer = Writer(random.Random(SEED))
    rows, signed = {}, []
    for code in DISTRICTS:
        rows[code], more = district_rows(writer, code)
        signed += more
    shared_rows(writer, rows)
    for code, prefix in zip(DISTRICTS, ("DH", "XS", "NQ")):
        write(os.path.join(folder, "districts", code + ".csv"), prefix,
              rows[code])
    write(os.path.join(folder, "city.csv"), "JZ", city_rows(writer, signed))


if __name__ == "__main__":
    main()
