"""Which blocks of a web page are its article: the paragraphs of one column, and the standfirst above it.

A library says which texts of a page are probably the article. Most of them stand in elements of the same tags and
classes: that is the column. What else the library took stays only if it belongs there by its kind or place; captions,
infoboxes and teasers stand in elements of their own between the paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lagebild.corpus.blocks import Block, Place, is_linked

MUCH = 0.1  # share of the words of the article from which a place is a column, too
MOST = 0.75  # share that columns must have before anything is cut by its place
LONG = 40  # characters from which a text that is part of another is no chance
STANDFIRST = 6  # words that it has at least
GRAM = 3  # words
ALIKE = 0.5  # share of the runs of words of a standfirst that the description of the page has, or the reverse

HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
# What may stand between the paragraphs and belongs to them: items, quotations, tables.
BELONGS = frozenset("ul ol li dl dt dd blockquote q section p span pre center table tbody tr td th".split())
# Elements, roles (WAI-ARIA) and words in names of classes that mark what stands beside an article. The words are those
# of Mozilla's Readability, and what common systems call their boxes.
ASIDE = frozenset("aside dialog figcaption figure footer form menu nav".split())
ROLES = frozenset("alert banner complementary contentinfo dialog navigation search".split())
BOXES = frozenset(
    "ad advert advertisement advertorial ads affiliate banner breadcrumb breadcrumbs byline caption comment comments "
    "consent cookie copyright credit credits disqus embed extra gallery infobox instagram labels mediainfo newsletter "
    "outbrain poll popular popup promo promotion recirc recommended related remark rss share sharing shoutbox sidebar "
    "skip skyscraper slideshow social sponsor sponsored subscribe taboola tags teaser tiktok tooltip trending tweet "
    "twitter widget".split()
)
NAME = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
CLOSED = re.compile(r"[.!?…][\"'»«”“’)\]]*$")


def plain(text: str) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]+", "", text.casefold())


def choose_blocks(
    blocks: Sequence[Block], likely: str, titles: Iterable[str], descriptions: Iterable[str]
) -> list[Block]:
    """Return the blocks of a page that are its article.

    Parameters
    ----------
    blocks
        All of the page, in their order.
    likely
        The article as a library sees it, one paragraph a line.
    titles
        What the page calls itself: a title is no part of the text.
    descriptions
        What the page says of its content: by these a standfirst is known.
    """
    rows = {plain(row) for row in likely.split("\n")}
    whole = plain(likely)
    named = {plain(title) for title in titles}
    chosen = [
        k
        for k, block in enumerate(blocks)
        if block.element.tag != "h1"
        and (text := plain(block.text))
        and text not in named
        and (text in rows or (len(text) >= LONG and text in whole))
    ]
    boxes = _find_boxes(blocks, chosen)
    outside = {k for k, block in enumerate(blocks) if boxes.isdisjoint(block.holders)}
    columns = _find_columns(blocks, [k for k in chosen if k in outside])
    if columns:
        inside = [k for k in chosen if k in outside and blocks[k].place in columns]
        between = range(inside[0], inside[-1] + 1)
        chosen = [
            k
            for k in between
            if k in outside
            and plain(blocks[k].text) not in named
            and (
                (blocks[k].place in columns and (k in chosen or not is_linked(blocks[k])))
                or (k in chosen and _belongs(blocks[k], columns))
            )
        ]
        chosen = _find_standfirst(blocks, chosen, outside, named, list(descriptions)) + chosen
    return [blocks[k] for k in chosen]


def _count(block: Block) -> int:
    return len(block.text.split())


def _find_boxes(blocks: Sequence[Block], chosen: Sequence[int]) -> set[object]:
    """Return the elements that stand beside the article by what they are called, and do not hold much of it."""
    held: Counter[object] = Counter()
    for k in chosen:
        for holder in blocks[k].holders:
            held[holder] += _count(blocks[k])
    limit = sum(_count(blocks[k]) for k in chosen) / 3
    suspects = {holder for block in blocks for holder in block.holders}
    return {one for one in suspects if held[one] <= limit and _is_box(one)}


def _is_box(element: object) -> bool:
    get = element.get  # type: ignore[attr-defined]
    names = NAME.findall(f"{get('class', '')} {get('id', '')}")
    return (
        element.tag in ASIDE  # type: ignore[attr-defined]
        or get("role", "") in ROLES
        or not BOXES.isdisjoint(name.lower() for name in names)
    )


def _find_columns(blocks: Sequence[Block], chosen: Sequence[int]) -> set[Place]:
    """Return the places that hold much of the article; none if these do not hold most of it."""
    held: Counter[Place] = Counter()
    for k in chosen:
        held[blocks[k].place] += _count(blocks[k])
    total = sum(held.values())
    columns = {place for place, count in held.items() if count >= MUCH * total}
    return columns if sum(held[place] for place in columns) >= MOST * total else set()


def _belongs(block: Block, columns: set[Place]) -> bool:
    """Whether a block between the paragraphs of a column goes with them."""
    place = block.place
    return any(
        column[: len(place)] == place
        or (
            column == place[: len(column)]
            and (block.element.tag in HEADINGS or all(tag in BELONGS or not name for tag, name in place[len(column) :]))
        )
        for column in columns
    )


def _find_standfirst(
    blocks: Sequence[Block], chosen: Sequence[int], outside: set[int], named: set[str], descriptions: Sequence[str]
) -> list[int]:
    """Return the block between title and article that is a standfirst: it is like a description of the page."""
    heads = [
        k for k in range(chosen[0]) if blocks[k].element.tag == "h1" or plain(blocks[k].text) in named
    ]
    told = {plain(blocks[k].text) for k in chosen}
    between = [
        k
        for k in range(heads[-1] + 1 if heads else 0, chosen[0])
        if k in outside
        and _count(blocks[k]) >= STANDFIRST
        and not is_linked(blocks[k])
        and plain(blocks[k].text) not in told | named
    ]
    return [k for k in between if any(_is_like(blocks[k].text, one) for one in descriptions)][:1] or [
        k for k in between if heads and CLOSED.search(blocks[k].text)
    ][:1]


def _is_like(text: str, description: str) -> bool:
    runs = [_runs(text), _runs(description)]
    least = min(map(len, runs))
    return least > 0 and len(runs[0] & runs[1]) >= ALIKE * least


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[k:] for k in range(GRAM)), strict=False))
