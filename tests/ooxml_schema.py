"""What is valid in the .docx files we write, by ECMA-376 Part 1 and 4 (WordprocessingML, transitional) and Part 2 (OPC).

The schemas of the standard are on no package index, so this states the part of them that covers what we write: every
element with its attributes and its children in their order. Anything else counts as a violation, be it in the standard
or not: who lets the program write a new element adds its line here, from the standard. Nothing that the standard
forbids is allowed here. Sometimes less is allowed than there: the children of w:rPr stand in the order in which Word
writes them, no child of w:trPr comes twice, and lengths are plain numbers.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from lxml import etree
from ooxml_grammar import (
    OFFICE,
    PACKAGING,
    PARTS,
    PREFIXES,
    PROPERTIES,
    RELATIONSHIPS_TYPE,
    TOP,
    TYPES,
    TYPES_PART,
    WORD,
)


@dataclass(frozen=True)
class _Step:
    """A place in the sequence of children: which may stand there, and how often (one of ``1?*+&``)."""

    names: tuple[str, ...]
    often: str


@dataclass(frozen=True)
class _Declaration:
    """An element: attribute → whether it is required and its type, the sequence of children, whether it holds text."""

    attributes: Mapping[str, tuple[bool, str]]
    steps: Sequence[_Step]
    text: bool


def violations(data: bytes) -> list[str]:
    """All that is wrong with a .docx file, each as ``part: where: what``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = {
            info.filename: etree.fromstring(archive.read(info))
            for info in archive.infolist()
            if info.filename.endswith((".xml", ".rels"))
        }
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    if missing := {TYPES_PART, TOP}.difference(names):
        return [f"{name}: is missing" for name in sorted(missing)]
    kinds = _content_types(roots[TYPES_PART], names)
    return [
        *chain.from_iterable(_wrong_part(name, roots.get(name), kinds.get(name)) for name in names),
        *_wrong_types(roots[TYPES_PART], names),
        *_wrong_links(roots, names, kinds),
    ]


def part_violations(root: etree._Element) -> Iterator[str]:
    """What is wrong with one part, each as ``where: what``."""
    yield from _wrong_element(root, _declaration("", _short(root.tag)))


def _wrong_part(name: str, root: etree._Element | None, kind: str | None) -> Iterator[str]:
    """What is wrong inside a part; what is no XML or of a kind we never write is wrong as a whole."""
    if name == TYPES_PART:
        expected = "ct:Types"
    elif kind == RELATIONSHIPS_TYPE:
        expected = "rel:Relationships"
    else:
        expected = PARTS.get(kind or "", ("", ""))[0]
    if root is None or not expected:
        yield f"{name}: content type {kind} is not one we write"
    elif _short(root.tag) != expected:
        yield f"{name}: root is {_short(root.tag)}, not {expected}"
    else:
        yield from (f"{name}: {problem}" for problem in part_violations(root))


def _wrong_element(element: etree._Element, declaration: _Declaration) -> Iterator[str]:
    where = element.getroottree().getpath(element)
    name = _short(element.tag)
    yield from (f"{where}: {name} {problem}" for problem in _wrong_attributes(element, declaration))
    children = list(element.iterchildren("*"))
    pieces = [element.text, *(child.tail for child in element)]
    if not declaration.text and any(piece and piece.strip() for piece in pieces):
        yield f"{where}: {name} holds text"
    if problem := _wrong_sequence([_short(child.tag) for child in children], declaration.steps):
        yield f"{where}: {name} {problem}"
    allowed = {allowed for step in declaration.steps for allowed in step.names}
    for child in children:
        if (child_name := _short(child.tag)) in allowed:
            yield from _wrong_element(child, _declaration(name, child_name))


def _wrong_attributes(element: etree._Element, declaration: _Declaration) -> Iterator[str]:
    given = {_short(name): value for name, value in element.attrib.items()}
    for name, (required, kind) in declaration.attributes.items():
        if name in given:
            if not re.fullmatch(TYPES.get(kind, kind.replace("/", "|")), given[name], re.ASCII):
                yield f"has {name}={given[name]!r}, which is no {kind}"
        elif required:
            yield f"has no {name}"
    for name in sorted(given.keys() - declaration.attributes.keys()):
        yield f"has {name}, which is not allowed"


def _wrong_sequence(children: Sequence[str], steps: Sequence[_Step]) -> str:
    """What is wrong with the first child that should not stand where it stands, or is missing."""
    position = 0
    for step in steps:
        start = position
        while position < len(children) and children[position] in step.names:
            if step.often == "&" and children[position] in children[start:position]:
                break
            position += 1
            if step.often in "1?":
                break
        if position == start and step.often in "1+":
            follows = f" before {children[position]}" if position < len(children) else ""
            return f"misses {' or '.join(step.names)}{follows}"
    if position == len(children):
        return ""
    child = children[position]
    if any(child in step.names for step in steps):
        return f"has {child} out of order or once too often"
    return f"has {child}, which is not allowed"


