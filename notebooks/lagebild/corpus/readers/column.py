"""A piece of HTML as text, and which parts of a web page stand beside its article.

Which texts of a page are the article a library says. It is better at that where captions, infoboxes, teasers and lists
of links are taken out first, and a standfirst, which it leaves out on many pages, is put back.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from lagebild.corpus.plaintext import clean, clean_line, normalize, paragraphs

LOGGER = logging.getLogger(__name__)

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

# --- The Article in a Web Page ---

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
NAME = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
MOST = 1 / 3  # share of the paragraphs of a page that a box holds at most
LINKED = 0.8  # share of a list that is links if it is a list of links
STANDFIRST = 6  # words that it has at least


def strip_boxes(page: Any) -> Any:
    """Return a page of lxml without what stands beside an article."""
    stripped = deepcopy(page)
    drop_scripts(stripped)
    most = MOST * _count_letters(stripped, "p")
    for element in list(stripped.iter("*")):
        if element.getparent() is None or element.tag in ("html", "head", "body"):
            continue
        is_aside = is_box(element) and _count_letters(element, "p") <= most
        is_menu = element.tag in ("ul", "ol") and _is_linked(element)
        if is_aside or is_menu or UNREAD.fullmatch(element.tag):
            LOGGER.debug("beside the article: <%s class=%r>", element.tag, element.get("class", ""))
            element.drop_tree()
    return stripped


def is_box(element: Any) -> bool:
    """Whether an element is one beside an article by its tag, its role or its name."""
    if ASIDE.fullmatch(element.tag) or ROLES.fullmatch(element.get("role", "")):
        return True
    names = NAME.findall(f"{element.get('class', '')} {element.get('id', '')}")
    return any(BOXES.fullmatch(name.lower()) for name in names)


def _is_linked(element: Any) -> bool:
    """Whether an element is links as a whole, or nearly so."""
    return _count_letters(element, "a") > LINKED * len(element.text_content().strip())


def _count_letters(element: Any, tag: str) -> int:
    return sum(len(inner.text_content()) for inner in element.iter(tag))


def find_standfirst(lines: Sequence[str], rows: Iterable[str], descriptions: Iterable[str]) -> str:
    """Return the line of a page that is its standfirst and not among the rows of its article; empty if none is.

    It is what the page gives as the `descriptions` of its content.
    """
    shown = {normalize(line): line for line in lines}
    text = normalize("".join(rows))
    for description in descriptions:
        bare = normalize(description)
        if bare in shown and len(description.split()) >= STANDFIRST:
            return "" if bare in text else shown[bare]
    return ""
