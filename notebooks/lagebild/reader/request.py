"""What a language model is asked of a text: the acts that it tells, as JSON; the instructions lie in `data/reference`.

A long text is asked about in parts, each with the title and how the article begins. The same text gives the same
requests, byte for byte; a request is known again by its digest.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from lagebild.core import STATUSES, InputError, Reference, characters, derived

LOGGER = logging.getLogger(__name__)
FIELDS = (  # of an act
    *("quote", "type", "source", "target", "source_for", "target_for", "persons"),
    *("date_text", "date", "status", "speaker"),
)
LISTS = ("source", "target", "source_for", "target_for", "persons", "source_en", "target_en")  # those that are lists
FOREIGN = ("source_en", "target_en")  # asked beside them where no table knows the language
SHOWN = "en"  # language of the examples for texts in a language that has none
SEED = 1  # with temperature 0, so that the same model answers the same
PART = 6000  # characters of a text that are asked about at once: fits a context of 8,192 tokens, instructions included
MOST = 100  # acts of one answer that are looked at
TRIES = 1000  # braces of an answer from which an object is looked for
OPENING = 300  # … of the beginning of an article that its later parts are told
TRANSLATED = (
    "source_en, target_en: the names of source and target in the same order as an English newspaper writes them; "
    "a state by its English name. The examples are English, the text is not: copy its letters, in its own script."
)


@dataclass(frozen=True, slots=True)
class AskedText:
    """A text that a model reads: its words, language (BCP 47), day of publication and title.

    `actors` are names that the case adds, as far as they stand in the text.
    """

    text: str
    language: str
    published: str
    title: str = ""
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A request about a part of a text: its language, where the part begins and ends, the body as sent, its digest."""

    language: str
    start: int
    end: int
    body: Mapping[str, Any]
    digest: str


def list_requests(reference: Reference, article: AskedText, model: str) -> list[Request]:
    """Return the requests for the acts of a text.

    Parameters
    ----------
    reference
        The tables; instructions and types are theirs.
    article
        The text.
    model
        Name of the model that shall answer.
    """
    requests = []
    for start, end in split_text(article.text):
        asked: dict[str, Any] = {"language": article.language, "published": article.published}
        if article.title:
            asked["title"] = article.title
        if start:
            asked["before"] = article.text[:OPENING]
        if article.actors:
            asked["actors"] = list(article.actors)
        instructions, form = instruct(reference, article.language)
        asked |= {"text": article.text[start:end]}
        requests.append(make_request(article.language, (start, end), model, instructions, asked, "acts", form))
    return requests


def make_request(
    language: str,
    span: tuple[int, int],
    model: str,
    instructions: str,
    asked: Mapping[str, Any],
    name: str,
    form: Mapping[str, Any],
) -> Request:
    """Return a request about a part of a text: what is asked, as JSON, and the schema of its answer with its name."""
    body = {
        "model": model,
        "temperature": 0,
        "seed": SEED,
        "response_format": {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": form}},
        "messages": [
            {"role": "system", "content": instructions},
            {"role": "user", "content": json.dumps(asked, ensure_ascii=False)},
        ],
    }
    return Request(language, *span, body, digest(body))


def split_text(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a text begin and end; see `_find_cut`."""
    start = 0
    while len(text) - start > PART:
        end = start + _find_cut(text[start : start + PART])
        yield start, end
        start = end
    yield start, len(text)


def _find_cut(part: str) -> int:
    """Return where a part ends that more follows: behind its last line or sentence, if that leaves half of it."""
    for end in ("\n", ". "):
        cut = part.rfind(end) + len(end)
        if cut >= len(part) / 2:  # a headline alone is worth no request
            return cut
    return len(part)


@derived
def instruct(reference: Reference, language: str) -> tuple[str, dict[str, Any]]:
    """Return the instructions for texts in a language, with examples, and the JSON schema of an answer."""
    known = language in reference.languages
    lines = (reference.place() / "acts.txt").read_text(encoding="utf-8").splitlines()
    text = [line for line in lines if not line.startswith("#")]
    fields = [*FIELDS, *(() if known else FOREIGN)]
    text += [] if known else [TRANSLATED]
    file = reference.place(language) / "acts.jsonl"
    file = file if known and file.is_file() else reference.place(SHOWN) / "acts.jsonl"
    for example in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        acts = example.pop("acts")
        if not known:
            acts = [act | {"source_en": act["source"], "target_en": act["target"]} for act in acts]
        text += ["", "Example. User:", json.dumps(example, ensure_ascii=False)]
        text += ["Answer:", json.dumps({"acts": acts}, ensure_ascii=False)]
    words, names = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    form: dict[str, Any] = {name: names if name in LISTS else words for name in fields}
    form["type"] = {"enum": sorted(row["event_type"] for row in reference.rows("event_types"))}
    form["status"] = {"enum": list(STATUSES)}
    act = {"type": "object", "properties": form, "required": fields, "additionalProperties": False}
    acts_form = {"acts": {"type": "array", "items": act}}
    whole = {"type": "object", "properties": acts_form, "required": ["acts"], "additionalProperties": False}
    return "\n".join(text), whole


def digest(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the body of a request, by which its answer is known again."""
    return sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read_acts(answer: str) -> list[Mapping[str, Any]]:
    """Return the acts of an answer: JSON, an object whose `acts` are objects; what stands around it is left out.

    Raises
    ------
    InputError
        If it is none.
    """
    found = find_json(answer, "acts")
    if found is None or not isinstance(found["acts"], list):
        raise InputError("The model answers no JSON object with a list `acts`: ask a model that can.")
    return [act if isinstance(act, dict) else {} for act in found["acts"][:MOST]]


def find_json(answer: str, key: str = "") -> dict[str, Any] | None:
    """Return the first JSON object in an answer, behind the thoughts of the model; nothing if there is none.

    Parameters
    ----------
    answer
        What a model wrote: words or marks of code may stand around the object, also with braces in them.
    key
        What the object must have; without it, any object will do.

    Examples
    --------
    >>> find_json('<think>{x}</think> Here it is: {"acts": []}.', "acts")
    {'acts': []}
    """
    text = answer.rpartition("</think>")[2]
    decoder, start = json.JSONDecoder(), -1
    for _ in range(TRIES):
        start = text.find("{", start + 1)
        if start < 0:
            break
        try:
            found, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if not key or key in found:
            # half a character, which JSON can spell, fits into no file
            whole: dict[str, Any] = json.loads(characters.HALF.sub("?", json.dumps(found, ensure_ascii=False)))
            return whole
    LOGGER.debug("no JSON object in an answer of %d characters", len(answer))
    return None
