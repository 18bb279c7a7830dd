"""gettext, Babel, polib and translate-toolkit on our catalogs, and what they write, read by us."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from interop.tools import ROOT, check, locales, peer, run
from knooppunt.catalogs import Ledger, entry_hash, entry_state, parse_po
from knooppunt.model import Origin, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.catalogs import Catalog
    from knooppunt.model import Entry


def _all() -> list[Path]:
    return sorted((ROOT / "locales").rglob("*.po"))


def _read(path: Path) -> Catalog:
    return parse_po(path.read_text(encoding="utf-8"), str(path))


def _texts(catalog: Catalog) -> list[list[str | None]]:
    found = []
    for entry in catalog.active:
        msgid = entry.msgid if entry.msgid_plural is None else f"{entry.msgid}\0{entry.msgid_plural}"
        found.append([entry.context, msgid, "\0".join(entry.plurals) if entry.plurals else entry.msgstr])
    return found


def gettext(scratch: Path) -> Iterator[str]:
    """msgfmt, msgcat and msgcmp accept every catalog, and msgcat changes nothing but where lines are wrapped."""
    same = wrapped = 0
    for path in _all():
        run("msgfmt", "--check-format", "--check-header", "-o", scratch / "a.mo", path)
        run("msgcat", "-o", scratch / "a.po", path)
        run("msgcmp", "--use-untranslated", "--use-fuzzy", path, scratch / "a.po")
        if (scratch / "a.po").read_bytes() == path.read_bytes():
            same += 1
            continue
        one, two = (run("msgcat", "--no-wrap", name) for name in (path, scratch / "a.po"))
        check(one == two, f"msgcat changes more than wrapping in {path}")
        check(_texts(_read(scratch / "a.po")) == _texts(_read(path)), f"we read what msgcat wrote of {path} otherwise")
        wrapped += 1
    yield f"msgfmt, msgcat and msgcmp accept all {same + wrapped} catalogs"
    yield f"msgcat writes {same} of them byte for byte, and {wrapped} with other line breaks only"


def merged(scratch: Path) -> Iterator[str]:
    """An approval ends by its hash, whatever msgmerge keeps: comments, flags and translation."""
    text = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

# approved by Ada
#. note
#: docs/a.md
msgid "Pods run in a subnet of their own."
msgstr "Pods draaien in een eigen subnet."

#: docs/a.md
msgid "The same text."
msgstr "Dezelfde tekst."
"""
    old = parse_po(text, "old.po")
    approved = Ledger("x").approved | {entry_hash(entry) for entry in old.entries}
    check(all(entry_state(entry, approved) is State.APPROVED for entry in old.entries), "an approval does not hold")
    (scratch / "old.po").write_text(text, encoding="utf-8")
    changed = text.replace("of their own.", "of their very own.").replace("# approved by Ada\n", "")
    (scratch / "new.pot").write_text(
        "\n".join(line if not line.startswith("msgstr") else 'msgstr ""' for line in changed.split("\n")),
        encoding="utf-8",
    )
    run("msgmerge", "--previous", "-q", "-o", scratch / "new.po", scratch / "old.po", scratch / "new.pot")
    new = _read(scratch / "new.po")
    first, second = new.active
    check(first.comments == ("approved by Ada",), "msgmerge lost a comment, which it never did")
    check(entry_state(first, approved) is State.STALE, "an entry whose source changed is not stale after msgmerge")
    confirmed = parse_po((scratch / "new.po").read_text(encoding="utf-8").replace("#, fuzzy\n", ""), "x").active[0]
    check(entry_state(confirmed, approved) is State.TRANSLATED, "an approval outlives a change of its source")
    check(entry_state(second, approved) is State.APPROVED, "an approval ended though nothing changed")
    yield "after msgmerge with a changed source the approval has ended by its hash; the other one holds"


def libraries(scratch: Path) -> Iterator[str]:
    """Babel, polib and translate-toolkit read the texts that we read; translate-toolkit writes every byte back."""
    paths = _all()
    count = 0
    for path in paths:
        ours = _texts(_read(path))
        count += len(ours)
        for name in ("babel", "polib"):
            theirs = peer(name, path)
            check(theirs == ours, f"{name} reads {path} otherwise: {_first(theirs, ours)}")
    yield f"Babel and polib read the same {count} texts in {len(paths)} catalogs as we do"
    changed = peer("pypo_changes", *paths)
    for path, text in changed.items():
        kept, written = (_without_old_places(catalog) for catalog in (_read(Path(path)), parse_po(text, path)))
        check(kept == written, f"translate-toolkit changes more of {path} than places of obsolete entries")
    same = len(paths) - len(changed)
    rest = f"{len(changed)} but for places of obsolete entries"
    yield f"translate-toolkit reads and writes {same} catalogs byte for byte, and {rest}"


def _without_old_places(catalog: Catalog) -> list[Entry]:
    """The entries, where they stand and the references of obsolete ones left out."""
    nowhere = Origin("", 1)
    return [
        replace(entry, origin=nowhere, references=() if entry.obsolete else entry.references)
        for entry in catalog.entries
    ]


def _first(one: list[list[str | None]], two: list[list[str | None]]) -> str:
    pairs = [f"{a} / {b}" for a, b in zip(one, two, strict=False) if a != b]
    return pairs[0][:300] if pairs else f"{len(one)} and {len(two)} texts"


def pages(scratch: Path) -> Iterator[str]:
    """Plain MkDocs builds the generated pages of every locale."""
    binaries = ROOT / ".venv/bin"
    run(binaries / "knooppunt", "generate", "--quiet", "--out", scratch / "pages", cwd=ROOT)
    for code in locales(ROOT):
        settings = scratch / "mkdocs.yml"
        settings.write_text(
            f"site_name: interop\ndocs_dir: {scratch / 'pages' / code}\n"
            "markdown_extensions: [admonition, attr_list, def_list, md_in_html, tables]\n",
            encoding="utf-8",
        )
        shutil.rmtree(scratch / "site", ignore_errors=True)
        run(binaries / "mkdocs", "build", "--quiet", "-f", settings, "-d", scratch / "site")
        yield f"{code}: {sum(1 for _ in (scratch / 'site').rglob('*.html'))} pages by plain MkDocs"
