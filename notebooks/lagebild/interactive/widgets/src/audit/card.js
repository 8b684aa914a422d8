// What is shown of the claims: the report in which they are marked, and the card of the one that was chosen.

import { makeButton, drawKeys, withLabel } from "../desk/controls.js";
import { findOne, make } from "../kit/elements.js";
import { isModified } from "../kit/focus.js";
import { drawSign } from "./claims.js";

/** @import { View } from "./types.js" */

// The text of the report. Offsets count characters, as in Python, not the 16-bit units of JavaScript.

/** @param {View} view */
export function makeReport(view) {
  const { t, audit, claims, state, text } = view;
  const marks = new Map(); // place of a claim → what marks it in the text, with its words and the verdict that it shows

  function makeMark(one, words) {
    const mark = make("span", {
      role: "button",
      "data-at": one.at,
      onclick: () => {
        view.choose(one.at);
        view.card.focus({ preventScroll: true });
      },
    });
    marks.set(one.at, { node: mark, words });
    markClaim(one);
    return mark;
  }
  /** Draw the mark of a claim as it stands now. */
  function markClaim(one) {
    const mark = one && marks.get(one.at);
    if (!mark) return;
    const here = one.at === state.chosen;
    const off = view.isShown(one) ? "" : " off";
    mark.node.className = `claim ${one.verdict}${here ? " here" : ""}${off}`;
    mark.node.tabIndex = here ? 0 : -1;
    if (here) mark.node.setAttribute("aria-current", "true");
    else mark.node.removeAttribute("aria-current");
    if (mark.verdict === one.verdict) return; // words put anew would lay out the whole report anew
    mark.verdict = one.verdict;
    const told = make("span", { class: "hidden", lang: view.root.lang }, `${t(`audit.verdict.${one.verdict}`)}: `);
    mark.node.replaceChildren(drawSign(t, one.verdict), told, mark.words);
  }
  function markReport() {
    for (const one of claims) markClaim(one);
  }
  /** Draw the whole report; another act in the same sentence has a mark of its own behind it. */
  function drawReport() {
    const letters = Array.from(audit.text);
    const cut = (from, to) => letters.slice(from, to).join("");
    /** @type {(string | HTMLElement)[][]} */
    const paragraphs = [[]];
    const put = (words) => {
      const [first, ...rest] = words.split("\n");
      paragraphs[paragraphs.length - 1].push(first);
      for (const line of rest) paragraphs.push([line]);
    };
    let at = 0;
    for (const one of [...claims].sort((a, b) => a.start - b.start)) {
      const again = one.start < at;
      if (!again) put(cut(at, one.start));
      paragraphs[paragraphs.length - 1].push(makeMark(one, again ? "" : cut(one.start, one.end)));
      at = Math.max(at, one.end);
    }
    put(cut(at));
    const filled = paragraphs.filter((parts) => parts.some((part) => typeof part !== "string" || part.trim()));
    text.replaceChildren(
      make(
        "div",
        { class: "body", lang: audit.language },
        filled.map((parts) => make("p", {}, parts)),
      ),
    );
  }
  /** Bring the claim into sight, inside the text alone. */
  function reach() {
    const mark = marks.get(state.chosen)?.node;
    if (!mark) return;
    const [there, here] = [mark.getBoundingClientRect(), text.getBoundingClientRect()];
    if (there.top < here.top || there.bottom > here.bottom)
      text.scrollTop += there.top - here.top - text.clientHeight / 3;
  }
  return { drawReport, markClaim, markReport, reach };
}

// The card of a claim: its verdict and why, in what it differs, the evidence, and what can be done.

const REASONS = ["read", "misread", "evidence", "elsewhere"]; // that a digit takes
const HELP = ["decide", "go"].map((group) => `audit.desk.help.${group}`); // groups of the keys

