"""Elements by their own names: namespaces and the case of the first letter differ from version to version."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

__all__ = ["Element", "children", "first", "name_of", "own_name", "text_at", "texts_at"]


def own_name(tag: str) -> str:
    """Without the namespace, in lower case."""
    return tag.rpartition("}")[2].lower()


def name_of(element: Element) -> str:
    return own_name(element.tag) if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if name_of(child) == name)


def first(element: Element, *path: str) -> Element | None:
    found: Element | None = element
    for name in path:
        found = next(children(found, name), None) if found is not None else None
    return found


def text_at(element: Element, *path: str) -> str:
    found = first(element, *path)
    return (found.text or "").strip() if found is not None else ""


def texts_at(element: Element, name: str) -> list[str]:
    return [(child.text or "").strip() for child in children(element, name)]
