"""Which blocks of a web page are its article: the paragraphs of one column, and the standfirst above it.

A library says which texts of a page are probably the article. Most of them stand in elements of the same tags and
classes: that is the column. What else the library took stays only if it belongs there by its kind or place; captions,
infoboxes and teasers stand in elements of their own between the paragraphs.

A block is what a browser sets as a paragraph, a heading or an item. HTML that other files hold is read whole.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lagebild.corpus.plaintext import ENDED, clean, clean_line, list_ngrams, normalize, paragraphs

# --- A Piece of HTML to Plain Paragraphs ---

UNSEEN = "//head | //template | //*[@hidden] | //*[contains(translate(@style, ' ', ''), 'display:none')]"


def strip_html(text: str) -> str:
    """Return the text of a piece of HTML, or of a whole page of it, with one paragraph a line.

    Everything that can be seen is kept; to find the article in a page is the work of `read_webpage`.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        page = html.document_fromstring(clean(text).encode(), parser=parser)
    except etree.LxmlError:  # nothing in it
        return ""
    drop_scripts(page)
    for node in page.xpath(UNSEEN):
        if node.getparent() is not None:
            node.drop_tree()
    return paragraphs("\n".join(list_lines(page, breaks=True)))


def drop_scripts(page: Any) -> None:
    """Take out of a page of lxml what is no text; this alone changes the page that it is given."""
    from lxml import etree

    etree.strip_elements(page, etree.Comment, etree.PI, "script", "style", with_tail=False)


def list_lines(page: Any, breaks: bool = False) -> list[str]:
    """Return the text of each block of a page of lxml on one line; `breaks` says whether ``<br>`` begins another."""
    from lxml import etree
    from lxml.html.defs import font_style_tags, phrase_tags, special_inline_tags

    inline = font_style_tags | phrase_tags | special_inline_tags
    lines = [""]
    for event, node in etree.iterwalk(page, ("start", "end")):
        if node.tag == "br" and not breaks:
            lines[-1] += " "
        elif node.tag not in inline or node.tag == "br":
            lines.append("")
        lines[-1] += (node.text if event == "start" else node.tail) or ""
    return [whole for text in lines if (whole := clean_line(text))]


# --- Blocks of Text in a Web Page ---

# Elements that run on in a line (HTML 4.01, "inline", and those that came later); every other one is a block.
INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|o:p|q|s|samp|small|span|strike|"
    "strong|sub|sup|time|tt|u|var|wbr"
)
# Elements that hold no text of a page, or none that a reader sees beside others.
UNREAD = re.compile(
    "amp-[a-z-]+|audio|button|canvas|datalist|embed|fencedframe|head|iframe|map|math|noscript|object|option|script|select|style|svg|"
    "template|textarea|title|video"
)
WHOLE = 0.8  # share of a block that is links if it is one
BLANKS = re.compile(r"\s+")
# Where a paragraph ends at line breaks: at two of them, or at one behind the end of a sentence.
PARAGRAPH = re.compile(r" *\n *\n[ \n]*|(?<=[.!?…:\"'»«”“’)]) *\n")
Place = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PageBlock:
    """A run of text, as one clean line, with nothing but inline elements in it.

    `linked` is the share of it that is links, `element` the one that it stands in, `holders` are that element and all
    around it, the outermost first.
    """

    text: str
    linked: float
    element: Any
    holders: tuple[Any, ...]

    @property
    def place(self) -> Place:
        """Tags and classes of what is around the element: alike for all paragraphs of a column."""
        return tuple((holder.tag, holder.get("class", "")) for holder in self.holders[:-1])


def list_blocks(tree: Any) -> list[PageBlock]:
    """Return the blocks of a page in their order; `tree` is its root as lxml read it."""
    blocks = []
    for _, group in groupby(_list_pieces(tree), key=lambda piece: piece.number):
        pieces = list(group)
        holders, whole = pieces[0].holders, "".join(piece.text for piece in pieces)
        share = sum(len(piece.text) for piece in pieces if piece.linked) / max(1, len(whole))
        for part in PARAGRAPH.split(whole):
            if holders and (text := clean_line(part)):
                blocks.append(PageBlock(text, share, holders[-1], holders))
    return blocks


@dataclass(frozen=True)
class _TextPiece:
    """A text as it stands between two tags, with the number of its block."""

    number: int
    text: str
    linked: bool
    holders: tuple[Any, ...]


