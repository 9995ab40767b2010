"""Correct sentences give no finding, whichever rule reads them: a linter that accuses wrongly is not believed."""

import json
from pathlib import Path

import pytest

SENTENCES = [
    line
    for line in (Path(__file__).parent / "correct-sentences.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]

FRAME = """\
kind: 通知
issuer: 云州市总工会
number: 云工发〔2026〕18号
title: 云州市总工会关于做好职工服务工作的通知
addressees: 各县（市、区）总工会
body:
  - 为进一步做好全市职工服务工作，不断增强职工群众的获得感、幸福感、安全感，现就有关事项通知如下，请结合实际认真贯彻落实。
  - {}
date: 2026-05-28
imprint:
  issuing_office: 云州市总工会办公室
  issued_on: 2026-05-28
"""


def test_there_are_enough_of_them():
    assert len(SENTENCES) == len(set(SENTENCES))
    assert len(SENTENCES) >= 200


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_correct_sentence_gives_no_finding(sentence, draft, compiler):
    checked = compiler.check(draft(FRAME.format(json.dumps(sentence, ensure_ascii=False))))
    assert checked.document is not None
    assert checked.document.body[1] == sentence
    assert [(one.check.code, one.message) for one in checked.diagnostics] == []


def test_the_frame_lets_findings_through(draft, compiler):
    checked = compiler.check(draft(FRAME.format("请认真贯彻执行.")))
    assert [one.check.code for one in checked.diagnostics] == ["GW802"]
