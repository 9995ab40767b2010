"""The checks that measuring a finished PDF may strike.

They stand apart from `preflight`, whose libraries are not needed by whoever only explains them.
"""

from __future__ import annotations

from typing import Final

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import BLOCKING, DOUBTFUL, Check

UNREADABLE = Check(
    "GW700",
    "preflight-unreadable",
    BLOCKING,
    what="生成的 PDF 读得开。",
    why="成品要由另一套程序打开量过才交出去；读不开的多半是磁盘出错。",
)
MISSED = Check(
    "GW701",
    "preflight-missed",
    must("GB/T 9704-2012"),
    what="成品的尺寸、位置、字体合乎标准必须的要求。",
    why="生成以后逐项量测 PDF，与 GB/T 9704-2012 的数值相比；有误的不能付印。",
    wrong="# 量测 H-20.gap：发文机关标志与发文字号相距 15.2 毫米",
    right="# 量测 H-20.gap：发文机关标志与发文字号相距 20.8 毫米",
)
MISSED_ADVICE = Check(
    "GW702",
    "preflight-advice-missed",
    should("GB/T 9704-2012"),
    what="成品合乎标准推荐的做法。",
    why="标准用“一般”“推荐”“可以”写的，或者只能从示意图量出的数值，量出来不合的给予警告。",
    wrong="# 量测 P-07：满页的正文只有 21 行",
    right="# 量测 P-07：满页的正文有 22 行",
)
UNMEASURED = Check(
    "GW703",
    "preflight-unmeasured",
    DOUBTFUL,
    what="成品的各项都量得出。",
    why="量不出的不能说合格，要人看一眼；例如页上没有要量的字。",
)
MISSED_PRACTICE = Check(
    "GW704",
    "preflight-practice-missed",
    PRACTICE,
    what="成品合乎惯例。",
    why="标准没有规定的，如简报的报头、讲话稿的题下，按惯例量测；不合的给予警告，不说是标准的要求。",
    wrong="# 量测 J-04：简报的报头和正文之间没有红线",
    right="# 量测 J-04：简报的报头和正文之间有一条与版心等宽的红线",
)

CHECKS: Final = (UNREADABLE, MISSED, MISSED_ADVICE, UNMEASURED, MISSED_PRACTICE)
