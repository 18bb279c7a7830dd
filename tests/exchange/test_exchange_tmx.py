"""TMX: what Knooppunt writes, by its document type, and what tools write, as a memory."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from exchange_cases import NAME, approved_in, catalog, catalogs, exported, returned, small
from hypothesis import given
from lxml import etree

from knooppunt.catalogs import Catalog
from knooppunt.errors import DataError
from knooppunt.exchange import Outgoing, catalog_units, fits, format_named, nearest, pairs, parse_tmx, plan_import
from knooppunt.model import Entry, State

OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
"""Debian's OmegaT has the document type of TMX 1.4 in it; no package of Python or npm that we know has."""

FOREIGN = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="Other" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="EN-US" srclang="EN-US"
 datatype="html" creationdate="20200101T000000Z"><prop type="domain">AKS</prop></header>
<body>
<tu tuid="1" segtype="paragraph" srclang="*all*" changedate="20210101T120000Z" creationid="ADA">
 <note>Seen.</note><prop type="file">a.md</prop><prop type="file">b.md</prop>
 <tuv xml:lang="de-DE"><seg>Der Pod</seg></tuv>
 <tuv xml:lang="en-us"><seg>The pod</seg></tuv>
 <tuv xml:lang="NL" changedate="20220101T120000Z" changeid="BOB"><note>Ours.</note><seg>De pod</seg></tuv>
</tu>
<tu>
 <tuv xml:lang="EN"><seg>See <bpt i="1" x="1">&lt;b></bpt>the <hi type="term">log</hi><ept i="1">&lt;/b></ept>,
 <ph>%s</ph><ph x="2">&lt;br/></ph><ph>{\\tab}</ph><it pos="begin">&lt;i></it><ut>{\\f}</ut> now.</seg></tuv>
 <tuv lang="nl_NL"><seg>Zie <![CDATA[<het> & ]]>logboek<!-- nu --> nu ⟦001B⟧</seg></tuv>
</tu>
<tu><tuv xml:lang="en"><seg>Only English</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg/></tuv><tuv xml:lang="nl"><seg>Leeg</seg></tuv></tu>
</body></tmx>
"""


def document(text: str) -> etree._ElementTree:
    """The text as lxml reads it, without its document type."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    return etree.parse(io.BytesIO(text.encode()), parser)


def test_the_document_type_accepts_it() -> None:
    if not OMEGAT.is_file():
        pytest.skip("the document type of TMX 1.4 comes with Debian's omegat; 'make interop' installs it")
    with zipfile.ZipFile(OMEGAT) as jar:
        dtd = etree.DTD(io.BytesIO(jar.read("schemas/tmx14.dtd")))
    for read in (small(), catalog()):
        assert dtd.validate(document(exported(read, "tmx"))), dtd.error_log
    assert not dtd.validate(
        document(exported(small(), "tmx").replace("<seg>", "<segment>").replace("</seg>", "</segment>"))
    )


@given(catalogs)
def test_the_order_of_the_specification(read: Catalog) -> None:
    """What the document type says, in our own words, for machines without it: notes, properties, then the variants."""
    root = document(exported(read, "tmx", approved_in(read))).getroot()
    assert [child.tag for child in root] == ["header", "body"]
    header = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert set(root[0].attrib) == header
    for unit in root[1]:
        names = "".join({"note": "n", "prop": "p", "tuv": "v"}[str(child.tag)] for child in unit)
        assert re.fullmatch("[np]*v{1,2}", names)
        assert set(unit.attrib) == {"tuid"}
        for variant in unit.iterfind("tuv"):
            assert [child.tag for child in variant] == ["seg"]
            assert list(variant.attrib) == ["{http://www.w3.org/XML/1998/namespace}lang"]
    tuids = [unit.get("tuid") for unit in root[1]]
    assert len(tuids) == len(set(tuids))


def test_a_memory_holds_what_is_done() -> None:
    assert format_named("tmx").states == (State.TRANSLATED, State.APPROVED)


def test_a_memory_knows_the_neighbours() -> None:
    units = parse_tmx(exported(small(), "tmx").encode(), "x").units
    found = {unit.variants[0].text: unit.props for unit in units}
    assert found["The two subnets"]["x-knooppunt:before"] == ""
    assert found["The two subnets"]["x-knooppunt:after"] == "Virtual nodes need Azure CNI"
    assert found["Approved"]["x-knooppunt:before"] == "Read on"  # what is obsolete has no place
    assert found["Approved"]["x-knooppunt:after"] == ""
    assert "x-knooppunt:before" not in found["Gone"]


def test_each_plural_form_is_a_unit() -> None:
    text = exported(small(), "tmx")
    memory = parse_tmx(text.encode(), "x")
    found = [(pair.source, pair.target) for pair in pairs(memory.units, "en", "nl") if "pod" in pair.target]
    assert found == [("One pod", "Een pod"), ("Many pods", "Veel pods")]
    lost = re.sub(r"    <tu tuid=\"[^\"]*\[1\]\">.*?</tu>\n", "", text, flags=re.DOTALL)
    assert lost != text
    plan = plan_import({NAME: small()}, returned(lost, "tmx"))
    assert [item.message for item in plan.refusals] == ["has 1 plural form where the catalog has 2"]


