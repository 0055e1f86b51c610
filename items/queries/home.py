"""The home page: a line for each committee, or for the top of their tree where it is large."""

from datetime import date

from items import public
from items.queries import suggestions
from items.queries.committees import (
    AT_ONCE,
    Counts,
    Node,
    Tree,
    TreeRow,
    lines,
    recent_of,
    with_those_below,
)
from items.queries.proposals import proposed_lines
from items.search import Thesaurus, words_of

NO_SYNONYMS = Thesaurus(())  # a committee's name is its name


def home(today: date, search: public.BoardSearch | None = None, page: int = 1) -> public.Home:
    """Return a line for each committee that has a list, page by page; the only list by its slug.

    Of a search only the words count: they are looked for in the committees' names.
    """
    tree = Tree()
    listed = [node for node in tree.nodes.values() if node.current]
    shared = {
        "search": public.BoardSearch(q=search.q if search else ""),
        "demonstration": any(node.demonstration for node in listed),
        "as_of": today,
    }
    if len(listed) < 2:
        only = listed[0].current_slug if listed else None
        calls, proposed = suggestions.open_calls(today), proposed_lines(today)
        return public.Home(only=only, calls=calls, proposed=proposed, **shared)
    if shared["search"].q:
        return public.Home(lines=_found(tree, shared["search"].q, today), **shared)
    counts = Counts(listed, today)
    rows = _lines_of(tree)
    told = lines(tree, counts, rows, today, page)
    is_first = told.page == 1
    # In a large company those of the committees below are found on their pages.
    named = None if tree.is_small else [node.pk for node in tree.below[None]]
    return public.Home(
        lines=told,
        together=counts.together(listed) if is_first else None,
        calls=suggestions.open_calls(today, named) if is_first else (),
        recent=recent_of(listed, today) if is_first else None,
        proposed=proposed_lines(today) if is_first else (),
        **shared,
    )


def _lines_of(tree: Tree) -> list[TreeRow]:
    """Return the committees that get a line: all where a page has room, else the top ones."""
    if tree.is_small:
        return [TreeRow(node, _own(tree, node), depth) for node, depth in tree.walk()]
    level = tree.below[None]
    if len(level) > 1:
        return with_those_below(tree, level)
    (top,) = level
    return [TreeRow(top, _own(tree, top)), *with_those_below(tree, tree.below[top.pk], depth=1)]


def _own(tree: Tree, node: Node) -> list[Node]:
    """Return the committee's own list, or those below it where they aren't simply all there are."""
    if node.current:
        return [node]
    under = tree.lists_under(node)
    return under if len(under) < sum(bool(other.current) for other in tree.nodes.values()) else []


def _found(tree: Tree, q: str, today: date) -> public.Lines:
    """Return the committees that are called so, at whatever level, the first of many."""
    words = words_of(q, NO_SYNONYMS)
    rows = with_those_below(tree, (n for n in tree.nodes.values() if _is_called(n, words)))
    counts = Counts({below for row in rows[:AT_ONCE] for below in row.summed}, today)
    return lines(tree, counts, rows, today, with_path=True)


def _is_called(node: Node, words):
    return all(word.is_in(*node.names) for word in words)
