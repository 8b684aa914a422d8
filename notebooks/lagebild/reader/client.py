"""Many requests to one model: as many at once as it is quicker by, each answer kept as it comes, each fault named.

A text that does not fit into the server's context, or whose answer was cut, is asked about in pieces. All is done in a
loop of a thread of its own, for that of a notebook runs already.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from anyio.from_thread import start_blocking_portal

from lagebild.core import Answer, Answers, InputError
from lagebild.reader.request import (
    FIELDS,
    Request,
    ask_for_rest,
    find_json,
    halve,
    list_whole_acts,
    read_acts,
    read_question,
)
from lagebild.reader.server import Host, count_tokens
from lagebild.reader.wire import Address, Passing, Reply, TooLong, Unfit, Unreachable, Wire

AT_ONCE = 4  # requests: what one graphics card serves well
QUICKER = 1.4  # times as many letters a second that two at once must give, or the server lets one wait for the other
TO_TRY = 6  # requests from which it is worth finding out
PATIENCE = 2  # times one after another that no server may answer, and texts that no model may read before it reads one
LETTERS_A_TOKEN = 3.5  # characters; English has about 4, German 3: for servers that do not count
ANSWERED = 0.6  # tokens of an answer for each of its text: measured on the recorded answers
CUT_OFF = 6.0  # characters a token from which a server must have left something out
LEAST_PIECE = 400  # characters of a text that are asked about alone
EXCHANGES = 24  # about one text, before it is given up
OTHERWISE = {"temperature": 0.3, "seed": 2}  # for a second try: what is greedy repeats itself


UNKNOWN = Host()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who is asked, and how.

    Attributes
    ----------
    model, address, host
        The model, where it answers, and what its server tells of itself.
    key, seconds, think
        As `Wire` takes them.
    tell
        Told how many characters more of the texts are read.
    read
        What reads an answer, and raises an `InputError` if it cannot.
    shorten
        What makes a request one with short instructions.
    """

    model: str
    address: Address
    host: Host = UNKNOWN
    key: str = ""
    seconds: float = 300.0
    think: bool = False
    tell: Callable[[int], object] = lambda _: None
    read: Callable[[str], object] = read_acts
    shorten: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None


class Unanswered(NamedTuple):
    """A request without an answer, and why."""

    request: Request
    why: InputError


def list_unanswered(requests: Iterable[Request], answers: Answers) -> list[Request]:
    """Return the requests to which no answer is kept, and no reason why there is none, each once."""
    unanswered = {}
    for one in requests:
        if one.digest not in answers.kept and one.digest not in answers.refused:
            unanswered[one.digest] = one
    return list(unanswered.values())


def describe_cost(requests: Sequence[Request], address: Address) -> str:
    """Return in a few words what asking will cost: requests and tokens, by the server's own count where it tells."""
    texts = [_join_messages(one.body) for one in requests]
    letters = sum(map(len, texts))
    longest = max(texts, key=len)
    counted = count_tokens(address, longest)
    rate = len(longest) / counted if counted else LETTERS_A_TOKEN
    asked = sum(one.end - one.start for one in requests) / rate
    how = "by the server's count" if counted else "estimated"
    count = "1 request" if len(requests) == 1 else f"{len(requests)} requests"
    where = "this machine" if address.is_here else address.host
    return f"{count} to {where}: about {letters / rate:,.0f} tokens to read ({how}), {asked * ANSWERED:,.0f} to write"


def _join_messages(body: Mapping[str, Any]) -> str:
    return "\n".join(message["content"] for message in body["messages"])


def ask_all(requests: Sequence[Request], asking: Asking, answers: Answers) -> list[Unanswered]:
    """Ask for what is not answered yet, and keep each answer as it comes; return what got none, and why.

    An interruption loses nothing but the answers that were still to come. What a model that reads others cannot read is
    kept as such.
    """
    if not requests:
        return []
    answers.check_writable()
    round_of = _Round(asking, answers)
    # of one prefix after another: a server reads the same beginning but once
    ordered = sorted(requests, key=lambda one: str(one.body["messages"][0]["content"]))
    with start_blocking_portal() as portal:  # Ctrl-C ends what is under way
        portal.call(round_of.ask_every, ordered)
    if round_of.kept:
        for fault in round_of.faults:
            if type(fault.why) is Unfit:
                refusal = Answer("", asking.model, date.today().isoformat(), refused=str(fault.why))
                answers.keep(fault.request.digest, refusal)
    return round_of.faults


