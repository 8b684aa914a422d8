// What every desk is made of: fields, buttons, panels, the table of its keys; what is not saved yet; the other
// language.

import { make } from "../kit/elements.js";
import { PATIENCE } from "./queue.js";

/**
 * @import { Attributes, Children } from "../kit/types.js"
 * @import { DeskView } from "./types.js"
 */

/**
 * @param {string} words
 * @param {HTMLElement} node
 * @param {Attributes} [more]
 */
export const withLabel = (words, node, more = {}) => make("label", more, make("span", {}, words), node);

/**
 * A list in which one of some choices is picked.
 *
 * @param {string[][]} choices
 * @param {string} value
 * @param {(value: string) => void} changed
 * @param {Attributes} [more]
 */
export function makeSelect(choices, value, changed, more = {}) {
  const options = choices.map(([id, words]) => make("option", { value: id, selected: id === value }, words));
  return make("select", { onchange: (event) => changed(event.target.value), ...more }, options);
}

/**
 * A button, with the key that does the same, if there is one.
 *
 * @param {Children} words
 * @param {string} key
 * @param {((event: any) => void) | null} run
 * @param {Attributes} [more]
 */
export function makeButton(words, key, run, more = {}) {
  const shortcut = key ? { "aria-keyshortcuts": key } : {};
  const shown = key && make("kbd", { "aria-hidden": "true" }, key);
  return make("button", { type: "button", onclick: run, ...shortcut, ...more }, words, shown);
}

/**
 * @param {string} label
 * @param {...Children} children
 */
export const makePanel = (label, ...children) =>
  make("div", { class: "panel", role: "group", "aria-label": label }, children);

/**
 * All keys and what they do, in groups; the words of a group are its title and lines that begin with the keys.
 *
 * @param {DeskView} view
 * @param {string} title
 * @param {string[]} groups
 */
export function drawKeys(view, title, groups) {
  const drawn = groups.map((group) => {
    const [name, ...lines] = view.t(group).split(" · ");
    const rows = lines.map((line) => {
      const [keys] = line.split(" ");
      const shown = keys.split("/").flatMap((one) => [" ", make("kbd", {}, one)]);
      return make("tr", {}, make("th", { scope: "row" }, shown.slice(1)), make("td", {}, line.slice(keys.length + 1)));
    });
    return make("table", {}, make("caption", {}, name), make("tbody", {}, rows));
  });
  const close = makeButton(view.t("desk.close"), "", () => view.close());
  return makePanel(view.t(title), make("div", { class: "keys" }, drawn), close);
}

/**
 * Go to the desk once the page shows it: Run All ends at the last cell, and its top, not its foot, is what one wants to
 * see, and its keys, not those of the notebook, are what one means.
 *
 * @param {DeskView} view
 */
export function focusOnceShown(view, el, times = 30) {
  const look = () => {
    if (!el.isConnected && times) return focusOnceShown(view, el, times - 1); // the page is not that far yet
    if (!el.closest(".jp-Cell.jp-mod-active")) return;
    view.root.scrollIntoView({ block: "start" });
    view.card.focus({ preventScroll: true });
  };
  setTimeout(look, 300);
}

// What is not on the disk yet, in words: that it is being saved, why it cannot be, and what an earlier state left.

/** @param {DeskView} view */
export function makeSaving(view) {
  const { t, queue, state } = view;
  const saving = make("p", { class: "saving" });
  const alarm = make("div", { class: "alarm", role: "alert" });
  const older = make("div", { class: "alarm" });

  function drawSaving() {
    const n = queue.acts.length;
    const gone = view.owes() > PATIENCE && t("desk.gone", { n });
    const words = (n && state.unwritten && t("desk.unwritten", { n, fault: state.unwritten })) || gone || "";
    const calm = !state.loaded ? t("desk.loading") : n ? t("desk.saving", { n }) : t("desk.saved");
    saving.textContent = words ? "" : calm;
    if (alarm.dataset.words !== words) {
      alarm.dataset.words = words;
      const shown = words ? [make("p", {}, words), ...(n > 0 ? [drawDiscard(n, discard)] : [])] : [];
      alarm.replaceChildren(...shown);
    }
    view.root.dataset.waiting = state.loaded ? String(n) : "";
  }
  /** A button that is pressed twice, for what it takes away does not come back. */
  function drawDiscard(n, run) {
    const press = (event) => {
      if (event.target.dataset.sure) return run();
      event.target.dataset.sure = "yes";
      event.target.textContent = t("desk.discard_sure", { n });
    };
    return makeButton(t("desk.discard"), "", press);
  }
  function discard() {
    queue.discard();
    state.unwritten = "";
    view.askRows();
    drawSaving();
    view.card.focus();
  }
  /** Ask what shall become of decisions on an older state of the case. */
  function drawOlder() {
    const n = queue.older.length;
    if (!n) return older.replaceChildren();
    const done = (run) => () => {
      run();
      for (const one of queue.acts) view.send(one);
      drawOlder();
      drawSaving();
      view.card.focus();
    };
    const adopt = done(() => queue.adopt());
    const drop = done(() => queue.discardOlder());
    const words = make("p", {}, t("desk.older", { n }));
    older.replaceChildren(words, makeButton(t("desk.older_send"), "", adopt), drawDiscard(n, drop));
  }
  const asleep = make("p", { class: "asleep" }, t("desk.asleep"));
  const progress = [
    make("div", { class: "progress" }, view.meter, view.counts, asleep, saving, view.live),
    alarm,
    older,
  ];
  return { progress, drawSaving, drawOlder };
}

// The desk in the other language, with all that was not saved: a desk says in `view.reopen` how it is shown anew.

export const LANGUAGES = Object.entries({ de: "Deutsch", en: "English" });

/**
 * Ask for the desk in another language, and show it anew, with what is kept.
 *
 * @param {DeskView} view
 */
export function makeLanguage(view) {
  let wanted = ""; // the language that the kernel is asked for
  function speak(language) {
    wanted = language;
    const take = (answer) => {
      if (answer.language === wanted) return view.reopen(answer);
      if (answer.fault || answer.wait) giveUp(answer.fault || answer.wait);
      view.hear(answer);
    };
    view.ask({ ask: "language", language }, take, giveUp);
  }
  function giveUp(why = view.t("desk.gone_language")) {
    wanted = "";
    view.set({ language: view.language });
    view.warn(why);
  }
  return { speak };
}

/** Return what shows a desk by `mount`, and shows it anew each time that it asks for that. */
export const renderAnew =
  (mount) =>
  ({ model, el }) => {
    let stop = mount(model, el, null, again);
    function again(kept) {
      stop();
      el.replaceChildren();
      stop = mount(model, el, kept, again);
    }
    return () => stop();
  };
