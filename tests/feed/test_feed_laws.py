"""Laws of the feed: translations move texts alone, and the same input makes the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from feed_cases import documents, dutch_words, small_feed, source_words
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.feed import FeedInput, render_feed
from knooppunt.knowledge import text_fields
from knooppunt.model import Text, TranslatedRecord

STATES = ("translated", "approved", "machine", "stale")
WORDS = ("kind.limitation", "effect.ignored", "layer.aci", "layer.provider", "variant.v1", "status.active")
BEFORE = documents(render_feed(small_feed()))


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value that is no container, with its path; empty containers too."""
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
TRANSLATIONS = st.one_of(st.none(), st.builds(Text, TEXTS, st.just("nl"), st.sampled_from(STATES)))


@settings(deadline=None)  # a busy machine is no fault
@given(st.data())
def test_a_changed_translation_changes_texts_alone(data: st.DataObject) -> None:
    feed = small_feed()

    def other(item: TranslatedRecord) -> TranslatedRecord:
        drawn = {
            field: data.draw(TRANSLATIONS) or Text(source, "en", "fallback")
            for field, source in text_fields(item.record).items()
        }
        return replace(item, texts=drawn)

    drawn_words = {name: data.draw(TRANSLATIONS) for name in WORDS}
    words = {"en": source_words, "nl": lambda name: drawn_words.get(name) or dutch_words(name)}
    records = {"en": feed.records["en"], "nl": [other(item) for item in feed.records["nl"]]}
    after = documents(render_feed(replace(feed, records=records, words=words)))
    assert list(after) == list(BEFORE)
    for path, document in after.items():
        if path != "api/v1/index.json" and not path.endswith(".nl.json"):
            assert document == BEFORE[path], path
    for path in (name for name in after if name.endswith(".nl.json") and "/news." not in name):
        before, changed = (dict(leaves(files[path])) for files in (BEFORE, after))
        assert list(before) == list(changed)
        moved = {place[-1] for place in before if before[place] != changed[place]}
        assert moved <= {"text", "lang", "state"}
        assert all(value in {"en", "nl"} for place, value in changed.items() if place[-1] == "lang")
    assert told(after) == told(BEFORE)


def told(files: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What a feed reader goes by: which entries there are, where they lead, and their days."""
    items = files["api/v1/news.nl.json"]["items"]
    return [(item["id"], item["url"], item["date_published"]) for item in items]


def backwards(value: Mapping[str, Any]) -> dict[str, Any]:
    return dict(reversed(list(value.items())))


def test_same_bytes_whatever_the_order_of_the_input() -> None:
    feed = small_feed()
    settings = replace(
        feed.settings,
        layers=backwards(feed.settings.layers),
        variants=backwards(feed.settings.variants),
        sources=backwards(feed.settings.sources),
    )
    shuffled = FeedInput(
        site_url=feed.site_url,
        project=feed.project,
        source_locale=feed.source_locale,
        records=backwards(
            {
                locale: [replace(item, texts=backwards(item.texts)) for item in reversed(items)]
                for locale, items in feed.records.items()
            }
        ),
        redirects=backwards(feed.redirects),
        words=backwards(feed.words),
        settings=settings,
        revision=feed.revision,
        changes=feed.changes,
    )
    assert list(shuffled.records) != list(feed.records)
    assert list(render_feed(shuffled).items()) == list(render_feed(feed).items())


def test_source_is_a_state_of_the_source_alone() -> None:
    """Words that are not known come as `source` in any locale; the feed says what they are to its reader."""
    feed = small_feed()
    unknown = {locale: (lambda name: Text(name.partition(".")[2], "en", "source")) for locale in feed.records}
    files = documents(render_feed(replace(feed, words=unknown)))
    states = {
        locale: {value for path, value in leaves(files[f"api/v1/limitations.{locale}.json"]) if path[-1] == "state"}
        for locale in ("en", "nl")
    }
    assert states == {"en": {"source"}, "nl": {"approved", "fallback", "machine", "stale", "translated"}}


def test_a_text_without_an_entry_is_that_of_the_source() -> None:
    feed = small_feed()
    bare = {"en": feed.records["en"], "nl": [replace(item, texts={}) for item in feed.records["nl"]]}
    record = documents(render_feed(replace(feed, records=bare)))["api/v1/limitations.nl.json"]["records"][0]
    assert record["title"] == {"text": "Coins", "lang": "en", "state": "fallback"}
    assert record["workaround"] is None