/** @param {View} view */
export function makeCard(view) {
  const { t, audit, state, card, note } = view;

  function draw() {
    const one = view.onDesk();
    const shown = one && view.isShown(one);
    card.replaceChildren(...(shown ? drawClaim(one) : [make("p", {}, t("audit.desk.empty")), note]));
    view.drawProgress();
  }
  function drawClaim(one) {
    const overruled = one.by && t("audit.overruled", { by: one.by, was: t(`audit.verdict.${one.says}`), why: one.why });
    return [
      make("h3", { class: one.verdict }, drawSign(t, one.verdict), " ", t(`audit.verdict.${one.verdict}`)),
      make("p", { class: "facts" }, t("audit.desk.place", { at: one.at + 1, n: audit.claims.length })),
      make("blockquote", { lang: audit.language }, one.claim),
      make("p", {}, one.reason),
      overruled && make("p", { class: "overruled" }, overruled),
      one.waits &&
        make("p", { class: "facts" }, t("audit.desk.set_done", { verdict: t(`audit.verdict.${one.waits}`) })),
      drawActions(one),
      note,
      state.asks && drawAsking(),
      state.help && drawKeys(view, "audit.desk.help", HELP),
      one.pieces.length > 0 && drawPieces(one.pieces),
      ...drawEvidence(one),
    ].filter(Boolean);
  }
  function drawActions(one) {
    const verdicts = audit.verdicts.map((verdict, at) =>
      makeButton([drawSign(t, verdict), " ", t(`audit.verdict.${verdict}`)], String(at + 1), () => askWhy(verdict), {
        class: verdict,
        "aria-pressed": String(one.verdict === verdict),
      }),
    );
    const named = (words, nodes) => make("div", { class: "actions", role: "toolbar", "aria-label": words }, nodes);
    const go = ["n", "p", "N", "P", "u", "?"].map((key) => view.drawKey(key));
    return make("div", { class: "tools" }, named(t("audit.desk.set"), verdicts), named(t("desk.actions"), go));
  }
  /** Ask why the claim shall have a verdict: in one line, or by a digit. */
  function askWhy(verdict) {
    if (!view.onDesk()) return;
    Object.assign(state, { asks: verdict, help: false });
    view.warn();
    draw();
    findOne(".asking input", card)?.focus();
  }
  function drawAsking() {
    const reasons = REASONS.map((name) => t(`audit.desk.why.${name}`));
    const save = (why) => view.overrule(state.asks, why);
    const write = (event) => {
      event.preventDefault();
      save(input.value.trim() || reasons[0]);
    };
    const press = (event) => {
      const why = reasons[Number(event.key) - 1];
      if (input.value || !why || isModified(event)) return;
      event.preventDefault();
      save(why);
    };
    const input = make("input", { type: "text", maxlength: 300, autocomplete: "off", onkeydown: press });
    const label = t("audit.desk.ask", { verdict: t(`audit.verdict.${state.asks}`) });
    const offers = reasons.map((why, at) =>
      make(
        "li",
        {},
        makeButton(why, String(at + 1), () => save(why)),
      ),
    );
    return make(
      "form",
      { class: "panel asking", onsubmit: write, "aria-label": label },
      withLabel(label, input, { class: "wide" }),
      make("p", { class: "hint" }, t("audit.desk.ask_hint")),
      make("ul", {}, offers),
    );
  }
  /** Draw a quotation beside what comes nearest to it, word by word. */
  function drawPieces(pieces) {
    const unseen = { del: "audit.deleted", ins: "audit.inserted" };
    const drawn = pieces.map(([how, words]) =>
      how === "same" ? words : make(how, {}, make("span", { class: "hidden" }, `${t(unseen[how])} `), words),
    );
    return make("p", { class: "diff", lang: audit.language }, drawn);
  }
  function drawEvidence(one) {
    const drawn = one.witnesses.map((each) => {
      const facts = [each.publisher, each.day, each.grade, each.status && t(`status.${each.status}`), each.name];
      const told = make("span", { lang: each.language }, each.text);
      const stance = make("b", { class: each.stance }, `${t(`stance.${each.stance}`)}: `);
      return make("li", {}, stance, told, make("p", { class: "facts" }, facts.filter(Boolean).join(" · ")));
    });
    const heading = [t("audit.desk.evidence"), one.publishers].filter(Boolean).join(" · ");
    const none = make("p", { class: "facts" }, t("audit.desk.evidence_none"));
    return [make("h4", {}, heading), drawn.length ? make("ul", { class: "witnesses" }, drawn) : none];
  }
  /** Show the keys, or the claim alone again. */
  function toggleHelp() {
    Object.assign(state, { help: !state.help, asks: "" });
    draw();
    (findOne(".panel button", card) ?? card).focus({ preventScroll: true });
  }
  function close() {
    Object.assign(state, { help: false, asks: "" });
    view.warn();
    draw();
    card.focus({ preventScroll: true });
  }
  return { draw, askWhy, toggleHelp, close };
}
