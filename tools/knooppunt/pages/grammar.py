"""The first lines of blocks: one pattern per construct, Python-Markdown's rules before CommonMark's.

Every pattern is matched at the first character of a line that is not white space and is linear in the line:
repeats that could share characters are possessive (`*+`), so a failed match never tries them again.
"""

from __future__ import annotations

import re

FENCE = re.compile(r"(`{3,}|~{3,})(?P<info>[^\r\n]*)")
HEADING = re.compile(r"#{1,6}(?:[ \t]+|$)")
RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")
ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
INTERRUPTING_ITEM = re.compile(r"(?:[-*+]|1[.)])[ \t]+\S")
"""An item that ends a paragraph without a blank line: an ordered one only if it counts from 1 (CommonMark)."""
TASK = re.compile(r"\[[ xX]\][ \t]+")
ADMONITION = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]+(?P<classes>[\w-]++(?:[ ][\w-]++)*+)(?:[ \t]*+(?P<title>\"[^\r\n]*\"))?[ \t]*+$"
)
TAB = re.compile(r"===[!+]{0,2}[ \t]+(?P<title>\"[^\r\n]*\")[ \t]*$")
CAPTION_BLOCK = re.compile(r"/{3,}(?:[ \t]*$|[ \t]+(?P<name>[\w-]+)(?:[ \t]*\|[ \t]*(?P<title>[^\r\n]*\S))?[ \t]*$)")
"""pymdownx blocks: `/// note | Title` and the closing `///`."""
DIRECTIVE = re.compile(r":{3,}(?![^\S\r\n]*\Z)|:{3,}[ \t]*$")
"""docfx, Docusaurus, mkdocstrings: `:::note`, `:::image ...:::`, `::: module.name`."""
MARKER = re.compile(
    r"\[!(?:(?P<alert>[A-Za-z]+)\][+-]?|(?i:include|video|div|code)\b(?:[^\[\]\r\n]|\[[^\[\]\r\n]*+\])*+\])"
)
"""`[!NOTE]`, `[!INCLUDE [name](file)]`, `[!VIDEO address]`."""
CONTENTS = re.compile(r"\[TOC\][ \t]*$|\[\[toc\]\][ \t]*$", re.IGNORECASE)
SNIPPET = re.compile(r";*-{2,}8<-{2,}")
MACRO = re.compile(r"(?:\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|\{\*.*?\*\}|[ \t]++)++$")
OPEN_MACRO = re.compile(r"\{%(?:(?!%\}).)*$|\{\{[<%](?:(?!\}\}).)*$|\{/\*(?:(?!\*/).)*$")
"""A macro, a shortcode of Hugo or a comment of MDX that goes on in the next line."""
EXPRESSION = re.compile(
    r"\{/\*(?:(?!\*/\}).)*+\*/\}[ \t]*$|\{[A-Za-z_$][\w$]*(?:[.\[(][^\r\n]*)?\}[ \t]*$"
    r"|\{[^\r\n]*(?:=>|&&|\|\||\?\.|`)[^\r\n]*\}[ \t]*$"
)
"""MDX: a comment or an expression on a line of its own, such as `{props.children}`."""
CODE_SHORTCODE = re.compile(
    r"\{(?P<sign>\{[<%]|%-?)[ \t]*(?P<name>highlight|mermaid|code|code-?block|katex|math|latex|chart|pre)\b"
)
"""Hugo and Jekyll: what such a shortcode encloses is no text."""
QUOTE = re.compile(r">[ \t]?")
REFERENCE = re.compile(
    r"\[(?!\^)(?P<label>(?:[^\[\]\\]|\\.)+)\]:[ \t]*(?P<url><[^<>\r\n]*>|\S+)?"
    r"(?:[ \t]+(?P<title>\"[^\r\n]*\"|'[^\r\n]*'|\([^\r\n]*\)))?[ \t]*$"
)
REFERENCE_TITLE = re.compile(r"[ \t]+(?P<title>\"[^\"]*\"|'[^']*'|\([^)]*\))[ \t]*$")
FOOTNOTE = re.compile(r"\[\^(?P<label>[^\]\s]+)\]:[ \t]*")
ABBREVIATION = re.compile(r"\*\[(?P<label>[^\]\r\n]+)\]:[ \t]*")
DEFINITION = re.compile(r":[ \t]+(?=\S)")
ATTRIBUTES = re.compile(r"\{:[^{}\r\n]*\}[ \t]*$|\{[ \t]*[.#][^{}\r\n]*\}[ \t]*$|\{[ \t]*[\w-]+=[^{}\r\n]*\}[ \t]*$")
MATH = re.compile(r"\$\$|\\\[[ \t]*$")
TABLE_RULE = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
MODULE = re.compile(
    r"import[ \t]+(?:[\w$*{][\w$*{},\s]*?\bfrom[ \t]+)?(?:\"[^\"]+\"|'[^']+');?[ \t]*$"
    r"|import[ \t]+(?:[\w$]+,[ \t]*)?\{[^}]*$"
    r"|export[ \t]+(?:default\b|(?:const|let|var)[ \t]+[\w${\[][^=]*=|(?:async[ \t]+)?function\b|class[ \t]+\w+|\*|\{)"
)
"""MDX: `import Tabs from '@theme/Tabs';`, `export const x = ...`."""
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\})*+\}"
COMPONENT_START = re.compile(r"</?(?:[A-Z][\w.]*+(?=[\s/>]|$)|>)")
COMPONENT = re.compile(
    rf"<(?P<name>[A-Z][\w.]*)(?:\s++(?:[A-Za-z][\w:-]*+(?:=(?:\"[^\"]*+\"|'[^']*+'|{_BRACES}))?+|{_BRACES}))*+\s*+(?P<end>/?)>"
    r"|</(?P<close>[A-Z][\w.]*)[ \t]*>|</?>"
)
"""MDX: the tag of a component, or of a fragment."""

