"""A round of 45 units, in every state, that tests put into their working folder."""

from __future__ import annotations

from status_files import put, sound

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Submission
from zhijiao20.formats.write import write_status_file

TOML = 'roster = "名册.csv"\ndeadline = 2020-07-10\npaths = ["收件"]\ncontact = "李老师"\nphone = "0000-1234567"\n'
KINDS = ("中等专业学校", "教育局", "职业技术学院", "人力资源和社会保障局", "技工学校")
PLACES = ("澄州市", "石桥县", "青溪县", "白塔县", "双河区", "云岭县", "古渡区", "松口县", "南屏县")
UNITS = [f"{place}{kind}" for place in PLACES for kind in KINDS]


def put_round(catalog: Catalog) -> None:
    """Write the project, its roster and what has been sent: 4 3 1 1 12 4 20 units by state, and 5 other files."""
    rows = [f"{unit},{_superior(unit)},{'学校' if unit.endswith(('学校', '学院')) else '机关'}" for unit in UNITS]
    put("名册.csv", "\n".join(["单位,上级,类别", *rows]) + "\n")
    put("zhijiao20.toml", TOML)
    groups = iter(UNITS)

    def units(count: int) -> list[str]:
        return [next(groups) for _ in range(count)]

    units(4)
    for unit, suffix in zip(units(3), ("pdf", "jpg", "docx"), strict=True):
        put(f"收件/{unit}.{suffix}", b"no table")
    (unit,) = units(1)
    put(f"收件/{unit}.yaml", sound(unit, catalog))
    put(
        f"收件/{unit}(1).yaml",
        sound(unit, catalog, {"1.1": "印发实施方案，12所学校建立标准。", "20.1": "成立12个工作组。"}),
    )
    (unit,) = units(1)
    put(f"收件/{unit}.xlsx", write_status_file("xlsx", [Submission(unit)], catalog))
    for index, unit in enumerate(units(12)):
        put(f"收件/{unit}.yaml", sound(unit, catalog, {"1.1": "已完成", **({"2.1": ""} if index % 2 else {})}))
    for unit in units(4):
        put(f"收件/{unit}.yaml", sound(unit, catalog, {"1.1": "截止2020年6月30日，12所学校建立标准。"}))
    for unit in units(20):
        put(f"收件/{unit}.yaml", sound(unit, catalog))
    put("收件/关于报送材料的通知.docx", b"notice")
    put("收件/IMG_2020.jpg", b"picture")
    put("收件/石桥教育.yaml", sound("石桥县教育和体育局", catalog))
    put("收件/通讯录.pdf", b"%PDF")
    put("收件/附表2.doc.zip", b"PK")
    put("收件/Thumbs.db", b"x")


def _superior(unit: str) -> str:
    place = unit[:3]
    return "" if place == "澄州市" or unit.endswith("教育局") else f"{place}教育局"
