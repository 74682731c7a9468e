"""What the figures of a text are: every spelling that offices use, and the numbers that are no figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.rules.quantities import Kind, Qualifier, Quantity, read
from zhijiao20.rules.quantities.numerals import parse_chinese

QUICK = settings(deadline=None, derandomize=True, max_examples=300)


def told(text: str) -> list[tuple[str, Kind, Decimal, str]]:
    """What is read of a text: as written, kind, value and unit."""
    return [(text[figure.begin : figure.end], figure.kind, figure.value, figure.unit) for figure in read(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("合格2542人", Kind.COUNT, "2542", "人"),
        ("名单收录63 家", Kind.COUNT, "63", "家"),
        ("达到12,000元", Kind.MONEY, "12000", "元"),
        ("达到12 000元", Kind.MONEY, "12000", "元"),
        ("达到1.2万元", Kind.MONEY, "12000", "元"),
        ("达到１２０００元", Kind.MONEY, "12000", "元"),
        ("达到１．２万元", Kind.MONEY, "12000", "元"),
        ("达到一万二千元", Kind.MONEY, "12000", "元"),
        ("投入1.2亿元", Kind.MONEY, "120000000", "元"),
        ("投入三千万元", Kind.MONEY, "30000000", "元"),
        ("培训6.8万人次", Kind.COUNT, "68000", "人次"),
        ("两所学校", Kind.COUNT, "2", "所"),
        ("十二个领域", Kind.COUNT, "12", "个"),
        ("聘请7名大师", Kind.COUNT, "7", "人"),
        ("设备38台（套）", Kind.COUNT, "38", "台（套）"),
        ("设备38台(套)", Kind.COUNT, "38", "台（套）"),
        ("合格率96.3%", Kind.PERCENT, "96.3", "%"),
        ("合格率96.3％", Kind.PERCENT, "96.3", "%"),
        ("合格率百分之九十六点三", Kind.PERCENT, "96.3", "%"),
        ("占百分之60.5", Kind.PERCENT, "60.5", "%"),
        ("增长5‰", Kind.PERCENT, "0.5", "%"),
        ("占千分之三", Kind.PERCENT, "0.3", "%"),
        ("占万分之五", Kind.PERCENT, "0.05", "%"),
        ("占八成半", Kind.PERCENT, "85", "%"),
        ("占三分之二", Kind.PERCENT, "66.6667", "%"),
        ("占一半", Kind.PERCENT, "50", "%"),
        ("提高0.8个百分点", Kind.POINTS, "0.8", "百分点"),
        ("提高两个百分点", Kind.POINTS, "2", "百分点"),
        ("实践30天", Kind.DURATION, "30", "天"),
        ("实践30日内", Kind.DURATION, "30", "天"),
        ("实践4周", Kind.DURATION, "4", "周"),
        ("实践22个工作日", Kind.DURATION, "22", "工作日"),
        ("实践1个月", Kind.DURATION, "1", "月"),
        ("实践半个月", Kind.DURATION, "0.5", "月"),
        ("实践1个半月", Kind.DURATION, "1.5", "月"),
        ("实践两个半月", Kind.DURATION, "2.5", "月"),
        ("五年一周期", Kind.DURATION, "5", "年"),
        ("每半年公布", Kind.DURATION, "0.5", "年"),
        ("自2019年起", Kind.YEAR, "2019", ""),
        ("2019年度", Kind.YEAR, "2019", ""),
        ("２０１９年", Kind.YEAR, "2019", ""),
        ("二〇一九年", Kind.YEAR, "2019", ""),
        ("2019学年", Kind.YEAR, "2019", ""),
        ("1200年", Kind.DURATION, "1200", "年"),
        ("一二〇〇年", Kind.DURATION, "1200", "年"),
        ("2020年6月3日", Kind.DATE, "2020", ""),
        ("2020年12月底前", Kind.DATE, "2020", ""),
        ("6月30日", Kind.DATE, "0", ""),
        ("二〇二〇年六月三日", Kind.DATE, "2020", ""),
        ("六月三日", Kind.DATE, "0", ""),
    ],
)
def test_spellings(text: str, kind: Kind, value: str, unit: str) -> None:
    """One quantity is one value, however it is written."""
    ((_, *read_as),) = told(text)
    assert read_as == [kind, Decimal(value), unit]


@pytest.mark.parametrize(
    ("text", "kind", "value", "other"),
    [
        ("比例为10%～15%", Kind.PERCENT, "10", "15"),
        ("每人1000元～2000元", Kind.MONEY, "1000", "2000"),
        ("每人1000～2000元", Kind.MONEY, "1000", "2000"),
        ("投入3亿～5亿元", Kind.MONEY, "300000000", "500000000"),
        ("投入3～5亿元", Kind.MONEY, "300000000", "500000000"),
        ("每门3~5名教师", Kind.COUNT, "3", "5"),
        ("2019—2023年", Kind.YEAR, "2019", "2023"),
        ("2019年至2023年", Kind.YEAR, "2019", "2023"),
        ("2019—2020学年", Kind.YEAR, "2019", "2020"),
        ("1—6月", Kind.DATE, "0", "6"),
        ("职普比47.2∶52.8", Kind.RATIO, "47.2", "52.8"),
        ("职普比4.7:5.3", Kind.RATIO, "4.7", "5.3"),
        ("师生比1：18", Kind.RATIO, "1", "18"),
        ("职普比为6比4", Kind.RATIO, "6", "4"),
    ],
)
def test_two_numbers(text: str, kind: Kind, value: str, other: str) -> None:
    """A range and a ratio are one figure with two numbers, and no exact one."""
    (figure,) = read(text)
    assert (figure.kind, figure.value, figure.other) == (kind, Decimal(value), Decimal(other))
    assert not figure.exact


@pytest.mark.parametrize(
    "text",
    [
        "澄教职成〔2019〕12号", "第3条", "第二次会议", "1+X证书", "3+2+2贯通培养", "5G实训室", "3D打印", "任务16.4", "2号实训楼",
        "电话0571-88887777", "（1）机制", "1.机制", "一、机制", "COVID-19人", "G20人", "数十个", "几十家", "百家企业", "统一个人账号",
        "一起推进", "一次通过", "一个平台", "十三五规划", "逐一年检", "三成员", "一万二万人", "2019级学生", "9分之一", "至30日",
        "半人", "千人计划", "第一", "零分之三", "三分之十三五", "",
    ],
)  # fmt: skip
def test_no_figures(text: str) -> None:
    """Numbers that measure nothing: 文号, ordinals, names, numbering, 一 that does not count."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("30人", Qualifier.EXACT),
        ("约30人", Qualifier.ABOUT),
        ("将近30人", Qualifier.ABOUT),
        ("30人左右", Qualifier.ABOUT),
        ("近三成", Qualifier.ABOUT),
        ("最近3年", Qualifier.EXACT),
        ("超过30人", Qualifier.OVER),
        ("30余人", Qualifier.OVER),
        ("二十多人", Qualifier.OVER),
        ("1万余元", Qualifier.OVER),
        ("不低于12000元", Qualifier.AT_LEAST),
        ("30人以上", Qualifier.AT_LEAST),
        ("低于12000元", Qualifier.BELOW),
        ("不足1个月", Qualifier.BELOW),
        ("不超过5人", Qualifier.AT_MOST),
        ("5人以内", Qualifier.AT_MOST),
        ("5人以为", Qualifier.EXACT),
        ("减少5人", Qualifier.EXACT),
    ],
)
def test_qualifiers(text: str, qualifier: Qualifier) -> None:
    """约, 近, 超过 and their like are part of what a figure says."""
    (figure,) = read(text)
    assert figure.qualifier is qualifier


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("2640人", "0"),
        ("96.3%", "0.1"),
        ("96%", "1"),
        ("1.76亿元", "1000000"),
        ("3万人", "10000"),
        ("3.42公里", "0.01"),
    ],
)
def test_last_place(text: str, step: str) -> None:
    """A decimal and a number in 万 are rounded to their last place; a plain whole number was counted."""
    (figure,) = read(text)
    assert figure.step == Decimal(step)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1.2019年培训12人", ["2019年", "12人"]),
        ("甲\n2.12家企业", ["12家"]),
        ("1.2万人次", ["1.2万人次"]),
        ("1.2%的学生", ["1.2%"]),
        ("3.5公里", ["3.5公里"]),
        ("共1.12家", ["1.12家"]),
    ],
)
def test_number_of_an_item(text: str, figures: list[str]) -> None:
    """1. and 2. before an item do not run into the number behind them."""
    assert [written for written, *_ in told(text)] == figures


