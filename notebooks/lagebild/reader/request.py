"""What a language model is asked of a text: the acts that it tells, as JSON; the instructions lie in `data/reference`.

A long text is asked about in parts, each with the title and how the article begins. The same text gives the same
requests, byte for byte; a request is known again by its digest.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from lagebild.core import STATUSES, InputError, Reference, characters, derived

LOGGER = logging.getLogger(__name__)
FIELDS = (  # of an act
    *("quote", "type", "source", "target", "source_for", "target_for", "source_as", "target_as", "persons"),
    *("date_text", "date", "status", "speaker"),
)
SIDES = ("source", "target")
LISTS = ("persons", *(f"{side}{what}" for side in SIDES for what in ("", "_for", "_as", "_en")))  # those that are lists
PUBLIC = ("GOV", "LOC", "MIL", "COP", "JUD", "LEG")  # sectors of PLOVER whose people act for their state
PRIVATE = ("PTY", "CVL", "BUS", "MED", "EDU", "NGO", "CRM")  # … for themselves
OTHER = ("IGO", "REB")  # … for an organisation or a group of theirs
FOREIGN = ("source_en", "target_en")  # asked beside them where no table knows the language
SHOWN = "en"  # language of the examples for texts in a language that has none
SEED = 1  # with temperature 0, so that the same model answers the same
PART = 6000  # characters of a text that are asked about at once: fits a context of 8,192 tokens, instructions included
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
    """A request about a part of a text: its language, where the part begins and ends, the body, its digest.

    `name` is what a message calls the text: the id of its source.
    """

    language: str
    start: int
    end: int
    body: Mapping[str, Any]
    digest: str
    name: str = ""


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
    """Yield where the parts of a text begin and end; see `find_cut`."""
    start = 0
    while len(text) - start > PART:
        end = start + find_cut(text[start : start + PART])
        yield start, end
        start = end
    yield start, len(text)


def find_cut(part: str) -> int:
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
    text = _read_instructions(reference, "acts.txt")
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
    for name in ("source_as", "target_as"):
        form[name] = {"type": "array", "items": {"enum": [*PUBLIC, *PRIVATE, *OTHER]}}
    form["type"] = {"enum": sorted(row["event_type"] for row in reference.rows("event_types"))}
    form["status"] = {"enum": list(STATUSES)}
    act = {"type": "object", "properties": form, "required": fields, "additionalProperties": False}
    acts_form = {"acts": {"type": "array", "items": act}}
    whole = {"type": "object", "properties": acts_form, "required": ["acts"], "additionalProperties": False}
    return "\n".join(text), whole


def _read_instructions(reference: Reference, name: str) -> list[str]:
    lines = (reference.place() / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def shorten(reference: Reference, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request about acts with the short instructions, for servers with little context."""
    fields = body["response_format"]["json_schema"]["schema"]["properties"]["acts"]["items"]["properties"]
    text = _read_instructions(reference, "acts-short.txt") + ([TRANSLATED] if FOREIGN[0] in fields else [])
    _, question = body["messages"]
    return {**body, "messages": [{"role": "system", "content": "\n".join(text)}, question]}


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
    return [act if isinstance(act, dict) else {} for act in found["acts"]]


def find_json(answer: str, key: str) -> dict[str, Any] | None:
    """Return the last JSON object with a key in an answer: thoughts stand before it; nothing if there is none.

    Parameters
    ----------
    answer
        What a model wrote: words, thoughts or marks of code may stand around the object, also with braces in them.
    key
        What the object must have.

    Examples
    --------
    >>> find_json('[THINK]{x} {"acts": 7}[/THINK] Here it is: {"acts": []}.', "acts")
    {'acts': []}
    """
    found: dict[str, Any] | None = None
    decoder, start = json.JSONDecoder(), answer.find("{")
    for _ in range(TRIES):
        if start < 0:
            break
        end = start + 1
        try:
            read, behind = decoder.raw_decode(answer, start)
            if key in read:
                found, end = read, behind
        except (ValueError, RecursionError):
            pass
        start = answer.find("{", end)
    if found is None:
        LOGGER.debug("no JSON object in an answer of %d characters", len(answer))
        return None
    # half a character, which JSON can spell, fits into no file
    whole: dict[str, Any] = json.loads(characters.HALF.sub("?", json.dumps(found, ensure_ascii=False)))
    return whole


# --- Less at Once ---
# Where a text and its answer do not fit into the context of a server, it is asked about in pieces. The request stays
# what it is, and its digest: one answer is put together of those about its pieces.


def list_whole_acts(answer: str) -> list[Mapping[str, Any]]:
    """Return the acts of an answer that was cut: those that it holds to their end."""
    decoder, acts = json.JSONDecoder(), list[Mapping[str, Any]]()
    begin = re.search(r'\{\s*"acts"\s*:\s*\[', answer)
    place = answer.find("{", begin.end()) if begin else -1
    while place >= 0:
        try:
            act, end = decoder.raw_decode(answer, place)
        except (ValueError, RecursionError):
            break
        acts.append(act)
        place = answer.find("{", end)
    return acts


def halve(body: Mapping[str, Any], least: int) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return a request as two, each about half of its text; None if a half were shorter than `least` characters."""
    text = read_question(body).get("text", "")
    if len(text) < 2 * least:
        return None
    cut = find_cut(text[: len(text) // 2 + len(text) // 8])
    return ask_about(body, text[:cut]), ask_about(body, text[cut:])


def ask_for_rest(body: Mapping[str, Any], acts: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return a request about what of a text stands behind the last act that was told; None if that does not tell."""
    text = read_question(body).get("text", "")
    quote = acts[-1].get("quote") if acts else ""
    place = fold_marks(text).find(fold_marks(quote)) if isinstance(quote, str) and quote else -1
    end = text.find(". ", place + len(quote or "")) + 1
    return ask_about(body, text[end:]) if place >= 0 and 0 < end < len(text) else None


def ask_about(body: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return a request about another piece of its text, which is told how the article begins."""
    instructions, question = body["messages"]
    asked = read_question(body)
    if not asked["text"].startswith(text):
        asked.setdefault("before", asked["text"][:OPENING])
    asked["text"] = text
    return {**body, "messages": [instructions, {**question, "content": json.dumps(asked, ensure_ascii=False)}]}


def read_question(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a request asks about, the JSON object of its second message."""
    question: dict[str, Any] = json.loads(body["messages"][1]["content"])
    return question


def fold_marks(text: str) -> str:
    """Return a text with all marks of quotation alike, as a server is told it and a model copies it."""
    return re.sub(f"[{re.escape(characters.MARKS)}]", "'", text)
