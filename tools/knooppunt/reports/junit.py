"""JUnit XML, which CI servers count: one test case a finding, failed unless it is a note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring  # written, never parsed

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.model import Finding

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render(findings: Sequence[Finding]) -> str:
    """One suite; without findings it has one case that passes, since an empty suite is an error to some readers."""
    failures = sum(finding.severity is not Severity.NOTE for finding in findings)
    suites = Element("testsuites")
    suite = SubElement(suites, "testsuite", name="knooppunt", tests=str(len(findings) or 1), failures=str(failures))
    if not findings:
        SubElement(suite, "testcase", name="no findings", classname="knooppunt")
    for finding in findings:
        case = SubElement(suite, "testcase", name=_clean(str(finding.origin)), classname=finding.check)
        text = _clean(finding.message)
        if finding.severity is Severity.NOTE:
            SubElement(case, "system-out").text = text
        else:
            SubElement(case, "failure", message=text, type=finding.severity.value).text = f"{finding.origin}: {text}"
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)
