"""The one direction of the data: a room imports only rooms above it, by absolute imports, without cycles."""

from __future__ import annotations

import ast
from pathlib import Path

import knooppunt

PACKAGE = Path(knooppunt.__file__).parent

ORDER = (
    *(
        "__init__",
        "origin",
        "model",
        "errors",
        "charsets",
        "files",
        "git",
        "yamltext",
        "reviewkeys",
        "cldr",
        "linkrules",
        "config",
        "recent",
        "retry_after",
        "sources",
        "strings",
        "mkdocsfile",
    ),
    *("knowledge", "pages", "catalogs", "memory", "translated", "alignment", "project", "repair", "exchange", "assess"),
    "extraction",
    *(
        "checks",
        "linting",
        "fix",
        "drafts",
        "words",
        "lexicons",
        "loading",
        "caching",
        "update_report",
        "remembering",
        "updating",
        "adopting",
        "exchanging",
        "termbases",
        "deciding",
        "githistory",
        "learning",
        "generating",
    ),
    *("checking", "assessing", "starting", "reports", "feed", "recordlint", "extracting", "reviewing"),
    *("sending", "drafting", "site", "links", "review", "cli", "__main__"),
)
"""From what everything stands on to what stands on everything."""

PURE = (
    *(
        "origin",
        "model",
        "knowledge",
        "pages",
        "catalogs",
        "alignment",
        "memory",
        "translated",
        "repair",
        "exchange",
        "assess",
        "extraction",
        "checks",
        "linting",
    ),
    *("fix", "drafts", "reports"),
)


def modules() -> list[tuple[str, Path]]:
    """Room and file of each module of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found.append((parts[0], path))
    return found


def imported(path: Path) -> set[str]:
    """Rooms of ours that a module imports, anywhere in it, for types too."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [node.module or ""] if node.module != "knooppunt" else [f"knooppunt.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("knooppunt.")}
    return rooms - {"__version__"}


def test_every_room_has_its_place() -> None:
    """A new room is put where the data passes it."""
    assert {room for room, _ in modules()} == set(ORDER)


def test_rooms_import_only_rooms_above() -> None:
    """What is made further down is never needed further up."""
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for room, path in modules()
        for other in sorted(imported(path))
        if other != room and ORDER.index(other) >= ORDER.index(room)
    ]
    assert wrong == []


def test_pure_rooms_touch_no_files() -> None:
    """Text in, text out: these rooms neither open nor write anything."""
    for room, path in modules():
        if room in PURE:
            text = path.read_text(encoding="utf-8")
            for call in ("open(", ".read_text(", ".read_bytes(", ".write_text(", ".write_bytes(", "import subprocess"):
                assert call not in text, f"{path.relative_to(PACKAGE)} calls {call}"


def test_modules_are_short() -> None:
    """A module that grows past 400 lines does more than one thing."""
    long = [
        f"{path.relative_to(PACKAGE)}: {lines}"
        for _, path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    ]
    assert long == []


def test_tools_holds_the_package_and_nothing_else() -> None:
    """A loose script beside it would shadow real packages once tools/ is on the path."""
    assert [path.name for path in PACKAGE.parent.iterdir() if path.name != "__pycache__"] == ["knooppunt"]
