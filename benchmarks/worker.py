"""One program in one process that stays: reads requests from standard input, answers each with its times.

    python benchmarks/worker.py gongwen|typst

A request is a line of JSON, ``{"source": …, "pdf": …}``; the answer is one too: ``wall`` and ``cpu`` in seconds, and for gongwen
``stages``, the CPU seconds of each stage of the pipeline and under its name with `` wall`` the time that passed (a stage that calls
another includes it).
"""

from __future__ import annotations

import functools
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

Compile = Callable[[Path, Path], None]
Stages = defaultdict[str, float]


def main() -> None:
    """Serve requests until the input ends."""
    compile_, stages = {"gongwen": gongwen, "typst": typst}[sys.argv[1]]()
    for line in sys.stdin:
        request = json.loads(line)
        stages.clear()
        wall, cpu = time.perf_counter(), time.process_time()
        compile_(Path(request["source"]), Path(request["pdf"]))
        answer = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "stages": dict(stages)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def gongwen() -> tuple[Compile, Stages]:
    """Our compiler with a watch on its stages."""
    import weasyprint

    from gongwen import cli, compiler, preflight, render, source, typeset

    cli.spare_collector()
    stages: Stages = defaultdict(float)
    for owner, name, stage in (
        (source.Source, "read", "read"),
        (compiler.Compiler, "check", "check"),
        (compiler, "parse", "parse"),
        (compiler, "lay_out", "lay_out"),
        (render, "render", "render"),
        (typeset.Typesetter, "typeset", "typeset"),
        (weasyprint.Document, "write_pdf", "write_pdf"),
        (compiler, "write_whole", "write_whole"),
        (preflight, "measure", "preflight"),
    ):
        setattr(owner, name, _watched(getattr(owner, name), stage, stages))
    one = compiler.Compiler()

    def compile_(draft: Path, pdf: Path) -> None:
        built = one.build(draft, pdf)
        if built.pdf is None:
            raise RuntimeError("\n".join(diagnostic.message for diagnostic in built.diagnostics))

    return compile_, stages


def _watched(function: Callable[..., Any], stage: str, stages: Stages) -> Callable[..., Any]:
    """The function, its wall and CPU time added to the stage's."""

    @functools.wraps(function)
    def watched(*args: Any, **options: Any) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            return function(*args, **options)
        finally:
            stages[stage] += time.process_time() - cpu
            stages[f"{stage} wall"] += time.perf_counter() - wall

    return watched


def typst() -> tuple[Compile, Stages]:
    """The typst compiler; it keeps faces and what it has laid out."""
    import typst as package

    from gongwen import resources

    one = package.Compiler(font_paths=[str(resources.fonts())], ignore_system_fonts=True)

    def compile_(source: Path, pdf: Path) -> None:
        one.compile(input=str(source), output=str(pdf))

    return compile_, defaultdict(float)


if __name__ == "__main__":
    main()
