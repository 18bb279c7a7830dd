"""Addresses, answers, robots, ids, the cache, and what is said: the parts of external links without a network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.config import load_settings
from knooppunt.errors import DataError, UsageError
from knooppunt.links.external import External, Report, check_external, copy_of
from knooppunt.links.external_ids import asked, has, ids_of
from knooppunt.links.external_judge import Again, Answer, Done, Job, Pause, Trouble, decide, waiting
from knooppunt.links.external_model import Checked, Hop, Limits, Verdict
from knooppunt.links.external_report import Patience, doubt, findings_of, written
from knooppunt.links.hosts import UnfitError, allowed_of, place_of
from knooppunt.links.link_cache import LinkCache, lasting
from knooppunt.links.model import Link
from knooppunt.links.robots import robots_of
from knooppunt.model import Severity
from knooppunt.origin import Origin
from knooppunt.retry_after import retry_after

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()
LIMITS = Limits()

# Addresses -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.8.9.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",  # noqa: S104 # is refused, not bound to
        ),
        *("192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "168.63.129.16", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
        *("64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:a00:1::1", "::ffff:0:10.0.0.1", "100::1"),
    ],
)
def test_private_addresses_are_refused(address: str) -> None:
    assert allowed_of(()).refusal("host.example", address) is not None


@pytest.mark.parametrize(
    "address",
    ["192.0.32.7", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1", "172.32.0.1"],
)
def test_public_addresses_are_not(address: str) -> None:
    allowed = allowed_of(())
    assert allowed.refusal("host.example", address) is None
    assert allowed.refusal(address, address) is None


def test_private_hosts_may_be_allowed_by_name_address_or_network() -> None:
    allowed = allowed_of(["wiki.example.com", "10.1.0.0/16", "[fd00::1]"])
    assert allowed.refusal("WIKI.example.com.", "10.9.9.9") is None
    assert allowed.refusal("evil.example", "10.9.9.9") is not None
    assert allowed.refusal("evil.example", "10.1.2.3") is None
    assert allowed.refusal("x.example", "fd00::1") is None
    assert allowed.refusal("x.example", "fd00::2") is not None
    assert allowed.reaches("wiki.example.com")
    assert not allowed.reaches("evil.example")
    with pytest.raises(UsageError, match="is no host"):
        allowed_of(["http://wiki"])


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://Example.com", "https://example.com/"),
        ("https://example.com:443/a b/ü?q=é#f", "https://example.com/a%20b/%C3%BC?q=%C3%A9"),
        ("http://example.com/a/../b/./c", "http://example.com/b/c"),
        ("http://example.com/100%", "http://example.com/100%25"),
        ("http://example.com/%e9%2F", "http://example.com/%e9%2F"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        (" http://example.com/a\n", "http://example.com/a"),
        ("http:\\\\example.com\\a", "http://example.com/a"),
        ("http://[2606:4700::1]:8080/", "http://[2606:4700::1]:8080/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://①②⑦.1/", "http://127.0.0.1/"),
    ],
)
def test_addresses_are_sent_as_browsers_send_them(url: str, sent: str) -> None:
    assert place_of(url).url == sent


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http:///x", "gopher://x/"),
        *(
            "http://user:secret@example.com/",
            "http://example.com:22/",
            "http://[::1",
            "http://ex ample.com/",
            "mailto:x",
        ),
        *(
            "http://example.com:99999/",
            "http://999.999.999.999/",
            "http://1.2.3.4.5/",
            f"http://example.com/{'x' * 9000}",
        ),
    ],
)
def test_other_addresses_are_not_asked_for(url: str) -> None:
    with pytest.raises(UnfitError):
        place_of(url)


@given(st.text(max_size=60))
def test_no_text_is_worse_than_unfit(text: str) -> None:
    """And what is sent is ASCII without spaces, so that nothing can be smuggled into a request."""
    for url in (text, f"http://{text}", f"http://a.example/{text}"):
        try:
            place = place_of(url)
        except UnfitError:
            continue
        assert all(0x20 < ord(sign) < 0x7F for sign in place.whole)
        assert place_of(place.whole) == place


# Answers -------------------------------------------------------------------------------------------------------------


def job(url: str = "http://a.example/x") -> Job:
    place = place_of(url)
    return Job(0, place, ("",), place)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        *((200, Verdict.OK), (206, Verdict.OK), (404, Verdict.BROKEN), (410, Verdict.BROKEN), (400, Verdict.BROKEN)),
        *((401, Verdict.BLOCKED), (403, Verdict.BLOCKED), (405, Verdict.BLOCKED), (451, Verdict.BLOCKED)),
        *((999, Verdict.BLOCKED), (300, Verdict.UNKNOWN), (304, Verdict.UNKNOWN), (101, Verdict.UNKNOWN)),
    ],
)
def test_a_status_has_a_verdict(status: int, verdict: Verdict) -> None:
    decision = decide(job(), Answer(status=status), LIMITS, NOW)
    assert isinstance(decision, Done)
    assert decision.verdict is verdict


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 522])
def test_what_may_pass_is_asked_again(status: int) -> None:
    one = job()
    kinds = [type(decide(one, Answer(status=status), LIMITS, NOW)) for _ in range(3)]
    assert kinds == [Again, Again, Done]


@pytest.mark.parametrize(
    ("trouble", "tries", "verdict"),
    [
        (Trouble.TIMEOUT, 2, Verdict.TIMEOUT),
        (Trouble.CONNECTION, 3, Verdict.BROKEN),
        (Trouble.DNS, 1, Verdict.BROKEN),
        (Trouble.DNS_LATER, 3, Verdict.UNKNOWN),
        (Trouble.CERTIFICATE, 1, Verdict.BROKEN),
        (Trouble.TLS, 1, Verdict.UNKNOWN),
        (Trouble.PROTOCOL, 1, Verdict.UNKNOWN),
        (Trouble.REFUSED, 1, Verdict.REFUSED),
    ],
)
def test_a_trouble_has_tries_and_a_verdict(trouble: Trouble, tries: int, verdict: Verdict) -> None:
    one = job()
    decisions = [decide(one, Answer(trouble=trouble), LIMITS, NOW) for _ in range(tries)]
    assert [type(decision) for decision in decisions[:-1]] == [Again] * (tries - 1)
    assert isinstance(decisions[-1], Done)
    assert decisions[-1].verdict is verdict


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *(("0", 0.0), ("120", 120.0), (" 7 ", 7.0), ("1.5", 1.5)),
        *(("Tue, 24 Nov 2026 12:01:00 GMT", 60.0), ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0)),
        *((None, None), ("", None), ("soon", None), ("-1", None), ("٣", None), ("1e9", None), ("9" * 40, None)),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str | None, seconds: float | None) -> None:
    assert retry_after(text, NOW) == seconds


@given(st.text(max_size=40))
def test_any_retry_after_is_read(text: str) -> None:
    seconds = retry_after(text, NOW)
    assert seconds is None or seconds >= 0


def test_a_pause_is_for_429_and_503_alone() -> None:
    for status, kind in ((429, Pause), (503, Pause), (500, Again)):
        assert isinstance(decide(job(), Answer(status=status, retry_after="3"), LIMITS, NOW), kind)


def test_waits_grow_and_differ_by_address() -> None:
    one, other = job(), job("http://a.example/y")
    one.tries = other.tries = 1
    first = waiting(one, LIMITS)
    assert first != waiting(other, LIMITS)
    assert 0.5 <= first <= 1.5
    one.tries = 3
    assert 2 <= waiting(one, LIMITS) <= 6


def test_a_redirect_to_what_is_no_web_address_is_refused() -> None:
    for location in ("file:///etc/passwd", "http://user:pw@a.example/", "http://a.example:25/", "http://[::1"):
        decision = decide(job(), Answer(status=302, location=location), LIMITS, NOW)
        assert isinstance(decision, Done)
        assert decision.verdict is Verdict.REFUSED


# Robots --------------------------------------------------------------------------------------------------------------


def test_robots_are_read() -> None:
    rules = robots_of(
        200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /a\nCrawl-delay: 3\n\nUser-agent: knooppunt\nDisallow: /b\n"
    )
    assert rules.refusal("http://x.example/a") is None
    assert rules.refusal("http://x.example/b/c") is not None
    assert robots_of(200, b"User-agent: *\nCrawl-delay: 3\n").delay == 3.0
    assert robots_of(404, b"").refusal("http://x.example/") is None
    assert robots_of(403, b"").refusal("http://x.example/") is None
    assert robots_of(503, b"").refusal("http://x.example/") is not None
    assert robots_of(0, b"").refusal("http://x.example/") is None


@given(st.binary(max_size=200))
def test_any_robots_are_read(body: bytes) -> None:
    rules = robots_of(200, b"User-agent: *\n" + body)
    rules.refusal("http://x.example/a")
    assert rules.delay >= 0


# Places on a page ----------------------------------------------------------------------------------------------------


def test_ids_are_those_of_elements() -> None:
    html = (
        "<!-- <p id=no> --><p id=a><P ID = 'b'>\n<a name=\"c&amp;d\"><div title='<p id=\"no2\">' id=e/>"
        "<script>\"<p id='no3'>\"</script><p class=it's id=f><input name=no4><textarea><p id=no5></textarea>"
        "<style id=g></style><p data-id=no6><!--> <p id=h><br id='i"
    )
    assert ids_of(html) - {"i"} == {"a", "b", "c&d", "e/", "f", "g", "h"}


@pytest.mark.parametrize(
    "part", ["<!--", "<script>", "<a id='", '<a x="', "<a ", "<", "<p id=x ", "<style></styl", "'\"<"]
)
def test_hostile_pages_take_no_time_that_grows_faster_than_they(part: str) -> None:
    """A page of 300 kB; a reader that looks back from every sign would not come to its end."""
    ids_of(part * (300_000 // len(part)))


def test_fragments_that_are_no_ids_are_not_looked_for() -> None:
    for fragment in ("", "top", "TOP", ":~:text=x", "/route/1", "!hash", "L10", "L10-L20", "page=3"):
        assert asked(fragment) is None
    assert asked("a:~:text=x") == "a"
    assert has("<p id=café>", "caf%C3%A9")
    assert has("<p id='caf&eacute;'>", "caf%C3%A9")
    assert has("<p id='a%20b'>", "a%20b")
    assert has("<p id=user-content-intro>", "Intro")
    assert not has("<p id=Intro>", "intro")
    assert not has("<p title=intro>", "intro")


# Cache ---------------------------------------------------------------------------------------------------------------

URL = "https://a.example/x"


def cache(folder: Path, day: float = 0, days: float = 7) -> LinkCache:
    return LinkCache(folder / "links.json", days=days, now=NOW + timedelta(days=day))


def test_a_good_link_is_believed_until_it_expires(tmp_path: Path) -> None:
    first = cache(tmp_path)
    first.learn([Checked(URL, Verdict.REDIRECTED, "200 OK", 200, (Hop(301, "https://a.example/y"),))])
    first.save()
    known = cache(tmp_path, 3).fresh(URL)
    assert known is not None
    assert known.cached
    assert known.moved_to == "https://a.example/y"
    assert cache(tmp_path, 9).fresh(URL) is None
    assert cache(tmp_path, 0.1, days=0).fresh(URL) is None


def test_failures_in_a_row_are_counted(tmp_path: Path) -> None:
    """A run that could not tell neither ends the row nor adds to it; a good answer ends it."""
    for day, verdict, streak in (
        (0, Verdict.BROKEN, 1),
        (1, Verdict.BROKEN, 2),
        (2, Verdict.TIMEOUT, 0),
        (3, Verdict.BROKEN, 3),
        (4, Verdict.OK, 0),
        (5, Verdict.BROKEN, 1),
    ):
        kept = cache(tmp_path, day)
        assert kept.fresh(URL) is None or verdict is not Verdict.OK
        found = kept.learn([Checked(URL, verdict)])[URL]
        kept.save()
        assert (found.verdict, found.streak) == (verdict, streak)
    assert found.since == "2026-11-29"


def test_a_link_fails_after_runs_or_days() -> None:
    broken = Checked(URL, Verdict.BROKEN, streak=2, since="2026-11-20")
    assert lasting(broken, runs=1, days=0, today=TODAY)
    assert lasting(broken, runs=2, days=0, today=TODAY)
    assert not lasting(broken, runs=3, days=0, today=TODAY)
    assert lasting(broken, runs=3, days=4, today=TODAY)
    assert not lasting(broken, runs=3, days=5, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "[]",
            "{",
            '{"format": 2, "links": {}}',
            '{"format": 1, "links": []}',
            '{"format": 1, "links": {"a": 1}}',
        ),
        *('{"format": 1, "links": {"a": {"verdict": "fine", "at": "x", "used": "x"}}}', "\x00", "[" * 100_000),
    ],
)
def test_a_damaged_cache_is_no_cache(tmp_path: Path, text: str) -> None:
    (tmp_path / "links.json").write_text(text)
    assert cache(tmp_path).fresh(URL) is None


def test_a_time_in_the_future_makes_nothing_fresh_for_ever(tmp_path: Path) -> None:
    late = cache(tmp_path, 4000)
    late.learn([Checked(URL, Verdict.OK)])
    late.save()
    again = cache(tmp_path)
    assert again.fresh(URL) is not None
    again.save()
    assert cache(tmp_path, 20).fresh(URL) is None


# What is said --------------------------------------------------------------------------------------------------------


def link(url: str = URL, line: int = 1, kind: str = "link") -> Link:
    return Link(url, Origin("a.md", line, 1, 10, 10 + len(url)), "a.md", kind, shows="page", start=10)


def test_only_broken_links_fail() -> None:
    severities = {
        verdict: [
            finding.severity
            for finding in findings_of([link()], {URL: Checked(URL, verdict, streak=1)}, Patience(), TODAY)
        ]
        for verdict in Verdict
    }
    assert severities.pop(Verdict.BROKEN) == [Severity.ERROR]
    assert severities.pop(Verdict.OK) == []
    assert {severity for found in severities.values() for severity in found} == {Severity.NOTE}


def test_a_broken_link_is_a_note_until_it_has_been_so_for_long_enough() -> None:
    found = next(findings_of([link()], {URL: Checked(URL, Verdict.BROKEN, "404", streak=1)}, Patience(3), TODAY))
    assert found.severity is Severity.NOTE
    assert "fails after 3 runs" in found.message
    assert f"https://web.archive.org/web/{URL}" in found.message


@pytest.mark.parametrize(
    ("hops", "new", "safe"),
    [
        ([Hop(301, "https://a.example/new")], "https://a.example/new", True),
        ([Hop(301, "https://a.example/1"), Hop(308, "https://www.a.example/new")], "https://www.a.example/new", True),
        ([Hop(301, "https://a.example/1"), Hop(302, "https://a.example/new")], None, False),
        ([Hop(302, "https://a.example/new")], None, False),
        ([Hop(301, "https://b.example/x")], "https://b.example/x", False),
        ([Hop(301, "https://a.example/")], "https://a.example/", False),
        ([Hop(301, "https://a.example/login?to=x")], "https://a.example/login?to=x", False),
        ([Hop(301, "http://a.example/x")], "http://a.example/x", False),
        ([Hop(301, "https://a.example/a_(b)|c")], "https://a.example/a_%28b%29%7Cc", True),
    ],
)
def test_what_has_moved_for_good_can_be_mended(hops: list[Hop], new: str | None, *, safe: bool) -> None:
    """Where all hops are permanent; and without a second look only where nothing speaks against it."""
    found = list(findings_of([link()], {URL: Checked(URL, Verdict.REDIRECTED, hops=tuple(hops))}, Patience(), TODAY))
    assert [finding.edits[0].new for finding in found] == ([] if new is None else [new])
    assert [finding.safe for finding in found] == ([] if new is None else [safe])
    assert new is None or (found[0].edits[0].start, found[0].edits[0].end) == (10, 10 + len(URL))


def test_an_address_is_written_so_that_nothing_in_it_ends_the_link() -> None:
    hostile = "https://a.example/)>\"'`*|<script>&copy=1 x"
    assert not set(written("link", hostile)) & set(")(<>\"'`*| ")
    assert "&amp;copy" in written("html", hostile)
    assert doubt("https://a.example/x", "https://a.example/y") is None


def test_a_text_that_is_not_known_to_the_letter_is_not_edited() -> None:
    """An address with a character reference is longer in the file than it is."""
    longer = replace(link(), where=Origin("a.md", 1, 1, 10, 14 + len(URL)))
    moved = {URL: Checked(URL, Verdict.REDIRECTED, hops=(Hop(301, "https://a.example/new"),))}
    assert next(findings_of([longer], moved, Patience(), TODAY)).edits == ()


def test_an_archive_is_believed_only_about_itself() -> None:
    body = (
        b'{"archived_snapshots": {"closest": {"available": true, "url": "http://web.archive.org/web/2020/http://x/"}}}'
    )
    assert copy_of(body) == "https://web.archive.org/web/2020/http://x/"
    for other in (
        b"",
        b"[]",
        b"{}",
        body.replace(b"web.archive.org", b"evil.example"),
        body.replace(b"true", b"false"),
    ):
        assert copy_of(other) == ""


# Exceptions ----------------------------------------------------------------------------------------------------------

RULES = """\
links:
  ignore:
    - {url: "https://shop.example.com/*", reason: Behind a login., until: 2027-03-31}
    - {url: "https://old.example.com/[a]", reason: Comes back., until: 2026-11-23}
  allow:
    - {host: wiki.example.com, reason: Our own., until: 2026-11-24}