def _short(name: str) -> str:
    """A name with the prefix that the tables use, or with its whole namespace."""
    parsed = etree.QName(name)
    if parsed.namespace is None:
        return parsed.localname
    prefix = PREFIXES.get(parsed.namespace)
    return name if prefix is None else prefix + parsed.localname


def _declaration(parent: str, name: str) -> _Declaration:
    """The declaration of an element in its parent."""
    tables = _declarations()
    return tables.get(f"{parent}/{name}") or tables[name]


@cache
def _declarations() -> dict[str, _Declaration]:
    found: dict[str, _Declaration] = {}
    for table, prefix in ((WORD, "w:"), (PROPERTIES, ""), (PACKAGING, "")):
        for line in filter(None, table.splitlines()):
            names, attributes, children = (field.split() for field in line.split("|"))
            steps = tuple(_step(step, prefix) for step in children if step != "#text")
            pairs = (attribute.split("=") for attribute in attributes)
            declared = {_full(name.rstrip("?"), prefix): (not name.endswith("?"), kind) for name, kind in pairs}
            for name in names:
                key = "/".join(_full(piece, prefix) for piece in name.split("/"))
                assert key not in found, f"{key} is declared twice"
                found[key] = _Declaration(declared, steps, "#text" in children)
    return found


def _step(notation: str, prefix: str) -> _Step:
    often = "&" if "&" in notation else notation[-1] if notation[-1] in "?*+" else "1"
    return _Step(tuple(_full(name, prefix) for name in re.split("[,&]", notation.rstrip("?*+"))), often)


def _full(name: str, prefix: str) -> str:
    return name if ":" in name else prefix + name


def _content_types(types: etree._Element, names: Sequence[str]) -> dict[str, str]:
    """The content type of each part that has one."""
    by_extension = {item.get("Extension", "").lower(): item.get("ContentType", "") for item in types.iter("{*}Default")}
    by_name = {item.get("PartName", "")[1:]: item.get("ContentType", "") for item in types.iter("{*}Override")}
    defaults = {name: by_extension.get(name.rpartition(".")[2].lower(), "") for name in names}
    return {name: kind for name, kind in (defaults | by_name).items() if kind and name != TYPES_PART}


def _wrong_types(types: etree._Element, names: Sequence[str]) -> Iterator[str]:
    overridden = [item.get("PartName", "") for item in types.iter("{*}Override")]
    extensions = [item.get("Extension", "").lower() for item in types.iter("{*}Default")]
    for entry in sorted({entry for entry in overridden + extensions if (overridden + extensions).count(entry) > 1}):
        yield f"{TYPES_PART}: {entry} has two content types"
    for name in overridden:
        if name.removeprefix("/") not in names:
            yield f"{TYPES_PART}: {name} does not exist"


def _wrong_links(roots: Mapping[str, etree._Element], names: Sequence[str], kinds: Mapping[str, str]) -> Iterator[str]:
    """Relationships that lead nowhere or to the wrong kind of part, references to none, parts that none leads to."""
    reached = {TYPES_PART}
    types: dict[str, dict[str, str]] = {}  # part → id → type
    for name in (name for name in names if name.endswith(".rels")):
        reached.add(name)
        folder, file = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        if name != TOP and source not in names:
            yield f"{name}: {source} does not exist"
        for item in roots[name].iterchildren("*"):
            ident, kind = item.get("Id", ""), item.get("Type", "")
            if ident in types.setdefault(source, {}):
                yield f"{name}: {ident} is given twice"
            types[source][ident] = kind
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), item.get("Target", "")))[1:]
                reached.add(target)
                yield from (f"{name}: {ident} {problem}" for problem in _wrong_target(target, kind, names, kinds))
    yield from (f"{name}: no relationship leads here" for name in names if name not in reached)
    for name, root in roots.items():
        yield from (f"{name}: {problem}" for problem in _wrong_references(root, types.get(name, {})))


def _wrong_target(target: str, kind: str, names: Sequence[str], kinds: Mapping[str, str]) -> Iterator[str]:
    if target not in names:
        yield f"leads to {target}, which does not exist"
    elif kind != (expected := PARTS.get(kinds.get(target, ""), ("", kind))[1]):
        yield f"leads to {target} as {kind}, not as {expected}"


def _wrong_references(root: etree._Element, types: Mapping[str, str]) -> Iterator[str]:
    for element in root.iter("*"):
        name = _short(element.tag)
        for ident in (value for key, value in element.attrib.items() if _short(key).startswith("r:")):
            expected = f"{OFFICE}/relationships/{name.removeprefix('w:').removesuffix('Reference')}"
            if ident not in types:
                yield f"{name} refers to {ident}, which does not exist"
            elif types[ident] != expected:
                yield f"{name} refers to {ident}, which is {types[ident]}, not {expected}"
