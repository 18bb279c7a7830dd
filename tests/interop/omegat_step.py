"""OmegaT without its window, on a project made of our files."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from interop.tools import OMEGAT, catalogs, check, copy_of_project, knooppunt, run
from knooppunt.catalogs import edit_po, parse_po
from knooppunt.exchange import format_named
from knooppunt.exchange.codes import Code, damage, split_codes
from knooppunt.exchange.omegat import tagged
from knooppunt.exchanging import import_file
from knooppunt.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "nl"
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN</source_lang><target_lang>NL</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""
FILTERS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<filters removeTags="false" removeSpacesNonseg="false" preserveSpaces="true">
<filter className="org.omegat.filters3.xml.xliff.XLIFFFilter" enabled="true">
<files sourceFilenameMask="*.xlf" targetFilenamePattern="${filename}"/></filter>
<filter className="org.omegat.filters2.po.PoFilter" enabled="true">
<files sourceFilenameMask="*.po" targetFilenamePattern="${filename}" sourceEncoding="UTF-8" targetEncoding="UTF-8"/>
</filter>
</filters>
"""
"""What the handbook asks for: tags at the ends of a text belong to the text."""


PAGE = {
    "`kubectl` lists the pods of a [node](node.md).": "De pods van een [knooppunt](node.md) toont `kubectl`.",
    "Set `a`, then `b`, in [the file](f.md){.x}.[^1]": "Zet in [het bestand](f.md){.x} eerst `b` en `a`.[^1]",
    "<b>Bold</b> & *plain* with {{ macro }} and :smile:": "Met {{ macro }} :smile: is *gewoon* & <b>vet</b>",
    "An image ![of a pod](pod.png) <https://x.example>": "<https://x.example> ![van een pod](pod.png): een plaatje",
}
"""Texts whose codes stand in another order in the translation."""


def _with_page(root: Path) -> Path:
    """The project with one more page, translated."""
    (root / "docs/moved.md").write_text("".join(f"{text}\n\n" for text in PAGE) + "[^1]: Note.\n", encoding="utf-8")
    check(knooppunt("update", "--project", root, "--quiet") == 0, "the project with one more page has no catalogs")
    path = root / "locales" / CODE / "LC_MESSAGES/moved.po"
    catalog = parse_po(path.read_text(encoding="utf-8"), path.name)
    changes = {entry.key: replace(entry, msgstr=PAGE.get(entry.msgid, "Noot.")) for entry in catalog.active}
    path.write_text(edit_po(catalog, changes), encoding="utf-8")
    return root


def _project(folder: Path) -> Path:
    for name in ("source", "tm/auto", "target", "glossary", "dictionary", "omegat"):
        (folder / name).mkdir(parents=True)
    (folder / "omegat.project").write_text(PROJECT, encoding="utf-8")
    (folder / "omegat/filters.xml").write_text(FILTERS, encoding="utf-8")
    return folder


def _translate(folder: Path, configuration: Path) -> None:
    command = ("java", "-Djava.awt.headless=true", "-jar", OMEGAT, folder)
    run(*command, "--mode=console-translate", "--no-team", f"--config-dir={configuration}")


def _blank(root: Path) -> None:
    """Take every translation out of a locale's catalogs."""
    for path in sorted((root / "locales" / CODE / "LC_MESSAGES").rglob("*.po")):
        text = path.read_text(encoding="utf-8")
        catalog = parse_po(text, path.name)
        blanked = re.sub(r'(?m)^msgstr(\[\d\])? "(?:.*)"(?:\n".*")*', _emptied, text[catalog_start(catalog.text) :])
        path.write_text(text[: catalog_start(catalog.text)] + blanked, encoding="utf-8", newline="")


def catalog_start(text: str) -> int:
    """Where the header of a catalog ends."""
    return text.find("\n\n")


def _emptied(found: re.Match[str]) -> str:
    return f'msgstr{found[1] or ""} ""'


def omegat(scratch: Path) -> Iterator[str]:
    """XLIFF and TMX out to OmegaT, its files back in: each translation in its place, every code intact."""
    version = run("dpkg-query", "-W", "-f", "${Version}", "omegat")
    root = _with_page(copy_of_project(scratch / "project"))
    original = catalogs(root, CODE)
    folder = _project(scratch / "omegat")
    for name, place in (("xliff12", f"source/{CODE}.xlf"), ("tmx", f"tm/auto/{CODE}.tmx")):
        status = knooppunt("export", name, "--project", root, "--locale", CODE, "--omegat", "--out", folder / place)
        check(status == 0, f"export of {name} failed")
    knooppunt("export", "tbx", "--project", root, "--locale", CODE, "--out", folder / f"glossary/{CODE}.tbx")
    _translate(folder, scratch / "configuration")
    back = folder / "target" / f"{CODE}.xlf"
    units = format_named("xliff12").parse(back.read_bytes(), back.name).units
    harmed = [unit for unit in units if unit.fault or damage(unit.source, unit.target)]
    moved = sum(_order(unit.source) != _order(unit.target) for unit in units)
    known = {unit.id for unit in units if _has(original, unit.catalog)}
    check(len(known) == len({unit.id for unit in units}), "a unit came back with a catalog that is not ours")
    wrong = [unit for unit in harmed if not _was_so(root, unit.catalog, unit.source, unit.target)]
    check(not wrong, f"OmegaT harmed a code: {wrong[:1]}")
    yield f"OmegaT {version} translates our XLIFF with our TMX: {len(units)} texts, {moved} with codes in another order"

    report = import_file(Project.load(root), back, locale=CODE, write=False)
    done = {
        (name.removesuffix(".po"), entry.key)
        for name, text in original.items()
        for entry in parse_po(text.decode(), name).active
        if entry.msgstr and not entry.fuzzy
    }
    several = sum((name, key) in done for name, changes in report.plan.changes.items() for key in changes)
    check(not report.plan.refusals, f"the import into the full catalogs refuses {report.plan.refusals[:1]}")
    check(moved >= len(PAGE), "no code was moved, so nothing is proved of that")
    check(several <= _ambiguous(root), "the import changes more than texts that have two translations")
    equal = report.plan.counts.get("equal", 0)
    yield f"imported where all is translated: {equal} equal, {several} with the other of two translations"
    yield from _into_blank(scratch, original, folder, back)
    yield from _refuses(scratch, root)
    yield from _catalog_in_omegat(scratch, root)


