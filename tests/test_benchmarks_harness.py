"""The benchmarks' own parts that are not a measurement: tables, texts, processes. Nothing here is timed."""

from __future__ import annotations

import re
import sys
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.__main__ import PAGE, TABLES, updated
from benchmarks.drivers.fill import translation
from benchmarks.drivers.messages import edited
from benchmarks.faithful import words_offered, words_seen
from benchmarks.measure import measure
from benchmarks.tables import Gate, Table, figure, held, markdown, placed, plain, promises
from fidelity.rendering import Renderer
from knooppunt.pages import parse_page

ROOT = Path(__file__).parents[1]
TABLE = Table(
    ("tool", "version", "CPU s", "pages/s"),
    (("knooppunt, library", "0.1.0", 1.234, 1234), ("po4a, one run", "0.69", "stopped after 120 s", None)),
)
GATES = [Gate("update, in CPU seconds", 2, 1.12, least=False), Gate("fastest peer (mdpo-llm)", 3, 2.5, least=True)]


def test_a_table_shows_words_as_code_and_figures_in_cells_of_their_own() -> None:
    assert markdown(TABLE) == (
        "| `tool` | `version` | `CPU s` | `pages/s` |\n"
        "| --- | --- | --- | --: |\n"
        "| `knooppunt, library` | `0.1.0` | 1.23 | 1,234 |\n"
        "| `po4a, one run` | `0.69` | `stopped after 120 s` | — |"
    )
    assert plain(TABLE).splitlines()[1].split() == ["knooppunt,", "library", "0.1.0", "1.23", "1,234"]


def test_a_figure_has_three_digits_that_count() -> None:
    shown = {613: "613", 10_000: "10,000", 0.01234: "0.012", 1.239: "1.24", 12.39: "12.4", 1239.4: "1,239"}
    assert {value: figure(value) for value in shown} == shown


_LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(lambda text: "<!-- bench:" not in text)


@given(_LINES, _LINES, _LINES)
def test_tables_come_between_their_markers_and_all_else_stays(before: str, old: str, after: str) -> None:
    page = f"{before}\n<!-- bench:x start -->\n{old}\n<!-- bench:x end -->{after}"
    new = placed(page, {"x": "| `a` |\n| --- |"})
    assert new == f"{before}\n<!-- bench:x start -->\n\n| `a` |\n| --- |\n\n<!-- bench:x end -->{after}"
    assert placed(new, {"x": "| `a` |\n| --- |"}) == new
    assert held(new, "x") == "| `a` |\n| --- |"


@pytest.mark.parametrize("page", ["", "<!-- bench:x end -->\n<!-- bench:x start -->\n", "<!-- bench:x start -->\n"])
def test_a_page_without_a_place_for_a_table_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="one place for the table 'x'"):
        placed(page, {"x": ""})


def test_the_page_has_a_place_for_each_table_and_none_of_them_is_translated() -> None:
    """A run of the benchmarks must not make work for translators."""
    text = PAGE.read_text(encoding="utf-8")
    wanted = set(TABLES)
    assert set(re.findall(r"<!-- bench:(\w+) start -->", text)) == wanted
    before = [segment.msgid for segment in parse_page(text).segments]
    filled = placed(text, {**dict.fromkeys(wanted, markdown(TABLE)), "promises": markdown(promises(GATES))})
    assert [segment.msgid for segment in parse_page(filled).segments] == before
    bare = placed(text, dict.fromkeys(wanted, ""))
    assert [segment.msgid for segment in parse_page(bare).segments] == before


def test_some_parts_alone_are_written_where_the_machine_is_the_same() -> None:
    page = "".join(
        f"<!-- bench:{name} start -->\n<!-- bench:{name} end -->\n" for name in ("machine", "promises", "cache")
    )
    tables = {"machine": TABLE, "cache": TABLE, "promises": promises(GATES)}
    whole = updated(page, tables, everything=True)
    assert whole.count("`knooppunt, library`") == 2
    other = Table(("update",), (("first",),))
    again = updated(whole, {**tables, "cache": other, "promises": other}, everything=False)
    assert held(again, "cache") == markdown(other)
    assert held(again, "promises") == markdown(promises(GATES))
    with pytest.raises(SystemExit, match="another machine"):
        updated(whole, {**tables, "machine": other}, everything=False)