"""


def test_exceptions_expire(tmp_path: Path) -> None:
    (tmp_path / "knooppunt.yml").write_text(RULES)
    rules = load_settings(tmp_path).links
    assert rules.ignored("https://shop.example.com/a/b", TODAY)
    assert not rules.ignored("https://shop.example.com/a/b", date(2027, 4, 1))
    assert not rules.ignored("https://old.example.com/[a]", TODAY)
    assert rules.ignored("https://old.example.com/[a]", date(2026, 11, 23))
    assert not rules.ignored("https://old.example.com/a", date(2026, 11, 23))
    assert list(rules.allowed(TODAY)) == ["wiki.example.com"]
    report = check_external([link("https://shop.example.com/x")], External(rules=rules), now=NOW)
    assert (report.ignored, report.requests) == (1, 0)
    assert [(str(finding.origin), finding.check, finding.severity) for finding in report.findings] == [
        ("knooppunt.yml:4:7", "external-rule-expired", Severity.WARNING)
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("links: 3\n", "links: must be a mapping of keys to values, not the number 3"),
        ("links: {ignored: []}\n", "unknown field 'ignored'"),
        ("links: {ignore: [{url: x, reason: y}]}\n", "'until' is missing; write the last day on which it holds"),
        ("links: {ignore: [{url: x, reason: y, until: soon}]}\n", "must be a day, not 'soon'"),
        ("links: {ignore: [{url: x, until: 2027-01-01}]}\n", "'reason' is missing"),
        ("links: {allow: [{url: x, reason: y, until: 2027-01-01}]}\n", "unknown field 'url'"),
    ],
)
def test_exceptions_are_read_strictly(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "knooppunt.yml").write_text(text)
    with pytest.raises(DataError) as raised:
        load_settings(tmp_path)
    assert said in str(raised.value)
    assert str(raised.value).startswith("knooppunt.yml:1: ")


def test_the_summary_says_in_one_line_that_there_is_no_network() -> None:
    checked = {URL: Checked(URL, Verdict.UNKNOWN, "not asked: there is no network")}
    assert Report(checked=checked, offline=True).lines() == [
        "There is no network: 1 address of other hosts was not checked."
    ]
