"""A small project with everything that a site must get right: languages of two directions, a region, gaps, records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SITE_URL = "https://docs.example/base/"

MKDOCS = """\
site_name: Scratch
site_url: https://docs.example/base/
theme: {name: material, features: [navigation.prune]}
plugins: [search, knooppunt]
markdown_extensions: [pymdownx.details, pymdownx.superfences, toc]
nav:
  - Home: index.md
  - Guide: guide/index.md
  - CI: ci/index.md
  - Go: go.md
  - Setup: setup.py.md
  - Only English: english.md
  - Records: records.md
  - Status: status.md
"""
SETTINGS = """\
layers: {service: The service, client: The client}
variants: {v1: Version 1}
sources: {code: "https://code.example/repo"}
"""
PAGES = {
    "index.md": "---\ntitle: Scratch\ndescription: A small site.\n---\n\n# Scratch\n\nWelcome, reader.\n",
    "guide/index.md": """\
# Cluster guide

A cluster has nodes.

## Regional availability

See [the limits](#limits) and ![a square](../square.svg).

<img src="../square.svg" alt="The same square" width="20">

!!! warning

    Mind the gap.

## Limits

| One | Two | Three | Four | Five | Six | Seven | Eight |
| --- | --- | --- | --- | --- | --- | --- | --- |
| averylongword | averylongword | averylongword | averylongword | averylongword | averylongword | averylongword | end |

```text
!!! note
    An example of Markdown, which stays as it is, in a line that is longer than any telephone is wide, by far.
```

<!-- knooppunt: records layer=service as=list -->
""",
    "ci/index.md": "# Continuous integration\n\nTwo letters are no language.\n",
    "go.md": "# Go\n\nTwo letters once more.\n",
    "setup.py.md": "# Setup\n\nThe name looks like a suffix.\n",
    "english.md": "# Only English\n\nNobody has translated the xylophone.\n",
}
RECORDS = """\
svc.area.hosts:
  kind: limitation
  title: Host aliases have no effect
  statement: The service never reads `spec.hostAliases`.
  workaround: Use [the guide](index.md).
  layer: service
  effect: ignored
  fields: [spec.hostAliases]
  variants: {v1: {status: active, since: 2019-01-15, note: Still so.}}
  evidence: [{source: code/main.go, commit: d16bd42, date: 2019-01-15, note: First listed.}]
  references: [{title: Host aliases, url: "https://kubernetes.io/docs/"}]
svc.area.quota:
  kind: quota
  title: Sixty containers
  statement: There are at most sixty containers.
  layer: client
  effect: rejected
  variants: {v1: {status: lifted, until: 2024-05-01}}
  amounts: [{value: 60, unit: containers, per: group}]
  evidence: [{source: code/quota.go, commit: d16bd42, date: 2019-01-15}]
  disputed:
    - {text: The code says no., evidence: {source: code/a.go}}
    - {text: The page says yes., evidence: {source: code/b.md}}
svc.area.old: {moved: svc.area.hosts}
"""
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2H0z"/></svg>\n'

LOCALES = {
    "ar": ("العربية", "rtl", "translated"),
    "es-419": ("Español (Latinoamérica)", "ltr", "translated"),
    "ja": ("日本語", "ltr", "translated"),
    "nl": ("Nederlands", "ltr", "machine"),
    "pt-BR": ("Português (Brasil)", "ltr", "translated"),
}
SITE_WORDS = {
    "nl": {
        "nav.Home": ("Home", "Start"),
        "nav.Guide": ("Guide", "Gids"),
        "notice.fallback": (
            "This page has not been translated yet, so you are reading the original.",
            "Deze pagina is nog niet vertaald; je leest het origineel.",
        ),
        "notice.original": ("Read the original", "Lees het origineel"),
        "notice.label": ("About this translation", "Over deze vertaling"),
        "site.not-found.title": ("Page not found", "Pagina niet gevonden"),
        "site.not-found.text": ("There is no page at this address.", "Op dit adres staat geen pagina."),
        "site.not-found.home": ("Go to the home page", "Naar de startpagina"),
        "site.palette.dark": ("Switch to dark mode", "Naar donkere modus"),
        "site.made-with": ("Made with {knooppunt} and {theme}", "Gemaakt met {knooppunt} en {theme}"),
        "admonition.warning": ("Warning", "Waarschuwing"),
        "records-page.title": ("Records", "Gegevens"),
        "effect.ignored": ("Silently ignored", "Stil genegeerd"),
        "status-page.title": ("Translation status", "Stand van de vertaling"),
    },
    "ar": {
        "site.not-found.title": ("Page not found", "الصفحة غير موجودة"),
        "admonition.warning": ("Warning", "تحذير"),
    },
}
TEXTS = {
    "nl": {
        "index": {"Scratch": "Kladblok", "A small site.": "Een kleine site.", "Welcome, reader.": "Welkom, lezer."},
        "guide": {
            "Cluster guide": "Gids voor clusters",
            "A cluster has nodes.": "Een cluster heeft knooppunten en een beschikbaarheidszoneconfiguratiebestand.",
            "Regional availability": "Regionale beschikbaarheid",
            "Limits": "Grenzen",
            "Mind the gap.": "Let op.",
        },
        "ci": {"Continuous integration": "Doorlopende integratie", "Two letters are no language.": "Geen taal."},
    },
    "ar": {
        "index": {"Scratch": "مسودة", "Welcome, reader.": "أهلاً بالقارئ."},
        "guide": {"Cluster guide": "دليل العنقود", "A cluster has nodes.": "للعنقود عقد."},
    },
    "ja": {"guide": {"Cluster guide": "仮想ノードのガイド", "A cluster has nodes.": "仮想ノードは便利です。"}},
    "pt-BR": {"index": {"Scratch": "Rascunho", "Welcome, reader.": "Bem-vindo."}},
    "es-419": {"index": {"Scratch": "Borrador", "Welcome, reader.": "Bienvenida."}},
}
RECORD_TEXTS = {
    ("nl", "guide"): [
        ("svc.area.hosts:title", "Host aliases have no effect", "Hostaliassen hebben geen effect"),
        ("svc.area.hosts:variants.v1.note", "Still so.", "Nog steeds."),
    ],
}
MACHINE = {"Two letters are no language."}
"""Entries of the Dutch catalogs that are drafts of a machine."""


def write_scratch(root: Path, pages: Mapping[str, str] | None = None, mkdocs: str = MKDOCS) -> Path:
    """Write the project into a folder and return that; `pages` are added to its pages."""
    files = {"mkdocs.yml": mkdocs, "knooppunt.yml": SETTINGS, "docs/square.svg": SQUARE}
    files |= {f"docs/{path}": text for path, text in {**PAGES, **(pages or {})}.items()}
    files["docs/guide/limits.yml"] = RECORDS
    for code, (name, direction, publish) in LOCALES.items():
        folder = f"locales/{code}"
        files[f"{folder}/locale.yml"] = f"name: {name}\ndirection: {direction}\npublish: {publish}\n"
        words = SITE_WORDS.get(code, {})
        files[f"{folder}/LC_MESSAGES/site.po"] = catalog(code, [(key, *pair) for key, pair in words.items()])
        for article, texts in TEXTS[code].items():
            entries: list[tuple[str | None, str, str]] = [(None, source, target) for source, target in texts.items()]
            entries += RECORD_TEXTS.get((code, article), [])
            files[f"{folder}/LC_MESSAGES/{article}.po"] = catalog(code, entries)
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return root


RUN = "window.harm=1"
IMAGE = f"<img src=x onerror={RUN}>"
WRITTEN = f"&lt;/title&gt;&lt;/script&gt;&lt;img src=x onerror={RUN}&gt;"
"""Without a tag, so it is published: what undoes its entities makes one of it."""
HOSTILE_PAGES = {
    "titled.md": f"""\
---
title: "Bare </title></script>{IMAGE}"
description: "\\"> {IMAGE}"
---

No heading mischief.
""",
    "headed.md": """\
---
title: Titled
description: Described
---

# Headed

Some mischief.

## Below

More [of it](go.md).
""",
    "plain.md": "# Plain mischief\n\nA text.\n",
}
HOSTILE_TEXTS: dict[str, list[tuple[str | None, str, str]]] = {
    "titled": [(None, "No heading mischief.", f"Onheil zonder kop {IMAGE}")],
    "headed": [
        (None, "Titled", f"Onheil {WRITTEN}"),
        (None, "Described", f"'\\\"> {WRITTEN}"),
        (None, "Headed", f"Onheil <svg/onload={RUN}>"),
        (None, "Some mischief.", f"Onheil <script>{RUN}</script>"),
        (None, "Below", f"Onheil {{ onclick={RUN} .x }}"),
        (None, "More [of it](go.md).", f"[Onheil](&#106;avascript:{RUN})"),
    ],
    "plain": [(None, "Plain mischief", f"Onheil {WRITTEN}"), (None, "A text.", f"Tekst {WRITTEN}")],
    "site": [
        ("nav.Home", "Home", f"Start {IMAGE}"),
        ("nav.Guide", "Guide", f"'\\\" onmouseover='{RUN}' {WRITTEN}"),
        ("site.palette.dark", "Switch to dark mode", f'\\" autofocus onfocus=\\"{RUN}'),
        ("records-page.title", "Records", f"Onheil {IMAGE}"),
        ("effect.ignored", "Silently ignored", f"Stil {WRITTEN}"),
        ("admonition.warning", "Warning", f"Pas op {WRITTEN}"),
    ],
    "guide": [
        ("svc.area.hosts:title", "Host aliases have no effect", f"Onheil {IMAGE}"),
        (
            "svc.area.hosts:statement",
            "The service never reads `spec.hostAliases`.",
            f"`a\\n{IMAGE}\\n` `spec.hostAliases`.",
        ),
        ("svc.area.hosts:workaround", "Use [the guide](index.md).", f"[Onheil](java\\nscript:{RUN})"),
        ("svc.area.hosts:variants.v1.note", "Still so.", f"<!-- <svg/onload={RUN}>"),
        ("svc.area.hosts:references[0].title", "Host aliases", f"x](javascript:{RUN})[y"),
        ("svc.area.quota:title", "Sixty containers", f"Onheil {WRITTEN}"),
        (None, "A cluster has nodes.", f"Tekst [a].\\n[a]: javascript:{RUN}"),
        (None, "Regional availability", f"Onheil {WRITTEN}"),
    ],
}


def write_hostile(root: Path) -> Path:
    """The project with translations that try to run a script, which would set `window.harm`."""
    nav = "".join(f"  - {path}\n" for path in HOSTILE_PAGES)
    write_scratch(root, HOSTILE_PAGES, MKDOCS + nav)
    for article, entries in HOSTILE_TEXTS.items():
        path = root / f"locales/nl/LC_MESSAGES/{article}.po"
        path.write_text(catalog("nl", entries), "utf-8")
    return root


def catalog(code: str, entries: Sequence[tuple[str | None, str, str]]) -> str:
    """A PO file out of msgctxt, msgid and msgstr."""
    parts = [f'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n']
    for context, source, target in entries:
        lines = [f"# mt: engine: {target}", "#, fuzzy"] if source in MACHINE else []
        lines += [f'msgctxt "{context}"'] if context else []
        lines += [f'msgid "{source}"', f'msgstr "{target}"', ""]
        parts.append("\n".join(lines))
    return "\n".join(parts)
