"""The home page: every committee's list where they are few, else the top of their tree."""

from datetime import date

from items import public
from items.queries import suggestions
from items.queries.committees import (
    AT_ONCE,
    Counts,
    Node,
    Tree,
    crumb,
    in_full,
    lines,
    lists_of,
    recent_of,
)
from items.search import Thesaurus, words_of

NO_SYNONYMS = Thesaurus(())  # a committee's name is its name


def home(today: date, search: public.BoardSearch | None = None, page: int = 1) -> public.Home:
    """Return each committee's current list; of many, the top of their tree, page by page.

    Of a search only the words count: they are looked for in the committees' names.
    """
    tree = Tree()
    listed = [node for node in tree.nodes.values() if node.current]
    shared = {
        "search": public.BoardSearch(q=search.q if search else ""),
        "demonstration": any(node.demonstration for node in listed),
        "as_of": today,
    }
    if shared["search"].q and len(listed) > 1:
        return public.Home(crowd=_matches(tree, shared["search"].q, today), **shared)
    if len(listed) == 1:
        only = listed[0].current_slug
        return public.Home(only=only, calls=suggestions.open_calls(today), **shared)
    counts = Counts(listed, today)
    if counts.crowded():
        return _many(tree, listed, counts, page, shared)
    return _few(tree, listed, counts, shared)


def _few(tree, listed, counts, shared):
    today, known = shared["as_of"], lists_of(listed)
    full = in_full(listed, known, counts, today, strips=True)
    current = {node.current for node in listed}
    with_old = {row.committee_id for row in known if row.closed_on and row.pk not in current}
    return public.Home(
        current=tuple(full[node.pk] for node in listed),
        tree=tuple(_branches(tree, counts, full, with_old)),
        calls=suggestions.open_calls(today),
        recent=recent_of(listed, today),
        **shared,
    )


def _branches(tree, counts, full, with_old, parent=None, depth=0):
    """Yield the committees of the tree, each before those below it."""
    for node in tree.below.get(parent, ()):
        under = tree.lists_under(node)
        # A sum that says what a single one below says already would say it twice.
        parts = map(tree.lists_under, tree.below.get(node.pk, ()))
        together = None if under in parts else counts.together(under)
        yield public.Branch(
            name=node.words,
            organisation=node.organisation,
            depth=depth,
            shown=full.get(node.pk),
            together=together,
            slug=node.slug if node.pk in with_old else "",
        )
        yield from _branches(tree, counts, full, with_old, node.pk, depth + 1)


def _many(tree, listed, counts, page, shared):
    level, top = tree.below[None], None
    if len(level) == 1:
        (top,) = level
        level = tree.below[top.pk]
    shown = [top] if top and top.current and page == 1 else []
    full = in_full(shown, lists_of(shown), counts, shared["as_of"])
    crowd = public.Crowd(
        together=counts.together(listed),
        top=crumb(top) if top else None,
        shown=full[top.pk] if shown else None,
        lines=lines(tree, counts, level, page),
    )
    calls = suggestions.open_calls(shared["as_of"], [node.pk for node in shown])
    news = recent_of(listed, shared["as_of"]) if page == 1 else None
    return public.Home(crowd=crowd, calls=calls, recent=news, **shared)


def _matches(tree, q, today):
    """Return the first of the committees that are called so, at whatever level."""
    words = words_of(q, NO_SYNONYMS)
    nodes = [node for node in tree.nodes.values() if _is_called(node, words)]
    under = [below for node in nodes[:AT_ONCE] for below in tree.lists_under(node)]
    return public.Crowd(lines=lines(tree, Counts(under, today), nodes, with_path=True))


def _is_called(node: Node, words):
    return all(word.is_in(*node.names) for word in words)
