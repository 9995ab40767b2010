import importlib
import pkgutil
import re

import pytest

import gongwen
from gongwen.expressions import _Expression, expression


def test_an_expression_is_compiled_when_it_is_first_used(monkeypatch):
    compiled = []
    compile_ = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: compiled.append(given) or compile_(*given))
    found = expression("(?P<a>甲)", re.IGNORECASE)
    assert found.pattern == "(?P<a>甲)"
    assert compiled == []
    assert found.search("乙甲")["a"] == "甲"
    assert found.groupindex == {"a": 1}
    assert [match.start() for match in found.finditer("甲甲")] == [0, 1]
    assert found.sub("丙", "甲乙") == "丙乙"
    assert set(compiled) == {("(?P<a>甲)", re.IGNORECASE)}


def test_what_is_no_expression_says_so_when_it_is_used():
    with pytest.raises(re.error, match="missing"):
        expression("(").search("")


def expressions(value):
    if isinstance(value, _Expression):
        yield value
    elif isinstance(value, dict):
        yield from expressions([*value, *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from expressions(one)


def test_every_expression_of_the_program_can_be_compiled():
    names = [name for _, name, _ in pkgutil.walk_packages(gongwen.__path__, "gongwen.") if "__main__" not in name]
    modules = [importlib.import_module(name) for name in names]
    found = {one.pattern: one for module in modules for one in expressions(list(vars(module).values()))}
    assert len(found) > 150
    for one in found.values():
        one.search("")
