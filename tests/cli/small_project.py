"""A small project on disk, for tests of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.cli import main

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "mkdocs.yml": "site_name: Small\nsite_url: https://example.org/\ntheme:\n  name: material\nplugins:\n  - search\n"
    "  - knooppunt\nnav:\n  - Home: index.md\n  - Limits: limits/index.md\n",
    "knooppunt.yml": "docs: docs\nlayers: {provider: Provider}\nvariants: {v1: Version 1}\n",
    "docs/index.md": "---\ntitle: Home\n---\n\n# Home\n\nPods run on [virtual nodes](limits/index.md).\n",
    "docs/limits/index.md": "# Limits\n\n<!-- knooppunt: records kind=limitation as=table -->\n\n## Next steps\n\nRead on.\n",
    "docs/limits/limits.yml": "aks.nodes.ipv6:\n  kind: limitation\n  title: No IPv6\n  statement: Pods have no IPv6 address.\n"
    "  layer: provider\n  effect: unavailable\n  variants:\n    v1: {status: active, since: 2021-01-18}\n"
    "  evidence:\n    - {source: docs/nodes.md, date: 2021-01-18}\n",
    "locales/nl/locale.yml": "name: Nederlands\npublish: translated\n",
    "locales/nl/terms.yml": "pod:\n  source: pod\n  use: pod\n  plural: pods\n  never: [peul]\n",
}


def make_project(root: Path, **changes: str | bytes | None) -> Path:
    """Write FILES and the catalogs, then the changed files; a name has `__` for `/` and None removes a file."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert main(["update", "--project", str(root), "--quiet"]) == 0
    for name, content in changes.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink()
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8", newline="")
    return root


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file of the project with its bytes, without what commands cache."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".knooppunt" not in path.relative_to(root).parts
    }
