"""What a stranger's translation may not bring into a page, and what it may."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knooppunt.catalogs import parse_po
from knooppunt.config import LocaleConfig
from knooppunt.model import Locale, Origin, Segment
from knooppunt.pages import parse_page
from knooppunt.translated import Policy, publish_page, translate_page
from knooppunt.translated.safety import added_markup

RICH = 'A <b class="x">bold</b> [guide](guide.md) to [Kubernetes](https://kubernetes.io/docs/) with `<pod>`.'

ATTACKS = [
    ("Text.", "<script>run()</script>"),
    ("Text.", "<ScRiPt>run()</sCrIpT>"),
    ("Text.", "<img src=x onerror=run()>"),
    ("Text.", "<img src=x onerror=run() "),
    ("Text.", "<img\nsrc=x\tonerror=run()>"),
    ("Text.", "<svg/onload=run()>"),
    ("Text.", "<iframe srcdoc='&lt;script&gt;run()&lt;/script&gt;'></iframe>"),
    ("Text.", "</p><p>more"),
    ("Text.", "<!-- knooppunt: records kind=quota -->"),
    ("Text.", "<!-- never ends"),
    ("Text.", "<!DOCTYPE html>"),
    ("Text.", "<?php run() ?>"),
    ("Text.", "`a` <script>run()</script> `b`"),
    ("Text.", "``a` ` `<script>run()</script>` `"),
    ("Text.", "`\n<script>run()</script>\n`"),
    ("Text.", "`a\n\nb` `<img src=x onerror=run()>` `"),
    ("Text.", "\\<img src=x onerror=run()>"),
    ("Text.", "Plain `<script>` in code."),
    ("Use `<script>` here.", "Gebruik <script> hier."),
    ("Use `<script>` here.", "Gebruik \\`<script>` hier."),
    ("Use `<script>` here.", "Gebruik ``x` ` `<script>` hier."),
    ("Use `<script>` here.", "Gebruik ``` <script>|\\`."),
    ('A <b class="x">word</b>.', 'Een <b class="x" onclick="run()">woord</b>.'),
    ('A <b class="x">word</b>.', "Een <b class='x\" onclick=\"run()'>woord</b>."),
    ('A <b class="x">word</b>.', 'Een <b class="y">woord</b>.'),
    ("A <b>word</b>.", "Een <b>woord</b> en <b>nog een</b>."),
    ('An <img src="a.png" alt="x">.', 'Een <img src="a.png" alt="x" onerror="run()">.'),
    ('An <img src="a.png" alt="x">.', 'Een <img src="a.png" alt="x>" onerror="run()" y="">.'),
    ("It is <script>count()</script>.", "Het is <script>run()</script>."),
    ("A link <a href='https://a.example/'>x</a>.", "Een <a href='javascript:run()'>x</a>."),
    ("Less a <b and.", "Minder a <b onclick=run() en."),
    ("Text.", "[x](javascript:run())"),
    ("Text.", "[x](JaVaScRiPt:run())"),
    ("Text.", "[x](<javascript:run()>)"),
    ("Text.", "[x](<javascript:run())"),
    ("Text.", "[x](  \n javascript:run())"),
    ("Text.", "[x](java\nscript:run())"),
    ("Text.", "[x](java\tscript:run())"),
    ("Text.", "[x](\x01javascript:run())"),
    ("Text.", "[x](&#106;avascript:run())"),
    ("Text.", "[x](&#x6A;avascript&colon;run())"),
    ("Text.", "[x](javascript\\:run())"),
    ("Text.", "[x](`javascript:run()`)"),
    ("Text.", "[x](java``s``cript:run())"),
    ("Text.", "[x](data:text/html;base64,PHNjcmlwdD4=)"),
    ("Text.", "[x](vbscript:run)"),
    ("Text.", f"[x](j{chr(9) * 3000}avascript:run())"),
    ("Text.", '![x](x:y "onerror=run()")'),
    ("Text.", '![x" onerror="run()](javascript:run() "t")'),
    ("Text.", "[x](//evil.example/)"),
    ("Text.", "[x](\\\\evil.example/)"),
    ("Text.", "[x](/\\evil.example/)"),
    ("Text.", "[x](https://evil.example/)"),
    (RICH, "Een [gids](https://kubernetes.io.evil.example/)."),
    (RICH, "Een [gids](https://kubernetes.io/docs/ @evil.example/)."),
    (RICH, 'Een [gids](https://kubernetes.io "x@evil.example/).'),
    (RICH, "Een [gids](https://kubernetes.io/docs/\\)@evil.example/)."),
    ("Text.", "]([x](//evil.example/)"),
    ("Text.", "`a|*b*{onclick=run()}`"),
    ("Text.", "<javascript:run()>"),
    ("Text.", "<https://evil.example/>"),
    ("Text.", "<me@evil.example>"),
    ("Text.", "Zie https://evil.example/x."),
    ("Text.", "Zie www.evil.example."),
    ("See [guide][g].", "Zie [gids][g].\n[g]: javascript:run()"),
    ("See [guide][g].", "Zie [gids][g].\n  [g]:\n  javascript:run()"),
    ("See [guide][g].", "Zie [gids][g].\n[g]: other.md"),
    ("See [guide][g].", "Zie [gids][g].\n\n> [g]: javascript:run()"),
    ("A note.[^1]", "Een noot.[^1]\n[^1]: Iets anders."),
    ("HTML.", "HTML.\n*[HTML]: Iets anders."),
    ("A *word*.", "Een *woord*{onclick=run()}."),
    ("A *word*.", "Een *woord*{: onload=run() }"),
    ("A head { .x }", "Een kop { .x onclick=run() }"),
    ('A [link](a.md){ title="}" .x }', 'Een [link](a.md){ title="}" onclick=run() }'),
    ("Text.", "{{ config.secret }}"),
    ("Text.", "`{{ config.secret }}`"),
    ("Text.", "{% include '/etc/passwd' %}"),
    ("A {{ name }}.", "Een {{ name }} en {{ name }}."),
    ("A $x^2$.", "Een $\\href{javascript:run()}{x}$."),
    ("Text.", '--8<-- "/etc/passwd"'),
    ("Text.", ';--8<-- "secret"'),
    ("Text.", '`-8<- "secret"`'),
    ("Text.", "Tekst.\n/// html | div[onclick='run()']\n///"),
    ("Text.", "Tekst.\n\n```python exec\nrun()\n```"),
    ("Text.", "Tekst.\n\n::: os.system"),
]

HARMLESS = [
    ("Text.", "Tekst."),
    ("A <b>bold</b> and <i>leaning</i> word.", "Een <i>schuin</i> en <b>vet</b> woord."),
    ("One.<br/>Two.", "Een.<BR>Twee."),
    ("A <span class='a' lang=\"en\">x</span>.", 'Een <span lang="en" class="a">x</span>.'),
    ('An <abbr title="Access list">ACL</abbr>.', 'Een <abbr title="Toegangslijst">ACL</abbr>.'),
    (RICH, 'Een [Kubernetes](https://kubernetes.io/docs/)-[gids](guide.md) met `<pod>`, <b class="x">vet</b>.'),
    ("See [it](guide.md#limits).", "Zie [het](../nl/gids.md#limits) en [dat](#limits)."),
    ('See [it](guide.md "Note: it").', 'Zie [het](guide.md "Noot: \'het\'").'),
    ("See [it](https://a.example/en-us/x).", "Zie [het](https://a.example/nl-nl/x)."),
    ("See <https://a.example/x>.", "Zie <https://a.example/x>."),
    ("See https://a.example/x.", "Zie https://a.example/x, dan verder."),
    ("Run `kubectl get <pod> -o {x}`.", "Voer `kubectl get <pod> -o {x}` uit."),
    ("Run `get {x}`.", "Voer `get {y}` uit."),
    ("Run `<a>` and ``b ` <c>``.", "Voer ``b ` <c>`` en `<a>` uit."),
    ("First: `<a>`.\n\nThen `<b>`.", "Eerst: `<a>`.\n\nDan `<b>`."),
    ("If a < b, and c > d.", "Als a < b, en c > d, of a <= e."),
    ("If a<b then c.", "Als a<b dan c."),
    ("The set $x^{2} < y$.", "De verzameling $x^{2} < y$."),
    ("A \"word\" isn't it?", "Een „woord” 'is' het; «ja» \"nee\"?"),
    ("A note.[^1]", "Een noot.[^1]"),
    ("The {knooppunt} and {theme}.", "{theme} en {knooppunt}."),
    ("A {{ name }}.", "Een {{  name }}."),
    ("A javascript: address is dangerous.", "Een javascript:-adres is gevaarlijk."),
    ("A head { #own .x }", "Een kop { #own .x }"),
    ("See [the guide][guide] here.", "Zie [de gids][guide]: hier."),
    ("An array [0] of a: b.", "Een [lijst] van a:b; 3:2 [c] (d)."),
    ("Text.", "日本語：`コード`（テスト）～"),
]  # fmt: skip


@pytest.mark.parametrize(("msgid", "msgstr"), ATTACKS)
def test_an_attack_is_refused(msgid: str, msgstr: str) -> None:
    """Whatever acts in a page and is not in the source is named."""
    assert added_markup(msgid, msgstr)


@pytest.mark.parametrize(("msgid", "msgstr"), HARMLESS)
def test_a_harmless_translation_passes(msgid: str, msgstr: str) -> None:
    """What the source has may stand in another place."""
    assert added_markup(msgid, msgstr) is None


PIECES = st.lists(
    st.sampled_from(
        ["<", ">", "</", "<b", "<!--", "-->", "<script>", "`", "``", "\\", "[", "]", "](", ")", "]:", "{", "}", "{{", "}}",
         "{%", '"', "'", "=", "/", "a", "x y", "\n", " ", "://", "https://a.b/", "@", "~~~", "--8<--", "İ", "&#58;"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(PIECES, PIECES)
@settings(max_examples=400, deadline=None)
def test_a_source_is_always_safe_and_what_is_added_is_not(msgid: str, more: str) -> None:
    """A text by itself passes, with plain words around it too; a script passes nowhere."""
    assert added_markup(msgid, msgid) is None
    assert added_markup(msgid, f"{more} <script>") is not None or "<script>" in msgid
    assert added_markup("", f"{more}<img src=x onerror=run()>") is not None


@given(PIECES)
@settings(max_examples=200, deadline=None)
@example("```")
def test_order_does_not_matter(text: str) -> None:
    """Words may move around a link, a tag and code of the source."""
    parts = ["[a](https://a.example/)", "<b>x</b>", "`<c>`"]
    source, turned = " en ".join(parts), " en ".join(reversed(parts))
    assert added_markup(source, turned) is None
    assert added_markup(source, f"{turned} {text}<svg/onload=run()>") is not None


@pytest.mark.parametrize(
    "piece",
    ["<", "<b ", "<b a='", "<!--", "<script>", "`", "`a", "\\", "\\`", "[", "](", "](a '", "](<", "[\n", "{", "{{", '{"', "{'\"",
     "@<", "<a@", "://", "www.", "1.", "- ", "&", "((", "](("],
)  # fmt: skip
def test_time_is_linear(piece: str) -> None:
    """Sixteen times the text takes no more than a generous multiple of sixteen times as long."""

    def seconds(times: int) -> float:
        text = "<" + piece * times
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            added_markup("x", text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(32_000) < 16 * 4 * max(seconds(2_000), 0.001)


def policy(publish: str = "translated") -> Policy:
    """The policy of a Dutch locale."""
    return Policy(LocaleConfig(Locale("nl"), "Nederlands", publish=publish), "en")


def test_a_refused_translation_is_published_as_fallback() -> None:
    """Readers get the source, marked as such; the other translations of the catalog stay."""
    po = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n\nmsgid "Bad."\nmsgstr "<script>run()</script>"\n\nmsgid "Good."\nmsgstr "Goed."\n'
    catalog = parse_po(po, "nl.po")
    rules = policy()
    page = parse_page("Bad.\n\nGood.\n")
    result = publish_page(
        page,
        rules,
        lambda segment: rules.choose(segment, catalog),
        stale_note="Old.",
        catalog_text=po,
        inserts=lambda _: (),
    )
    assert "run()" not in result.markdown
    assert "Goed." in result.markdown
    assert result.states == {"fallback": 1, "translated": 1}


def test_a_draft_of_a_machine_is_no_safer() -> None:
    """The same for what an engine wrote."""
    po = (
        'msgid ""\nmsgstr ""\n"Language: nl\\n"\n\n# mt: e: x\n#, fuzzy\nmsgid "Bad."\nmsgstr "[x](javascript:run())"\n'
    )
    segment = Segment("Bad.", Origin("a.md", 1), "paragraph", None, "", "")
    assert policy("machine").choose(segment, parse_po(po, "nl.po")).state == "fallback"


def test_an_alternative_text_stays_in_its_attribute() -> None:
    """Whichever quotes the page has around it."""
    for quote in "\"'":
        page = parse_page(f"<div>\n<img src={quote}a.png{quote} alt={quote}A tree{quote}>\n</div>\n")
        assert [segment.kind for segment in page.segments] == ["alt"]
        text = translate_page(page, lambda _: "x' onerror='run() \" onerror=\"run()")
        assert text.count(quote) == 4