class _Round:
    """The requests of one run."""

    def __init__(self, asking: Asking, answers: Answers) -> None:
        self.asking, self.answers = asking, answers
        self.wire = Wire(asking.address, asking.seconds, asking.key, think=asking.think)
        self.faults = list[Unanswered]()
        self.again = list[Request]()  # what may do better alone
        self.kept, self.failed = 0, 0
        self.at_once = 1

    async def ask_every(self, requests: Sequence[Request]) -> None:
        queue = deque(requests)
        await self._ask_next(queue)  # it loads the model and reads the instructions: slower than the others
        if len(queue) >= TO_TRY - 1:
            one = await self._measure(queue, 1)
            two = await self._measure(queue, 2)
            if two > QUICKER * one and not self.again:
                self.at_once = AT_ONCE
        await asyncio.gather(*(self._work(queue, number) for number in range(AT_ONCE)))
        again, self.again = self.again, []
        for request in again:
            if not self._is_given_up():
                await self._ask(request, last=True)
        for request in (*queue, *self.again):
            self.faults.append(Unanswered(request, self.faults[-1].why))

    async def _measure(self, queue: deque[Request], number: int) -> float:
        """Return how many letters a second are answered by some requests at once."""
        began = time.monotonic()
        letters = await asyncio.gather(*(self._ask_next(queue) for _ in range(number)))
        return sum(letters) / (time.monotonic() - began)

    async def _work(self, queue: deque[Request], number: int) -> None:
        while queue and number < self.at_once and not self._is_given_up():
            await self._ask_next(queue)

    def _is_given_up(self) -> bool:
        return self.failed >= PATIENCE

    async def _ask_next(self, queue: deque[Request]) -> int:
        return await self._ask(queue.popleft()) if queue and not self._is_given_up() else 0

    async def _ask(self, request: Request, *, last: bool = False) -> int:
        """Ask about a text, and keep the answer; return how long it is."""
        talk = _Talk(self.asking, self.wire, request)
        try:
            answer = await talk.ask()
        except InputError as fault:
            if isinstance(fault, Passing) and not last:
                self.again.append(request)
                self.at_once = 1
                return 0
            self.faults.append(Unanswered(request, fault))
            # without any answer yet, a second one that cannot be read is no use either
            self.failed += isinstance(fault, (Unreachable, Passing)) or not self.kept
            answer = None
        if answer:
            self.answers.keep(request.digest, answer)
            self.kept, self.failed = self.kept + 1, 0
        self.asking.tell(request.end - request.start - talk.told)
        return len(answer.text) + LEAST_PIECE if answer else 0


