"""What an update takes from the translation memory of a locale."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import make_project

from knooppunt.catalogs import entry_state, is_suggestion, parse_po
from knooppunt.cli import main
from knooppunt.model import Entry, State

PASSAGE = "The scheduler looks for a node.\n\nPods on virtual nodes have no IPv6 address.\n\nRead the list of limits.\n"
DUTCH = {
    "The scheduler looks for a node.": "De scheduler zoekt een knooppunt.",
    "Pods on virtual nodes have no IPv6 address.": "Pods op virtuele knooppunten hebben geen IPv6-adres.",
    "Read the list of limits.": "Lees de lijst met beperkingen.",
}


def entries(root: Path, name: str) -> dict[str, Entry]:
    path = root / f"locales/nl/LC_MESSAGES/{name}.po"
    return {entry.msgid: entry for entry in parse_po(path.read_text(encoding="utf-8"), str(path)).active}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one article whose three sentences are translated."""
    root = make_project(tmp_path)
    (root / "docs/a.md").write_text(f"# A\n\n{PASSAGE}", encoding="utf-8")
    assert main(["update", "--project", str(root), "--quiet"]) == 0
    path = root / "locales/nl/LC_MESSAGES/a.po"
    text = path.read_text(encoding="utf-8")
    for english, dutch in DUTCH.items():
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{dutch}"')
    path.write_text(text, encoding="utf-8")
    return root


def test_a_copied_passage_takes_its_translation_and_its_rim_is_suggested(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between the same neighbours the translation is final; with other neighbours it waits for a person."""
    (root / "docs/b.md").write_text(f"# B\n\n{PASSAGE}", encoding="utf-8")
    assert main(["update", "--project", str(root)]) == 0
    assert "1 remembered, 2 suggested" in capsys.readouterr().out
    found = entries(root, "b")
    middle = found["Pods on virtual nodes have no IPv6 address."]
    assert (middle.msgstr, entry_state(middle, ())) == (DUTCH[middle.msgid], State.TRANSLATED)
    for msgid in ("The scheduler looks for a node.", "Read the list of limits."):
        assert found[msgid].msgstr == DUTCH[msgid]
        assert is_suggestion(found[msgid])
        assert entry_state(found[msgid], ()) is State.UNTRANSLATED


def test_older_empty_entries_are_filled_only_on_request(root: Path) -> None:
    """A catalog that was there before its memory profits too, once and no more."""
    path = root / "docs/c.md"
    path.write_text("# C\n\nPods on virtual nodes have no IPv4 address.\n", encoding="utf-8")
    catalog = root / "locales/nl/LC_MESSAGES/a.po"
    translated = catalog.read_bytes()
    catalog.unlink()
    assert main(["update", "--project", str(root), "--quiet"]) == 0
    assert not any(entry.msgstr for entry in entries(root, "c").values())
    catalog.write_bytes(translated)
    assert main(["update", "--project", str(root), "--quiet"]) == 0
    assert not any(entry.msgstr for entry in entries(root, "c").values())
    assert main(["update", "--project", str(root), "--quiet", "--fill"]) == 0
    entry = entries(root, "c")["Pods on virtual nodes have no IPv4 address."]
    assert is_suggestion(entry)
    assert "IPv6" in (entry.previous_msgid or "") or "IPv4" in entry.msgstr
    before = (root / "locales/nl/LC_MESSAGES/c.po").read_bytes()
    assert main(["update", "--project", str(root), "--quiet", "--fill"]) == 0
    assert (root / "locales/nl/LC_MESSAGES/c.po").read_bytes() == before
    assert main(["update", "--project", str(root), "--quiet", "--check"]) == 0
