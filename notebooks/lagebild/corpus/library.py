"""What the notes and lists of a report cite, found by number or by the place in the file at which a link points."""

from __future__ import annotations

from lxml.html import HtmlElement

from lagebild.corpus.page import address
from lagebild.corpus.prose import list_blocks
from lagebild.corpus.references import MOST, NOTE, Work, list_cited

NOTES = ("li", "p", "div", "aside", "dd", "td")  # what a note is; anything else may name addresses, but is no title
BACK = ".//a[starts-with(@href, '#')]/@href"


class Library:
    """What the notes and lists of a report cite, found by number or by the id at which a link points."""

    def __init__(self, whole: HtmlElement, numbered: dict[str, list[Work]]) -> None:
        self.ids = {name: one for one in whole.iter() for name in (one.get("id"), one.get("name")) if name}
        self.numbered, self.notes = numbered, _number_notes(whole)
        self._known: dict[str, list[Work]] = {}

    def follow(self, href: str) -> list[Work]:
        """Return what a link cites: the address of the web, or what the note in the file does at which it points."""
        if url := address(href):
            return [Work(url)]
        name = href.removeprefix("#") if href.startswith("#") else ""
        if name not in self._known:
            self._known[name] = self._read_note(name)
        return self._known[name]

    def is_note(self, href: str) -> bool:
        """Whether a link points at a note: a short text from which a link leads back to where it stands."""
        note = self._find(href.removeprefix("#"))
        if note is None or note.tag not in NOTES:
            return False
        marks = [mark for back in note.xpath(BACK) if (mark := self._find(back.removeprefix("#"))) is not None]
        return any(href in mark.xpath("descendant-or-self::a/@href") for mark in marks)

    def _find(self, name: str) -> HtmlElement | None:
        """Return the short text at a place."""
        found = self.ids.get(name)
        if found is not None and found.tag in ("a", "span", "sup") and found.getparent() is not None:
            found = found.getparent()  # of an empty place at its beginning
        return found if found is not None and len(found.text_content()) <= NOTE else None

    def _read_note(self, name: str) -> list[Work]:
        found = self._find(name)
        if found is None or found.tag in ("h1", "h2", "h3", "h4"):
            return []
        cited = [cited for block in list_blocks(found) for cited in list_cited(block)][:MOST]
        return cited if found.tag in NOTES else [Work(one.url) for one in cited if one.url]


def _number_notes(whole: HtmlElement) -> dict[str, list[Work]]:
    """Return what the notes of a tagged PDF cite, by their numbers."""
    notes = [(note.get("data-number"), note) for note in whole.iter("aside") if note.get("data-number")]
    return {number: [cited for block in list_blocks(note) for cited in list_cited(block)] for number, note in notes}
