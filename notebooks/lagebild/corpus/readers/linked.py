"""The data that a web page holds for machines: JSON-LD and microdata of schema.org, and the `meta` of its head."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lagebild.corpus.plaintext import line

ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|Review\w*|\w*Review)$")
PUBLISHER = re.compile(r"(?:\w*Organization|WebSite|Newspaper|Periodical)$")
# Under these keys stand other things than the page: parts of a ticker, stories beside it.
OTHERS = re.compile("author|hasPart|isPartOf|itemListElement|liveBlogUpdate|mentions|publisher|relatedLink|reviews?")
BROKEN = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
DEEPEST = 50
MOST = 50  # names in one value
Node = dict[str, Any]


@dataclass(frozen=True)
class Data:
    """What a page says to machines; what it does not say is empty.

    Parameters
    ----------
    article
        The node of the article itself.
    hosts
        Names of the site: of its organisations and of the site as such.
    metas
        Names of metadata, in small letters, with their contents.
    """

    article: Node
    hosts: tuple[str, ...]
    metas: tuple[tuple[str, str], ...]

    def say(self, *names: str) -> list[str]:
        """Return what the head of the page says under some names, in their order."""
        return [content for name in names for known, content in self.metas if known == name]


def read_data(tree: Any) -> Data:
    """Return what a page says to machines; `tree` is its root as lxml read it."""
    nodes, by_id = _read_scripts(tree)
    articles = [node for node in nodes if _is(node, ARTICLE)] or [node for node in nodes if "datePublished" in node]
    metas = tuple(_metas(tree))
    shown = {
        *(line(" ".join(h1.itertext())) for h1 in tree.iter("h1")),
        *(text for key, text in metas if "title" in key),
    }
    main = max(
        articles,
        key=lambda node: (read_text(node.get("headline")) in shown, "headline" in node, "datePublished" in node),
        default={},
    )
    article = {key: _resolve(value, by_id) for key, value in main.items()}
    for key, value in _microdata(tree):
        article.setdefault(key, value)
    hosts = [name for node in nodes if _is(node, PUBLISHER) for name in names_of(node)]
    return Data(article, tuple(dict.fromkeys(hosts)), metas)


def _read_scripts(tree: Any) -> tuple[list[Node], dict[str, Node]]:
    """Return the nodes in the scripts of a page, and by their ids those that say more than it."""
    nodes, by_id = list[Node](), dict[str, Node]()
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            for node in _walk(_parse(script.text or ""), 0):
                nodes.append(node)
                if isinstance(name := node.get("@id"), str) and len(node) > 2:
                    by_id.setdefault(name, node)
    return nodes, by_id


def _parse(text: str) -> list[Any]:
    """Return the values in a script, of which some pages have several in a row, or a comma too many."""
    text = BROKEN.sub("", BROKEN.sub("", text)).strip()
    decoder, found = json.JSONDecoder(strict=False), list[Any]()
    for source in (text, re.sub(r",(?=\s*[}\]])", "", text)):
        found, at = [], 0
        try:
            while at < len(source):
                value, at = decoder.raw_decode(source, at)
                found.append(value)
                at += len(source[at:]) - len(source[at:].lstrip(" \t\r\n;,"))
            return found
        except (ValueError, RecursionError):
            continue
    return found or [_rescue(text)]


def _rescue(text: str) -> Node:
    """Return what can be read in broken JSON: the first value of each key that matters and is a text."""
    keys = "headline|datePublished|articleBody|description|url"
    found = re.findall(rf'"({keys})"\s*:\s*"((?:[^"\\\n]|\\.)*)"', text)
    return {key: value.replace('\\"', '"').replace("\\/", "/") for key, value in reversed(found)}


def _walk(value: Any, depth: int) -> Iterator[Node]:
    """Yield the nodes that describe the page itself."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _walk(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if not OTHERS.fullmatch(key):
                yield from _walk(inner, depth + 1)


def _is(node: Node, form: re.Pattern[str]) -> bool:
    kinds = node.get("@type")
    return any(isinstance(kind, str) and form.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _resolve(value: Any, by_id: dict[str, Node]) -> Any:
    """Return a value of a node with the nodes that it only points to."""
    return [_follow(one, by_id) for one in value] if isinstance(value, list) else _follow(value, by_id)


def _follow(value: Any, by_id: dict[str, Node]) -> Any:
    name = value.get("@id") if isinstance(value, dict) and not names_of(value) else None
    return by_id.get(name, value) if isinstance(name, str) else value


def names_of(value: Any) -> list[str]:
    """Return the names in a value of schema.org: a text, a thing with a name, or several."""
    things = value[:MOST] if isinstance(value, list) else [value]
    return [text for thing in things for name in _list_names(thing) if (text := read_text(name))]


def _list_names(thing: Any) -> list[Any]:
    if not isinstance(thing, dict):
        return [thing]
    named = thing.get("name")
    if isinstance(named, str | list):
        return named[:MOST] if isinstance(named, list) else [named]
    return [" ".join(part for key in ("givenName", "familyName") if isinstance(part := thing.get(key), str))]


def read_text(value: Any) -> str:
    """Return a text of the data as one clean line without markup; some pages escape it twice."""
    text = html.unescape(html.unescape(value)) if isinstance(value, str) else ""
    return line(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))


def _microdata(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield the properties of an article that are written at its elements."""
    for name in ("headline", "datePublished", "author", "publisher", "description"):
        for element in tree.xpath("//*[@itemprop=$name]", name=name):
            inner = element.xpath(".//*[@itemprop='name']")[:1] or [element]
            told = [inner[0].get(key) for key in ("content", "datetime")] + [" ".join(inner[0].itertext())]
            if text := next((text for one in told if (text := read_text(one))), ""):
                yield name, text
                break


def _metas(tree: Any) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        text = read_text(meta.get("content"))
        for key in ("property", "name", "itemprop"):
            if text and meta.get(key):
                yield meta.get(key).lower(), text


def texts_of(article: Node, keys: Iterable[str]) -> list[str]:
    """Return the texts that a node has under some keys."""
    return [text for key in keys if (text := read_text(article.get(key)))]
