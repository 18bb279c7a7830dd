"""Records on a page: no sentence is put together in code, for each language has its own punctuation."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from knooppunt.model import (
    Amount,
    Claim,
    Effect,
    Evidence,
    Kind,
    Locale,
    Origin,
    Record,
    Reference,
    Status,
    Text,
    TranslatedRecord,
    Variant,
)
from knooppunt.site.record_cards import Cards
from knooppunt.translated import render_records

SOURCE = Evidence(
    "azure-aci/README.md", commit="d16bd42", version="v1.4.8", date=date(2019, 1, 15), note="最初の記載。"
)
RECORD = Record(
    id="aks.virtual-nodes.hooks",
    kind=Kind.LIMITATION,
    title="Hooks",
    statement="No hooks.",
    layer="provider",
    variants=(
        Variant("v1", Status.ACTIVE, since=date(2019, 1, 23)),
        Variant("v2", Status.LIFTED, since=date(2019, 1, 23), until=date(2024, 9, 20), note="Lifted."),
    ),
    origin=Origin("hooks.yml", 1),
    workaround="Do it yourself.",
    effect=Effect.IGNORED,
    fields=("spec.a", "spec.b"),
    amounts=(Amount(60, "containers", "group"), Amount(4, "cores")),
    evidence=(SOURCE,),
    disputed=(Claim("Yes.", SOURCE), Claim("No.", SOURCE)),
    references=(Reference("One", "https://example.com/1"), Reference("Two", "https://example.com/2")),
)
TEXTS = {
    "title": "フックは無視される",
    "statement": "フックは無視されます。",
    "workaround": "別の方法を使います。",
    "variants.v2.note": "解除されました。",
    "amounts[0].unit": "コンテナー",
    "amounts[0].per": "グループ",
    "amounts[1].unit": "コア",
    "disputed[0].text": "記載あり。",
    "disputed[1].text": "記載なし。",
    "references[0].title": "一",
    "references[1].title": "二",
}
WORDS = {"record.since": "{date}から", "record.until": "{date}まで", "record.evidence": "根拠："}
ITEM = TranslatedRecord(RECORD, Locale("ja"), {name: Text(text, "ja", "translated") for name, text in TEXTS.items()})


def word(name: str) -> Text:
    return Text(WORDS.get(name, "語"), "ja", "translated")


@pytest.mark.parametrize("form", ["list", "table", "cards"])
def test_a_list_of_records_has_no_english_punctuation(form: str) -> None:
    """All signs between Japanese words are those of the texts, or of no language."""
    text = render_records([ITEM], form, word)
    assert re.search(r"[,;:.]\s|[,;]", re.sub(r"<[^>]*>", "", text)) is None, text
    assert "2019年1月23日から" in text
    assert "。." not in text


def test_the_variants_of_a_record_stand_on_lines_of_their_own() -> None:
    text = render_records([ITEM], "list", word)
    assert "<b>語</b> 語 · 2019年1月23日から<br><b>語</b> 語 · 2024年9月20日まで · 解除されました。</small>" in text
    assert "[一](https://example.com/1) · [二](https://example.com/2)" in text


def test_a_card_has_no_english_punctuation() -> None:
    html = Cards("ja", "en", word, {}, "records.md").card(ITEM)
    assert re.search(r"[,;:]\s|\.\s", re.sub(r"<[^>]*>", "", html)) is None, html
    assert "<summary>根拠 (1)</summary>" in html


def test_records_of_more_than_a_line_keep_their_form() -> None:
    """A statement of two paragraphs stays in its cell, and in its item; each passage is marked by itself."""
    texts = {**ITEM.texts, "statement": Text("One `a|b` or|and.\n\nTwo.", "en", "fallback")}
    item = TranslatedRecord(RECORD, Locale("ja"), texts)
    mark = "<span class='kp-fallback' lang='en'>"
    head, rule, *rows = render_records([item], "table", word).split("\n")
    assert len(rows) == 1
    assert f"{mark}One `a|b` or\\|and.</span><br>{mark}Two.</span>" in rows[0]
    assert head.count("|") == rule.count("|")
    assert f"\n    {mark}One `a|b` or|and.</span>\n\n    {mark}Two.</span>\n" in render_records([item], "list", word)


def test_labels_and_words_are_text_and_not_markup() -> None:
    """A label with a bar or an angle bracket, and a word with braces of its own, break neither table nor run."""
    words = {"variant.v1": "V1 | <script>", "record.since": "{date} {} {datum} {"}
    text = render_records([ITEM], "table", lambda name: Text(words.get(name, "語"), "ja", "translated"))
    assert "| V1 \\| &lt;script&gt; |" in text
    assert "2019年1月23日 {} {datum} {" in text
    assert "<script>" not in text


@pytest.mark.parametrize("form", ["list", "table", "cards"])
def test_amounts_are_shown_as_the_records_page_words_them(form: str) -> None:
    amounts = (Amount(1234567.5, "containers", "group"), Amount(0.000125, "cores"))
    item = replace(ITEM, record=replace(RECORD, amounts=amounts), locale=Locale("de"))
    shown = "1.234.567,5 コンテナー / グループ · 0,000125 コア"
    text = render_records([item], form, word)
    assert shown in text
    assert shown in Cards("ja", "en", word, {}, "records.md").card(item)
    texts = {**ITEM.texts, "amounts[1].unit": Text("<cores>", "en", "fallback")}
    assert "<span class='kp-fallback' lang='en'>&lt;cores&gt;</span>" in render_records(
        [replace(item, texts=texts)], form, word
    )
    none = replace(item, record=replace(RECORD, amounts=(), fields=()))
    assert " · 0" not in render_records([none], form, word)


@pytest.mark.parametrize(("form", "indent"), [("list", "    "), ("cards", "")])
def test_fields_are_inline_code(form: str, indent: str) -> None:
    record = replace(RECORD, fields=("spec.a", "a`b"))
    text = render_records([replace(ITEM, record=record)], form, word)
    assert f"\n\n{indent}60 コンテナー / グループ · 4 コア\n\n{indent}<small>語 `spec.a` · `` a`b ``</small>\n" in text


def test_an_address_with_brackets_ends_where_it_does() -> None:
    record = replace(RECORD, references=(Reference("One", "https://example.com/a_(b"), RECORD.references[1]))
    text = render_records([replace(ITEM, record=record)], "list", word)
    assert "[一](<https://example.com/a_(b>) · [二](https://example.com/2)" in text
