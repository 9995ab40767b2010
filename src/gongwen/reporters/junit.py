"""For Jenkins and other servers that read the reports of JUnit: a suite for each draft.

A finding that fails the run is a failure, so that server and exit status agree; any other is a case that passed and says what
was found. A draft without findings is one case that passed.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from gongwen.diagnostics import Diagnostic
from gongwen.reporters.base import DocumentReporter, Told, lines_about, place


class JUnit(DocumentReporter):
    """One document of test suites."""

    def end(self) -> str:
        """The whole document, in UTF-8."""
        root = ET.Element("testsuites", name="gongwen")
        for told in self.drafts:
            root.append(self._suite(told))
        failures = sum(self.run.fails(one) for told in self.drafts for one in told.diagnostics)
        cases = sum(len(told.diagnostics) or 1 for told in self.drafts)
        root.attrib |= {"tests": str(cases), "failures": str(failures), "errors": "0"}
        ET.indent(root)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'

    def _suite(self, told: Told) -> ET.Element:
        path = _legal(self.run.path(told.draft))
        failures = sum(self.run.fails(one) for one in told.diagnostics)
        cases = [self._case(diagnostic) for diagnostic in told.diagnostics]
        cases = cases or [ET.Element("testcase", name="没有发现问题", classname=path)]
        counts = {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "skipped": "0"}
        suite = ET.Element("testsuite", {"name": path, **counts})
        suite.extend(cases)
        return suite

    def _case(self, diagnostic: Diagnostic) -> ET.Element:
        path = self.run.path(diagnostic.file)
        where = place(diagnostic, path)
        name = f"{diagnostic.check.code} {diagnostic.check.name} {where}"
        case = ET.Element("testcase", name=_legal(name), classname=_legal(path))
        text = "\n".join((*lines_about(diagnostic), f"位置：{where}"))
        if self.run.fails(diagnostic):
            failure = ET.SubElement(case, "failure", type=str(diagnostic.severity), message=_legal(diagnostic.message))
            failure.text = _legal(text)
        else:
            ET.SubElement(case, "system-out").text = _legal(f"{diagnostic.severity.word}：{text}")
        return case


_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _legal(text: str) -> str:
    """A text that XML 1.0 can hold: U+FFFD for any other character."""
    return _ILLEGAL.sub("\ufffd", text)
