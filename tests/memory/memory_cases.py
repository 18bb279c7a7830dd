"""Units of our own writing for the tests of the memory."""

from __future__ import annotations

from knooppunt.catalogs import Question
from knooppunt.memory import MemoryUnit
from knooppunt.model import State

UNITS = (
    MemoryUnit("Pods have no IPv6 address.", "Pods hebben geen IPv6-adres.", "nodes/network", None, "Network", "Ports"),
    MemoryUnit("Pods have an IPv4 address.", "Pods hebben een IPv4-adres.", "nodes/network", None, "Ports", "Limits"),
    MemoryUnit("A group holds at most 60 containers.", "Een groep bevat hoogstens 60 containers.", "nodes/limits"),
    MemoryUnit("Run `kubectl get pods` first.", "Voer eerst `kubectl get pods` uit.", "nodes/setup"),
    MemoryUnit("Read about [limits](limits.md).", "Lees over [limieten](limits.md).", "index"),
    MemoryUnit("Limits", "Limieten", "nodes/limits", "aks.a:title", state=State.APPROVED),
    MemoryUnit("Limits", "Grenzen", "index"),
    MemoryUnit("Limits", "Beperkingen", "index", obsolete=True),
    MemoryUnit("Delete the node pool.", "Verwijder de knooppuntgroep.", "memory/old.tmx", state=None, imported=True),
)


def ask(text: str, before: str = "", after: str = "", context: str | None = None) -> Question:
    """A question about a text of a page, unless a context is given."""
    return Question(context, text, before, after)