def test_a_promise_says_whether_it_was_kept() -> None:
    assert [gate.passed for gate in GATES] == [True, False]
    assert str(GATES[1]).startswith("FAIL  fastest peer (mdpo-llm): 2.50 (at least 3)")
    assert [row[-1] for row in promises(GATES).rows] == ["yes", "no"]


def test_a_process_is_measured_with_its_output_and_its_end() -> None:
    cost = measure([sys.executable, "-c", "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"])
    assert (cost.status, cost.output, cost.errors) == (3, "out\n", "err\n")
    assert cost.cpu > 0
    assert cost.peak > 0


def test_a_process_over_its_limit_is_stopped() -> None:
    assert measure([sys.executable, "-c", "while True: pass"], limit=1).status is None


def test_edits_are_those_of_a_person_and_every_text_stays_alone() -> None:
    old = [f"Wait {number} minutes before the next step of text {number}. Then go on." for number in range(1_000)]
    new = edited(old, (f"Spare {number}." for number in count()), 180)
    changed = [(before, after) for before, after in zip(old, new, strict=True) if before != after]
    assert len(changed) == 180
    assert len(set(new)) == len(new)
    assert changed[0] == (old[0], "Wait 0 minutes before the another step of text 0. Then go on.")
    assert changed[1][1].endswith("Then go on. Do this before you go on.")
    assert changed[2][1] == changed[2][0].removesuffix(" Then go on.")
    assert changed[3][1].startswith(f"Wait {int(changed[3][0].split()[1]) + 1} ")
    assert changed[4][1] == "Spare 0."
    assert edited(old, (f"Spare {number}." for number in count()), 180) == new


@pytest.mark.parametrize(
    ("msgid", "wanted"),
    [
        ("Set the name here, then test it", "Set thé namé here, thén tést it"),
        ("See the [the name](the.md) here", "See thé [the name](the.md) here"),
        ("`the name` of the file", "`the name` of the file"),
        ("# The next step", "# The next step"),
    ],
)
def test_a_made_translation_leaves_markup_alone(msgid: str, wanted: str) -> None:
    assert translation(msgid) == wanted


def test_peers_are_pinned_with_hashes_and_name_no_host() -> None:
    """What is compared today is what is compared tomorrow."""
    text = (ROOT / ".ci/requirements-peers.txt").read_text(encoding="utf-8")
    assert "http" not in text
    listed = (ROOT / ".ci/peers.in").read_text(encoding="utf-8").splitlines()
    wanted = [re.split(r"[\[ ]", line)[0].lower() for line in listed if line and not line.startswith("#")]
    for package in [*wanted, "mdpo-llm"]:
        assert re.search(rf"^{re.escape(package)}==[^\s]+ \\\n    --hash=sha256:", text, re.MULTILINE), package


def test_text_is_offered_where_its_words_stand_side_by_side_in_a_message(tmp_path: Path) -> None:
    """What readers see, in pairs of words: code, includes and addresses are not among it."""
    page = "---\ntitle: Two pods\n---\n\nSee [the page](x.md) for `kubectl get`.\n\n"
    page += "[!INCLUDE [name](x.md)]\n\n| Yes |\n|---|\n"
    seen = words_seen(page, Renderer())
    assert seen == {("two", "pods"): 1, ("the", "page"): 1, ("see",): 1, ("for",): 1, ("yes",): 1}
    catalog = tmp_path / "x.po"
    catalog.write_text(
        'msgid "See [the page](x.md) for `kubectl get`."\nmsgstr ""\n\nmsgid "Two"\nmsgstr ""\n', "utf-8"
    )
    offered = words_offered(catalog)
    assert {pair for pair in seen if pair not in offered} == {("two", "pods"), ("yes",)}
    assert words_offered(tmp_path / "none.po") == set()