def test_surroundings() -> None:
    """What a figure counts stands before or after it; clauses and sentences are numbered."""
    first, second, third = read("核查23所中职学校，其中达标21所；完成2020年目标")
    assert (first.before, first.after, first.clause, first.sentence) == ("核查", "中职学校", 0, 0)
    assert (second.before, second.after, second.clause, second.sentence) == ("其中达标", "", 1, 0)
    assert (third.before, third.after, third.clause, third.sentence) == ("完成", "目标", 2, 1)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("零", "0"), ("十", "10"), ("十二", "12"), ("二十", "20"), ("一百零五", "105"), ("一百一十", "110"), ("三百五", "350"),
        ("两千三", "2300"), ("两千零三", "2003"), ("一万二", "12000"), ("一万零二", "10002"), ("一亿零五百万", "105000000"),
        ("二〇一九", "2019"), ("九十六点三", "96.3"), ("一亿", "100000000"),
        ("十三五", None), ("万", None), ("百", None), ("一点", None), ("一万亿万", None), ("一万二万", None), ("半", None), ("", None),
    ],
)  # fmt: skip
def test_numerals(numeral: str, value: str | None) -> None:
    """Chinese numerals have one value or none."""
    assert parse_chinese(numeral) == (None if value is None else Decimal(value))


