"""Pages of HTML as trees, without what stands round their text: menus, banners, drawings, what is hidden."""

from __future__ import annotations

from lxml import etree, html
from lxml.html import HtmlElement

from lagebild.corpus.plaintext import clean
from lagebild.corpus.readers.blocks import drop_unsaid
from lagebild.corpus.readers.column import is_box
from lagebild.corpus.readers.pageblocks import UNREAD

AT, LINES = "data-at", "data-lines"  # where a text begins in its file; that a line break is one of the page
BOX = 0.1  # share of the text of a page that a box beside it has at most
ROLES = "alert|banner|complementary|contentinfo|dialog|doc-backlink|doc-endnotes|doc-footnote|doc-toc|navigation|search"
FURNITURE = " | ".join(
    (
        "//nav | //aside | //footer | //form | //dialog | //del | //s | //pre | //caption | //figcaption",
        "//header[not(ancestor::main or ancestor::article)] | //figure[not(.//blockquote or .//table)]",
        "//*[@hidden] | //*[@aria-hidden='true'] | //*[contains(translate(@style, ' ', ''), 'display:none')]",
        "//details[not(.//p or .//li)]/summary",
        *(f"//*[@role='{role}']" for role in ROLES.split("|")),
    )
)


def parse_html(text: str) -> HtmlElement:
    """Return a page as a tree, whatever stands in it.

    A piece without any element becomes a paragraph.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        page = html.document_fromstring(clean(text).encode() or b"<p></p>", parser=parser)
    except etree.LxmlError:  # nothing in it
        return html.document_fromstring("<p></p>")
    drop_unsaid(page)
    return page


def drop_furniture(page: HtmlElement) -> None:
    """Take out of a page what is no part of its text; this changes the page that it is given."""
    for node in page.xpath(FURNITURE):
        _drop(node)
    for node in [one for one in page.iter(etree.Element) if UNREAD.fullmatch(str(one.tag)) and one.tag != "head"]:
        _drop(node)
    total = len(page.text_content())
    for node in [one for one in page.iter("div", "section", "ul", "ol", "p", "span") if is_box(one)]:
        if len(node.text_content()) <= BOX * total:
            _drop(node)


def _drop(node: HtmlElement) -> None:
    if node.getparent() is not None:
        node.drop_tree()
