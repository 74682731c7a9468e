"""The examples that only a file of a certain kind can show, built as the pages tell them, in the same order."""

from __future__ import annotations

import codecs

from example_files import (
    CSV,
    DONE,
    FORMULA_ELSEWHERE,
    IN_TASK,
    SERIAL,
    UNIT_FORMULA,
    YAML,
    Builder,
    above,
    below,
    commented,
    content,
    excel,
    failed,
    first_five,
    form,
    formula,
    gbk,
    gone,
    huge,
    item,
    link,
    merges,
    no_table,
    number,
    other_order,
    p,
    pipe,
    remarks,
    render,
    reworded,
    scaffolded,
    second,
    status,
    struck,
    whole,
    word,
)
from forms import changed, filled
from old_files import old_book, strict
from sheets import HEADER, pack, parts, row, sheet

from zhijiao20.system.discovery import official_form

OFFICE, SCHOOL = "【东湖市教育局】印发方案12份。", "【第二职业学校】修订教学标准9项。"
BOOK = pack(parts(sheet(row(1, *HEADER), status(DONE))))

EXAMPLES: dict[str, tuple[list[Builder], list[Builder]]] = {
    "ZJ001": (
        [link("移走了.yaml"), huge, pipe],
        [link("原件.yaml"), content("澄州理工学校.csv", CSV), content("青溪县教育局.yaml", YAML)],
    ),
    "ZJ002": (
        [content("澄州市教育局.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))],
        [content("澄州市教育局.docx", filled({"1.1": DONE}))],
    ),
    "ZJ003": (
        [
            content("澄州市教育局.csv", CSV.rstrip("。\n").encode()[:-1]),
            content("澄州市教育局.csv", CSV.encode() + gbk(DONE).splitlines()[1]),
            content("澄州市教育局.yaml", YAML.encode() + bytes(8)),
        ],
        [content("澄州市教育局.csv", CSV), content("澄州市教育局.csv", CSV), content("澄州市教育局.yaml", YAML)],
    ),
    "ZJ005": (
        [
            content("澄州市教育局.csv", gbk(DONE)),
            content("澄州市教育局.csv", codecs.BOM_UTF16_LE + CSV.replace(",", "\t").encode("utf-16-le")),
        ],
        [content("澄州市教育局.csv", codecs.BOM_UTF8 + CSV.encode())],
    ),
    "ZJ007": (
        [
            content("澄州市教育局.csv", gbk("石桥县石?村教学点并入县职教中心")),
            content("澄州市教育局.csv", gbk("新建实训楼8600m?")),
            content("澄州市教育局.csv", gbk("?建成产教融合实训基地3个")),
        ],
        [
            content("澄州市教育局.csv", CSV.replace(DONE, "石桥县石㙍村教学点并入县职教中心")),
            content("澄州市教育局.csv", gbk("新建实训楼8600平方米")),
            content("澄州市教育局.csv", gbk("怎样用好实训基地？我们开展了调研")),
        ],
    ),
    "ZJ008": (
        [form(gone), form(reworded), form(no_table)],
        [form(), form(data=official_form(landscape=True)), form(remarks)],
    ),
    "ZJ009": (
        [
            word(
                "<w:p><w:r><w:t>人均经费</w:t></w:r><w:ins w:id='1' w:author='a'><w:r><w:t>13480元</w:t></w:r></w:ins></w:p>"
            ),
            word(
                "<w:p><w:r><w:t>印发方案</w:t></w:r><w:del w:id='1' w:author='a'><w:r><w:delText>（草案）</w:delText></w:r></w:del></w:p>"
            ),
            content("澄州市教育局.docx", changed(struck)),
        ],
        [word(p("人均经费13480元")), word(p("印发方案")), content("澄州市教育局.docx", official_form())],
    ),
    "ZJ010": (
        [
            word("<w:p><w:r><w:t>见图</w:t></w:r><w:r><w:drawing/></w:r></w:p>"),
            word(p("见表") + f"<w:tbl><w:tr><w:tc>{p('内')}</w:tc></w:tr></w:tbl><w:p/>"),
            commented,
        ],
        [word(p("培训1260人次")), word(p("招生560人", "毕业520人")), excel(status(DONE))],
    ),
    "ZJ011": (
        [
            word(item("印发方案") + item("开展培训"), numbered=True),
            word(item("印发方案"), numbered=True),
            word(item("印发方案") + item("开展培训") + item("组织验收"), numbered=True),
        ],
        [
            word(p("1.印发方案", "2.开展培训")),
            word(p("印发方案")),
            word(p("（一）印发方案", "（二）开展培训", "（三）组织验收")),
        ],
    ),
    "ZJ012": (
        [
            form(data=filled({"1.1": "此处填写落实情况"})),
            form(data=filled({"1.1": DONE, "1.2": "上一期的内容"})),
            form(data=filled({"20.1": "由市教育局填写"})),
        ],
        [form(), form(data=official_form(landscape=True)), form(below("由市教育局填写"))],
    ),
    "ZJ013": (
        [
            excel(status(number("F2", "0.85", 1))),
            excel(status(number("F2", "43831", 2))),
            excel(status('<c r="F2" t="b"><v>1</v></c>')),
        ],
        [excel(status("双师型教师占85%")), excel(status("2020年1月1日起施行")), excel(status("已全部完成验收"))],
    ),
    "ZJ014": (
        [
            excel(status(formula("F2", "A1", "<v>印发实施方案</v>"))),
            excel(status(formula("F2", "X1&amp;X2", "<v>印发实施方案，开展培训</v>"))),
            excel(status(DONE, formula("G2", "X1", "<v>澄教职成〔2019〕12号</v>"))),
        ],
        [excel(status("印发实施方案")), excel(FORMULA_ELSEWHERE, head=SERIAL), excel(IN_TASK)],
    ),
    "ZJ015": (
        [
            excel(status(formula("F2", "A1", ""))),
            excel(status('<c r="F2"><f>A1&amp;B1</f><v/></c>')),
            excel(status(DONE), head=UNIT_FORMULA),
        ],
        [excel(status(formula("F2", "A1", "<v>印发实施方案</v>"))), excel(status("印发实施方案")), excel(status(DONE))],
    ),
    "ZJ016": (
        [excel(status(failed("#N/A"))), excel(status(failed("#REF!"))), excel(status(number("F2", "-1", 2)))],
        [excel(status("印发实施方案")), excel(status("整合专业5个")), excel(status("2020年1月1日起施行"))],
    ),
    "ZJ017": (
        [
            excel(row(2, "澄州市教育局", "1.1", "", "", "", DONE, attributes='hidden="1"')),
            excel(status(DONE), before='<cols><col min="2" max="2" hidden="1"/></cols>'),
            excel(status(DONE), states=("hidden",)),
        ],
        [excel(status(DONE)), excel(status(DONE)), excel(status(DONE))],
    ),
    "ZJ018": (
        [
            excel(status(DONE), more=(sheet(row(1, "封面")),)),
            excel(status(DONE), more=(sheet(row(1, *HEADER), row(2, "青溪县教育局", "1.1", "", "", "", DONE)),)),
            excel(status(DONE), more=(sheet(row(1, *HEADER), second(DONE)),), states=("visible", "hidden")),
        ],
        [excel(status(DONE)), excel(status(DONE), more=(sheet(),)), scaffolded],
    ),
    "ZJ019": (
        [
            excel(status(DONE), second(""), after=merges("F2:F3")),
            excel(status(DONE, "澄教职成〔2019〕12号"), after=merges("F2:G2")),
            excel(status(DONE, "澄教职成〔2019〕12号"), second("完成验收。"), after=merges("G2:G3")),
        ],
        [
            excel(status(DONE), second("完成验收。")),
            excel(status(DONE, "澄教职成〔2019〕12号")),
            excel(status(DONE), second("完成验收。"), after=merges("A2:A3")),
        ],
    ),
    "ZJ020": (
        [
            render(official_form(), unit="澄州市教育局"),
            render(official_form(), period="2020年上半年"),
            render(changed(above("填报单位：青溪县教育局")), unit="澄州市教育局"),
        ],
        [
            render(changed(above("填报单位：")), unit="澄州市教育局"),
            render(None, unit="澄州市教育局", period="2020年上半年"),
            render(official_form()),
        ],
    ),
    "ZJ023": (
        [
            content("澄州市教育局.docx", strict(filled({"1.1": DONE}))),
            content("澄州市财政局.xls", old_book(("澄州市财政局", "1.1", DONE))),
            content("澄州理工学校.et", old_book(("澄州理工学校", "1.1", DONE))),
        ],
        [content("澄州市教育局.docx", filled({"1.1": DONE})), excel(status(DONE)), excel(status(DONE))],
    ),
    "ZJ024": (
        [
            content("澄州市教育局.docx", BOOK),
            content("澄州市财政局.doc", filled({"1.1": DONE})),
            content("1.澄州理工学校", filled({"1.1": DONE})),
        ],
        [
            content("澄州市教育局.xlsx", BOOK),
            content("澄州市财政局.docx", filled({"1.1": DONE})),
            content("1.澄州理工学校.docx", filled({"1.1": DONE})),
        ],
    ),
    "ZJ113": (
        [content("澄州市教育局.docx", filled({"1.1": DONE}))],
        [content("澄州市教育局.docx", filled({"1.1": DONE}, unit="澄州市教育局"))],
    ),
    "ZJ306": (
        [
            whole(lambda entries: entries.update({"20.1": "做了一件事，" * 250 + "。"})),
            whole(lambda entries: entries.update({"13.1": "\n".join(f"（{n}）开展工作{n}次。" for n in range(300))})),
            whole(
                lambda entries: entries.update({"6.1": "\n".join(f"第{n}条 各校应当制定方案。" for n in range(200))})
            ),
        ],
        [whole(lambda entries: entries.update({"20.1": "做了一件事，\n" * 249 + "做了一件事。"}))],
    ),
    "ZJ205": ([content("澄州市教育局.docx", filled({}))], [whole(first_five)]),
    "ZJ202": (
        [whole(lambda entries: entries.pop("2.1")), whole(first_five), whole(lambda entries: entries.pop("20.1"))],
        [
            whole(),
            whole(lambda entries: entries.update({"2.1": {"进展": "不涉及", "落实情况": "本局无此项职责"}})),
            whole(other_order),
        ],
    ),
    "ZJ121": (
        [
            content("东湖市教育局.docx", filled(dict.fromkeys(("1.1", "1.2"), f"{OFFICE}\n{SCHOOL}"))),
            content("省.docx", filled(dict.fromkeys(("1.1", "1.2"), f"【东湖市教育局】\n{OFFICE}\n{SCHOOL}"))),
            content("东湖市教育局.docx", filled(dict.fromkeys(("1.1", "1.2"), "【做法】印发方案。\n【成效】已完成。"))),
        ],
        [
            content("东湖市教育局.docx", filled({"1.1": DONE, "1.2": "修订教学标准9项。"})),
            content("全市.csv", f"单位,上级,编号,落实情况\n第二职业学校,东湖市教育局,1.1,{DONE}\n"),
            content("东湖市教育局.docx", filled({"1.1": DONE, "1.2": DONE, "1.3": "【培训】培训3800人次。"})),
        ],
    ),
}
"""Code → the wrong ones and the right ones."""