PIECES = st.sampled_from(
    [
        *"0123456789０９一二三两十百千万亿零〇半点分之成%％‰.．,， 年月日个人次所元约近不低于超过第〔〕～—-∶:：比至\n。；（）\ufffcA+²٣",
        *("百分之", "12,000元", "2019年", "个工作日", "以上", "台（套）"),
    ]
)


@QUICK
@given(st.lists(PIECES, max_size=40).map("".join))
def test_never_raises(text: str) -> None:
    """Whatever is written, the figures come in order, apart from one another, inside the text."""
    figures = read(text)
    at = 0
    for figure in figures:
        assert at <= figure.begin < figure.end <= len(text)
        assert text[figure.begin - len(figure.before) : figure.begin] == figure.before
        assert text[figure.end : figure.end + len(figure.after)] == figure.after
        at = figure.end
    assert [figure.clause for figure in figures] == sorted(figure.clause for figure in figures)


@QUICK
@given(st.integers(0, 10**9), st.sampled_from(["人", "所", "元", "个"]), st.sampled_from(["", "，", "共有", "合格"]))
def test_whole_numbers_round_trip(number: int, unit: str, before: str) -> None:
    """A number is read as the value it was written with, with and without thousands parted."""
    for written in (f"{number}", f"{number:,}", f"{number:,}".replace(",", " ")):
        (figure,) = read(f"{before}{written}{unit}，")
        assert (figure.value, figure.unit, figure.end - figure.begin) == (number, unit, len(written) + 1)


def numeral(number: int) -> str:
    """A number below 100,000,000 in Chinese numerals."""
    high, low = divmod(number, 10000)
    if high:
        tail = numeral(low) if low else ""
        return numeral(high) + "万" + ("零" + tail if low and low < 1000 else tail)
    out = gap = ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        gap = "零" if not digit and out else gap
        if digit:
            out, gap = out + gap + "零一二三四五六七八九"[digit] + name, ""
    return out or "零"


@QUICK
@given(st.integers(1, 99_999_999))
def test_numerals_round_trip(number: int) -> None:
    """A Chinese numeral has the value it was written for."""
    assert parse_chinese(numeral(number)) == number


@QUICK
@given(st.decimals("0.01", "999", places=2))
def test_percentages_round_trip(value: Decimal) -> None:
    """A percentage keeps its decimals, and tells how many."""
    (figure,) = read(f"合格率{value}%")
    assert isinstance(figure, Quantity)
    assert (figure.value, figure.step) == (value, Decimal("0.01"))


@pytest.mark.parametrize(
    "text",
    [
        f"1{'0' * 20}人",
        f"0.{'0' * 18}1元",
        f"1—1{'0' * 20}人",
        f"占百分之1{'0' * 20}",
        f"三分之1{'0' * 20}",
        f"1:1{'0' * 20}",
    ],
)
def test_endless_numbers(text: str) -> None:
    """What has more than twenty characters is the number of an account or a contract, and no calculator holds it."""
    assert read(text) == ()
    assert len(read(text.replace("0" * 17, ""))) == 1
