"""Texts as they are compared."""

from __future__ import annotations

import numpy as np

from zhijiao20.rules.near_duplicates.minhash import compute_minhashes, record_type

TEXT = "投入480万元建成智能制造实训中心，购置数控机床32台，与9家企业共同开发实训项目24个，2019年接待学生实训5200人次。"


def folded(texts: list[str], own: str = "", shortest: int = 40) -> list[str]:
    """What is compared of the texts that are long enough."""
    done = compute_minhashes(texts, own, shortest)
    lengths = np.frombuffer(done.heads, record_type())["length"].tolist()
    text = done.texts.decode("utf-16-le", "surrogatepass")
    return [text[sum(lengths[:at]) : sum(lengths[: at + 1])] for at in range(len(lengths))]
