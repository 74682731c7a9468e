"""Parse the quantities of a Chinese text: value, unit, exactness and position.  Pure: no I/O.

No library is used: those for Chinese numerals convert a single numeral to a float (cn2an: 25 µs each, 0.2 s to import,
an error on 12,000 and 百分之五) and return neither its position in a text nor what it counts.
"""

from zhijiao20.rules.quantities.quantity import (
    COUNT,
    DATE,
    DURATION,
    MONEY,
    PERCENT,
    POINTS,
    RATIO,
    YEAR,
    Kind,
    Qualifier,
    Quantity,
)
from zhijiao20.rules.quantities.reader import read
from zhijiao20.rules.quantities.tokens import BEGINS, ENDS

__all__ = [
    "BEGINS",
    "COUNT",
    "DATE",
    "DURATION",
    "ENDS",
    "MONEY",
    "PERCENT",
    "POINTS",
    "RATIO",
    "YEAR",
    "Kind",
    "Qualifier",
    "Quantity",
    "read",
]
