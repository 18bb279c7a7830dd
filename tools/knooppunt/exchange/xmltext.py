"""XML that other tools wrote, read with the line of every element, and XML of our own.

What is read is hostile: no entity is expanded that the file defines, nothing is fetched, a document type is passed
over. XML 1.0 has no way to say most control characters; a text that has one carries it as `⟦001B⟧`, its code point in
brackets, and `⟦` itself as `⟦27E6⟧`, so that nothing is lost on the way out and back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import errors as expat_errors

from defusedxml.common import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser

from knooppunt.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

MAX_BYTES: Final = 512 * 1024 * 1024
"""Largest file that is read; a translation memory of a million units has about this size."""
MAX_DEPTH: Final = 200
"""Elements inside one another; a format has less than twenty levels."""

XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_CHUNK: Final = 1 << 16
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?encoding[ \t\r\n]*=[ \t\r\n]*[\"']([A-Za-z0-9._-]+)[\"']")
_CODECS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\u27e6]")
_MARKED: Final = re.compile("\u27e6([0-9A-F]{4})\u27e7")
_TEXT: Final = re.compile(r"[&<>\r]")
_ATTRIBUTE: Final = re.compile(r'[&<>"\t\n\r]')
_ESCAPED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


@dataclass(slots=True)
class Node:
    """An element as read; a value of this module and of the readers of formats only."""

    tag: str
    """Name as `{namespace}local`, or `local` where it has no namespace."""
    attributes: Mapping[str, str]
    """By name, as `tag` is written."""
    line: int
    """1-based line of its start tag."""
    children: list[Node | str] = field(default_factory=list)
    """Texts and elements in their order; no two texts follow one another."""

    @property
    def name(self) -> str:
        """The local name."""
        return self.tag.rpartition("}")[2]

    @property
    def namespace(self) -> str:
        """The namespace; empty where there is none."""
        return self.tag[1:].partition("}")[0] if self.tag.startswith("{") else ""

    @property
    def elements(self) -> list[Node]:
        """The elements directly inside."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def text(self) -> str:
        """All text inside, that of inner elements too, without their tags."""
        children = self.children
        if len(children) == 1 and isinstance(children[0], str):
            return children[0]
        return "".join(child if isinstance(child, str) else child.text for child in children)

    def all(self, name: str) -> list[Node]:
        """The elements directly inside with this local name and the namespace of this one."""
        tag = f"{{{self.namespace}}}{name}" if self.namespace else name
        return [child for child in self.elements if child.tag == tag]

    def first(self, name: str) -> Node | None:
        """The first of `all(name)`."""
        return next(iter(self.all(name)), None)

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.attributes.get(name, default)


def parse_xml(data: bytes, path: str) -> Node:
    """The root element of an XML file, with all that is in it. Raises DataError with the line of what is wrong."""
    for node in elements(data, path, None):
        return node
    raise AssertionError("a file without a root element has been refused")


def elements(data: bytes, path: str, wanted: Container[str] | None) -> Iterator[Node]:
    """The elements of these names (as `Node.tag`), each as soon as its end is read, and then forgotten.

    Memory holds one of them at a time, however many there are. None asks for the root element alone. Elements inside a
    wanted one are part of it and do not come by themselves. Raises DataError with the line of what is wrong: not XML,
    an encoding that is not known, entities, too deep, too big.
    """
    if len(data) > MAX_BYTES:
        raise DataError.single(path, 0, f"is larger than {MAX_BYTES >> 20} MiB", hint="split it")
    target = _Target(path, wanted)
    for start in range(0, len(data), _CHUNK):
        target.feed(data[start : start + _CHUNK])
        yield from target.take()
    target.feed(None)
    yield from target.take()


def root_of(data: bytes, path: str) -> tuple[str, str] | None:
    """Namespace and local name of the root element; None for a file that does not look like XML at all.

    Raises DataError for XML that breaks off before its root element.
    """
    head = data[:200]
    for mark in _BOMS:
        head = head.removeprefix(mark)
    if not head.replace(b"\x00", b"").lstrip().startswith(b"<"):
        return None
    target = _Target(path, ())
    for start in range(0, len(data), 4096):
        target.feed(data[start : start + 4096])
        if target.root:
            namespace, _, name = target.root.rpartition("}")
            return namespace.removeprefix("{"), name
    target.feed(None)
    raise AssertionError("a file without a root element has been refused")


