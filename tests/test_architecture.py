"""Data flows one way: the modules are stages, and a stage imports only earlier ones."""

import ast
import graphlib
import importlib
import pkgutil
import re
import sys
from pathlib import Path

import pytest

import gongwen
from gongwen.diagnostics import Check, Severity

PACKAGE = Path(gongwen.__file__).parent

STAGES = (
    "diagnostics",
    "checks",
    "authority",
    "standard",
    "grid",
    "terminal",
    "resources",
    "files",
    "writing",
    "options",
    "lexicon",
    "expressions",
    "chinese",
    "reading",
    "source",
    "suppression",
    "kinds",
    "document",
    "house",
    "parser",
    "units",
    "terms",
    "enclosures",
    "fonts",
    "project",
    "selection",
    "pictures",
    "tables",
    "compose",
    "paginate",
    "layout",
    "rules",
    "textpages",
    "reporters",
    "schema",
    "scaffold",
    "catalogue",
    "render",
    "plates",
    "typeset",
    "verdicts",
    "preflight",
    "press",
    "compiler",
    "register",
    "outcome",
    "parallel",
    "checking",
    "mailing",
    "building",
    "cluster",
    "difference",
    "fixes",
    "rulebook",
    "lsp",
    "watching",
    "cli",
    "__main__",
)

LIBRARIES = {
    "weasyprint": {"typeset"},
    "pydyf": {"typeset"},
    "_cffi_backend": {"typeset"},
    "jinja2": {"render"},
    "pikepdf": {"preflight", "press"},
    "pypdfium2": {"pictures", "plates", "preflight"},
    "PIL": {"pictures", "plates", "typeset"},
    "yaml": {"reading"},
    "click": {"cli", "reporters"},
    "rich": {"cli"},
    "openpyxl": {"register", "tables"},
    "lsprotocol": {"lsp"},
    "pygls": {"lsp"},
    "distributed": {"cluster"},
    "dask": {"cluster"},
    "cloudpickle": {"cluster"},
    "uharfbuzz": {"fonts", "preflight"},
    "watchfiles": {"watching"},
    "fontTools": {"fonts"},
    "pydantic": {"document", "house", "kinds", "parser", "project", "terms", "units"},
    "pydantic_core": {"document", "parser", "terms", "units"},
}
"""What a library of others is for: the stages that may import it."""


def module_name(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
"""Names without ``gongwen.``; the package itself is the empty name."""


def stage(module):
    return module.split(".")[0]


def imports(path):
    """Every import of a file, wherever it stands: dotted names, of a module or of a name in one."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported(module):
    """The modules of the package that a module imports. The package itself is only asked for its version."""
    found = set()
    for name in imports(MODULES[module]):
        own = name.removeprefix("gongwen.")
        if own == name:
            continue
        if own in MODULES:
            found.add(own)
        elif own.rpartition(".")[0] in MODULES:
            found.add(own.rpartition(".")[0])
    return found - {"", module}


GRAPH = {module: imported(module) for module in MODULES if module}


def test_every_module_is_a_stage_and_every_stage_a_module():
    assert {stage(module) for module in GRAPH} == set(STAGES)
    assert len(set(STAGES)) == len(STAGES)
    assert len(GRAPH) >= len(STAGES)


def test_the_graph_is_seen():
    assert {"gongwen.typeset", "gongwen.preflight"} <= {f"gongwen.{stage(name)}" for name in GRAPH["compiler"]}
    assert "diagnostics" in GRAPH["parser"]
    assert sum(map(len, GRAPH.values())) > 80


def test_there_are_no_cycles():
    order = list(graphlib.TopologicalSorter(GRAPH).static_order())
    assert len(order) == len(GRAPH)


@pytest.mark.parametrize("module", GRAPH)
def test_a_stage_imports_only_earlier_stages(module):
    place = STAGES.index(stage(module))
    later = {name for name in GRAPH[module] if STAGES.index(stage(name)) > place}
    assert later == set()


def test_only_the_public_surface_and_the_version_are_in_the_package_itself():
    for module in GRAPH:
        from_package = {
            alias.name
            for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module == "gongwen"
            for alias in node.names
        }
        assert from_package - set(MODULES) <= {"__version__"}


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_library_has_its_place(library):
    users = {
        stage(module) for module in GRAPH if any(name.split(".")[0] == library for name in imports(MODULES[module]))
    }
    assert users == LIBRARIES[library]


def test_no_other_library_is_used():
    known = {*LIBRARIES, *sys.stdlib_module_names, "gongwen"}
    used = {name.split(".")[0] for path in MODULES.values() for name in imports(path)}
    assert used <= known


def test_preflight_is_an_outside_judge():
    seen = {name for module in GRAPH if stage(module) == "preflight" for name in GRAPH[module]}
    judged_by = {
        "files",
        "standard",
        "grid",
        "verdicts",
        "diagnostics",
        "kinds",
        "document",
        "house",
        "chinese",
        "fonts",
    }
    assert {stage(name) for name in seen} == {"preflight", *judged_by}


def test_reading_and_reporting_know_nothing_of_the_domain():
    for module, path in MODULES.items():
        if stage(module) in {"diagnostics", "terminal", "reading", "source", "reporters"}:
            assert "公文" not in path.read_text("utf-8")
            assert {stage(name) for name in GRAPH[module]} <= {
                "files",
                "expressions",
                "diagnostics",
                "terminal",
                "reading",
                "source",
                "reporters",
            }


def test_no_module_mentions_a_path_of_a_machine():
    for path in MODULES.values():
        assert not re.search(r"/(home|Users|root|work|tmp)/|[A-Z]:\\\\Users", path.read_text("utf-8"))


# --- checks ----------------------------------------------------------------------------------------------------------


def all_checks():
    """Every check of every module, once where several modules know it by name."""
    names = [one.name for one in pkgutil.walk_packages(gongwen.__path__, "gongwen.") if one.name != "gongwen.__main__"]
    assert len(names) == len(GRAPH) - 1
    found = {}
    for name in names:
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, Check):
                found[id(value)] = value
    return list(found.values())


CHECKS = all_checks()


def test_codes_and_names_of_checks_are_unique_and_well_formed():
    assert len(CHECKS) > 45
    codes, names = [check.code for check in CHECKS], [check.name for check in CHECKS]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"GW[0-9]\d\d", code) for code in codes)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


def test_checks_have_a_severity():
    assert {check.severity for check in CHECKS} == set(Severity)