def test_a_unit_twice_with_two_translations_is_an_error() -> None:
    text = exported(catalog(Entry("One", "Een")), "tmx")
    unit = text[text.index("    <tu ") : text.index("  </body>")]
    assert len(returned(text.replace(unit, unit * 2), "tmx").units) == 1
    with pytest.raises(DataError, match=r"back:19: the unit is in line 9 already, with another translation"):
        returned(text.replace(unit, unit + unit.replace("Een", "Twee")), "tmx")


def test_a_tool_that_drops_properties_loses_the_id_and_nothing_is_taken() -> None:
    read = catalog(Entry("One", "Een"), Entry("Two", ""))
    text = re.sub(r"\s*<prop.*?</prop>", "", exported(read, "tmx").replace("Een", "Ander"))
    file = returned(text, "tmx")
    assert (file.locale, [unit.target for unit in file.units]) == ("nl", ["Ander", ""])
    plan = plan_import({NAME: read}, file)
    assert plan.changes == {}
    assert [item.message for item in plan.refusals] == [
        "has no id of Knooppunt; a file of another origin can serve as a translation memory"
    ]


def test_a_source_of_the_target_language() -> None:
    """`en-GB` out of `en`: the tags decide, not their order."""
    read = catalog(Entry("The color", "The colour"))
    units = tuple(catalog_units(NAME, read, ()))
    text = format_named("tmx").render(Outgoing("Test", "en", "en-GB", units))
    file = returned(text, "tmx")
    assert (file.locale, file.units[0].source, file.units[0].target) == ("en-GB", "The color", "The colour")
    empty = tuple(catalog_units(NAME, catalog(Entry("The color", "")), ()))
    text = format_named("tmx").render(Outgoing("Test", "en", "en-GB", empty))
    assert returned(text, "tmx").units[0].target == ""


def test_units_in_another_order_are_the_same_entry() -> None:
    text = exported(small(), "tmx")
    units = re.findall(r"    <tu .*?</tu>\n", text, flags=re.DOTALL)
    assert len(units) == 9
    file = returned(text.replace("".join(units), "".join(units[::-1])), "tmx")
    assert plan_import({NAME: small()}, file).counts == {"equal": 8}


def test_an_empty_context_is_a_context() -> None:
    text = exported(small(), "tmx")
    assert [unit.context for unit in returned(text, "tmx").units if unit.source in {"Approved", "Gone"}] == [None, ""]


def test_the_same_tag_goes_before_one_that_fits() -> None:
    text = FOREIGN.replace('<tuv xml:lang="NL"', '<tuv xml:lang="nl-BE"><seg>Den pod</seg></tuv><tuv xml:lang="NL"')
    units = parse_tmx(text.encode(), "m.tmx").units
    assert [next(pairs(units, "en", tag)).target for tag in ("nl", "nl-BE", "nl-NL")] == ["De pod", "Den pod", "De pod"]


def test_a_memory_of_another_tool() -> None:
    memory = parse_tmx(FOREIGN.encode(), "m.tmx")
    assert (memory.tool, memory.source_locale, dict(memory.props)) == ("Other", "EN-US", {"domain": "AKS"})
    first, second, *_ = memory.units
    assert (first.line, first.tuid, first.source_locale, first.segmentation) == (7, "1", "*all*", "paragraph")
    assert (first.properties, first.notes) == ((("file", "a.md"), ("file", "b.md")), ("Seen.",))
    assert (first.changed, first.created_by) == ("20210101T120000Z", "ADA")
    assert second.segmentation == "sentence"
    found = list(pairs(memory.units, "en", "nl"))
    assert [(pair.source, pair.target) for pair in found] == [
        ("The pod", "De pod"),
        ("See the log,\n %s now.", "Zie <het> & logboek nu ⟦001B⟧"),
    ]
    assert (found[0].variant.changed, found[0].variant.changed_by, found[0].variant.notes) == (
        "20220101T120000Z",
        "BOB",
        ("Ours.",),
    )
    assert [pair.source for pair in pairs(memory.units, "de", "en-US")] == ["Der Pod"]
    assert [pair.target for pair in pairs(memory.units, "en-GB", "nl")] == ["Zie <het> & logboek nu ⟦001B⟧"]


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("nl", "NL", True),
        ("nl", "nl-NL", True),
        ("nl_BE", "nl", True),
        ("nl-NL", "nl-BE", False),
        ("zh-Hant", "zh-Hans", False),
        ("n", "nl", False),
        ("", "nl", False),
        ("nl", "nld", False),
    ],
)
def test_tags_of_languages(one: str, other: str, fit: bool) -> None:
    assert fits(one, other) is fits(other, one) is fit


def test_the_nearest_locale() -> None:
    assert nearest("NL", ["de", "nl", "nl-BE"]) == "nl"
    assert nearest("nl-NL", ["de", "nl"]) == "nl"
    assert nearest("pt", ["pt-BR", "pt-PT"]) is None
    assert nearest("fr", ["de", "nl"]) is None
