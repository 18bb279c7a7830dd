"""Our files of exchange against the official schemas, and as translate-toolkit reads them."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from interop.tools import OMEGAT, ROOT, SCHEMAS, check, copy_of_project, fault, knooppunt, locales, peer, run, schema
from knooppunt.exchange import format_named
from knooppunt.exchange.codes import Code, split_codes
from knooppunt.project import Project
from knooppunt.repair.termbase import parse_terms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMATS = {"xliff12": ".xlf", "xliff21": ".xlf", "tmx": ".tmx", "tbx": ".tbx"}


def _exports(scratch: Path, name: str, *more: str) -> Iterator[tuple[str, Path]]:
    for code in locales(ROOT):
        path = scratch / f"{code}-{name}{''.join(more).replace('-', '')}{FORMATS[name]}"
        chosen = () if name == "tbx" else ("--state", "all", "--obsolete")
        status = knooppunt("export", name, "--project", ROOT, "--locale", code, *chosen, *more, "--out", path)
        check(status == 0, f"export of {name} for {code} failed")
        yield code, path


def schemas(scratch: Path) -> Iterator[str]:
    """Every export of every locale is valid against the official schema, where a package ships one."""
    with zipfile.ZipFile(OMEGAT) as jar:
        for name in jar.namelist():
            if re.fullmatch(r"schemas/[a-z0-9]+\.(?:xsd|dtd)", name):
                jar.extract(name, scratch)
    inside = scratch / "schemas"
    (inside / "xml.xsd").write_bytes((SCHEMAS / "xml.xsd").read_bytes())
    strict = schema(SCHEMAS / "xliff-core-1.2-strict.xsd", scratch)
    memory = etree.DTD(str(inside / "tmx14.dtd"))
    validators: list[tuple[str, str, etree.XMLSchema | etree.DTD, tuple[str, ...]]] = [
        ("xliff12", "the strict schema of XLIFF 1.2", strict, ()),
        ("xliff12", "the strict schema of XLIFF 1.2", strict, ("--omegat",)),
        ("xliff21", "the schema of the core of XLIFF 2", schema(SCHEMAS / "xliff-core-2.0.xsd", scratch), ()),
        ("tmx", "the DTD of TMX 1.4b", memory, ()),
        ("tmx", "the DTD of TMX 1.4b", memory, ("--omegat",)),
        ("tbx", "the schema of TBX (ISO 30042:2008)", schema(inside / "tbx.xsd", scratch), ()),
    ]
    for name, title, validator, more in validators:
        count = 0
        for code, path in _exports(scratch, name, *more):
            wrong = fault(validator, path.read_bytes())
            check(not wrong, f"{name} of {code} is not valid: {wrong}")
            count += 1
        broken = path.read_bytes().replace(b"<body>", b"<body><nonsense/>", 1).replace(b"<segment", b"<nonsense", 1)
        check(fault(validator, broken.replace(b"</segment", b"</nonsense", 1)), f"{title} accepts anything")
        yield f"{' '.join([name, *more])} of {count} locales is valid against {title}"


def toolkit(scratch: Path) -> Iterator[str]:
    """translate-toolkit finds as many units as we wrote, with the same texts."""
    for name in FORMATS:
        count = 0
        for code, path in _exports(scratch, name):
            theirs = peer("read", name, path)
            ours = _ours(name, code, path)
            check(len(theirs) == len(ours), f"translate-toolkit sees {len(theirs)} units of {len(ours)} in {path.name}")
            for (source, target, _), (own_source, own_target) in zip(theirs, ours, strict=True):
                same = (source, target) == (own_source, own_target)
                check(same, f"{path.name}: {(source, target)} is not {(own_source, own_target)}")
            count += len(ours)
        yield f"translate-toolkit reads {name}: the same {count} units with the same texts"


def _ours(name: str, code: str, path: Path) -> list[tuple[str, str]]:
    if name == "tbx":
        terms = (ROOT / "locales" / code / "terms.yml").read_text(encoding="utf-8")
        return [(term.source[0], term.use) for term in parse_terms(terms, "terms.yml").terms]
    units = format_named(name).parse(path.read_bytes(), path.name).units
    pairs = [(unit.source, text) for unit in units for text in unit.texts]
    # It passes over the inline codes of XLIFF 2, whose data stand elsewhere in the file.
    return [(_words(source), _words(target)) for source, target in pairs] if name == "xliff21" else pairs


def _words(text: str) -> str:
    return "".join(part for part in split_codes(text) if not isinstance(part, Code))


def through_po2xliff(scratch: Path) -> Iterator[str]:
    """A file of po2xliff has none of our ids: nothing of it gets into a catalog."""
    root = copy_of_project(scratch / "foreign")
    code = locales(root)[0]
    path = root / "locales" / code / "LC_MESSAGES/virtual-nodes/network.po"
    before = path.read_bytes()
    foreign = scratch / "foreign.xlf"
    run(ROOT / ".venv/peers/bin/po2xliff", "--progress=none", path, foreign)
    units = format_named("xliff12").parse(foreign.read_bytes(), "foreign.xlf").units
    status = knooppunt("import", "--project", root, "--locale", code, "--force", "--partial", foreign)
    check(status == 1 and path.read_bytes() == before, "a file of another origin got into a catalog")
    run(ROOT / ".venv/peers/bin/xliff2po", "--progress=none", foreign, scratch / "back.po")
    catalog = Project.load(root).catalog(code, "virtual-nodes/network")
    assert catalog is not None
    back = peer("polib", scratch / "back.po")
    contexts = sum(entry.context is not None for entry in catalog.active)
    kept = sum(context is not None for context, *_ in back)
    yield f"po2xliff: {len(units)} units without our ids are refused; xliff2po gives {len(back)} entries back"
    yield f"  (of {contexts} contexts it kept {kept}: exchange with our XLIFF, not with po2xliff)"
