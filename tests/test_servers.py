"""Servers as people run them: each pitfall of the field as a server that behaves so, met by the real command line.

How they behave is taken from their sources and their users' reports of 2026, named beside each.
"""

from __future__ import annotations

import json
import threading
import time
from itertools import chain, repeat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from known import REFERENCE
from lagebild.__main__ import cli
from lagebild.core import Answers, InputError
from lagebild.reader import server
from lagebild.reader.request import AskedText, list_requests
from lagebild.reader.wire import soften
from lagebild.run.doctor import examine
from model_server import fail, say, serve, stream

DAY = "2025-06-16"
NONE = '{"acts": []}'
TEXTS = tuple(f"Peru condemned Bolivia on Saturday. Norway attacked Sweden {k} times." for k in range(2, 10))
LONG = " ".join(f"Peru condemned Bolivia for the {k}th time. Nobody knew why it did so." for k in range(75))


def act(quote: str, **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {name: [] for name in ("source_for", "target_for", "source_as", "target_as", "persons")}
    empty |= {"date_text": "", "date": "", "speaker": ""}
    told = {"type": "ACCUSE", "source": ["Peru"], "target": ["Bolivia"], "status": "asserted"}
    return {"quote": quote} | told | empty | more


def read(address: str, kept: Path, *options: str, texts: tuple[str, ...] = TEXTS[:1], language: str = "en") -> Result:
    """Have texts read by the command line."""
    lines = [{"id": f"t{k}", "text": text, "language": language, "published": DAY} for k, text in enumerate(texts)]
    words = ["draft", "--jsonl", "--model", "m", "--endpoint", address, "--kept", str(kept), *options]
    return CliRunner().invoke(cli, words, input="\n".join(map(json.dumps, lines)))


def question(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body["messages"][1]["content"])
    return found


def drafted(done: Result) -> list[dict[str, Any]]:
    """Return what the model reads of the first text."""
    line = json.loads(done.stdout.splitlines()[0])
    return [one for one in line["events"] + line["candidates"] if "model" in one["readers"]]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "answers.jsonl"


# --- Context ---


def test_what_a_server_cut_off_silently_is_no_answer(kept: Path) -> None:
    """Ollama drops the beginning of what is too long, to half of its context (`llm/llama_server.go`; ollama#3839)."""
    with serve(stream(NONE, prompt_tokens=900)) as (address, _):
        done = read(address, kept)
    assert "read 900 tokens of" in str(done.exception) and "context of 16384 tokens" in str(done.exception)
    assert not Answers(kept).kept


OLLAMA = {
    "name": "m:latest",
    "context_length": 4096,
    "digest": "6488c96fa5fa",
    "details": {"quantization_level": "Q4_K_M"},
}


@pytest.mark.parametrize(
    ("kind", "told", "weights"),
    [
        ("Ollama", {"/api/ps": {"models": [OLLAMA]}}, "6488c96fa5fa Q4_K_M"),
        ("llama.cpp", {"/props": {"default_generation_settings": {"n_ctx": 4096}, "build_info": "b9001"}}, "b9001"),
        ("LM Studio", {"/api/v0/models": {"data": [{"id": "m", "loaded_context_length": 4096}]}}, ""),
        ("vLLM", {"/v1/models": {"data": [{"id": "m", "max_model_len": 4096}]}}, ""),
    ],
)
def test_nothing_longer_than_the_context_is_sent(kept: Path, kind: str, told: dict[str, Any], weights: str) -> None:
    """4,096 tokens are what Ollama and LM Studio give on most machines."""

    def reply(body: dict[str, Any]) -> Any:
        tokens = sum(len(message["content"]) for message in body["messages"]) / 3
        text = question(body)["text"]
        told = [act(f"Peru condemned Bolivia for the {k}th") for k in range(75) if f"for the {k}th " in text]
        fits = tokens + len(text) / 6 < 4096
        return stream(json.dumps({"acts": told}), prompt_tokens=int(tokens)) if fits else fail(500, "out of context")

    with serve(reply, told=told) as (address, asked):
        done = read(address, kept, texts=(LONG,))
    assert done.exit_code == 0, done.output
    assert f"{kind} gives m 4,096 tokens, so it reads in small pieces; better: " in done.stderr
    assert "".join(question(body)["text"] for _, body in asked) == LONG
    assert len({one["start"] for one in drafted(done)}) == 75
    (answer,) = Answers(kept).kept.values()
    assert (answer.server, answer.context, answer.told, answer.pieces) == (kind, 4096, "", len(asked))
    assert (answer.weights, answer.form, answer.finish) == (weights, "kept", "stop")


def test_the_words_of_a_server_without_room_are_told_and_the_text_is_asked_about_in_pieces(kept: Path) -> None:
    """Llama.cpp with four slots gives each a quarter of its context, and says so (llama.cpp#23652)."""

    def reply(body: dict[str, Any]) -> Any:
        tokens = sum(len(message["content"]) for message in body["messages"]) // 4
        says = f"request ({tokens} tokens) exceeds the available context size ({room} tokens), try increasing it"
        return fail(400, says, type="exceed_context_size_error", n_ctx=room) if tokens > room else stream(NONE)

    for room, pieces in ((2048, 1), (1100, 3), (500, 0)):
        with serve(reply) as (address, asked):
            done = read(address, kept.with_name(f"{room}"), texts=(LONG[:3000],))
        assert all("response_format" in body for _, body in asked)
        if pieces:
            (answer,) = Answers(kept.with_name(f"{room}")).kept.values()
            assert (done.exit_code, answer.told, answer.pieces >= pieces) == (0, "short", True), done.output
        else:
            assert "exceeds the available context size (500 tokens)" in str(done.exception)
            assert "give the model a context of 16384 tokens" in str(done.exception)


# --- Thinking ---


def test_a_model_is_asked_not_to_think_unless_that_is_wanted(kept: Path) -> None:
    """Thinking is on by default where a model can (`routes.go`; ollama#14820)."""
    with serve(stream(NONE)) as (address, asked):
        read(address, kept)
        read(address, kept, "--think", texts=TEXTS[1:2])
    plain, thinking = (body for _, body in asked)
    assert (plain["reasoning_effort"], plain["chat_template_kwargs"]) == ("none", {"enable_thinking": False})
    assert not {"reasoning_effort", "chat_template_kwargs", "max_tokens"} & set(thinking)


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_an_answer_in_the_field_of_thoughts_is_found(kept: Path, field: str) -> None:
    """LM Studio, MLX and vLLM put the form on the thoughts (lmstudio-bug-tracker#1773, vllm#48863: content null)."""
    whole = json.dumps({"acts": [act("Peru condemned Bolivia")]})
    with serve(stream(whole[:20], whole[20:], field=field)) as (address, _):
        assert len(drafted(read(address, kept))) == 1
    reply = say(None)
    reply["choices"][0]["message"][field] = whole
    with serve(reply) as (address, _):
        assert len(drafted(read(address, kept.with_name("whole")))) == 1


# --- Answers That Do Not End ---


def test_the_whole_acts_of_a_cut_answer_are_kept_and_the_rest_is_asked_for(kept: Path) -> None:
    def reply(body: dict[str, Any]) -> Any:
        text = question(body)["text"]
        told = [act(f"Peru condemned Bolivia for the {k}th") for k in range(75) if f"for the {k}th " in text]
        whole = json.dumps({"acts": told[:30]})
        return stream(whole[:-40], finish="length") if len(told) > 29 else stream(whole)

    with serve(reply) as (address, asked):
        done = read(address, kept, texts=(LONG,))
    assert done.exit_code == 0, done.output
    assert len({one["start"] for one in drafted(done)}) == 75
    assert [len(question(body)["text"]) for _, body in asked] == sorted(
        (len(question(body)["text"]) for _, body in asked), reverse=True
    )
    assert len(asked) == 3


def test_blanks_without_end_are_left(kept: Path) -> None:
    """In a form, at temperature 0, six of ten prompts ended so (vllm#38696); 23 % of calls (omlx#2990)."""
    head, _, _ = stream('{"acts": [').partition(b"data: [DONE]")
    blank = stream(" \n").split(b"\n\n")[1] + b"\n\n"
    with serve(lambda body: stream(NONE) if body["temperature"] else chain([head], repeat(blank))) as (address, asked):
        done = read(address, kept)
    assert (done.exit_code, len(asked), len(Answers(kept).kept)) == (0, 2, 1)


def test_lists_and_words_of_a_form_have_an_end_and_each_part_a_type(kept: Path) -> None:
    """Arrays without `maxItems` never end (vllm-ascend#13646); strict servers want types everywhere (oh-my-pi#211)."""
    with serve(stream(NONE)) as (address, asked):
        read(address, kept, texts=(LONG,))
    ((_, body),) = asked
    assert (body["max_tokens"], body["stream"]) == (len(LONG) // 2, True)

    def look(form: dict[str, Any]) -> None:
        assert "type" in form
        assert form["type"] != "array" or form["maxItems"] in (10, 40)
        assert form["type"] != "string" or "enum" in form or form["maxLength"] == 400
        for one in [*form.get("properties", {}).values(), *([form["items"]] if "items" in form else [])]:
            look(one)

    look(body["response_format"]["json_schema"]["schema"])


def test_no_mark_of_quotation_that_is_sent_ends_a_string(kept: Path) -> None:
    """Each model that copies „…“ may close it by the mark that ends a string (json_repair#198, baml PR #3381)."""
    text = 'Peru verurteilte „Drohungen“ und "Angriffe" Boliviens. “Never”, said Peru. «Non» !'
    assert json.loads(soften(json.dumps({"text": text})))["text"] == (
        "Peru verurteilte ‹Drohungen› und ‹Angriffe› Boliviens. ‹Never›, said Peru. ‹Non› !"
    )

    def reply(body: dict[str, Any]) -> Any:  # as a model copies: letter by letter
        sent = question(body)["text"]
        return stream('{"acts": [' + json.dumps(act("QUOTE", target=["Boliviens"])).replace("QUOTE", sent[:54]) + "]}")

    with serve(reply) as (address, _):
        done = read(address, kept, texts=(text,), language="de")
    (one,) = drafted(done)
    assert text[one["start"] : one["end"]].startswith("Peru verurteilte „Drohungen“ und")


# --- Servers ---


def test_one_text_that_cannot_be_read_stops_no_other_and_is_not_asked_about_again(kept: Path) -> None:
    def reply(body: dict[str, Any]) -> Any:
        return stream("I cannot help with that.") if "3 times" in question(body)["text"] else stream(NONE)

    with serve(reply) as (address, asked):
        done = read(address, kept, texts=TEXTS)
        assert (done.exit_code, len(done.stdout.splitlines())) == (0, 8)
        assert "1 of 8 requests got no answer (t1): The model answers no JSON object" in done.stderr
        assert "take a model in another format (GGUF). There the rules read alone." in done.stderr
        assert len(asked) == 9
        again = read(address, kept, texts=TEXTS)
        assert (again.exit_code, again.stdout, len(asked)) == (0, done.stdout, 9)
        assert "(t1): " in again.stderr and "Delete its line in answers.jsonl to ask again." in again.stderr
        assert read(address, kept, "--strict", texts=TEXTS).exit_code == 1


@pytest.mark.parametrize("slots", [1, 8])
def test_as_many_are_asked_at_once_as_the_server_is_quicker_by(kept: Path, slots: int) -> None:
    """One at a time is what Ollama and LM Studio's MLX do; others wait, and their time runs (docs/faq.mdx)."""
    room, most, waiting = threading.Semaphore(slots), [0], [0]

    def reply(_: object) -> Any:
        waiting[0] += 1
        most[0] = max(most[0], waiting[0])
        with room:
            time.sleep(0.2)
        waiting[0] -= 1
        return stream(NONE)

    with serve(reply) as (address, asked):
        done = read(address, kept, "--timeout", "5", texts=TEXTS)
    assert (done.exit_code, len(asked), len(Answers(kept).kept)) == (0, 8, 8)
    assert most[0] == (2 if slots == 1 else 4)


def test_who_takes_long_with_others_is_asked_again_alone(kept: Path) -> None:
    slow = iter([0.0, 0.0, 0.0, 2.5])

    def reply(_: object) -> bytes:
        time.sleep(next(slow, 0.0))
        return stream(NONE)

    with serve(reply) as (address, asked):
        done = read(address, kept, "--timeout", "1", texts=TEXTS)
    assert (done.exit_code, len(asked), len(Answers(kept).kept)) == (0, 9, 8), done.output


@pytest.mark.parametrize("status", [500, 502, 504])
def test_who_broke_down_is_asked_once_more(kept: Path, status: int) -> None:
    """Four at once exhaust the memory of a server (lemonade#3276)."""
    broken = iter([fail(status, "KV cache is full")])
    with serve(lambda _: next(broken, stream(NONE))) as (address, asked):
        assert (read(address, kept).exit_code, len(asked)) == (0, 2)
    with serve(fail(status, "KV cache is full")) as (address, asked):
        done = read(address, kept.with_name("other"))
        assert f"answers {status} (KV cache is full)" in str(done.exception) and len(asked) == 2


def test_only_the_field_that_a_server_does_not_know_is_left_out_and_once(kept: Path) -> None:
    """Models of OpenAI that think take no temperature."""

    def reply(body: dict[str, Any]) -> Any:
        says = "Unsupported value: 'temperature' does not support 0 with this model."
        return fail(400, says) if "temperature" in body else stream(NONE)

    with serve(reply) as (address, asked):
        assert read(address, kept, texts=TEXTS[:3]).exit_code == 0
    assert len(asked) == 4
    assert all("response_format" in body and "seed" in body for _, body in asked)


def test_a_fault_in_an_answer_that_claims_to_be_well_is_told(kept: Path) -> None:
    """LM Studio answers 200 with a fault, or with nothing (lmstudio-bug-tracker#2322)."""
    with serve({"error": "Trying to keep the first 4571 tokens, the context length is only 4096"}) as (address, _):
        assert "context length is only 4096" in str(read(address, kept).exception)
    with serve(b"") as (address, _):
        assert "answers nothing that can be read" in str(read(address, kept).exception)
    with serve(stream()) as (address, _):
        assert "answers nothing that can be read" in str(read(address, kept).exception)


def test_a_server_that_keeps_to_no_form_is_found_out_and_not_asked_for_ever(kept: Path) -> None:
    """Models in MLX format get no form at Ollama, which says nothing of it (ollama#17933)."""
    with serve(stream("The text tells of Peru.")) as (address, asked):
        done = read(address, kept, texts=TEXTS)
    assert "does not keep to a form: take a model in another format (GGUF)" in str(done.exception)
    assert (len(asked), kept.read_bytes()) == (4, b"")


def test_a_model_is_known_by_its_name_without_a_tag_and_none_that_cannot_read_is_named(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = {"data": [{"id": "text-embedding-nomic-embed-text-v1.5"}, {"id": "m:latest"}]}
    with serve(stream(NONE), told={"/v1/models": held}) as (address, asked):
        monkeypatch.setattr(server, "LOCAL", {"LM Studio": server.read_address(address).port})
        words = ["draft", "--jsonl", "--model", "m", "--kept", str(kept)]
        line = json.dumps({"id": "t", "text": TEXTS[0], "language": "en", "published": DAY})
        assert CliRunner().invoke(cli, words, input=line).exit_code == 0
        assert len(asked) == 1
        (found,) = (one.says for one in examine() if one.thing == "model")
        assert found == "LM Studio has m:latest: lagebild run CASE --model m:latest"


def test_texts_with_the_same_instructions_are_asked_about_one_after_another(kept: Path) -> None:
    """What begins alike is read but once."""
    lines = []
    for k, language in enumerate(("de", "en") * 2):
        lines.append(json.dumps({"id": k, "text": f"Text {k}.", "language": language, "published": DAY}))
    with serve(stream(NONE)) as (address, asked):
        words = ["draft", "--jsonl", "--model", "m", "--endpoint", address, "--kept", str(kept)]
        assert CliRunner().invoke(cli, words, input="\n".join(lines)).exit_code == 0
    languages = [question(body)["language"] for _, body in asked]
    assert languages in (["de", "de", "en", "en"], ["en", "en", "de", "de"])


def test_what_goes_over_the_wire_changes_no_digest() -> None:
    (request,) = list_requests(REFERENCE, AskedText(LONG, "en", DAY), "m")
    assert set(request.body) == {"model", "temperature", "seed", "response_format", "messages"}


# --- A Model in a File ---


@pytest.mark.parametrize(
    ("name", "content", "free", "said"),
    [
        ("none.gguf", None, 10**12, "there is no such file of a model; check its name."),
        ("text.GGUF", b"no model", 10**12, "'text.GGUF': this is no model in GGUF format."),
        (
            "big.gguf",
            b"GGUF" + b" " * 10**6,
            10**3,
            "of memory, and 0.0 GB are free: end other programs",
        ),
        ("engine.gguf", b"GGUF" + b" " * 100, None, "an engine is needed: pip install 'lagebild[reader]'."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_before_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes | None, free: int | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr("lagebild.reader.engine.find_spec", lambda _: free)
    monkeypatch.setattr("psutil.virtual_memory", lambda: SimpleNamespace(available=free))
    words = ["draft", "--jsonl", "--model", str(tmp_path / name), "--kept", str(tmp_path / "k")]
    line = json.dumps({"id": 1, "text": TEXTS[0], "language": "en", "published": DAY})
    done = CliRunner().invoke(cli, words, input=line)
    assert isinstance(done.exception, InputError) and said in str(done.exception)
    assert len(done.stdout.splitlines()) <= 1
