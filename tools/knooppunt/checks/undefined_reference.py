"""A link with a label has no definition of that label.

Why:
    Readers see the brackets instead of a link.
    It happens when a translator or an engine translates the label.

Bad:
    page:
        Read [the guide][guide].

    page:
        Read [the guide][].

        [guide]: other.md

    page:
        Read [knoop punten].

        [knooppunten]: other.md

Good:
    page:
        Read [the guide][guide].

        [guide]: other.md

    page:
        Read [guide][].

        [Guide]: other.md

    page:
        Read [knooppunten].

        [knooppunten]: other.md

Fix:
    There is no fix, for labels are never changed; the nearest defined label is named.

Leave alone:
    - page:
          - [ ] a task, [1] a number and [optional] words.
      reason: Brackets alone are also plain brackets.
    - page:
          > [!NOTE]
          > A note.[^1]

          [^1]: A footnote.
      reason: Alerts and footnotes have their own signs.
    - page:
          Read [the guide] [guide] and `[code][none]`.

          [guide]: other.md
      reason: A space parts two brackets, and code is no link.
    - page:
          Read [`the` guide]
          [the guide].

          [the guide]: other.md
      reason: One space or line break may stand before a label.
    - page:
          Read [the guide][THE GUIDE].

          [the  guide]: other.md
      reason: Labels have neither case nor runs of spaces.
    - page:
          Take `a[i][j]` or values[0][1].
      reason: An index behind a name is no link.
    - page:
          Set [the folder][config.blog_dir].
      reason: A dotted identifier is a cross-reference that plug-ins such as mkdocs-autorefs resolve.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from knooppunt.checks.link_index import definitions, label_key, page_links
from knooppunt.checks.unit import page_finding
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.link_index import LinkIndex
    from knooppunt.model import Finding, Page

SCOPE: Final = "page"
SEVERITY: Final = Severity.ERROR

_INDEX = re.compile(r"[\w.*+:-]*")
_SPACED_LABEL = re.compile(r"\s\[([^\[\]\n]*+)\]")
"""The label of a link after one space or line break, as Python-Markdown reads it."""
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:\.|\[\])?")


def check(page: Page, site: LinkIndex) -> Iterator[Finding]:  # noqa: ARG001 (one form for all checks)
    """Labels without a definition."""
    known = definitions(page)
    squeezed = {_letters(label) for label in known}
    for link, offset in page_links(page):
        key = label_key(link.target)
        if link.form == "inline" or key in known or key.startswith(("!", "^")):
            continue
        if link.form == "shortcut" and (_letters(key) not in squeezed or not _letters(key)):
            continue
        following = _SPACED_LABEL.match(page.text, offset + link.end) if link.form == "shortcut" else None
        if following is not None and label_key(following[1]) in known:
            continue
        if _IDENTIFIER.fullmatch(link.target):
            continue
        start, end = offset + link.start, offset + link.end
        text = page.text[start + 1 : offset + link.text_end]
        if start and (page.text[start - 1].isalnum() or page.text[start - 1] in "_)]") and _INDEX.fullmatch(text):
            continue
        near = get_close_matches(key, known, n=1, cutoff=0.6)
        hint = f"; there is '{near[0]}'" if near else ""
        yield page_finding(page, start, end, f"there is no definition of '{link.target}'{hint}")


def _letters(label: str) -> str:
    return "".join(char for char in label if char.isalnum())
