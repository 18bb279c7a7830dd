"""JUnit XML, which CI servers count: one test case a finding, failed unless it is a note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring  # written, never parsed
from xml.sax.saxutils import quoteattr

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.reports.views.items import Items

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render(items: Items) -> Iterator[str]:
    """One suite; without findings it has one case that passes, since an empty suite is an error to some readers."""
    counts = f"tests={quoteattr(str(len(items) or 1))} failures={quoteattr(str(items.failures))}"
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites><testsuite name="knooppunt" {counts}>'
    if not len(items):
        yield '<testcase name="no findings" classname="knooppunt" />'
    for item in items:
        finding = item.finding
        case = Element("testcase", name=_clean(str(finding.origin)), classname=finding.check)
        text = _clean(finding.message)
        if finding.severity is Severity.NOTE:
            SubElement(case, "system-out").text = text
        else:
            SubElement(case, "failure", message=text, type=finding.severity.value).text = f"{finding.origin}: {text}"
        yield tostring(case, encoding="unicode")
    yield "</testsuite></testsuites>\n"


def _clean(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)
