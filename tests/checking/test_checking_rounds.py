"""A whole set of files: a second run changes nothing, whatever files say of one another, by any number of processes."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from checking_cases import checked, dutch, read, toy, write
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.checking import Kind, gather_files
from knooppunt.checking.files import Task
from knooppunt.checking.pool import ENOUGH, each, jobs_for
from knooppunt.checking.results import in_order
from knooppunt.checking.work import Finder, Setup
from knooppunt.checks import LinkIndex
from knooppunt.errors import DataError, UsageError
from knooppunt.repair import Evidence

WORDS = st.sampled_from(["een", "twee", "eentwee", "tweeeen", "eentweeeen", "een twee", "twee een", "`x`", ".", "**"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=4)


@settings(deadline=None, max_examples=40)
@given(TEXTS)
def test_a_second_run_over_the_set_changes_nothing(texts: list[str]) -> None:
    """A join in one file is evidence for others, or takes it away; rounds end where a new run would start."""
    with tempfile.TemporaryDirectory() as name:
        root = write(Path(name), {f"{number}.md": f"{text}\n" for number, text in enumerate(texts)})
        checked(root, toy(), fix=True)
        once = read(root)
        results, checking = checked(root, toy(), fix=True)
        assert read(root) == once
        assert checking.changed == 0
        assert all(not result.made for result in results)


def test_what_one_file_says_mends_another_and_that_a_third(tmp_path: Path) -> None:
    """Joins of a first round are the evidence of a second one."""
    files = {
        "a.md": "eentwee eentwee. een twee.\n",  # twice as one word, once apart: joined at once
        "b.md": "eentwee drie. eentweedrie eentweedrie.\n",
        "c.md": "een twee drie.\n",
    }
    write(tmp_path, files)
    results, _ = checked(tmp_path, toy(), fix=True)
    assert read(tmp_path) == {
        "a.md": b"eentwee eentwee. eentwee.\n",
        "b.md": b"eentweedrie. eentweedrie eentweedrie.\n",
        "c.md": b"eentweedrie.\n",
    }
    assert [len(result.made) for result in results] == [1, 1, 2]


def test_results_are_the_same_with_any_number_of_processes(tmp_path: Path) -> None:
    """Bytes, findings and their order."""
    texts = ["Een knoop punt met peulen.", "De `knoop punt` is code.", "Geen fout.", "[a](b.md#c) en peul ."]
    files = {f"{number:02}.md": f"# Titel\n\n{texts[number % 4]}\n" for number in range(30)}
    found = {}
    for jobs in (1, 2, 3):
        root = write(tmp_path / str(jobs), files)
        results, checking = checked(root, dutch(), fix=True, stats=True, jobs=jobs)
        assert checking.stats is not None
        found[jobs] = (read(root), results, checking.stats.before, checking.stats.after, checking.stats.worst())
    assert found[1] == found[2] == found[3]
    assert len(found[1][1]) == 30
    assert b"Een knooppunt met pods." in found[1][0]["00.md"]


def test_processes_are_started_where_they_are_worth_it() -> None:
    assert jobs_for(10, None) == 1
    assert jobs_for(10 * ENOUGH, None) >= 1
    assert jobs_for(1000, 3) == 3
    assert jobs_for(9, 8) == 2
    with pytest.raises(UsageError, match="--jobs 0"):
        jobs_for(10, 0)


def test_runs_come_in_order_and_cover_every_file() -> None:
    for jobs in (1, 2):
        found = list(each(_numbers, 50, ("x",), jobs))
        assert [number for numbers, _ in found for number in numbers] == list(range(50))
        assert [result for _, result in found] == [f"x{list(numbers)}" for numbers, _ in found]


def _numbers(numbers: range, lead: str) -> str:
    return f"{lead}{list(numbers)}"


def test_every_broken_file_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.md": "Een peul.\n", "b.md": b"\xff\xfe", "c.md": b"goed\n\n\xe9\n"}
    files |= {"d.po": 'msgid "a\n', "e.xlf": "<x"}
    write(tmp_path, files)
    before = read(tmp_path)
    for jobs in (1, 2):
        with pytest.raises(DataError) as caught:
            checked(tmp_path, dutch(), fix=True, jobs=jobs)
        assert [problem.path for problem in caught.value.problems] == ["b.md", "c.md", "d.po", "e.xlf"]
        assert "c.md:3: byte 0xe9 is not UTF-8" in str(caught.value)
    assert read(tmp_path) == before


def test_a_file_that_changes_meanwhile_is_left_alone(tmp_path: Path) -> None:
    from knooppunt.checking import Options, check_files, gather_files  # noqa: PLC0415 # this test alone needs them

    write(tmp_path, {"a.md": "Een peul.\n", "b.md": "Een peul.\n"})
    files = list(gather_files(["."], tmp_path))
    with check_files(files, language=dutch(), options=Options(fix=True)) as checking:
        assert checking.collected().failures == 0
        assert [after for _, _, after in checking.changes()] == ["Een pod.\n", "Een pod.\n"]
        (tmp_path / "b.md").write_text("Iets anders.\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"b\.md: was changed by another program"):
            checking.write()
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "Een peul.\n"


def test_an_anchor_that_another_page_leads_to_stays(tmp_path: Path) -> None:
    """The id of a heading is made of its words."""
    write(tmp_path, {"a.md": "[zie](nl/b.md#peulen)\n", "nl/b.md": "# Peulen\n\n## Peul\n"})
    results, _ = checked(tmp_path, dutch(), fix=True)
    assert read(tmp_path)["nl/b.md"] == b"# Peulen\n\n## Pod\n"
    assert [found.refused for found in results[1].found] == [
        "a link of another page leads to '#peulen', which the heading would lose"
    ]


@settings(deadline=None)
@given(st.lists(st.text("ab \n>.`*", max_size=40), max_size=4), st.lists(st.text("ab .", max_size=30), max_size=4))
def test_evidence_is_a_sum(texts: list[str], others: list[str]) -> None:
    """Counted apart and put together, or taken out again, it is what the texts say."""
    whole, one, other = Evidence(), Evidence(), Evidence()
    for text in (*texts, *others):
        whole.add(text)
    for text in texts:
        one.add(text)
    for text in others:
        other.add(text)
    one.merge(other)
    assert (one.words, one.pairs) == (whole.words, whole.pairs)
    gone = Evidence()
    for text in others:
        gone.add(text, times=-1)
    whole.merge(gone)
    left = Evidence()
    for text in texts:
        left.add(text)
    assert (whole.words, whole.pairs) == (left.words, left.pairs)


def test_evidence_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many pairs, those that were seen once go first."""
    monkeypatch.setattr("knooppunt.repair.evidence.MOST_PAIRS", 10)
    evidence = Evidence()
    for word in "abcdefghijkl":
        more = Evidence()
        more.add(f"x x{word}. twee keer. twee keer.")
        evidence.merge(more)
    assert evidence.pruned
    assert evidence.pairs["twee", "keer"] == 24
    assert len(evidence.pairs) <= 10


