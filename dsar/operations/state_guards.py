"""What an act refuses, read from its source: every sentence it and what it calls inside the law can answer with."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from workflow import refusals
from workflow.guards import STATE_NAMES, require
from workflow.services import _moving
from workflow.states import OPEN_CASE_STATES, CaseState

HOUSE = "workflow."
WHEN_OVER = "The case is over: what is said of each end stands above."
# Said of every act alike, so told once for all of them.
EVERYWHERE: tuple[Callable[..., Any], ...] = (require, _moving.moving, _moving.deciding, _moving.stands_elsewhere)


def sentences(act: Callable[..., Any]) -> list[str]:
    """The refusals of this act in English, in the order of its source, each once."""
    with translation.override("en"):
        return list(dict.fromkeys(_of(act, seen={inspect.unwrap(one) for one in EVERYWHERE})))


def of_every_act() -> list[str]:
    """What any act may answer, whatever it is about: role, sight, two people at once, a case erased or over."""
    wanted = (require, _moving.moving, _moving.require_sight)
    with translation.override("en"):
        seen: set[Any] = {refusals.of_case, refusals.of_claim}
        states = {str(name) for name in STATE_NAMES.values()}
        return [one for act in wanted for one in dict.fromkeys(_of(act, seen=seen)) if one not in states]


def of_each_end() -> dict[str, str]:
    """What an act that needs an open case answers in each state a case ends in."""
    with translation.override("en"):
        return {
            state.value: str(refusals.of_an_ended_case(state.value))
            for state in CaseState
            if state not in OPEN_CASE_STATES
        }


def _of(function: Callable[..., Any], *, seen: set[Any]) -> Iterator[str]:
    function = inspect.unwrap(function)
    if function in seen:
        return
    seen.add(function)
    if function is _moving.in_open_case:
        yield WHEN_OVER
        return
    names = getattr(function, "__globals__", {})
    for node in _in_order(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            yield from (one.value for one in node.args[:1] if isinstance(one, ast.Constant))
        elif isinstance(node, (ast.Name, ast.Attribute)):
            found = _named(node, names)
            if isinstance(found, FunctionType) and found.__module__.startswith(HOUSE):
                yield from _of(found, seen=seen)
            elif isinstance(found, (Promise, dict)):
                yield from _constants(found)


def _in_order(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes as they stand in the source."""
    for child in ast.iter_child_nodes(tree):
        yield child
        yield from _in_order(child)


def _named(node: ast.Name | ast.Attribute, names: dict[str, Any]) -> object:
    """What a name of the source, or a name of a module of the house, stands for; None for anything else."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    module = names.get(node.value.id) if isinstance(node.value, ast.Name) else None
    in_house = isinstance(module, ModuleType) and module.__name__.startswith(HOUSE)
    return getattr(module, node.attr, None) if in_house else None


def _constants(found: object) -> Iterator[str]:
    values = found.values() if isinstance(found, dict) else [found]
    yield from (str(value) for value in values if isinstance(value, Promise))
