"""A small project to review: two articles, records' worth of states, plurals, and somebody whom git knows."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from knooppunt.catalogs import entry_hash, parse_po, render_decision

HEADER = """\
msgid ""
msgstr ""
"Language: nl\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
GUIDE = """\
# Nodes

A node runs `kubelet` and waits.

See the [guide](guide.md) **first**.

Old words.

Stop the node.
"""
GUIDE_PO = (
    HEADER
    + """\
#: docs/guide.md
msgid "Nodes"
msgstr "Knooppunten"

#: docs/guide.md
# mt: engine: Een werk last draait `kubelet` en wacht.
#, fuzzy
msgid "A node runs `kubelet` and waits."
msgstr "Een werk last draait `kubelet` en wacht."

#: docs/guide.md
msgid "See the [guide](guide.md) **first**."
msgstr ""

#: docs/guide.md
#, fuzzy
#| msgid "Older words."
msgid "Old words."
msgstr "Oudere woorden."

#: docs/guide.md
msgid "Stop the node."
msgstr "Stop de knoop."

msgid "One pod waits."
msgid_plural "%(n)s pods wait."
msgstr[0] "Een pod wacht."
msgstr[1] "%(n)s pods wachten."
"""
)
OTHER = "# Other\n\nStop the node.\n\nThe end.\n"
OTHER_PO = (
    HEADER
    + """\
msgid "Other"
msgstr "Anders"

msgid "Stop the node."
msgstr ""

msgid "The end."
msgstr "Het eind."
"""
)
TERMS = "node: {source: node, use: knooppunt, gender: het, plural: knooppunten, never: [knoop], note: Of a cluster.}\n"
ME = ("Ada", "ada@example.org")


def project(root: Path, *, two_people: bool = False, settings: str = "", me: tuple[str, str] | None = ME) -> Path:
    """The project in a folder, in a repository of its own with one commit by somebody else, Grace."""
    template = _template(two_people, settings)
    shutil.copytree(template, root, dirs_exist_ok=True)
    if me is not None:
        with (root / ".git" / "config").open("a", encoding="utf-8") as stream:
            stream.write(f"[user]\n\tname = {me[0]}\n\temail = {me[1]}\n")
    return root


@cache
def _template(two_people: bool, settings: str) -> Path:
    """Such a project, made once; it is deleted when the tests end."""
    root = Path(tempfile.mkdtemp(prefix="knooppunt-review-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    files = {
        "mkdocs.yml": "site_name: Scratch\nmarkdown_extensions: [tables, admonition]\n",
        "knooppunt.yml": settings,
        "docs/guide.md": GUIDE,
        "docs/other.md": OTHER,
        "locales/nl/locale.yml": f"name: Nederlands\nregister: informal\ntwo-people: {str(two_people).lower()}\n",
        "locales/nl/terms.yml": TERMS,
        "locales/nl/words.txt": "werklast\n",
        "locales/nl/LC_MESSAGES/guide.po": GUIDE_PO,
        "locales/nl/LC_MESSAGES/other.po": OTHER_PO,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text:
            path.write_text(text, encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    commit(root, "Drafts", "Grace", "grace@example.org")
    return root


def commit(root: Path, subject: str, name: str, mail: str) -> None:
    """Commit everything as somebody."""
    git(root, "add", "-A")
    git(root, "-c", f"user.name={name}", "-c", f"user.email={mail}", "commit", "-q", "-m", subject)


def git(root: Path, *arguments: str) -> str:
    """Run git with no settings but those of the repository."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True, env=environment
    )
    return done.stdout


def approve(root: Path, msgid: str, by: str, *, name: str = "guide") -> None:
    """A line of the ledger that approves a text as it stands."""
    entry = parse_po(po(root, name), "a.po").get(None, msgid)
    assert entry is not None
    line = render_decision(None, entry_hash(entry), "approve", by=by, at="2026-01-31T12:00:00Z")
    with (root / "locales/nl/reviews.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(line)


def po(root: Path, name: str = "guide") -> str:
    """The text of a catalog."""
    return catalog_path(root, name).read_bytes().decode("utf-8")


def catalog_path(root: Path, name: str = "guide") -> Path:
    """Where a catalog is."""
    return root / "locales/nl/LC_MESSAGES" / f"{name}.po"
