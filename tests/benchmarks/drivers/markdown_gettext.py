"""markdown-gettext: its renderers in one process; catalogs are compiled in memory instead of by a msgfmt per page."""

from __future__ import annotations

import gettext
import importlib
import io
from typing import TYPE_CHECKING, Any

from benchmarks.drivers.loop import run

if TYPE_CHECKING:
    from pathlib import Path


def _parser(module: str, renderer: str) -> Any:
    """The parser that the tool's own command makes."""
    front_matter = importlib.import_module("mdit_py_plugins.front_matter").front_matter_plugin
    definitions = importlib.import_module("mdit_py_plugins.deflist").deflist_plugin
    renderer_class = getattr(importlib.import_module(module), renderer)
    parser = importlib.import_module("markdown_it").MarkdownIt(renderer_cls=renderer_class)
    return parser.use(front_matter).enable("table").use(definitions)


def extract(source: Path, catalog: Path, _: Path) -> None:
    domain = importlib.import_module("markdown_gettext.domain_extraction").DomainExtraction()
    parser = _parser("mdit_py_i18n.renderer_i18n", "RendererMarkdownI18N")
    parser.render(source.read_text(encoding="utf-8"), {"path": str(source), "domain_extraction": domain})
    domain.make_pot(source.name, "", "", str(catalog))


def generate(source: Path, catalog: Path, target: Path) -> None:
    compiled = importlib.import_module("polib").pofile(str(catalog)).to_binary()
    words = gettext.GNUTranslations(io.BytesIO(compiled))
    domain = importlib.import_module("markdown_gettext.domain_generation").DomainGeneration(words.gettext)
    parser = _parser("mdit_py_i18n.renderer_l10n", "RendererMarkdownL10N")
    front_matter, body = parser.render(source.read_text(encoding="utf-8"), {"domain_generation": domain})
    target.write_text(front_matter.localized + body.localized, encoding="utf-8")


run({"extract": extract, "generate": generate})
