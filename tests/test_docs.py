"""The documentation cannot fall behind the code: verbs, options, settings and make's targets are all described."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from knooppunt.catalogs import parse_po
from knooppunt.checks import explain, load
from knooppunt.cli import make_parser, verbs
from knooppunt.config import SETTINGS, load_settings
from knooppunt.loading import load_project
from knooppunt.model import Effect, Kind, State, Status
from knooppunt.updating import update_catalogs

ROOT = Path(__file__).parents[1]
DOCS = {path: path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]}
SHIPPED = ("assess", "build", "links", "review")
"""Extras that `make site` installs."""
EVERYTHING = "\n".join(DOCS.values())


def test_every_verb_is_in_the_handbook() -> None:
    """A verb that nobody can read about does not exist."""
    handbook = "\n".join(text for path, text in DOCS.items() if "handbook" in path.parts)
    for verb in verbs():
        assert re.search(rf"knooppunt {verb}\b", handbook), verb


def test_every_command_in_the_docs_is_real() -> None:
    """Each `knooppunt ...` of a console block is accepted by the parser."""
    parser = make_parser()
    seen = 0
    for path, text in DOCS.items():
        for block in re.findall(r"```(?:console|sh|bash|shell)[^\n]*\n(.*?)```", text, re.DOTALL):
            for line in re.findall(r"^\s*(?:\$ )?knooppunt ([^\n#|>&]+)", block, re.MULTILINE):
                seen += 1
                try:
                    parser.parse_args(line.split())
                except SystemExit as ended:
                    assert ended.code == 0, f"{path}: knooppunt {line}"  # noqa: PT017 # argparse exits
    assert seen > 15


def test_every_make_target_that_docs_name_exists() -> None:
    """`make site` and the others are targets, and each target explains itself."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert set(re.findall(r"(?:`|\$ |^)make ([a-z]+)", EVERYTHING, re.MULTILINE)) <= targets
    assert {"site", "test", "serve", "check", "bench", "interop", "clean", "help"} <= targets


@pytest.mark.parametrize("enumeration", [Kind, Effect, Status, State])
def test_every_word_of_a_record_is_described(enumeration: type[Kind | Effect | Status | State]) -> None:
    """Authors and translators find each value in the handbook."""
    page = "translating.md" if enumeration is State else "records.md"
    text = DOCS[ROOT / "docs/handbook" / page]
    for item in enumeration:
        assert f"`{item.value}`" in text, item


def test_every_setting_is_described() -> None:
    """Keys of locale.yml and of the project's own settings."""
    for key in ("name", "direction", "register", "publish", "stale", "two-people", "theme"):
        assert f"{key}" in DOCS[ROOT / "docs/handbook/translating.md"], key
    for key in SETTINGS:
        assert f"`{key}`" in DOCS[ROOT / "docs/handbook/getting-started.md"], key


def test_every_check_has_a_page_in_the_handbook() -> None:
    """Pages are made from the checks' own documentation, and translated into Dutch."""
    project = load_project(ROOT)
    for name, check in load().items():
        page = project.by_name[f"handbook/checks/{name}"]
        assert page.text == explain(check)
        catalog = project.catalog("nl", page.name)
        assert catalog is not None
        assert [entry.msgid for entry in catalog.active if not entry.msgstr] == []


def test_links_of_the_readme_lead_somewhere() -> None:
    """Relative links and pictures exist."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", DOCS[ROOT / "README.md"]):
        assert (ROOT / target).exists(), target


def test_the_content_is_complete() -> None:
    """84 records; Dutch complete, German and Spanish for the knowledge base, Japanese for overview and limitations."""
    project = load_project(ROOT)
    assert len(project.knowledge.records) == 84
    assert sum(bool(record.disputed) for record in project.knowledge.records.values()) == 6
    base = {name for name in project.names if name.startswith("virtual-nodes")} | {"index", "site"}
    wanted = {
        "nl": set(project.names),
        "de": base,
        "es": base,
        "ja": {"virtual-nodes/overview", "virtual-nodes/limitations", "site"},
    }
    for locale, names in wanted.items():
        for name in names:
            catalog = project.catalog(locale, name)
            assert catalog is not None, (locale, name)
            missing = [entry.msgid for entry in catalog.active if not entry.msgstr]
            assert missing == [], (locale, name)


def test_catalogs_are_up_to_date_and_stay_so() -> None:
    """An update of the repository's own catalogs changes nothing."""
    assert update_catalogs(load_project(ROOT), write=False).behind == ()


def test_catalogs_hold_no_dates_and_no_line_numbers() -> None:
    """Nothing in a catalog changes by itself, so branches merge."""
    for path in (ROOT / "locales").rglob("*.po"):
        catalog = parse_po(path.read_text(encoding="utf-8"), str(path))
        assert not any("Date" in key for key in catalog.header), path
        assert not any(re.search(r":\d+$", place) for entry in catalog.entries for place in entry.references), path


def test_lock_files_pin_every_dependency_with_hashes_and_name_no_host() -> None:
    """What a new machine installs is what was tested."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, extras in (("requirements.txt", SHIPPED), ("requirements-test.txt", (*SHIPPED, "test"))):
        text = (ROOT / ".ci" / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index-url" not in text
        wanted = [*table["dependencies"], *(item for extra in extras for item in table["optional-dependencies"][extra])]
        for requirement in wanted:
            package = re.split(r"[><=\[ ]", requirement)[0].lower()
            assert re.search(rf"^{re.escape(package)}==[^\s]+ \\\n    --hash=sha256:", text, re.MULTILINE), package
    assert "resolved" not in (ROOT / "tests/browser/package-lock.json").read_text(encoding="utf-8")


def test_settings_of_this_project_are_valid() -> None:
    """The records' layers and variants have labels."""
    settings = load_settings(ROOT)
    assert set(settings.variants) == {"v1", "v2"}
    assert settings.check_pages == "handbook/checks"
