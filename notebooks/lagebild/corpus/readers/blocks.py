"""HTML, as other files hold it, to plain paragraphs."""

from __future__ import annotations

from typing import Any

from lagebild.corpus.plaintext import clean, line, paragraphs

UNSAID = ("script", "style")  # what stands in these elements is no text
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
    drop_unsaid(page)
    for node in page.xpath(UNSEEN):
        if node.getparent() is not None:
            node.drop_tree()
    return paragraphs("\n".join(list_lines(page, breaks=True)))


def drop_unsaid(page: Any) -> None:
    """Take out of a page of lxml what is no text; this alone changes the page that it is given."""
    from lxml import etree

    etree.strip_elements(page, etree.Comment, etree.PI, *UNSAID, with_tail=False)


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
    return [whole for text in lines if (whole := line(text))]
