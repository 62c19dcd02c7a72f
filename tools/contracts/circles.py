"""Circles of modules that import each other, in whatever way: strongly connected components (Tarjan)."""

from __future__ import annotations

from collections.abc import Iterator

from tools.contracts.sources import Module

Graph = dict[str, set[str]]


def graph_of(modules: dict[str, Module]) -> Graph:
    """Who imports whom. That a module's packages are loaded before it counts for nothing here: a registry in
    an `__init__.py` lists its own files.
    """
    graph: Graph = {name: set() for name in modules}
    for name, module in modules.items():
        for item in module.imports:
            target = _loaded_by(item.target or "", modules)
            if target and target != name:
                graph[name].add(target)
    return graph


def _loaded_by(target: str, modules: dict[str, Module]) -> str:
    while target and target not in modules:
        target = target.rpartition(".")[0]
    return target


def circles(graph: Graph) -> list[list[str]]:
    """Each circle's modules, in the order of the alphabet."""
    return [sorted(group) for group in _components(graph) if len(group) > 1]


def _components(graph: Graph) -> Iterator[list[str]]:
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: list[str] = []
    for start in graph:
        if start in number:
            continue
        walk = [(start, iter(sorted(graph[start])))]
        number[start] = lowest[start] = len(number)
        open_.append(start)
        while walk:
            name, rest = walk[-1]
            follower = next(rest, None)
            if follower is None:
                walk.pop()
                if walk:
                    above = walk[-1][0]
                    lowest[above] = min(lowest[above], lowest[name])
                if lowest[name] == number[name]:
                    at = open_.index(name)
                    yield open_[at:]
                    del open_[at:]
            elif follower not in number:
                number[follower] = lowest[follower] = len(number)
                open_.append(follower)
                walk.append((follower, iter(sorted(graph[follower]))))
            elif follower in open_:
                lowest[name] = min(lowest[name], number[follower])
