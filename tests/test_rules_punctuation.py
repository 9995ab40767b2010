"""The limits of the rules of punctuation: what just strikes and what just does not, and what a fix makes of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import cured, document, findings, in_document, marked, of_these

from gongwen import rules
from gongwen.rules.language.pairs import pairs_in
from gongwen.rules.language.scan import plain


def struck(*found):
    return list(found)


# --- points ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("提高认识,加强领导;落实责任:做到!", "提高认识，加强领导；落实责任：做到！"),
        ("在职职工(含农民工)参加。", "在职职工（含农民工）参加。"),
        ("张三(Zhang San)参加。", "张三（Zhang San）参加。"),
        ("增长5%,比上年高。", "增长5%，比上年高。"),
        ("能按期完成吗?请回答。", "能按期完成吗？请回答。"),
        ("“同意”,大家说。", "“同意”，大家说。"),
        ("包括（1)企业、(2）机关。", "包括（1）企业、（2）机关。"),
    ],
)
def test_half_width_marks_of_chinese_text_become_full_width(text, cure):
    assert {code for code, _, _ in marked(text)} == {"GW801"}
    assert cured(text) == cure
    assert marked(cure) == []


@pytest.mark.parametrize(
    "text",
    [
        "共1,234.56元，比例3:1，时间8:30。",
        "函数f(x)的值。",
        "“Go, go, go!”是口号。",
        "“Yahoo!公司”参展。",
        "网址https://a.cn/b?x=1;y=2，请登录。",
        "World Trade Organization (WTO), Geneva",
        "用--release编译，函数f(a)可选。",
    ],
)
def test_half_width_marks_of_other_text_stay(text):
    assert marked(text) == []


def test_the_year_of_a_number_in_half_width_brackets_is_told_once():
    assert marked("按照某工发(2025)3号文件执行。") == struck(("GW813", "(2025)", "〔2025〕"))


def test_the_typed_number_of_an_item_is_told_by_another_rule():
    assert marked("(一)临时设施。", path=("body", 0, "items", 0)) == []
    assert marked("(一)临时设施。") == struck(("GW801", "(", "（"), ("GW801", ")", "）"))


def test_a_period_is_cured_only_at_the_end():
    assert marked("请认真执行.") == struck(("GW802", ".", "。"))
    assert marked("比例达到40%.") == struck(("GW802", ".", "。"))
    assert marked("由张三.李四负责。") == struck(("GW802", ".", None))
    assert marked("提交“申请表.docx”。") == []
    assert marked("网址为某某市总工会.公益，请登录。") == []
    assert marked("等...") == struck(("GW819", "...", "……"))


@pytest.mark.parametrize(
    ("text", "run", "replacement"),
    [
        ("提高认识，，加强领导。", "，，", "，"),
        ("加强领导。。", "。。", "。"),
        ("加强领导，。", "，。", "。"),
        ("加强领导；。随后", "；。", None),
        ("为什么？，请说明。", "？，", None),
        ("为什么？？？？", "？？？？", None),
    ],
)
def test_points_do_not_clash(text, run, replacement):
    assert marked(text) == struck(("GW803", run, replacement))


@pytest.mark.parametrize("text", ["能完成吗？！请回答。", "好！！！", "“好。”，他说。", "“好！”他说。"])
def test_points_that_may_stand_together(text):
    assert marked(text) == []


def test_a_text_does_not_begin_with_a_point():
    assert marked("，提高认识。") == struck(("GW805", "，", None))
    assert marked("：提高认识", sort="heading") == struck(("GW805", "：", None))
    assert marked("，，提高认识。") == struck(("GW803", "，，", "，"))


@pytest.mark.parametrize("path", [("body", 0, "caption"), ("body", 0, "table")])
def test_captions_end_without_a_stop(path):
    sort = "phrase" if path[-1] == "caption" else "title"
    assert marked("站点分布图。", sort=sort, path=path) == struck(("GW826", "。", ""))
    assert marked("站点分布图", sort=sort, path=path) == []
    assert marked("联系人：张三。", sort=sort, path=("note",)) == []


# --- where a paragraph ends ------------------------------------------------------------------------------------------

SENTENCE = "各级工会要提高认识，加强领导，精心组织，确保活动顺利进行"


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["提高认识，加强领导，"],
        ["提高认识、"],
        ["提高认识；"],
        [SENTENCE],
        [{"heading": "加强领导。", "text": "提高认识，"}],
    ],
)
def test_a_paragraph_ends_with_a_sentence(paragraphs):
    [(code, path, end)] = in_document(*paragraphs)
    value = paragraphs[0] if isinstance(paragraphs[0], str) else paragraphs[0]["text"]
    assert (code, end) == ("GW804", value[-1])
    assert path[:2] == ("body", 0)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["一是提高认识；", "二是加强领导。"],
        ["现通知如下："],
        ["联系人：张三"],
        ["联系地址：某某市人民路18号某某市总工会办公室，收件人张三三三三"],
        ["提高认识、加强领导"],
        ["（此件公开发布，请认真贯彻执行，并将情况及时报告市总工会）"],
    ],
)
def test_ends_that_are_right(paragraphs):
    assert in_document(*paragraphs) == []


def test_items_end_with_semicolons_as_long_as_another_follows():
    items = [{"item": "设施：", "subitems": ["供水设施；", "供电设施；"]}, "通道；", "其他设施。"]
    assert in_document({"clause": "包括：", "items": items}) == []
    [(code, path, end)] = in_document({"clause": "包括：", "items": ["通道；", "其他设施；"]}, "后文。")
    assert (code, path, end) == ("GW804", ("body", 0, "items", 1), "；")


def test_lists_of_an_attachment_need_no_stop():
    attachment = {"title": "名单", "body": ["张三，某某市某某公司车间主任，高级工程师，全国劳动模范"]}
    assert in_document("正文。", attachments=[attachment]) == []


# --- blanks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("各级工会要提高 认识，加强领导。", "各级工会要提高认识，加强领导。"),
        ("提高认识， 加强领导 。", "提高认识，加强领导。"),
        ("参加 《工会法》 培训。", "参加《工会法》培训。"),
        ("增长率为 ，5%。", "增长率为，5%。"),
        ("定于2026 年 6 月 22 日召开。", "定于2026年6月22日召开。"),
        ("学习 GDP ，提高认识。", "学习 GDP，提高认识。"),
    ],
)
def test_blanks_in_chinese_text_go(text, cure):
    assert {code for code, _, _ in marked(text)} == {"GW806"}
    assert cured(text) == cure
    assert marked(cure) == []


@pytest.mark.parametrize(
    "text",
    [
        "出席：王 明、李 强，列席：张 伟。",
        "出席：王　明、李　强。",
        "参加人员为张三 李四 王五，共三人。",
        "共有 12 家单位、36 名职工参加 ISO 9001 培训。",
        "第一条 为了规范管理，制定本办法。",
        "学习《中共中央 国务院关于深化产业工人队伍建设改革的意见》，抓好落实。",
        "（一） 加强领导。",
        "图1 工作流程示意图，见下。",
        "某某市第一纺织厂 某某市第二纺织厂",
        "张三（女） 李四，共二人。",
    ],
)
def test_blanks_that_part_something_stay(text):
    assert marked(text) == []


def test_titles_may_have_blanks():
    assert marked("某某市总工会 某某市教育局关于开展活动的通知", sort="title") == []
    assert marked("关于开展活动的通知。。", sort="title", path=("title",)) == []  # GW231


# --- quotes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ('开展"安康杯"竞赛和"五小"活动。', "开展“安康杯”竞赛和“五小”活动。"),
        ("开展'安康杯'竞赛。", "开展“安康杯”竞赛。"),
        ("他说：“要办好'安康杯'竞赛。”", "他说：“要办好‘安康杯’竞赛。”"),
        ('开展"3·15"活动。', "开展“3·15”活动。"),
        ("开展‘安康杯’竞赛。", "开展“安康杯”竞赛。"),
        ("“劳模”和‘工匠’一起参加。", "“劳模”和“工匠”一起参加。"),
    ],
)
def test_quotes_are_turned(text, cure):
    assert {code for code, _, _ in marked(text)} <= {"GW807", "GW808"}
    assert cured(text) == cure
    assert marked(cure) == []


def test_straight_quotes_of_uneven_number_are_not_guessed():
    assert marked('开展"安康杯竞赛。') == struck(("GW807", '"', None))
    assert marked('开展“安康杯"竞赛，“五小”活动。') == struck(("GW807", '"', "”"))
    assert marked('开展"3·15”活动。') == struck(("GW807", '"', "“"))
    assert marked('开展"安康杯”竞赛、“五小活动。')[0] == ("GW807", '"', None)
    assert [one[2] for one in marked('开展“安康杯”和"五小"活动。')] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "北纬35°10'30\"、东经113°15'20\"处。",
        '购买55"和65"电视。',
        "Don't worry是歌名。",
        "角度为5'30，购买55\"电视。",
        "参加者说：“It's OK。”",
        'He said "yes" twice.',
    ],
)
def test_straight_marks_that_are_no_quotes(text):
    assert [one for one in marked(text) if one[0] == "GW807"] == []


# --- pairs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("按照《条例的规定执行。", [("GW809", "《", None)]),
        ("按照条例》的规定执行。", [("GW809", "》", None)]),
        ("按照《条例”的规定执行。", [("GW809", "”", None)]),
        ("按照《“条例》”执行。", [("GW809", "”", None)]),
        ("评选“工匠“十名。", [("GW809", "“", "”")]),
        ("评选”工匠”十名。", [("GW809", "”", "“")]),
        ("各单位（含企业要落实。", [("GW809", "（", None)]),
        ("甲（乙〔丙）丁。", [("GW809", "〔", None)]),
    ],
)
def test_marks_that_are_left_over(text, found):
    assert marked(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "名额为：1）企业；2）机关。",
        "The workers’ daily和’26年的计划",
        "区间为（0，∞）和［0，5）。",
        "（1）提高认识；（2）加强领导。",
    ],
)
def test_marks_that_need_no_other_half(text):
    assert [one for one in marked(text) if one[0] == "GW809"] == []


def test_each_paragraph_of_a_longer_quotation_begins_with_a_quote():
    assert in_document("他说：", "“要办好这件事。", "“还要办好那件事。”") == []
    assert in_document("他说：", "“要办好这件事。", "随后他走了。") == [("GW809", ("body", 1), "“")]
    assert in_document({"heading": "“要办好。", "body": ["“这件事。", "“那件事。”"]}) == [
        ("GW809", ("body", 0, "heading"), "“")
    ]


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("转发《关于印发《办法》的通知》。", "转发《关于印发〈办法〉的通知》。"),
        ("他说：“要让“工匠”多起来。”", "他说：“要让‘工匠’多起来。”"),
        ("他说：“要让‘新‘工匠’精神’多起来。”", "他说：“要让‘新“工匠”精神’多起来。”"),
    ],
)
def test_layers_change_their_marks(text, cure):
    assert {code for code, _, _ in marked(text)} == {"GW810"}
    assert cured(text) == cure
    assert marked(cure) == []


@pytest.mark.parametrize(
    "text", ["学习《“十四五”规划》。", "他说：“学习《关于“四个意识”的报告》。”", "《〈办法〉释义》已经印发。"]
)
def test_layers_that_are_right(text):
    assert marked(text) == []


def test_brackets_in_brackets():
    assert marked("各单位（产业工会（含筹备组））要落实。") == struck(("GW811", "（含筹备组）", None))
    assert marked("见条例（第三条第（二）项、各县（市、区）的规定）。") == []
    assert marked("各单位〔产业工会（含筹备组）〕要落实。") == []


def test_pairs_know_their_parents():
    pairs = pairs_in("“甲《乙》‘丙’”（丁）").pairs
    assert [(pair.mark, pair.start, pair.end, pair.parent and pair.parent.mark) for pair in pairs] == [
        ("“", 0, 8, None),
        ("《", 2, 4, "“"),
        ("‘", 5, 7, "“"),
        ("（", 9, 11, None),
    ]


# --- titles and numbers of documents ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "举办《职工技能大赛》。",
        "颁发《五一劳动奖》。",
        "成立《某某市工会委员会》。",
        "开设《工会法》《劳动法》两门课程。",
    ],
)
def test_what_is_no_work_has_no_title_marks(text):
    assert [code for code, _, _ in marked(text)] == ["GW812"]


@pytest.mark.parametrize(
    "text",
    [
        "播放纪录片《工匠大赛》。",
        "《工匠大赛》一书已经出版。",
        "印发《关于开展主题活动》。",
        "举办《民法典》知识竞赛。",
        "开展《安全生产法》宣传活动。",
        "学习《某某市人民政府工作规则》。",
    ],
)
def test_what_may_be_a_work_keeps_them(text):
    assert marked(text) == []


@pytest.mark.parametrize("brackets", ["[]", "［］", "【】", "（）", "()", "〈〉"])
def test_the_year_of_a_number_stands_in_its_own_brackets(brackets):
    wrong = f"{brackets[0]}2025{brackets[1]}"
    found = [one for one in marked(f"按照某工发{wrong}3号文件执行。") if one[0] != "GW809"]
    assert found == struck(("GW813", wrong, "〔2025〕"))


@pytest.mark.parametrize(
    "text", ["案号为（2023）云01民终123号。", "按照某工发〔2025〕3号文件执行。", "据［2012］的研究。"]
)
def test_years_in_brackets_that_are_right(text):
    assert marked(text) == []


def test_the_serial_of_a_number():
    assert marked("按照某工发〔2025〕 3 号文件执行。") == struck(("GW814", " ", ""), ("GW814", " ", ""))
    assert marked("按照某工发〔2025〕第3号文件执行。") == struck(("GW814", "第", None))
    assert marked("按照某工发〔2025〕03号文件执行。") == struck(("GW814", "0", None))
    assert marked("中国人民银行公告〔2021〕第3号作了规定。") == []


# --- enumerations ----------------------------------------------------------------------------------------------------


def test_titles_and_quotes_in_a_row():
    assert marked("学习《甲法》、《乙法》、《丙法》。") == struck(("GW815", "、", ""), ("GW815", "、", ""))
    assert marked("增强“四个意识”、“四个自信”。") == struck(("GW815", "、", ""))
    assert marked("学习《甲法》（2019年）、《乙法》、《丙法》。") == []
    assert marked("订阅《甲报》、“乙”公众号、《丙报》、《丁报》。") == []


@pytest.mark.parametrize(
    "text",
    [
        "请甲、乙、以及丙参加。",
        "由省、市、及其他地区承担。",
        "职工本人、或者单位代办。",
        "参加单位为教育局、财政局、和水利局。",
        "教育部、财政部、与水利部，联合发文。",
    ],
)
def test_no_comma_before_a_conjunction(text):
    assert marked(text) == struck(("GW816", "、", ""))


@pytest.mark.parametrize(
    "text",
    [
        "宣传政策、及时回应、与时俱进。",
        "建设和谐、和睦、和平的家园。",
        "加强学习、与职工谈心。",
        "陪伴老人、照顾孩子、和家人团聚。",
        "走访企业、了解情况、与企业共渡难关。",
        "或许可行、或多或少、或大或小。",
        "三、和谐劳动关系建设情况良好。",
    ],
)
def test_words_that_only_begin_like_conjunctions(text):
    assert marked(text) == []


def test_no_comma_before_etc():
    assert marked("送去毛巾、茶叶、等慰问品。") == struck(("GW825", "、", ""))
    assert marked("按照公平、等额、等距的原则，现场取号、等候办理。") == []


@pytest.mark.parametrize("text", ["推荐三、四个人。", "等了三、五天。", "来了七、八百人。", "工龄八、九年的职工。"])
def test_estimates_take_no_comma(text):
    assert marked(text) == struck(("GW817", "、", None))


@pytest.mark.parametrize(
    "text",
    [
        "一、二季度完成。",
        "二、三产业发展。",
        "第三、四个项目完成。",
        "三、四年级学生参加。",
        "评选二、三等奖。",
        "三、四个方面的工作。",
    ],
)
def test_what_is_short_for_two_things_does(text):
    assert marked(text) == []


# --- dashes, ellipses, dots ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("主题是“奋进”--建功立业。", "--"),
        ("主题是奋进———建功立业。", "———"),
        ("主题是奋进－－建功立业。", "－－"),
        ("主题是奋进— —建功立业。", "— —"),
        ("我们的目标—让职工满意。", "—"),
        ("一种精神—即劳模精神。", "—"),
        ("—摘自讲话稿。", "—"),
    ],
)
def test_a_dash_has_one_form(text, wrong):
    assert marked(text) == struck(("GW818", wrong, "——"))


@pytest.mark.parametrize(
    "text",
    ["北京—上海沿线。", "人—机协同作业。", "这是学习——也是提高。", "2021--2025是编号。", "A--B", "工会-职工通道。"],
)
def test_lines_that_may_be_right(text):
    assert marked(text) == []


@pytest.mark.parametrize("wrong", ["...", "......", "。。。", "。。。。。。", "…", "………", "⋯⋯", "···"])
def test_an_ellipsis_has_one_form(wrong):
    assert ("GW819", wrong, "……") in marked(f"他说{wrong}我们继续")


@pytest.mark.parametrize("text", ["他说……我们继续", "诗行…………下一段", "x，…，y", "wait...ok"])
def test_ellipses_that_are_right(text):
    assert marked(text) == []


@pytest.mark.parametrize("text", ["送去毛巾、茶叶……等物品。", "送去毛巾、茶叶等……随后返回。", "毛巾、茶叶等等……"])
def test_an_ellipsis_needs_no_word(text):
    assert [code for code, _, _ in marked(text)] == ["GW820"]


@pytest.mark.parametrize("text", ["请稍等……马上就到", "人人平等……", "……等待通知", "“……等级不变”"])
def test_words_that_only_begin_so(text):
    assert marked(text) == []


def test_points_beside_dashes_and_ellipses():
    assert marked("我们的目标，——职工满意。") == struck(("GW821", "，", ""))
    assert marked("毛巾、茶叶、……") == struck(("GW821", "、", ""))
    assert marked("如果……，那么……。毛巾、茶叶……，都送到了。") == []
    assert marked("如下：——坚持；——维护。——摘自《报告》。") == []
    assert marked("规定：“……，应当处理。”") == []


def test_the_dot_between_names():
    assert marked("中国梦•劳动美") == struck(("GW822", "•", "·"))
    assert marked("“3•15”活动，云A•12345号车") == [("GW822", "•", "·")] * 2
    assert marked("卡尔・马克思") == struck(("GW822", "・", "·"))
    assert marked("中国梦·劳动美") == []
    assert marked("• 提高认识：•加强领导") == []


# --- typed marks of levels -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("⑴提高认识。", "（1）提高认识。"),
        ("⑽提高认识。", "（10）提高认识。"),
        ("㈠提高认识。", "（一）提高认识。"),
        ("㈩提高认识。", "（十）提高认识。"),
        ("⒈提高认识。", "1.提高认识。"),
        ("1、提高认识。", "1.提高认识。"),
        ("（一）、提高认识。", "（一）提高认识。"),
        ("（1）.提高认识。", "（1）提高认识。"),
        ("一.提高认识。", "一、提高认识。"),
        ("十二．提高认识。", "十二、提高认识。"),
    ],
)
def test_marks_of_levels_have_their_form(text, cure):
    assert len(marked(text)) == 1
    assert cured(text) == cure
    assert marked(cure) == []


def test_ordinals_take_a_comma():
    text = "第一、提高认识。第二、加强领导。首先、提高认识；其次、加强领导。"
    assert marked(text) == [("GW824", "、", "，")] * 4


def test_titles_between_signs_of_comparison():
    assert marked("<工会法>规定") == [("GW801", "<", "《"), ("GW801", ">", "》")]
    assert cured("转发《省总工会关于印发<工会章程>的通知》") == "转发《省总工会关于印发〈工会章程〉的通知》"
    assert marked("填写<姓名>和a<b，c>d办法") == []


def test_the_brackets_of_an_item_are_full_width():
    assert marked("(4)提高认识。") == [("GW824", "(4)", "（4）")]
    assert marked("(2025年)提高认识。") != [("GW824", "(2025年)", "（2025年）")]
    assert marked("包括：第一、第二产业。第一、二季度完成。第一，提高认识。这是第一、也是唯一的一次。") == []


def test_a_circled_number_begins_no_paragraph():
    assert marked("①提高认识。") == struck(("GW823", "①", None))
    assert marked("包括：①提高认识；②加强领导。") == []


@pytest.mark.parametrize(
    "text", ["1、2号楼的职工参加。", "一、提高认识。", "（一）提高认识。", "1.提高认识。", "1.5万人参加。"]
)
def test_marks_of_levels_that_are_right(text):
    assert marked(text) == []


def test_the_marks_of_headings_are_told_once():
    assert marked("1、提高认识", sort="heading") == marked("一.提高认识", sort="heading") == []  # GW305
    assert marked("⑴提高认识", sort="heading") == [("GW823", "⑴", None)]  # a typed number would be made twice
    assert marked("1、提高认识；", path=("body", 0, "items", 0, "subitems", 0)) == []


# --- all of them -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("见https://a.cn/b,c。", "见xxxxxxxxxxxxxxxx。"),
        ("按GB/T 9704-2012执行", "按xxxxxxxxxxxxxx执行"),
        ("电话0371-66666666。", "电话xxxxxxxxxxxxx。"),
        ("发送至a-b@c.gov.cn，", "发送至xxxxxxxxxxxx，"),
        ("填写表1.docx。", "填写表xxxxxx。"),
        ("提高认识,加强领导。", "提高认识,加强领导。"),
    ],
)
def test_what_is_no_chinese_text_is_taken_out(text, left):
    assert plain(text) == left


def test_a_passage_of_another_language_is_left_alone():
    english = "Regulations (章, 节, 条) and their items are numbered by the program, 不写序号; see the manual."
    assert marked(english) == []
    assert marked("各级工会要学习 regulations (章, 节, 条)，提高认识。") != []


def test_names_and_cells_are_left_alone():
    for sort in ("name", "cell"):
        assert marked("某某市,总工会(筹) .", sort=sort) == []


def test_a_cell_of_a_file_is_told_by_row_and_cell():
    [one] = findings("５０", sort="cell", path=("body", 0, "file", 3, 2))
    assert (one.message, one.offset, one.replacement) == ("第3行第2格：用了全角的“５０”", None, None)


_PIECES = st.sampled_from(
    [
        *"，。、；：？！,.;:?!\"'()（）《》〈〉“”‘’〔〕【】[]［］…—-－–~～〜∼·•・ 　％%",
        *"一二三四五六七八九十〇零○0123456789年月日号第和与及或等甲乙丙图",
        "2026年5月10日", "2025.1.20", "05月", "３．５", "1，200", ".5", "3千2", "15～30%", "5-8万元", "……", "——", "...", "。。。",
        "以及", "某工发", "〔2025〕", "（2024）3号", "⑴", "①", "（一）、", "1、", "“3.15”晚会", "26年", "二零二五年", "点五公里",
        "三、四个", "12,345元", "54321人", "公里", "5km", "3千米", "二〇二五年五月", "（星期三）", "至", "https://a.cn/,", "工会", "大赛》",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, min_size=1, max_size=14).map("".join).filter(str.strip))
def test_every_finding_lies_in_the_text_and_every_cure_holds(text):
    draft = document(text)
    [text] = draft.body
    for one in rules.check(draft, wants=of_these):
        assert one.path == ("body", 0)
        assert 0 <= one.offset < one.offset + one.length <= len(text)
        if one.replacement is None:
            continue
        assert one.replacement != text[one.offset : one.offset + one.length]
        better = text[: one.offset] + one.replacement + text[one.offset + one.length :]
        again = rules.check(document(better), wants=of_these) if better.strip() else ()
        lost = len(better) - len(better.lstrip())  # blanks at the ends are no part of a text
        places = {(other.check.code, other.offset + lost) for other in again}
        assert (one.check.code, one.offset) not in places
