"""What is fuzzed: a name, and a function that takes any text and raises where a law does not hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from fuzz.seeds import small_catalog
from knooppunt.catalogs import (
    Ledger,
    edit_po,
    entry_hash,
    entry_state,
    machine_comment,
    machine_text,
    parse_ledger,
    parse_po,
    render_decision,
    update_po,
)
from knooppunt.errors import DataError
from knooppunt.exchange import formats, parse_tmx, plan_import
from knooppunt.exchange.codes import join_parts, split_codes, split_target
from knooppunt.exchange.tbx import parse_terms_of
from knooppunt.model import Origin, Page, Segment
from knooppunt.pages import (
    code_spans,
    front_matter_end,
    has_prose,
    heading_ids,
    parse_front_matter,
    parse_page,
    plain_text,
    records_directives,
)
from knooppunt.translated import translate_page
from knooppunt.yamltext import load


def refusal(read: Callable[[], object], text: str) -> DataError | None:
    """Run a reader; its refusal if it has one, which must name lines of the text."""
    try:
        read()
    except DataError as error:
        lines = max(text.count("\n"), len(text.splitlines())) + 1
        if not error.problems or not all(0 <= problem.line <= lines for problem in error.problems):
            raise AssertionError(f"a refusal without its place: {error}") from error
        return error
    return None


def walker(text: str) -> None:
    """Laws 1 and 2, ids of headings, front matter, and directives."""
    page = parse_page(text, path="a.md")
    _lossless(page)
    assert translate_page(page, lambda _: None) == text, "an empty catalog changes the page"
    assert translate_page(page, lambda segment: segment.msgid) == text, "msgstr = msgid changes the page"
    ids = heading_ids(page)
    assert all(page.blocks[number].kind in {"heading", "setext"} for number in ids)
    assert 0 <= front_matter_end(text) <= len(text)
    refusal(lambda: parse_front_matter(text, "a.md"), text)
    refusal(lambda: records_directives(page), text)


def inline(text: str) -> None:
    """The inline readers end, and their ranges are apart."""
    at = 0
    for start, end in code_spans(text):
        assert at <= start < end <= len(text)
        at = end
    has_prose(text)
    plain_text(text)


def translation(text: str) -> None:
    """A page and hostile translations of it: the rest of the page stays, and the result is a page again.

    The first line of the text is the translation, the rest the page.
    """
    msgstr, _, source = text.partition("\n")
    page = parse_page(source, path="a.md")
    result = translate_page(page, lambda segment: msgstr.replace("\\n", "\n") if segment.origin.start % 2 else None)
    _lossless(parse_page(result))
    at = 0
    for block in page.blocks:
        if block.kind in {"fence", "code", "math"} and not block.segments:  # the title of a fence is text
            code = source[block.start : block.end]
            place = result.find(code, at)
            assert place >= at, f"code of the page is lost: {code!r}"
            at = place + len(code)


def _lossless(page: Page) -> None:
    text = page.text
    assert "".join(text[block.start : block.end] for block in page.blocks) == text, "blocks do not join to the page"
    at = 0
    for segment in page.segments:
        assert at <= segment.origin.start < segment.origin.end <= len(text), "segments overlap"
        assert segment.msgid, "a segment without text"
        at = segment.origin.end


def catalog(text: str) -> None:
    """Law 4: refused with a line, or read and written byte for byte; an edit changes only its entry."""
    if refusal(lambda: parse_po(text, "a.po"), text):
        return
    read = parse_po(text, "a.po")
    assert edit_po(read, {}) == text, "writing back changes the file"
    for entry in read.entries[:3] + read.entries[-3:]:
        new = replace(entry, msgstr='nieuw "\\\n€', plurals=('nieuw "\\\n€', *entry.plurals[1:])[: len(entry.plurals)])
        after = edit_po(read, {entry.key: new})
        assert after.startswith(text[: entry.origin.start]), "an edit changes what stands before its entry"
        assert after.endswith(text[entry.origin.end :]), "an edit changes what stands behind its entry"
        again = parse_po(after, "a.po")
        assert len(again.entries) == len(read.entries)
        assert again.by_key[entry.key].msgstr == new.msgstr
        assert len(entry_hash(entry)) == 64
        entry_state(entry, {entry_hash(entry)})
        machine_text(entry)


def update(text: str) -> None:
    """An update of any catalog gives a catalog, keeps the translation of a text that stays, and changes nothing twice."""
    if refusal(lambda: parse_po(text, "a.po"), text):
        return
    read = parse_po(text, "a.po")
    segments = [Segment(entry.msgid, Origin("a.md", 1), context=entry.context) for entry in read.entries[::2]]
    segments += [Segment(f"{entry.msgid} more", Origin("a.md", 1)) for entry in read.entries[1::2]]
    first = update_po(read, segments, locale="nl")
    after = parse_po(first.text, "a.po")
    for entry in read.entries[::2]:
        if entry.msgid:
            assert after.by_key[entry.key].msgstr == entry.msgstr, "an update loses a translation"
    second = update_po(after, segments, locale="nl", ledger=Ledger())
    assert second.text == first.text, "a second update changes something"
    assert not second.changed


def ledger(text: str) -> None:
    """Refused with a line, or read; and each line that is read can be written."""
    if refusal(lambda: parse_ledger(text, "reviews.jsonl"), text):
        return
    read = parse_ledger(text, "reviews.jsonl")
    for decision in read.decisions:
        line = render_decision(
            decision.context, decision.hash, decision.action,
            by=decision.by, at=decision.at, note=decision.note, extra=decision.extra,
        )  # fmt: skip
        again = parse_ledger(line, "reviews.jsonl").decisions[0]
        assert replace(again, line=0) == replace(decision, line=0)


def comment(text: str) -> None:
    """What an engine wrote comes back out of its comment."""
    line = machine_comment("engine", text)
    read = parse_po(f'# {line}\nmsgid "a"\nmsgstr "b"\n', "a.po")
    assert machine_text(read.entries[0]) == ("engine", text)


def yaml(text: str) -> None:
    """Refused with a line, or read."""
    refusal(lambda: load(text, "a.yml"), text)


def codes(text: str) -> None:
    """Inline codes, joined, are the text, for a source and for a translation of it."""
    source, _, target = text.partition("\n")
    parts = split_codes(source)
    assert join_parts(parts) == source, "the parts do not join to the text"
    assert join_parts(split_target(target, parts)) == target, "the parts do not join to the translation"


def tmx(text: str) -> None:
    """A memory of any tool is refused with a line, or read."""
    data = text.encode("utf-8", "surrogatepass")
    refusal(lambda: parse_tmx(data, "a.tmx"), text)


def tbx(text: str) -> None:
    """A termbase of any tool is refused with a line, or read."""
    data = text.encode("utf-8", "surrogatepass")
    refusal(lambda: parse_terms_of(data, "a.tbx", "en", "nl"), text)


def exchange(name: str) -> Callable[[str], None]:
    """The reader of one format: refused with a line, or read, and an import of it changes no other entry."""

    def run(text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        parse = formats()[name].parse
        if refusal(lambda: parse(data, "back"), text):
            return
        file = parse(data, "back")
        read = small_catalog()
        if file.locale in {"", "nl"}:
            plan = plan_import({"network": read}, file)
            after = edit_po(read, plan.changes.get("network", {}))
            assert len(parse_po(after, "a.po").entries) == len(read.entries), "an import adds or removes an entry"

    return run


@dataclass(frozen=True, slots=True)
class Target:
    """One reader to fuzz."""

    run: Callable[[str], None]
    seeds: tuple[str, ...]
    """Kinds of seeds: `md`, `po`, `jsonl`, `yml` and so on."""


TARGETS: Final = {
    "walker": Target(walker, ("md",)),
    "inline": Target(inline, ("md",)),
    "translation": Target(translation, ("md",)),
    "catalog": Target(catalog, ("po",)),
    "update": Target(update, ("po",)),
    "ledger": Target(ledger, ("jsonl",)),
    "comment": Target(comment, ("md",)),
    "yaml": Target(yaml, ("yml",)),
    "codes": Target(codes, ("md",)),
    **{name: Target(exchange(name), (name,)) for name in formats()},
    "memory": Target(tmx, ("tmx",)),
    "termbase": Target(tbx, ("tbx",)),
}