class _Target:
    """What the parser tells of elements, turned into nodes."""

    def __init__(self, path: str, wanted: Container[str] | None) -> None:
        self.path = path
        self.wanted = wanted
        self.root = ""
        self.depth = 0
        self.stack: list[Node] = []
        self.done: list[Node] = []
        self.texts: list[str] = []
        """Parts of the text that is being read: joined once, since Expat tells of a long one in thousands."""
        self.parser = DefusedXMLParser(target=self, forbid_dtd=False, forbid_entities=True, forbid_external=True)
        self.parser.parser.StartElementHandler = self.begin  # without the layers between, which take half of the time
        self.parser.parser.EndElementHandler = self.end

    def feed(self, data: bytes | None) -> None:
        """Read on, or come to the end for None; whatever goes wrong is a DataError with its line."""
        try:
            if data is None:
                self.parser.close()
            else:
                self.parser.feed(data)
        except ParseError as error:
            message = f"not XML: {str(error).partition(': line ')[0]}"
            raise DataError.single(self.path, error.position[0], message, hint=_hint(error)) from None
        except DefusedXmlException as error:
            name = f" '{error.name}'" if isinstance(error, EntitiesForbidden) else ""
            message = f"the file defines an entity{name} or refers to another file, which is not read"
            raise DataError.single(self.path, self.line, message, hint="write the text itself") from None
        except (ValueError, LookupError) as error:  # an encoding that Python or Expat does not know
            raise DataError.single(self.path, 1, f"cannot be decoded: {error}", hint="save it as UTF-8") from None

    @property
    def line(self) -> int:
        """1-based line that is being read."""
        number: int = self.parser.parser.CurrentLineNumber
        return number

    def take(self) -> list[Node]:
        """The nodes that are complete and have not been taken."""
        done, self.done = self.done, []
        return done

    def begin(self, name: str, pairs: list[str]) -> None:
        """A start tag, as Expat tells of it: `namespace}local`, names and values of attributes by turns."""
        tag = f"{{{name}" if "}" in name else name
        attributes: dict[str, str] = {}
        for at in range(0, len(pairs), 2):
            key = pairs[at]
            attributes[f"{{{key}" if "}" in key else key] = pairs[at + 1]
        self.root = self.root or tag
        self.depth += 1
        line = self.line
        if self.depth > MAX_DEPTH:
            raise DataError.single(self.path, line, f"<{tag.rpartition('}')[2]}> is nested too deeply")
        self.join()
        if self.stack or self.wanted is None or tag in self.wanted:
            node = Node(tag, attributes, line)
            if self.stack:
                self.stack[-1].children.append(node)
            self.stack.append(node)

    def end(self, _name: str) -> None:
        self.depth -= 1
        self.join()
        if self.stack:
            node = self.stack.pop()
            if not self.stack:
                self.done.append(node)

    def data(self, text: str) -> None:
        if self.stack:
            self.texts.append(text)

    def join(self) -> None:
        """The text that has come to its end becomes a child."""
        if self.texts:
            self.stack[-1].children.append("".join(self.texts))
            self.texts.clear()

    def close(self) -> None:
        pass


def _hint(error: ParseError) -> str:
    words = expat_errors.messages.get(error.code, "")
    if words in {expat_errors.XML_ERROR_NO_ELEMENTS, expat_errors.XML_ERROR_UNCLOSED_TOKEN}:
        return "the file may be cut short"
    if words == expat_errors.XML_ERROR_INVALID_TOKEN:
        return "a bare & or <, a control character, or bytes in another encoding than the file says"
    return ""


def decode_xml(data: bytes, path: str) -> tuple[str, str]:
    """The text of an XML file (a byte order mark stays) and its encoding.

    Raises DataError where the bytes are not in the encoding that the file says.
    """
    codec = next((name for mark, name in _CODECS if data.startswith(mark)), "")
    found = _DECLARED.match(data)
    codec = codec or (found[1].decode("ascii") if found else "utf-8")
    try:
        text = data.decode(codec)
        if text.encode(codec) != data:
            raise DataError.single(path, 1, f"'{codec}' has several ways to write its letters", hint="save it as UTF-8")
    except (UnicodeError, LookupError) as error:
        line = data.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 1
        message = f"is not in '{codec}', the encoding that it says"
        raise DataError.single(path, line, message, hint="save it as UTF-8, and say so") from None
    return text, codec


def encode_xml(text: str, codec: str) -> bytes:
    """The bytes of such a text; a letter that the encoding lacks is written by its number."""
    return text.encode(codec, "xmlcharrefreplace")


def escape(text: str) -> str:
    """A text as the content of an element; see the module for characters that XML cannot carry."""
    return _TEXT.sub(_reference, mark(text))


def attribute(text: str) -> str:
    """A text as the value of an attribute, inside double quotes."""
    return _ATTRIBUTE.sub(_reference, mark(text))


def attributes(values: Mapping[str, str | None]) -> str:
    """Attributes with a space before each, in the order given; those that are None are left out."""
    return "".join(f' {name}="{attribute(value)}"' for name, value in values.items() if value is not None)


def element(name: str, values: Mapping[str, str | None], text: str | None = None) -> str:
    """An element with a text in it, or an empty one for None."""
    head = f"<{name}{attributes(values)}"
    return f"{head}/>" if text is None else f"{head}>{escape(text)}</{name}>"


def mark(text: str) -> str:
    """The text with what XML cannot carry as `⟦001B⟧`."""
    return _UNFIT.sub(lambda found: f"\u27e6{ord(found[0]):04X}\u27e7", text)


def unmark(text: str) -> str:
    """The opposite of `mark`; brackets around anything else stay."""
    return _MARKED.sub(_unmarked, text)


def _unmarked(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if _UNFIT.fullmatch(character) else found[0]


def _reference(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0]) or f"&#{ord(found[0])};"
