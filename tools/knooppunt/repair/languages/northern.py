"""What Swedish, Danish and Norwegian share: the article at the end of a noun, and a genitive in -s."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def with_genitives(word: str, forms: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The forms of a word, each with its role, and their genitives: `noden` and `nodens`.

    A form that can be several things has the role that comes first. What ends in an s-sound has no genitive of its own.
    """
    found: dict[str, str] = {}
    for form, role in forms:
        found.setdefault(form, role)
    for form, role in (("", ""), *tuple(found.items())):
        whole = form or word
        if not whole.endswith(("s", "x", "z")):
            found.setdefault(whole + "s", f"{role} genitive".strip())
    found.pop(word, None)
    return found
