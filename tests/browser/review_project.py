"""A small project whose Dutch is as a machine left it, for the tests of the review page; all of it written for them."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from knooppunt.catalogs import parse_po
from knooppunt.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MKDOCS = """\
site_name: Ferry docs
site_url: https://docs.example/
theme: {name: material}
plugins: [search, knooppunt]
markdown_extensions: [admonition, toc]
"""
ENGLISH = """\
---
title: Empty a node
---

# Empty a node

Before you stop a node, move its pods to other nodes.

1. List the pods with `ferry pods --node NAME` and read [the rules](rules.md).
2. Move them with `ferry move`, which keeps at most {limit} copies on one node.

!!! note

    A pod that nobody owns is **not** moved.

## What happens next

The node is empty after a few minutes.
"""
MACHINE = """\
---
title: Een knoop punt leegmaken
ms.translationtype: MT
---

# Een knoop punt leegmaken

Voordat u een knoop punt stopt, verplaatst u de peulen naar andere knooppunten.

1. Geef de pods weer met `ferry pods --node NAME` en lees [de regels](rules.md).
2. Verplaats ze met `ferry move`, waarmee maximaal {limit} kopieën op één knooppunt worden bewaard.

!!! note

    Een pod waarvan niemand eigenaar is, wordt **niet** verplaatst.

## Wat gebeurt er daarna

Het knoop punt is na enkele minuten leeg.
"""
RULES = "# The rules\n\nA copy never shares a node with its original.\n"
TERMS = """\
pod:
  source: pod
  use: pod
  plural: pods
  never: [peul]
  note: Not the fruit of a pea.
  bad: [De peulen starten.]
  good: [De pods starten.]
node:
  source: node
  use: knooppunt
  plural: knooppunten
  bad: []
  good: []
"""
EMPTY = "empty-a-node"
"""The catalog of the page that a machine translated."""


def git(root: Path, *arguments: str) -> None:
    """Run git in a project as a reviewer of its own."""
    identity = ["-c", "user.name=Mara Vos", "-c", "user.email=mara@docs.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def knooppunt(*arguments: str) -> None:
    """Run a verb, which must go well."""
    assert main(["--quiet", *arguments] if arguments[0].startswith("-") else [*arguments, "--quiet"]) in (0, 1), (
        arguments
    )


def adopted(root: Path, pages: dict[str, tuple[str, str]], terms: str = "") -> Path:
    """A project in `root` with pages {name.md: (source, machine translation)}, adopted and committed."""
    for folder, side in (("docs", 0), ("docs-nl", 1)):
        for name, texts in pages.items():
            if texts[side]:
                path = root / folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(texts[side], "utf-8")
    (root / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "Mara Vos")
    git(root, "config", "user.email", "mara@docs.example")
    knooppunt("init", "--project", str(root), "--locale", "nl")
    settings = root / "locales" / "nl" / "locale.yml"
    settings.write_text(settings.read_text("utf-8").replace("publish: translated", "publish: machine"), "utf-8")
    if terms:
        (root / "locales" / "nl" / "terms.yml").write_text(terms, "utf-8")
    knooppunt("adopt", str(root / "docs"), str(root / "docs-nl"), "--project", str(root), "--locale", "nl")
    git(root, "add", "--all", ".")
    git(root, "commit", "--quiet", "--message", "Adopted")
    return root


def write_review(root: Path) -> Path:
    """The project of the tests: one page that a machine translated, and one that nobody did."""
    return adopted(
        root,
        {
            "index.md": (RULES.replace("The rules", "Ferry"), ""),
            "rules.md": (RULES, ""),
            f"{EMPTY}.md": (ENGLISH, MACHINE),
        },
        TERMS,
    )


def fresh_project(factory: pytest.TempPathFactory, folder: Path) -> Path:
    """That project for one test; it is made once and copied."""
    made = factory.getbasetemp() / "review-project"
    if not made.exists():
        write_review(made)
    return shutil.copytree(made, folder / "project")


def catalog(root: Path) -> Path:
    """The catalog of the article."""
    return root / "locales" / "nl" / "LC_MESSAGES" / f"{EMPTY}.po"


def message(root: Path, source: str) -> str:
    """The translation of a text, as it is on disk."""
    entries = parse_po(catalog(root).read_text("utf-8"), EMPTY).entries
    return next(entry.msgstr for entry in entries if entry.msgid == source)