PAGE = st.lists(
    st.sampled_from(
        [
            *(
                "Een peul en een knoop punt.",
                "De knooppunten zijn er .",
                "# Peulen",
                "| peul | knoop punt |",
                "> een peul",
            ),
            *("- voor beeld", "- [x](y) .", "---", "", "    code peul", "Twee\nregels met peul"),
        ]
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=60)
@given(
    PAGE, st.lists(st.tuples(st.sampled_from(["peul", "knoop punt", " .", "een"]), st.sampled_from(["pod", "", "x\n"])))
)
def test_only_what_changed_is_checked_again(parts: list[str], changes: list[tuple[str, str]]) -> None:
    """With the findings that all of it has."""
    task = Task(Path("a.md"), "a.md", Kind.MARKDOWN, "nl")
    setup = Setup({"nl": dutch()}, LinkIndex(), Path("nowhere"))
    text = "\n\n".join(parts) + "\n"
    finder = Finder(task, setup)
    finder.find(text)
    for old, new in changes:
        text = text.replace(old, new, 1)
        assert in_order(finder.find(text)) == in_order(Finder(task, setup).find(text))


@pytest.mark.parametrize("folder", [".", "./nl", "nl/", "nl/../nl"])
def test_an_anchor_stays_however_the_folder_is_called(tmp_path: Path, folder: str) -> None:
    write(tmp_path, {"nl/a.md": "[zie](b.md#peulen)\n", "nl/b.md": "# Peulen\n\n## Peul\n"})
    _, _ = checked(tmp_path, dutch(), folder=folder, fix=True)
    assert read(tmp_path)["nl/b.md"] == b"# Peulen\n\n## Pod\n"


def test_a_file_is_checked_once(tmp_path: Path) -> None:
    write(tmp_path, {"nl/a.md": "Een peul.\n"})
    assert [shown for _, shown in gather_files(["nl", "./nl/a.md", "nl/a.md"], tmp_path)] == ["nl/a.md"]