def _list_pieces(tree: Any) -> Iterator[_TextPiece]:
    """Yield the texts of a page; a block ends where one begins or ends. A line break is a text, too."""
    from lxml import etree

    holders: tuple[Any, ...] = ()
    number = links = 0
    walk = etree.iterwalk(tree, ("start", "end", "comment", "pi"))
    for event, element in walk:
        is_read = isinstance(element.tag, str) and not UNREAD.fullmatch(element.tag)
        if event == "start" and not is_read:
            walk.skip_subtree()
            continue
        tag = element.tag if is_read else ""
        links += (tag == "a") * (1 if event == "start" else -1)
        if tag == "br" and event == "start":
            yield _TextPiece(number, "\n", False, holders)
        elif tag and tag != "br" and not INLINE.fullmatch(tag):
            holders = (*holders, element) if event == "start" else holders[:-1]
            number += 1
        text = (element.text if event == "start" else element.tail) or ""
        yield _TextPiece(number, BLANKS.sub(" ", text), links > 0, holders)


def is_linked(block: PageBlock) -> bool:
    """Whether a block is a link as a whole, or nearly so."""
    return block.linked > WHOLE


# --- The Blocks of the Article ---

# Share of the words of the article from which a place is a column, too, and that of a place with one block only.
MUCH, MUCH_ALONE = 0.1, 0.3
MOST = 0.75  # share that columns must have before anything is cut by its place
LONG = 40  # characters from which a text that is part of another is no chance
STANDFIRST = 6  # words that it has at least
LEAST = 0.5  # share of the words of the article outside boxes, if what is called a box is one
HEADLINE = 110  # characters that a heading has at most
GRAM = 3  # words
ALIKE = 0.5  # share of the runs of words of a standfirst that the description of the page has, or the reverse

HEADINGS = re.compile("h[2-6]")
# What may stand between the paragraphs and belongs to them: items, quotations, tables.
BELONGS = re.compile("[uod]l|li|d[td]|blockquote|q|section|p|span|pre|center|table|tbody|t[rdh]")
# Elements, roles (WAI-ARIA) and words in names of classes that mark what stands beside an article. The words are those
# of Mozilla's Readability, and what common systems call their boxes.
ASIDE = re.compile("aside|dialog|figcaption|figure|footer|form|menu|nav")
ROLES = re.compile("alert|banner|complementary|contentinfo|dialog|navigation|search")
BOXES = re.compile(
    r"ads?|advert\w*|affiliate\w*|banner|breadcrumbs?|byline|caption|comments?|consent|cookie\w*|copyright|credits?|disqus|"
    r"embed|extra|gallery|infobox|instagram|labels|mediainfo|newsletter\w*|outbrain|poll|popular|popup|promo(tion)?|"
    r"recirc\w*|recommend\w*|related\w*|remark|rss|share\w*|sharing|shoutbox|sidebar|skip|skyscraper|slideshow|social|"
    r"sponsor(ed)?|subscribe|taboola|tags|teaser|tiktok|tooltip|trending|tweet|twitter|widget"
)
# Words in names of classes that mark a standfirst.
INTROS = re.compile(
    "abstract|deck|dek|einleitung|excerpt|intro(duction)?|lead(text)?|lede|standfirst|subheadline|subline|subtitle|"
    "summary|teasertext|vorspann"
)
NAME = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")


@dataclass(frozen=True)
class _Page:
    """The blocks of a page by their numbers: which a library took, which stand in no box, and which are a title."""

    blocks: Sequence[PageBlock]
    likely: frozenset[int]
    free: frozenset[int]
    titles: frozenset[int]

    def count(self, numbers: Iterable[int]) -> int:
        """Return the words in some blocks."""
        return sum(len(self.blocks[k].text.split()) for k in numbers)

    def find_frequent(self, numbers: Collection[int], key: Any) -> set[Hashable]:
        """Return the values of `key` for blocks that hold much of their words together."""
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for k in numbers:
            groups[key(self.blocks[k])].append(k)
        total = self.count(numbers)
        return {
            value
            for value, group in groups.items()
            if self.count(group) >= (MUCH if len(group) > 1 else MUCH_ALONE) * total
        }


def is_heading(block: PageBlock) -> bool:
    """Whether a block is a heading below the title."""
    return bool(HEADINGS.fullmatch(block.element.tag))


def choose_blocks(
    blocks: Sequence[PageBlock], likely: str, titles: Iterable[str], descriptions: Iterable[str]
) -> list[PageBlock]:
    """Return the blocks of a page that are its article.

    `likely` is the article as a library sees it, one paragraph a line. What the page calls itself, its `titles`, is no
    part of the text; by what it says of its content, its `descriptions`, a standfirst is known.
    """
    rows, whole = {normalize(row) for row in likely.split("\n")}, normalize(likely)
    named = {normalize(title) for title in titles} - {""}
    texts = [normalize(block.text) for block in blocks]
    heads = frozenset(k for k, text in enumerate(texts) if text in named or blocks[k].element.tag == "h1")
    taken = (
        frozenset(k for k, text in enumerate(texts) if text in rows or (len(text) >= LONG and text in whole)) - heads
    )
    boxes = _find_boxes(blocks, taken)
    free = frozenset(k for k, block in enumerate(blocks) if boxes.isdisjoint(block.holders)) - heads
    page = _Page(blocks, taken & free, free, heads)
    if page.count(page.likely) < LEAST * page.count(taken):
        page = _Page(blocks, taken, free | taken, heads)
    chosen = _choose_column(page)
    return [blocks[k] for k in (*_find_standfirst(page, chosen, list(descriptions)), *chosen)]