def _into_blank(scratch: Path, original: dict[str, bytes], folder: Path, back: Path) -> Iterator[str]:
    """OmegaT's files into catalogs without translations; `back` is made anew, for its stamps are of full ones."""
    memories = [folder / f"{folder.name}-{kind}.tmx" for kind in ("omegat", "level2")]
    files = [back, *memories]
    for number, file in enumerate(files):
        root = _with_page(copy_of_project(scratch / f"blank{number}"))
        _blank(root)
        blank = catalogs(root, CODE)
        if file is back:
            source = folder / "source" / back.name
            knooppunt("export", "xliff12", "--project", root, "--locale", CODE, "--omegat", "--out", source)
            _translate(folder, scratch / "configuration")
        status = knooppunt("import", "--project", root, "--locale", CODE, file)
        check(status == 0, f"{file.name} was not taken")
        filled = catalogs(root, CODE)
        right = other = left = lost = foreign = 0
        for name, text in filled.items():
            was = {entry.key: entry for entry in parse_po(original[name].decode(), name).entries}
            empty = parse_po(blank[name].decode(), name)
            now = parse_po(text.decode(), name)
            changed = {entry.key: entry for entry in now.entries if entry.msgstr}
            foreign += edit_po(empty, changed) != text.decode()
            for entry in now.active:
                old = was[entry.key]
                if old.msgstr and not old.fuzzy:
                    right += entry.msgstr == old.msgstr
                    left += not entry.msgstr and old.msgstr == old.msgid
                    lost += not entry.msgstr and old.msgstr != old.msgid
                    other += bool(entry.msgstr) and entry.msgstr != old.msgstr
        check(foreign == 0, f"{file.name} changed more than translations")
        check(
            other <= _ambiguous(copy_of_project(scratch / f"again{number}")), f"{file.name} put texts in wrong places"
        )
        check(lost == 0, f"{lost} translations of {file.name} were lost")
        shown = file.name if file is back else f"its memory {file.name}"
        yield (
            f"{shown} into blank catalogs: {right} right, {other} of texts with several translations, "
            f"{left} left empty (the same as their source), nothing else touched"
        )


def _refuses(scratch: Path, root: Path) -> Iterator[str]:
    """A file whose targets a tool has emptied."""
    path = scratch / "emptied.xlf"
    knooppunt("export", "xliff12", "--project", root, "--locale", CODE, "--out", path)
    text = re.sub(r"(<target[^>]*>).*?(</target>)", r"\1\2", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")
    before = catalogs(root, CODE)
    report = import_file(Project.load(root), path, locale=CODE)
    blanks = sum(refusal.reason == "blank" for refusal in report.plan.refusals)
    check(blanks > 100 and catalogs(root, CODE) == before, "an import blanked translations")
    yield f"a file with emptied targets is refused: {blanks} translations stay"


def _catalog_in_omegat(scratch: Path, root: Path) -> Iterator[str]:
    """Why nobody should open a catalog itself in OmegaT."""
    folder = _project(scratch / "po")
    for name, text in catalogs(root, CODE).items():
        place = folder / "source" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text)
    _translate(folder, scratch / "configuration")
    blanked = total = 0
    for name, text in catalogs(root, CODE).items():
        old = {entry.key: entry for entry in parse_po(text.decode(), name).active}
        written = folder / "target" / name
        new = {entry.key: entry for entry in parse_po(written.read_text(encoding="utf-8"), name).active}
        total += len(old)
        blanked += sum(bool(entry.msgstr) and not new[key].msgstr for key, entry in old.items() if key in new)
    shutil.rmtree(folder)
    yield f"a catalog itself in OmegaT: it blanks {blanked} of {total} translations, so exchange XLIFF"


def _order(text: str) -> list[str]:
    return [part.data for part in split_codes(text) if isinstance(part, Code)]


def _has(original: dict[str, bytes], catalog: str) -> bool:
    return f"{catalog}.po" in original


def _was_so(root: Path, catalog: str, source: str, target: str) -> bool:
    """Whether a translation with fewer codes than its source is the catalog's own."""
    found = Project.load(root).catalog(CODE, catalog)
    texts = {entry.msgstr for entry in found.active if entry.msgid == source} if found else set()
    everywhere = {
        entry.msgstr
        for text in catalogs(root, CODE).values()
        for entry in parse_po(text.decode(), "x").active
        if entry.msgid == source
    }
    return target in texts | everywhere


def _ambiguous(root: Path) -> int:
    """Entries whose text has another translation elsewhere, or is another but for its codes: OmegaT sees one text."""
    found: dict[str, dict[str, int]] = {}
    for text in catalogs(root, CODE).values():
        for entry in parse_po(text.decode(), "x").active:
            shown = found.setdefault(tagged(entry.msgid) or "", {})
            translated = tagged(entry.msgid, entry.msgstr) or ""
            shown[translated] = shown.get(translated, 0) + 1
    return sum(sum(texts.values()) for texts in found.values() if len(texts) > 1)
