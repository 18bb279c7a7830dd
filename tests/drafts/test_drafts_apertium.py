"""A real engine: apertium-apy with Debian's English-Spanish pair, started here."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knooppunt.catalogs import entry_state, machine_text, parse_po
from knooppunt.cli import main
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Iterator

MODES = Path("/usr/share/apertium/modes")
APY = shutil.which("apertium-apy")

pytestmark = pytest.mark.skipif(
    APY is None or not (MODES / "eng-spa.mode").is_file(),
    reason="Apertium is not installed; Debian has it as apertium, apertium-eng-spa and apertium-apy",
)

PAGE = """\
# The virtual node

The **virtual network** has [a subnet](nodes.md), and `kubectl get pods` shows its pods.

Azure Container Instances needs 60 minutes for `spec.hostAliases`.
"""
TERMS = """\
pod: {source: pod, use: pod, plural: pods, never: [{vaina: pod}, {vainas: pods}]}
subnet: {source: subnet, use: subred, plural: subredes, never: [{un subnet: una subred}]}
aci: {source: Azure Container Instances, use: Azure Container Instances, translate: false}
"""


@pytest.fixture(scope="module")
def apertium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of our own, which ends with the tests."""
    assert APY is not None
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("apertium") / "log"
    with log.open("wb") as stream:
        process = subprocess.Popen([APY, "-p", str(port), str(MODES)], stdout=stream, stderr=stream)
    try:
        address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"{address}/listPairs", timeout=5):  # noqa: S310 # our own server
                    break
            except OSError:
                assert process.poll() is None, log.read_text("utf-8", "replace")
                assert time.monotonic() < end, "apertium-apy does not answer"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def test_a_page_is_drafted_for_real(apertium: str, tmp_path: Path) -> None:
    """Code, links, names and numbers are those of the source; terms are those of the termbase; the rest is Spanish."""
    files = {
        "mkdocs.yml": "site_name: S\nsite_url: https://s.example/\ntheme: {name: material}\nplugins: [knooppunt]\n",
        "knooppunt.yml": "docs: docs\n",
        "docs/index.md": PAGE,
        "docs/nodes.md": "# Nodes\n",
        "locales/es/locale.yml": "name: Español\npublish: machine\n",
        "locales/es/terms.yml": TERMS,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    where = ["--project", str(tmp_path), "--quiet"]
    assert main(["update", *where]) == 0
    assert main(["draft", *where, "-l", "es", "-e", "apertium", "--url", apertium, "docs/"]) == 0
    catalog = parse_po((tmp_path / "locales/es/LC_MESSAGES/index.po").read_text("utf-8"), "index.po")
    title, first, second = catalog.active
    assert title.msgstr == "El nodo virtual"
    for part in ("**red virtual**", "[una subred](nodes.md)", "`kubectl get pods`", "pods."):
        assert part in first.msgstr, first.msgstr
    for part in ("Azure Container Instances", "60 minutos", "`spec.hostAliases`"):
        assert part in second.msgstr, second.msgstr
    assert "*" not in second.msgstr
    assert {entry_state(entry, ()) for entry in catalog.active} == {State.MACHINE}
    assert machine_text(title) == ("apertium", "El nodo virtual")
    assert main(["check", *where, "--locale", "es", "--select", "lost-placeholder,changed-number,wrong-term"]) == 0