@dataclass(slots=True)
class _Talk:
    """What is said about one text: whole if it can be, in pieces otherwise."""

    asking: Asking
    wire: Wire
    request: Request
    exchanges: int = 0
    told: int = 0  # characters that are shown as read
    short: bool = False
    replies: list[Reply] = field(default_factory=list)
    acts: list[Mapping[str, Any]] = field(default_factory=list)

    async def ask(self) -> Answer:
        """Return the answer about the text, put together if need be."""
        await self._ask(self.request.body)
        last = self.replies[-1]
        text, form = last.text, _judge_form(self.replies)
        if len(self.replies) > 1:
            text = json.dumps({"acts": self.acts}, ensure_ascii=False)
        return Answer(
            text,
            self.asking.model,
            date.today().isoformat(),
            sum(one.read for one in self.replies),
            sum(one.written for one in self.replies),
            server=self.asking.host.kind,
            weights=" ".join(filter(None, (self.asking.host.weights, last.fingerprint))),
            context=self.asking.host.context,
            form=form,
            told="short" if self.short else "",
            pieces=len(self.replies),
            finish=last.finish,
        )

    async def _ask(self, body: Mapping[str, Any]) -> None:
        """Ask about a text or a piece of it."""
        body = self._shorten(body)
        if not self._fits(body):
            await self._ask_halves(body, self._refuse())
            return
        self.exchanges += 1
        if self.exchanges > EXCHANGES:
            raise Unfit(f"{self.asking.address.where} does not come to an end with it.")
        letters = len(read_question(body).get("text", ""))
        try:
            reply = await self.wire.ask(body, letters, self._tell)
        except TooLong as fault:
            if not self.short and self.asking.shorten:
                self.short = True
                await self._ask(body)
            else:
                await self._ask_halves(body, fault)
            return
        whole = len(_join_messages(body))
        if reply.read and whole / reply.read > CUT_OFF:
            raise TooLong(
                f"{self.asking.address.where} read {reply.read:,} tokens of {whole:,} characters, so it left out the"
                f" beginning: {self.asking.host.remedy}."
            )
        if reply.finish == "length":
            await self._ask_for_rest(body, letters, reply)
        else:
            await self._take(body, letters, reply)

    def _tell(self, more: int) -> None:
        """Show that a text is being read: by what is written of its answer, up to nine tenths."""
        shown = min(more * 3, (self.request.end - self.request.start) * 9 // 10 - self.told)
        if shown > 0:
            self.told += shown
            self.asking.tell(shown)

    def _shorten(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a request with short instructions if with the long ones a half of it would not fit."""
        if not self.asking.shorten:
            return body
        length = len(read_question(body)["text"])
        room = self.asking.host.context - _count_tokens(len(_join_messages(body)) - length, 0)
        self.short = self.short or bool(self.asking.host.context and room < _count_tokens(length, length) / 2)
        return self.asking.shorten(body) if self.short else body

    def _fits(self, body: Mapping[str, Any]) -> bool:
        context = self.asking.host.context
        answered = len(read_question(body).get("text", ""))
        return not context or _count_tokens(len(_join_messages(body)), answered) <= context

    def _refuse(self) -> TooLong:
        host = self.asking.host
        return TooLong(
            f"{self.asking.address.where} gives the model {host.context:,} tokens, too few for a text with its"
            f" instructions: {host.remedy}.",
            host.context,
        )

    async def _ask_halves(self, body: Mapping[str, Any], why: Unfit) -> None:
        halves = halve(body, LEAST_PIECE)
        if not halves:
            remedy = self.asking.host.remedy
            lacking = isinstance(why, TooLong) and remedy not in str(why)
            raise type(why)(f"{why}: {remedy}.") if lacking else why
        for half in halves:
            await self._ask(half)

    async def _ask_for_rest(self, body: Mapping[str, Any], letters: int, reply: Reply) -> None:
        """Keep the whole acts of an answer that was cut, and ask for what stands behind them."""
        cut = Unfit(f"{self.asking.address.where} does not come to the end of its answer.")
        if self.asking.read is not read_acts:
            raise cut
        whole = list_whole_acts(reply.text)
        if rest := ask_for_rest(body, whole):
            self.acts += whole
            self.replies.append(reply)
            await self._ask(rest)
            return
        reply = await self.wire.ask(body, letters, self._tell, **OTHERWISE)
        if reply.finish == "length":
            await self._ask_halves(body, cut)
        else:
            await self._take(body, letters, reply)

    async def _take(self, body: Mapping[str, Any], letters: int, reply: Reply) -> None:
        """Take an answer that came to its end; one that cannot be read is asked for once more, a little otherwise."""
        try:
            self.asking.read(reply.text)
        except InputError:
            reply = await self.wire.ask(body, letters, self._tell, **OTHERWISE)
            try:
                self.asking.read(reply.text)
            except InputError as fault:
                remedy = " This server does not keep to a form: take a model in another format (GGUF)."
                raise Unfit(f"{fault}{remedy if reply.form else ''}") from None
        self.replies.append(reply)
        with suppress(InputError):
            self.acts += read_acts(reply.text)


def _count_tokens(asked: int, answered: int) -> int:
    """Return how many tokens some characters take, and the answer about some of them; rather too many."""
    return int(asked / (LETTERS_A_TOKEN - 0.5) + answered / LETTERS_A_TOKEN * ANSWERED * 1.5) + 200


def _judge_form(replies: Sequence[Reply]) -> str:
    """Return whether answers keep to the form that was asked for."""
    if not all(one.form for one in replies):
        return "not asked"
    for one in replies:
        acts = list_whole_acts(one.text) if one.finish == "length" else (find_json(one.text, "acts") or {}).get("acts")
        lacking = any(not isinstance(act, dict) or set(FIELDS) - set(act) for act in acts or ())
        if lacking or not one.text.lstrip().startswith("{"):
            return "broken"
    return "kept"
