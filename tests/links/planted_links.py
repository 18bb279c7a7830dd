"""A site with planted defects and traps, of our own writing: `plant(folder)` writes it and says what is in it.

Each defect is one broken thing on a page of its own; a trap is a right thing that a naive checker calls broken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{name}</title>{head}</head><body>{body}'
TARGET = '<h1 id="start">Start</h1><h2 id="network-limits">N</h2><h2 id="größe">G</h2><h2 id="e-mail_1">E</h2>'

DEFECTS: dict[str, tuple[str, str]] = {
    # missing files
    "mf1": ("broken-link", '<a href="../nowhere/">x</a>'),
    "mf2": ("broken-link", '<a href="../target/none.html">x</a>'),
    "mf3": ("broken-link", '<a href="/none/">x</a>'),
    "mf4": ("broken-link", "<a href='../target/other.pdf'>x</a>"),
    "mf5": ("broken-link", '<area href="../nope/" alt="">'),
    "mf6": ("broken-link", "<A HREF=../no-quotes/>x</A>"),
    "mf7": ("broken-link", '<a title="a > b" href="../behind-a-sign/">x</a>'),
    "mf8": ("broken-link", '<a href="https://docs.example/absent/">x</a>'),
    "mf9": ("broken-link", '<a href="//docs.example/absent2/">x</a>'),
    "mf10": ("broken-link", '<a href="../../../above/">x</a>'),
    # fragments
    "fr1": ("broken-anchor", '<a href="../target/#nothing">x</a>'),
    "fr2": ("broken-anchor", '<a href="#nothing-here">x</a>'),
    "fr3": ("broken-anchor", '<a href="../target/index.html#network">x</a>'),
    "fr4": ("broken-anchor", '<a href="../target/?q=1#gone">x</a>'),
    "fr5": ("broken-anchor", '<a href="/target/#Start">x</a>'),
    "fr6": ("broken-anchor", '<a href="https://docs.example/target/#away">x</a>'),
    # case
    "cs1": ("wrong-case", '<a href="../Target/">x</a>'),
    "cs2": ("wrong-case", '<img src="../img/Picture.png" alt="">'),
    "cs3": ("wrong-case", '<a href="../target/INDEX.html">x</a>'),
    "cs4": ("wrong-case", '<link rel="stylesheet" href="../css/Style.css">'),
    # images and other media
    "im1": ("broken-image", '<img src="../img/none.png" alt="">'),
    "im2": ("broken-image", '<img src="" alt="">'),
    "im3": ("broken-image", '<video poster="../img/no-poster.png"></video>'),
    "im4": ("broken-image", '<video src="../img/none.mp4"></video>'),
    "im5": ("broken-image", '<audio><source src="../img/none.ogg"></audio>'),
    "im6": ("broken-image", '<video><track src="../img/none.vtt"></video>'),
    "im7": ("broken-image", '<svg><image href="../img/none.svg"/></svg>'),
    # srcset
    "ss1": ("broken-image", '<img src="../img/picture.png" srcset="../img/none-2x.png 2x" alt="">'),
    "ss2": ("broken-image", '<img srcset="../img/picture.png, ../img/none3.png 2x" alt="">'),
    "ss3": ("broken-image", '<picture><source srcset="../img/none.webp 100w"></picture>'),
    "ss4": ("broken-image", '<img srcset="../img/picture.png 1x,../img/a,b.png 2x" alt="">'),
    "ss5": ("broken-asset", '<link rel="preload" as="image" imagesrcset="../img/none4.png 1x">'),
    # other attributes
    "at1": ("broken-asset", '<script src="../js/none.js"></script>'),
    "at2": ("broken-asset", '<iframe src="../frame/none.html"></iframe>'),
    "at3": ("broken-asset", '<object data="../none.pdf"></object>'),
    "at4": ("broken-asset", '<blockquote cite="../no-source/">x</blockquote>'),
    "at5": ("broken-asset", '<form action="../no-form/"></form>'),
    "at6": ("broken-asset", '<p style="background: url(../img/none-bg.png)">x</p>'),
    "at7": ("broken-asset", "<style>p { background: url('../img/none-css.png') }</style>"),
    "at8": ("broken-asset", '<style>@import "../css/none.css";</style>'),
    "at9": ("broken-asset", '<meta property="og:image" content="https://docs.example/img/none-og.png">'),
    "at10": ("broken-asset", '<svg><use xlink:href="../img/none-use.svg#i"/></svg>'),
    "at11": ("broken-asset", '<embed src="../none.swf">'),
    "at12": ("broken-anchor", '<img usemap="#no-map" src="../img/picture.png" alt="">'),
    "at13": ("local-link", '<a href="file:///C:/docs/a.html">x</a>'),
    "at14": ("local-link", '<a href="C:\\docs\\a.html">x</a>'),
    # redirect stubs
    "rs1": ("broken-redirect", '<meta http-equiv="refresh" content="0; url=../gone/">'),
    "rs2": ("broken-redirect", "<meta http-equiv=Refresh content=\"0;URL='../gone2/'\">"),
    "rs3": ("redirect-loop", '<meta http-equiv="refresh" content="0; url=./">'),
    "rs4": ("redirect-chain", '<meta http-equiv="refresh" content="0; url=../stub/">'),
    "rs5": ("broken-anchor", '<meta http-equiv="refresh" content="0; url=../target/#gone">'),
    "rs6": ("broken-anchor", '<a href="../stub/#nothing">x</a>'),
    "rs7": ("redirect-loop", '<a href="../loop-a/">x</a>'),
    # duplicate ids
    "du1": ("duplicate-id", '<p id="a">x</p><p id="a">y</p>'),
    "du2": ("duplicate-id", "<p id=b><p ID='b'>"),
    "du3": ("duplicate-id", '<svg><g id="c"/></svg><p id="c">'),
    # languages
    "lo1": ("broken-hreflang", '<link rel="alternate" hreflang="nl" href="https://docs.example/nl/none/">'),
    "lo2": ("broken-hreflang", '<link rel="alternate" hreflang="de" href="https://docs.example/nl/target/">'),
    "lo3": ("broken-link", '<a hreflang="nl" href="../nl/none/">Nederlands</a>'),
    "nl/lo4": ("wrong-locale", '<a href="../../target/">de gids</a>'),
    "nl/lo5": ("wrong-locale", '<a href="/target/#start">de gids</a>'),
    "nl/lo6": ("broken-link", '<a href="../only-english/">x</a>'),
    # encoding
    "en1": ("broken-anchor", '<a href="../target/#gr%F6%DFe">x</a>'),
    "en2": ("broken-anchor", '<a href="../target/#gro%CC%88%C3%9Fe">x</a>'),
    "en3": ("wrong-encoding", '<a href="../%25C3%25BC.html">x</a>'),
    "en4": ("wrong-encoding", '<a href="../u%CC%88.html">x</a>'),
    "en5": ("wrong-encoding", '<a href="../%FC.html">x</a>'),
    "en6": ("broken-anchor", '<a href="../target/#gr%25C3%25B6%25C3%259Fe">x</a>'),
    # what pages say of themselves
    "ca1": ("broken-canonical", '<link rel="canonical" href="https://docs.example/gone/">'),
    "ca2": ("broken-canonical", '<link rel="canonical" href="https://docs.example/stub/">'),
}
"""By the folder of the page: check, and the HTML of its body."""

FILES: dict[str, str] = {
    "sitemap.xml": "<urlset><url><loc>https://docs.example/target/</loc></url>"
    "<url><loc>https://docs.example/dm1/</loc></url></urlset>",
    "feed.xml": '<feed><link href="https://docs.example/dm2/"/><entry><id>urn:x:1</id>'
    '<content type="html">&lt;a href="https://docs.example/dm3/"&gt;</content></entry></feed>',
    "css/style.css": "p { background: url(../img/picture.png) } /* url(no.png) */ b { background: url(dm4.png) }",
    "api/v1.json": '{"url": "https://docs.example/dm5/", "note": "https://docs.example/not-a-link/"}',
    "api/schema.json": '{"$defs": {"a": {}}, "x": {"$ref": "#/$defs/a"}, "y": {"$ref": "#/$defs/dm6"}}',
    "search/search_index.json": '{"docs": [{"location": "target/"}, {"location": "target/#dm7"}]}',
    "robots.txt": "User-agent: *\nSitemap: https://docs.example/dm8.xml\n",
    "site.webmanifest": '{"icons": [{"src": "img/dm9.png"}], "start_url": "/"}',
}
"""Files that are no pages, with the defects dm1 to dm9."""

TRAPS: tuple[str, ...] = (
    '<a href="../target/#gr%C3%B6%C3%9Fe">percent-encoded fragment</a>',
    '<a href="../target/#größe">the same, not encoded</a>',
    '<a href="../target/#:~:text=start">text fragment</a>',
    '<a href="../target/#start:~:text=x">both</a>',
    '<a href="#">top</a>',
    '<a href="#top">top</a>',
    '<a href="">this page</a>',
    '<a href="?view=all">a query</a>',
    '<a href="../target/?v=2#start">query and fragment</a>',
    '<a href="../target">no slash</a>',
    '<a href="../target/index.html">with the index</a>',
    '<a href="/target/">from the root</a>',
    '<a href="./../target/./">dots</a>',
    '<a href=" ../target/ ">spaces around</a>',
    '<a href="../tar\nget/">line break in a URL</a>',
    '<a href="../target/?a=1&copy=2">an entity that is none</a>',
    '<a href="../a&amp;b.html">an entity in a name</a>',
    '<a href="../%C3%BC.html">percent-encoded path</a>',
    '<a href="../ü.html">the same, not encoded</a>',
    '<a href="../a%20b.html">a space</a>',
    '<!-- <a href="../in-a-comment/"> -->',
    '<!-- x <a href="../in-a-comment/">y</a> <p id="tt"> -->',
    "<script>var a = \"<a href='../in-a-script/'>\";</script>",
    '<textarea><a href="../in-a-textarea/"></textarea>',
    '<template><a href="../target/"></a><p id="t1"></p></template><template><p id="t1"></p></template>',
    '<code>&lt;a href="../as-text/"&gt;</code>',
    '<a href="mailto:a@docs.example">mail</a><a href="tel:+3110">tel</a><a href="javascript:void(0)">js</a>',
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
    '<img srcset="../img/picture.png, ../img/picture.png 2x" alt="">',
    '<link rel="preconnect" href="https://docs.example/no-page/"><link rel="dns-prefetch" href="//x.example">',
    '<form method="post" action="/a-service/"></form>',
    '<a name="old-name"></a><a href="#old-name">by name</a>',
    '<a href="#/route">a route of a script</a><a href="#!/route">another</a>',
    '<a href="../stub/">a page that has moved</a>',
    '<a href="../a.pdf#page=3">a place in a PDF</a>',
    '<svg><symbol id="s1"/><use href="#s1"/></svg>',
    '<a href="https://other.example/none/">another host</a>',
    '<a title="x < y" href="../target/">a sign in an attribute</a>',
    '<p data-href="../not-a-link/">x</p>',
    '<map name="m1"></map><img usemap="#m1" src="../img/picture.png" alt="">',
    '<a hreflang="nl" href="../nl/target/">Nederlands</a>',
    "<style>/* url(../in-a-css-comment.png) */ p { background: url(data:image/png;base64,AA) }</style>",
    '<meta http-equiv="refresh" content="300">',
    '<a href="HTTPS://DOCS.EXAMPLE/target/">the host in capitals</a>',
    '<a href="..\\target\\">backslashes, as browsers read them</a>',
)
"""Bodies of pages in which nothing is wrong."""


def page(body: str, name: str = "", lang: str = "en", head: str = "") -> str:
    """A page of the site."""
    return HEAD.format(lang=lang, name=name, head=head, body=body)


def plant(folder: Path) -> dict[str, str]:
    """Write the site; page or file -> the check that has to find something there."""
    canonical = '<link rel="canonical" href="https://docs.example/">'
    links = " ".join(f'<a href="{name}/">x</a>' for name in [*DEFECTS, *(f"trap{n}" for n in range(len(TRAPS)))])
    fixed = {
        "index.html": page(f'{links} <a hreflang="nl" href="nl/target/">n</a>', "Home", head=canonical),
        "target/index.html": page(TARGET, "Target"),
        "nl/target/index.html": page(TARGET, "Doel", "nl"),
        "only-english/index.html": page("x"),
        "stub/index.html": page("", head='<meta http-equiv="refresh" content="0; url=../target/">'),
        "loop-a/index.html": page("", head='<meta http-equiv="refresh" content="0; url=../loop-b/">'),
        "loop-b/index.html": page("", head='<meta http-equiv="refresh" content="0; url=../loop-a/">'),
        "ü.html": page("x"),
        "a&b.html": page("x"),
        "a b.html": page("x"),
        "img/picture.png": "x",
        "a.pdf": "x",
    }
    wanted = {}
    for name, (check, body) in DEFECTS.items():
        fixed[f"{name}/index.html"] = page(body, name, "nl" if name.startswith("nl/") else "en")
        wanted[f"{name}/index.html"] = check
    for number, body in enumerate(TRAPS):
        fixed[f"trap{number}/index.html"] = page(body, "trap")
    for path, text in {**fixed, **FILES}.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    return wanted
