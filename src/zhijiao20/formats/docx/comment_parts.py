"""Add comments to the parts of a document that hold them; every other part stays as it is."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from zhijiao20.core.display import escape_controls
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.docx.ooxml import W14, Element, W, value_of
from zhijiao20.formats.docx.package import Package, package_name, parse, relationships, resolve
from zhijiao20.formats.docx.xml_insert import XmlText, prefix_for

_MICROSOFT = "http://schemas.microsoft.com/office"
_W15, _W16CID = f"{_MICROSOFT}/word/2012/wordml", f"{_MICROSOFT}/word/2016/wordml/cid"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "[Content_Types].xml"
_FIRST_IDENTIFIER = 0x10000000  # of the paragraphs of comments; eight hexadecimal digits below 80000000
_IDENTIFIER = lazy_regex(rb"(?:paraId|durableId)=[\"']([0-9A-Fa-f]{8})[\"']")
_IDS: Any = etree.XPath("//@w:id", namespaces={"w": W[1:-1]}, smart_strings=False)
_MARKED = tuple(f"{W}{name}" for name in ("comment", "commentReference", "commentRangeStart", "commentRangeEnd"))


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment to add.

    Attributes:
        number: its id, which no other comment has.
        lines: its paragraphs.
    """

    number: int
    lines: Sequence[str]


@dataclass(slots=True)
class CommentParts:
    """The parts of a package that hold comments.

    Attributes:
        package: the package.
        author: the author of the new comments.
        changed: name → new content, of the parts that are changed or added.
    """

    package: Package
    author: str
    changed: dict[str, bytes] = field(default_factory=dict)
    _styles: list[tuple[str, str]] | None = None

    def free_numbers(self, document: Element) -> Iterator[int]:
        """Yield ids for comments: above those of all comments, and used by nothing else in the document."""
        part = self._related("comments")
        roots = [document] if part is None else [document, parse(self.package.parts[part])]
        used = {value for root in roots for value in _IDS(root)}
        of_comments = (item.get(f"{W}id", "") for root in roots for item in root.iter(*_MARKED))
        number = max((int(value) for value in of_comments if _is_id(value)), default=-1)
        while True:
            number += 1
            if str(number) not in used:
                yield number

    def style(self, name: str) -> str:
        """Return the id of a built-in style of comments, empty if the document does not have it."""
        if self._styles is None:
            styles = self.package.related("styles")
            found = () if styles is None else styles.iter(f"{W}style")
            self._styles = [(value_of(item.find(f"{W}name")), item.get(f"{W}styleId", "")) for item in found]
        return next((identifier for own, identifier in self._styles if own == name), "")

    def add(self, comments: Sequence[Comment]) -> None:
        """Add comments to the part of comments, which is made if there is none, and to the lists that the file has."""
        name = self._related("comments")
        if name is None:
            name = self._new_part()
        part = XmlText(self.changed.get(name) or self.package.parts[name])
        extended, identified = self._related("commentsExtended"), self._related("commentsIds")
        identifiers = list(self._identifiers(comments)) if extended or identified else []
        prefix, declaration = prefix_for(part.root.nsmap, W[1:-1], "w")
        w14, w14_declaration = prefix_for(part.root.nsmap, W14[1:-1], "w14") if identifiers else ("", "")
        markup = _CommentMarkup(prefix, declaration + w14_declaration, w14, self.author, self.style("annotation text"))
        self.changed[name] = part.appended("".join(markup.comments(comments, identifiers)))
        if extended:
            self._append(extended, "w15", _W15, "commentEx", [{"paraId": one[-1], "done": "0"} for one in identifiers])
        if identified:
            pairs = [{"paraId": one[-1], "durableId": one[-1]} for one in identifiers]
            self._append(identified, "w16cid", _W16CID, "commentId", pairs)
        self._add_person()

    def _related(self, kind: str) -> str | None:
        """Return the name of a part to which the main part has a relationship."""
        package = self.package
        for relation in relationships(package.parts, package.main):
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                return package_name(package.parts, resolve(package.main, relation.get("Target", "")))
        return None

    def _new_part(self) -> str:
        """Add an empty part of comments with its content type and its relationship; return its name."""
        folder = self.package.main.replace("\\", "/").rpartition("/")[0]
        types_name = package_name(self.package.parts, _TYPES.lower()) or _TYPES
        types = XmlText(self.package.parts[types_name])
        taken = {item.get("PartName", "").lstrip("/").lower() for item in types.root}
        names = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(10_000))
        free = (name for name in names if package_name(self.package.parts, name.lstrip("/").lower()) is None)
        name = next(name for name in free if name.lstrip("/").lower() not in taken)
        self.changed[name] = f'{_DECLARATION}<w:comments xmlns:w="{W[1:-1]}"/>'.encode()
        start = _start_tag("Override", types.root, "ct")
        part_name = quoteattr(f"/{name.lstrip('/')}")
        override = f'<{start} PartName={part_name} ContentType="{_COMMENTS_TYPE}"/>'
        self.changed[types_name] = types.appended(override)
        self._relate(posixpath.basename(name))
        return name

    def _relate(self, target: str) -> None:
        """Add a relationship of the main part to the part of comments."""
        folder, _, file = self.package.main.replace("\\", "/").rpartition("/")
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        existing = package_name(self.package.parts, name.lower())
        if existing is None:
            namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
            self.changed[name] = f'{_DECLARATION}<Relationships xmlns="{namespace}"/>'.encode()
        part = XmlText(self.changed[name] if existing is None else self.package.parts[existing])
        taken = {relation.get("Id") for relation in part.root}
        identifier = next(text for text in (f"rId{number}" for number in range(1, 100_000)) if text not in taken)
        start = _start_tag("Relationship", part.root, "rel")
        markup = f'<{start} Id="{identifier}" Type="{_OFFICE}/comments" Target={quoteattr(target)}/>'
        self.changed[existing or name] = part.appended(markup)

    def _identifiers(self, comments: Iterable[Comment]) -> Iterator[list[str]]:
        """Yield the ids of the paragraphs of each comment, which no other paragraph has."""
        used = {int(value, 16) for content in self.package.parts.values() for value in _IDENTIFIER.findall(content)}
        number = _FIRST_IDENTIFIER
        for comment in comments:
            found: list[str] = []
            while len(found) < len(comment.lines):
                number += 1
                if number not in used:
                    found.append(f"{number:08X}")
            yield found

    def _append(self, name: str, usual: str, namespace: str, tag: str, rows: Iterable[dict[str, str]]) -> None:
        """Append empty elements to a list."""
        part = XmlText(self.package.parts[name])
        prefix, declaration = prefix_for(part.root.nsmap, namespace, usual)
        rows = [{f"{prefix}:{key}": value for key, value in row.items()} for row in rows]
        attributes = ("".join(f" {key}={quoteattr(value)}" for key, value in row.items()) for row in rows)
        self.changed[name] = part.appended("".join(f"<{prefix}:{tag}{declaration}{text}/>" for text in attributes))

    def _add_person(self) -> None:
        """Add the author to the list of authors, if the file has one without the author."""
        name = self._related("people")
        if name is None:
            return
        part = XmlText(self.package.parts[name])
        if any(person.get(f"{{{_W15}}}author") == self.author for person in part.root):
            return
        prefix, declaration = prefix_for(part.root.nsmap, _W15, "w15")
        author = quoteattr(self.author)
        presence = f'<{prefix}:presenceInfo {prefix}:providerId="None" {prefix}:userId={author}/>'
        person = f"<{prefix}:person{declaration} {prefix}:author={author}>{presence}</{prefix}:person>"
        self.changed[name] = part.appended(person)


