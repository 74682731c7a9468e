"""Find what changed between two texts, by words: sentences first, then words and figures in the sentences that differ.

The work grows linearly with the length of the texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain, groupby
from typing import NamedTuple

from zhijiao20.core.alignment import Block, align
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.sentence_pairs import is_word, similar_pairs, too_many

_MIN_MOVED = 8  # characters of a sentence that can be told as moved; shorter ones recur by chance
_MIN_COMMON = 0.3  # of the words of two sentences; below it they are two different sentences
_PLAINLY_COMMON = 0.7  # of words and marks; above it the words need not be counted

_SENTENCE = lazy_regex(r"[^。！？；;\n]++(?:[。！？；;]++[”’」』）)】]*+)?\n?|[。！？；;]++[”’」』）)】]*+\n?|\n")
_SCALE = "(?:[十百千]?[万亿]|[十百千])"
_UNIT = (
    "个?百分点|个(?:工作日|半?月|[课学]时|小时|学[期年]|星期|季度)?|人次|[门批家校班期件场]次|[课学]时|学[分年期]|平方公里|平方米|公[里顷]"
    "|工作日|小时|分钟|季度|[美欧]元|台[（(]套[）)]|台套|[年月日号人名位所家项件份门种期场次间台套册本篇节亩批起例处条张部座辆吨米户村镇类组对岁倍天周元%％‰]"
)
_TOKEN = lazy_regex(
    "[〔［\\[（(]\\d{4}[〕］\\]）)]\\d{1,4}号"
    rf"|\d+(?:[,，]\d{{3}})*+(?:[.．:：∶]\d+)*+ ?(?:{_SCALE}?[多余几]?(?:{_UNIT})|{_SCALE})?"
    r"|[A-Za-z]+|[ \t\u3000\xa0]+|.",
    re.DOTALL,
)
_HAN = lazy_regex("[㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_WORDS_OF_ONE = frozenset("已未正将拟均都仍再新又也不无有可的了和与及等在对为从把按由向于至到约近超共各每")
_ENDS = frozenset("。！？；;\n")
_MARK = "\0"  # no word of several characters begins with it


class Kind(StrEnum):
    """What happened to a piece of a text."""

    SAME = "same"
    OUT = "out"
    IN = "in"
    MOVED_OUT = "moved-out"
    MOVED_IN = "moved-in"


SAME, OUT, IN, MOVED_OUT, MOVED_IN = Kind

_MOVED = {OUT: f"{_MARK}<", IN: f"{_MARK}>"}  # marks of a moved sentence in the old and in the new text

IN_OLD = frozenset({SAME, OUT, MOVED_OUT})
"""The kinds of pieces that make up the old text."""

IN_NEW = frozenset({SAME, IN, MOVED_IN})
"""The kinds of pieces that make up the new text."""


class Piece(NamedTuple):
    """A piece of two texts: in both, or only in one of them."""

    kind: Kind
    text: str


def changes(old: str, new: str) -> list[Piece]:
    """Return the pieces of two texts in order; what was taken out stands before what was put in.

    A figure with its unit is one word.  A sentence that only stands elsewhere is told as moved.  Joined, the pieces of
    ``IN_OLD`` are the old text, those of ``IN_NEW`` the new one.
    """
    if old == new:
        return [Piece(SAME, old)] if old else []
    if not old or not new:
        return [Piece(OUT, old) if old else Piece(IN, new)]
    olds, news = _sentences(old), _sentences(new)
    blocks = list(align(_without_line_ends(olds), _without_line_ends(news)))
    moved = _moved(olds, news, blocks)
    pieces: list[Piece] = []
    for same, i1, i2, j1, j2 in blocks:
        if not same:
            pieces += _block_changes(olds[i1:i2], news[j1:j2], moved)
            continue
        for before, after in zip(olds[i1:i2], news[j1:j2], strict=True):
            pieces += [Piece(SAME, before)] if before == after else _line_end_change(before)
    return _joined(pieces)


def is_changed(pieces: Iterable[Piece]) -> bool:
    """Check whether any piece is not in both texts."""
    return any(piece.kind is not SAME for piece in pieces)


def _sentences(text: str) -> list[str]:
    """Split a text behind the marks that end sentences, and behind line ends, which belong to the sentence before."""
    return _SENTENCE.findall(text)


def _without_line_ends(sentences: Iterable[str]) -> list[str]:
    return [sentence.removesuffix("\n") for sentence in sentences]


def _line_end_change(old: str) -> Iterator[Piece]:
    """Yield the pieces of a sentence whose line end was taken out, or that got one."""
    sentence = old.removesuffix("\n")
    yield Piece(SAME, sentence)
    yield Piece(IN if sentence == old else OUT, "\n")


def _moved(old: Sequence[str], new: Sequence[str], blocks: Iterable[Block]) -> frozenset[str]:
    """Return the sentences that were taken out at one place and put in at another, once each."""
    out: Counter[str] = Counter()
    put: Counter[str] = Counter()
    for same, i1, i2, j1, j2 in blocks:
        if not same:
            out.update(_without_line_ends(old[i1:i2]))
            put.update(_without_line_ends(new[j1:j2]))
    return frozenset(item for item, number in out.items() if number == put[item] == 1 and len(item) >= _MIN_MOVED)


def _block_changes(old: Sequence[str], new: Sequence[str], moved: frozenset[str]) -> Iterator[Piece]:
    """Yield the changes between sentences that take the place of one another: like ones by words, others as a whole."""
    left, right = ([_words(text, moved, side) for text in texts] for side, texts in ((OUT, old), (IN, new)))
    if too_many(left, right):
        left, right = [list(chain.from_iterable(left))], [list(chain.from_iterable(right))]
    i = j = 0
    for a, b in [*similar_pairs(left, right), (len(left), len(right))]:
        yield from _taken(OUT, list(chain.from_iterable(left[i:a])))
        yield from _taken(IN, list(chain.from_iterable(right[j:b])))
        if a < len(left):
            yield from _word_changes(left[a], right[b])
        i, j = a + 1, b + 1


def _word_changes(left: Sequence[str], right: Sequence[str]) -> Iterator[Piece]:
    """Yield the changes by words between two sentences; two that have little in common are told as a whole."""
    blocks = _without_short_matches(list(align(left, right)), left)
    if not _have_much_in_common(blocks, left, right):
        blocks = [(False, 0, len(left), 0, len(right))]
    for same, i1, i2, j1, j2 in _whole_words(blocks, left, right):
        if same:
            yield Piece(SAME, "".join(left[i1:i2]))
        else:
            yield from _taken(OUT, left[i1:i2])
            yield from _taken(IN, right[j1:j2])


def _words(sentence: str, moved: frozenset[str], side: Kind) -> list[str]:
    """Return the words of a sentence; a moved one is one word, marked so that it equals none of the other text."""
    return [f"{_MOVED[side]}{sentence}"] if sentence.removesuffix("\n") in moved else _TOKEN.findall(sentence)


def _taken(side: Kind, words: Sequence[str]) -> Iterator[Piece]:
    """Yield the pieces for words that only one of the texts has."""
    text = "".join(words)
    if _MARK not in text:
        if text:
            yield Piece(side, text)
        return
    for is_moved, run in groupby(words, lambda word: len(word) > 1 and word[0] == _MARK):
        if is_moved:
            yield from (Piece(MOVED_OUT if side is OUT else MOVED_IN, word[2:]) for word in run)
        else:
            yield Piece(side, "".join(run))


def _without_short_matches(blocks: list[Block], old: Sequence[str]) -> list[Block]:
    """Join two changes with what is the same between them where that is shorter than each: it is the same by chance.

    Punctuation alone, ends of sentences, and what has a figure in it, are kept.
    """
    kept: list[Block] = []
    for block in blocks:
        kept.append(block)
        while len(kept) >= 3 and not kept[-1][0] and kept[-2][0] and not kept[-3][0]:
            first, middle, last = kept[-3:]
            size = middle[2] - middle[1]
            if size > min(_size(first), _size(last)) or _has_anchor(old[middle[1] : middle[2]]):
                break
            kept[-3:] = [(False, first[1], last[2], first[3], last[4])]
    return kept


def _size(block: Block) -> int:
    return max(block[2] - block[1], block[4] - block[3])


def _has_anchor(words: Sequence[str]) -> bool:
    return any(word in _ENDS or word[0].isdecimal() or word[-1] == "号" for word in words) or not any(
        map(is_word, words)
    )


def _have_much_in_common(blocks: Sequence[Block], old: Sequence[str], new: Sequence[str]) -> bool:
    """Check whether a part of the shorter side that is not small is in both, without punctuation."""
    if sum(block[2] - block[1] for block in blocks if block[0]) >= _PLAINLY_COMMON * min(len(old), len(new)):
        return True
    common = sum(map(is_word, (word for same, i1, i2, _, _ in blocks if same for word in old[i1:i2])))
    return common >= _MIN_COMMON * max(1, min(sum(map(is_word, old)), sum(map(is_word, new))))


def _whole_words(blocks: Sequence[Block], old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks; where a single Chinese character takes the place of another, a neighbour belongs to it.

    中职 that became 高职 is one word for another, not one character; so is 高职 that became 高专 before a figure.
    """
    before = [0] * (len(blocks) + 1)  # words of the block that belong to the one before it
    after = [0] * (len(blocks) + 1)  # words of the block that belong to the one behind it
    for index, (same, i1, i2, j1, j2) in enumerate(blocks):
        if same or not _is_part_of_word(old[i1:i2], new[j1:j2]):
            continue
        if index + 1 < len(blocks) and _may_be_in_word(old[blocks[index + 1][1]]):
            before[index + 1] = 1
        elif index and blocks[index - 1][2] - blocks[index - 1][1] > before[index - 1] and _may_be_in_word(old[i1 - 1]):
            after[index - 1] = 1
    for index, (same, i1, i2, j1, j2) in enumerate(blocks):
        left, right = (-before[index], -after[index]) if same else (after[index - 1], before[index + 1])
        if not same or i1 - left < i2 + right:
            yield same, i1 - left, i2 + right, j1 - left, j2 + right