HTML_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)")
_BLOCK_NAMES = """
address article aside audio base basefont blockquote body caption center col colgroup dd details dialog dir div
dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend
li link main math menu menuitem meta nav noframes noscript object ol optgroup option p param picture pre script
search section select source style summary svg table tbody td template textarea tfoot th thead title tr track ul
video
"""
HTML_BLOCKS = frozenset(_BLOCK_NAMES.split())
HTML_VERBATIM = frozenset(["math", "pre", "script", "style", "svg", "template", "textarea"])
HTML_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)


def interrupts(line: str) -> bool:
    """Whether a line (from its first character on) begins a block of its own right behind a line of a paragraph."""
    first = line[0]
    if first not in STARTERS:
        return False
    for pattern in STARTERS[first]:
        if pattern.match(line):
            return True
    return first == "<" and html_block_start(line)


def html_block_start(line: str) -> bool:
    """Whether a line that begins with `<` begins a block of HTML and not a paragraph with inline tags."""
    if line.startswith(("<!--", "<?", "<![CDATA[")) or re.match(r"<![A-Za-z]", line):
        return True
    tag = HTML_TAG.match(line)
    return tag is not None and tag["name"].lower() in HTML_BLOCKS


STARTERS: dict[str, tuple[re.Pattern[str], ...]] = {
    "`": (FENCE,),
    "~": (FENCE,),
    "#": (HEADING,),
    "!": (ADMONITION,),
    "?": (ADMONITION,),
    "=": (TAB, SETEXT),
    "/": (CAPTION_BLOCK,),
    ":": (DIRECTIVE, DEFINITION),
    "[": (MARKER, CONTENTS, REFERENCE, FOOTNOTE),
    "-": (SNIPPET, SETEXT, RULE, INTERRUPTING_ITEM),
    ";": (SNIPPET,),
    "{": (ATTRIBUTES, MACRO, OPEN_MACRO, CODE_SHORTCODE),
    ">": (QUOTE,),
    "*": (ABBREVIATION, RULE, INTERRUPTING_ITEM),
    "_": (RULE,),
    "+": (INTERRUPTING_ITEM,),
    "1": (INTERRUPTING_ITEM,),
    "$": (MATH,),
    "\\": (MATH,),
    "<": (),
}
"""What may begin a block behind a line of a paragraph, by its first character."""