def _is_id(value: object) -> bool:
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 10


def _start_tag(tag: str, root: Element, usual: str) -> str:
    """Return the name of a new child in the namespace of a root, with its declaration where one is needed."""
    namespace = str(root.tag).rpartition("}")[0][1:]
    if root.nsmap.get(None) == namespace:
        return tag
    prefix, declaration = prefix_for(root.nsmap, namespace, usual)
    return f"{prefix}:{tag}{declaration}"


@dataclass(frozen=True, slots=True)
class _CommentMarkup:
    """The markup of comments.

    Attributes:
        prefix: the prefix of WordprocessingML.
        declarations: namespace declarations that the root of the part does not have.
        w14: the prefix of the ids of paragraphs, empty where they have none.
        author: the author.
        style: the style of the paragraphs, empty if there is none.
    """

    prefix: str
    declarations: str
    w14: str
    author: str
    style: str

    def comments(self, comments: Iterable[Comment], identifiers: Sequence[Sequence[str]]) -> Iterator[str]:
        """Yield the markup of each comment."""
        w, author = self.prefix, quoteattr(self.author)
        initials = quoteattr(self.author[:1])
        for index, comment in enumerate(comments):
            ids = identifiers[index] if identifiers else [""] * len(comment.lines)
            paragraphs = "".join(
                self._paragraph(line, identifier, first=number == 0)
                for number, (line, identifier) in enumerate(zip(comment.lines, ids, strict=True))
            )
            start = (
                f'<{w}:comment{self.declarations} {w}:id="{comment.number}" {w}:author={author} {w}:initials={initials}'
            )
            yield f"{start}>{paragraphs}</{w}:comment>"

    def _paragraph(self, line: str, identifier: str, *, first: bool) -> str:
        w = self.prefix
        own = f' {self.w14}:paraId="{identifier}"' if identifier else ""
        style = f"<{w}:pStyle {w}:val={quoteattr(self.style)}/>" if self.style else ""
        spacing = f'<{w}:spacing {w}:before="0" {w}:after="0" {w}:line="240" {w}:lineRule="auto"/>'
        properties = f'<{w}:pPr>{style}{spacing}<{w}:jc {w}:val="left"/></{w}:pPr>'
        mark = f"<{w}:r><{w}:annotationRef/></{w}:r>" if first else ""
        face = f'<{w}:rFonts {w}:hint="eastAsia" {w}:ascii="宋体" {w}:hAnsi="宋体" {w}:eastAsia="宋体"/>'
        size = f'<{w}:sz {w}:val="20"/><{w}:szCs {w}:val="20"/>'
        text = escape(escape_controls(line))
        run = f'<{w}:r><{w}:rPr>{face}{size}</{w}:rPr><{w}:t xml:space="preserve">{text}</{w}:t></{w}:r>'
        return f"<{w}:p{own}>{properties}{mark}{run}</{w}:p>"
