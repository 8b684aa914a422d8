"""Markdown to plain paragraphs, and what the front matter of a file says of it."""

from __future__ import annotations

import re
from datetime import date

from lagebild.core.characters import UNWANTED, show
from lagebild.core.paths import InputError, read_languages
from lagebild.core.yaml_files import parse_yaml
from lagebild.corpus.encoding import decode
from lagebild.corpus.page import EARLIEST, Page
from lagebild.corpus.plaintext import line
from lagebild.corpus.readers.blocks import drop_unsaid, list_lines

UNFIT = re.compile(f"[{UNWANTED}]")  # what no page of HTML can hold either
NUMBER = "data-number"
DEEPEST = 100  # what is nested deeper is left out; CommonMark's own limit here is 20


def read_markdown(content: bytes, today: str) -> list[Page]:
    """Read a file of Markdown, with or without front matter."""
    head, text = _split(re.sub(r"\r\n?", "\n", UNFIT.sub("", decode(content))))
    paragraphs, heading = strip_markdown(text)
    page = Page(
        paragraphs,
        head.get("title", "") or heading,
        head.get("publisher", ""),
        head.get("author", ""),
        _front_day(head.get("published") or head.get("date") or "", today),
        "day given in the front matter",
        head.get("url", ""),
        _front_language(head.get("language", "")),
    )
    return [page]


def strip_markdown(text: str) -> tuple[str, str]:
    """Return the paragraphs of a text in Markdown, one a line, and its first heading.

    A line may begin with a date such as "16. Juni": to CommonMark that is an item of a list, whose number HTML counts
    anew, and the first of a month would end a paragraph. Here every item keeps the number that stands in the text, and
    a list with numbers begins after a blank line.
    """
    from lxml import html
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock, list_block

    def begin_list(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        ends_paragraph = silent and state.src[state.bMarks[first] + state.tShift[first]].isdigit()
        return not ends_paragraph and list_block(state, first, last, silent)

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    parser.block.ruler.at("list", begin_list, {"alt": ["paragraph", "reference", "blockquote"]})
    tokens = parser.parse(text)
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet(NUMBER, f"{token.info}{token.markup} ")
    page = html.fragment_fromstring(
        parser.renderer.render(tokens, parser.options, {}), "div", parser=html.HTMLParser(huge_tree=True)
    )
    drop_unsaid(page)
    for item in page.iter("li"):
        first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        first.text = item.get(NUMBER, "") + (first.text or "")
    headings = page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
    return "\n".join(list_lines(page)), line(headings[0].text_content()) if headings else ""


def _split(text: str) -> tuple[dict[str, str], str]:
    """Return what the front matter says, and the text below it."""
    if not re.match(r"---[ \t]*\n", text):
        return {}, text
    parts = re.split(r"(?m)^(?:---|\.\.\.)[ \t]*$", text, maxsplit=2)
    if len(parts) < 3:
        raise InputError("the front matter has no end; close it with a line ---.")
    return _front_matter(parts[1]), parts[2]


def _front_matter(text: str) -> dict[str, str]:
    try:
        head = parse_yaml(text)
    except InputError as fault:
        raise InputError(f"the front matter, {fault}") from None
    if head is None:
        return {}
    known = {str(key).lower(): value for key, value in head.items()} if isinstance(head, dict) else {"": head}
    plain = {}
    for name, value in known.items():
        values = value if isinstance(value, list) else [value]
        if not name or any(isinstance(part, (dict, list)) for part in values):
            raise InputError("the front matter must be lines of the form 'title: words'; rewrite it so.")
        plain[name] = "; ".join(str(part) for part in values if part is not None)
    return plain


def _front_day(text: str, today: str) -> str:
    try:
        found = date.fromisoformat(re.split(r"[T ]", text)[0]).isoformat() if text else ""
    except ValueError:
        found = "?"
    if found and not EARLIEST <= found <= today:
        raise InputError(
            f"the date {show(line(text))} in the front matter is no past day or no day; write it as YYYY-MM-DD."
        )
    return found


def _front_language(text: str) -> str:
    found, known = re.split(r"[-_]", text.strip().lower())[0], read_languages()
    if found and found not in known:
        only = " and ".join(known)
        raise InputError(f"the language {show(line(text))} in the front matter cannot be read; only {only} can.")
    return found
