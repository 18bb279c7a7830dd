"""Starting out: Knooppunt in an existing MkDocs project, and new locales. Nothing that is there is overwritten."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from knooppunt.cldr import describe
from knooppunt.config import FILE_NAME, LOCALE_FILE, LOCALE_PATTERN, load_settings
from knooppunt.errors import UsageError
from knooppunt.files import TEMPORARY_SUFFIX, listed, read_text, write_atomic
from knooppunt.knowledge import holds_records
from knooppunt.loading import load_project
from knooppunt.mkdocsfile import parse_mkdocs
from knooppunt.updating import update_catalogs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from knooppunt.config import Settings
    from knooppunt.project import Project

_PLUGINS = re.compile(r"^plugins:[ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_ITEM = re.compile(r"\n([ \t]*)-[ \t]")
_TERMS = """\
# Termbase: concept -> source term, what to use for it, and what never. For example:
#
# node:
#   source: node
#   use: {use}
#   never: []
#
# kubernetes:
#   source: Kubernetes
#   use: Kubernetes
#   translate: false
"""


def start_project(root: Path, locales: Iterable[str] = ()) -> list[str]:
    """Make knooppunt.yml, add the plugin to mkdocs.yml and tell git what it must know; the files made or changed.

    `locales` are those that will be added. Raises UsageError where there is no mkdocs.yml, its list of plugins cannot
    be extended safely, or a locale cannot be added, and DataError for broken sources; then nothing is written.
    """
    file = root / "mkdocs.yml"
    if not file.is_file():
        raise UsageError(f"there is no mkdocs.yml in {root}; run this in the folder of your MkDocs project")
    text = read_text(file, "mkdocs.yml")
    settings = parse_mkdocs(text, "mkdocs.yml")
    theme = settings.get("theme")
    if (theme.get("name") if isinstance(theme, dict) else theme) != "material":
        raise UsageError("mkdocs.yml: the theme is not 'material', the one that Knooppunt's pages are made for")
    own = root / FILE_NAME
    own_text = None
    if not own.is_file():
        docs = str(settings.get("docs_dir", "docs"))
        own_text = f"docs: {docs}\nlocales: locales\nsource-locale: en\n" + _ignored(root / docs, docs)
    with_plugin = add_plugin(text, settings.get("plugins"))
    parse_mkdocs(with_plugin, "mkdocs.yml")
    planned = load_settings(root, own_text)
    for code in locales:
        _addable(planned, code)
    _read_all(load_project(root, planned))
    changed = []
    if own_text is not None:
        write_atomic(own, own_text)
        changed.append(FILE_NAME)
    if with_plugin != text:
        write_atomic(file, with_plugin)
        changed.append("mkdocs.yml")
    ledgers = f"/{planned.locales}/*/reviews.jsonl"
    ledgers = json.dumps(ledgers, ensure_ascii=False) if " " in ledgers else ledgers
    for name, lines in (
        (".gitignore", ("/.knooppunt/", f".*{TEMPORARY_SUFFIX}")),
        (".gitattributes", (f"{ledgers} merge=union",)),
    ):
        if _add_lines(root / name, name, lines):
            changed.append(name)
    return changed


def _add_lines(file: Path, shown: str, lines: Iterable[str]) -> bool:
    """Add those lines that a file does not have yet, with or without a slash at either end; True where it changed."""
    text = read_text(file, shown) if file.is_file() else ""
    newline = "\r\n" if "\r\n" in text else "\n"
    known = {" ".join(line.split()).strip("/") for line in text.splitlines()}
    missing = [line for line in lines if line.strip("/") not in known]
    lead = "" if not text or text.endswith("\n") else newline
    return bool(missing) and write_atomic(file, text + lead + "".join(f"{line}{newline}" for line in missing))


def _ignored(folder: Path, shown: str) -> str:
    """The setting that leaves out the YAML files which are there already and hold no records, such as an OpenAPI."""
    found = listed(folder, shown, (".yml", ".yaml"))
    foreign = [name for name in found if not holds_records(read_text(folder / name, f"{shown}/{name}"))]
    if not foreign:
        return ""
    items = "".join(f"  - {json.dumps(name, ensure_ascii=False)}\n" for name in foreign)
    return f"# YAML files that hold no records.\nignore:\n{items}"


def add_plugin(text: str, plugins: object) -> str:
    """mkdocs.yml with `- knooppunt` as the last plugin, every other byte as it is.

    Raises UsageError where the list is not written as one item a line.
    """
    names = _names(plugins)
    if "knooppunt" in names:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    if plugins is None:
        lead = "" if text.endswith("\n") else newline
        return f"{text}{lead}{newline}plugins:{newline}  - search{newline}  - knooppunt{newline}"
    head = _PLUGINS.search(text)
    item = _ITEM.match(text, head.end()) if head else None
    if head is None or item is None:
        raise UsageError("mkdocs.yml: 'plugins' is not a list with one item a line; add '- knooppunt' to it yourself")
    at = head.end()
    for line in re.finditer(r"\n([ \t]*)(\S?)[^\n]*", text[head.end() :]):
        indent, first = line[1], line[2]
        if first not in {"", "#"} and (len(indent) < len(item[1]) or (len(indent) == len(item[1]) and first != "-")):
            break
        if first not in {"", "#"}:
            at = head.end() + line.end()
    return f"{text[:at].rstrip(chr(13))}{newline}{item[1]}- knooppunt{text[at:]}"


def _names(plugins: object) -> list[str]:
    if isinstance(plugins, dict):
        return [str(name) for name in plugins]
    if isinstance(plugins, list):
        return [str(next(iter(item), "")) if isinstance(item, dict) else str(item) for item in plugins]
    return []


def add_locale(root: Path, code: str) -> list[str]:
    """Make the folder of a locale with locale.yml, terms.yml, word lists and catalogs; the names of the files.

    Raises UsageError for a code that is no BCP 47 tag, for the source's own, and for one that is there already.
    """
    settings = load_settings(root)
    folder = _addable(settings, code)
    _read_all(load_project(root))
    name, direction = describe(code)
    write_atomic(
        folder / LOCALE_FILE,
        f"name: {name}\ndirection: {direction}\nregister: neutral\n"
        "# Least state that readers see: approved, translated, or machine (with a notice).\npublish: translated\n"
        "# What they see of an entry whose source has changed: the old translation with a notice, or the source.\n"
        "stale: translation\n",
    )
    made = [f"{settings.locales}/{code}/{LOCALE_FILE}"]
    for file, text in (
        ("terms.yml", _TERMS.format(use="...")),
        ("words.txt", "# Words that are written as one, a line each.\n"),
        ("keep.txt", "# Pairs of words that stay two words, a line each.\n"),
    ):
        if not (folder / file).exists():
            write_atomic(folder / file, text)
            made.append(f"{settings.locales}/{code}/{file}")
    report = update_catalogs(load_project(root), locales=[code])
    return made + [change.path for change in report.changes if change.created]


def _addable(settings: Settings, code: str) -> Path:
    """The folder of a locale that is to be added; UsageError where it cannot be."""
    if not LOCALE_PATTERN.fullmatch(code):
        raise UsageError(f"'{code}' is not a BCP 47 tag in its usual case; write it like nl, ja, pt-BR or zh-Hant")
    if code == settings.source_locale:
        raise UsageError(f"'{code}' is the language of the sources")
    folder = settings.locales_path / code
    if (folder / LOCALE_FILE).exists():
        raise UsageError(f"the locale '{code}' is there already, in {settings.locales}/{code}")
    return folder


def _read_all(project: Project) -> None:
    """Report broken sources before anything is written."""
    assert project.pages is not None
    assert project.knowledge is not None