def _is_part_of_word(old: Sequence[str], new: Sequence[str]) -> bool:
    return len(old) == len(new) == 1 and all(map(_may_be_in_word, (*old, *new)))


def _may_be_in_word(word: str) -> bool:
    """Check whether a word is a Chinese character that is no word for itself."""
    return _HAN.match(word) is not None and word not in _WORDS_OF_ONE


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Join neighbouring pieces of a kind; what was taken out comes before what was put in."""
    joined: list[Piece] = []
    for is_change, run in groupby(pieces, lambda piece: piece.kind in {OUT, IN}):
        for piece in _ordered(run) if is_change else run:
            if joined and joined[-1].kind is piece.kind:
                joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
            else:
                joined.append(piece)
    return joined


def _ordered(run: Iterable[Piece]) -> Iterator[Piece]:
    """Yield what was taken out and what was put in at a place; a line end behind both is the same."""
    texts: dict[Kind, list[str]] = {OUT: [], IN: []}
    for piece in run:
        texts[piece.kind].append(piece.text)
    out, put = map("".join, texts.values())
    end = out[-1:] == put[-1:] == "\n"
    if end:
        out, put = out[:-1], put[:-1]
    if out:
        yield Piece(OUT, out)
    if put:
        yield Piece(IN, put)
    if end:
        yield Piece(SAME, "\n")
