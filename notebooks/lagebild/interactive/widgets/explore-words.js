// Words are looked for in summaries, names and sentences, as `core/search.py` does. Of large cases the sentences are not
// here: what is here is searched at once, and the kernel is asked for the whole.

const TERM = /"([^"]*)"|([^\s"]+)/g;

/** Return text as small letters without accents and digits, words parted by one blank, texts by a line break. */
const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(/[^\p{L}\p{N}\n]+/gu, " ");

/** Return texts folded, each between two blanks. */
const foldAll = (texts) =>
  texts.length
    ? fold(texts.map((text) => text.replaceAll("\n", " ")).join("\n"))
        .split("\n")
        .map((line) => ` ${line.trim()} `)
    : [];

/** Return what a folded text must hold, all of it. */
function readTerms(words) {
  const terms = Array.from(words.replace(/[„“”‟«»＂]/g, '"').matchAll(TERM), ([, phrase, word]) => {
    const folded = fold((phrase || word || "").replaceAll("\n", " ")).trim();
    return folded && (phrase ? ` ${folded} ` : word.startsWith("*") ? folded : ` ${folded}`);
  });
  return terms.filter(Boolean);
}

class Search {
  /** `heard` is called with words once the kernel has answered for them, or does not. */
  constructor(data, model, heard) {
    Object.assign(this, { data, model, heard, hits: new Map(), number: 0, asked: "", timer: 0 });
    this.token = Math.random().toString(36).slice(2);
    this.silent = ""; // the words for which the kernel did not answer: it is not asked for them again
    this.hear = (answer) => {
      if (answer.number !== this.asked || answer.hits === undefined) return;
      clearTimeout(this.timer);
      const bytes = Uint8Array.from(atob(answer.hits), (sign) => sign.charCodeAt(0));
      const hits = Uint8Array.from({ length: data.n }, (_, i) => (bytes[i >> 3] >> (i & 7)) & 1);
      [this.asked, this.silent] = ["", ""];
      this.hits.set(this.words, hits);
      heard(this.words);
    };
    model.on("msg:custom", this.hear);
  }

  /** Return a test of events, or nothing if no word asks for anything; the kernel may answer with more later. */
  find(words) {
    const terms = readTerms(words);
    if (!terms.length) return null;
    const { data, model } = this;
    const known = this.hits.get(words);
    if (known) return (i) => known[i];
    this.fields ??= {
      summaries: foldAll(data.summaries),
      names: foldAll(data.actors.map(({ name }) => name)),
      sentences: this.foldSentences(),
    };
    const { summaries, names, sentences } = this.fields;
    const tests = terms.map((term) => {
      const actors = Uint8Array.from(names, (name) => (name.includes(term) ? 1 : 0));
      return (i) => {
        if (summaries[i].includes(term) || sentences?.[i].some((text) => text.includes(term))) return true;
        for (let at = data.people_from[i]; at < data.people_from[i + 1]; at++) if (actors[data.people[at]]) return true;
        return false;
      };
    });
    if (!model.get("sentences") && words !== this.silent) this.ask(words);
    return (i) => tests.every((holds) => holds(i));
  }

  foldSentences() {
    const sent = this.model.get("sentences");
    return sent && this.data.ids.map((id) => foldAll((sent[id] ?? []).map((o) => o.before + o.evidence + o.after)));
  }

  /** The key of the words that say why only summaries and names were searched; nothing if all was. */
  lacks(words) {
    if (this.model.get("sentences") || this.hits.has(words) || !readTerms(words).length) return "";
    return this.silent === words ? "explore.words_gone" : "explore.words_asking";
  }

  ask(words) {
    this.words = words;
    this.asked = `${this.token}-w${++this.number}`;
    const own = this.asked;
    const gone = () => {
      if (this.asked !== own) return;
      this.silent = words;
      this.heard(words);
    };
    clearTimeout(this.timer);
    this.timer = setTimeout(gone, PATIENCE);
    try {
      this.model.send({ ask: "words", words, number: own });
    } catch {
      clearTimeout(this.timer);
      this.timer = setTimeout(gone); // not now: whoever looks for the words is drawing
    }
  }

  stop() {
    clearTimeout(this.timer);
    this.model.off("msg:custom", this.hear);
  }
}

/** The field for words; what is typed in one go is one choice, which `undo` takes back as one. */
function makeWordField(app) {
  const { t } = app;
  let timer = 0,
    typing = false;
  const take = () => {
    clearTimeout(timer);
    timer = 0;
    const words = input.value.trim();
    if (words === app.view.words) return;
    app.choose({ words }, typing);
    typing = Boolean(words);
  };
  const input = make("input", {
    type: "search",
    name: "words",
    placeholder: t("explore.words_find"),
    "data-key": "words",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(take, 250);
    },
    onchange: take,
    onblur: () => {
      typing = false;
    },
    onkeydown: (event) => {
      if (event.key === "Enter") take();
      if (event.key !== "Escape" || !input.value) return;
      event.preventDefault();
      event.stopPropagation();
      input.value = "";
      take();
    },
  });
  return {
    node: telling(
      make("label", { class: "field words" }, make("span", { class: "label" }, t("explore.words")), input),
      () => [[], [t("explore.words_how")]],
    ),
    draw(view) {
      if (!timer && input.value.trim() !== view.words) input.value = view.words;
    },
    stop: () => clearTimeout(timer),
  };
}