def _find_boxes(blocks: Sequence[PageBlock], taken: Iterable[int]) -> set[Any]:
    """Return the elements that stand beside the article by what they are called, and do not hold much of it."""
    held: Counter[Any] = Counter()
    for k in taken:
        for holder in blocks[k].holders:
            held[holder] += len(blocks[k].text)
    limit = max(held.values(), default=0) / 3
    holders = {holder for block in blocks for holder in block.holders}
    return {holder for holder in holders if held[holder] <= limit and is_box(holder)}


def is_box(element: Any) -> bool:
    """Whether an element is one beside an article by its tag, its role or its name."""
    marked = ASIDE.fullmatch(element.tag) or ROLES.fullmatch(element.get("role", ""))
    return marked is not None or _is_named(element, BOXES)


def _is_named(element: Any, form: re.Pattern[str]) -> bool:
    """Whether a page gives an element a name with a word of some form in it."""
    names = NAME.findall(f"{element.get('class', '')} {element.get('id', '')}")
    return any(form.fullmatch(name.lower()) for name in names)


def _choose_column(page: _Page) -> list[int]:
    """Return the numbers of the blocks of the article, without its standfirst."""
    columns = page.find_frequent(page.likely, lambda block: block.place)
    inside = sorted(k for k in page.likely if page.blocks[k].place in columns)
    if not inside or page.count(inside) < MOST * page.count(page.likely):
        return _drop_end(page, sorted(page.likely))
    kinds = page.find_frequent(inside, _kind)
    chosen = [
        k
        for k in range(inside[0], inside[-1] + 1)
        if k in page.free
        and ((k in page.likely and _belongs(page.blocks[k], columns)) or _kind(page.blocks[k]) in kinds)
    ]
    # a heading above what is not chosen heads a box
    boxed = {k for k in chosen if is_heading(page.blocks[k]) and k + 1 not in chosen}
    return _drop_end(page, [k for k in chosen if page.blocks[k].place in columns or k not in boxed])


def _kind(block: PageBlock) -> Hashable:
    return block.place, block.element.tag


def _belongs(block: PageBlock, columns: set[Any]) -> bool:
    """Whether a block between the paragraphs of a column goes with them."""
    place = block.place
    return any(
        column[: len(place)] == place
        or (
            column == place[: len(column)]
            and (is_heading(block) or all(BELONGS.fullmatch(tag) or not name for tag, name in place[len(column) :]))
        )
        for column in columns
    )


def _drop_end(page: _Page, chosen: list[int]) -> list[int]:
    """Return numbers of blocks without links to elsewhere at their end, nor a heading below which these stood."""
    while chosen and is_linked(page.blocks[chosen[-1]]):
        chosen = chosen[:-1]
    last = page.blocks[chosen[-1]] if chosen else None
    ends = last is not None and is_heading(last) and len(last.text) <= HEADLINE and not ENDED.search(last.text)
    return chosen[:-1] if ends else chosen


def _find_standfirst(page: _Page, chosen: Sequence[int], descriptions: Sequence[str]) -> list[int]:
    """Return the number of the block between title and article that is a standfirst, if there is one.

    It is like what the page says of its content, or is called so, or the library took it, or at least it is a sentence.
    """
    first = chosen[0] if chosen else 0
    start = max((k for k in page.titles if k < first), default=-1)
    chosen_texts = {normalize(page.blocks[k].text) for k in chosen}
    between = [
        k
        for k in range(start + 1, first)
        if k in page.free
        and page.count([k]) >= STANDFIRST
        and not is_linked(page.blocks[k])
        and normalize(page.blocks[k].text) not in chosen_texts
    ]
    candidates = [k for k in between if any(_is_like(page.blocks[k].text, text) for text in descriptions)]
    if start >= 0:
        candidates += [k for k in between if _is_named(page.blocks[k].element, INTROS)]
        candidates += [k for k in between if k in page.likely]
        candidates += [k for k in between if ENDED.search(page.blocks[k].text) and not is_heading(page.blocks[k])]
    return candidates[:1]


def _is_like(text: str, description: str) -> bool:
    """Whether two texts share most of the runs of words of the shorter one."""
    mine, other = list_ngrams(text, GRAM), list_ngrams(description, GRAM)
    least = min(len(mine), len(other))
    return least > 0 and len(mine & other) >= ALIKE * least
