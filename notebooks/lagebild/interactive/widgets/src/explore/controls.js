// The controls: period, words, actors, types, status, publishers; what filters now, as chips; how many events are left.

import { focused, make, makeCombobox, setDisabled } from "../kit/elements.js";
import { rankName } from "../kit/match.js";
import { toDay } from "./data.js";
import { withTip } from "./items.js";
import { EMPTY, isLeftOut, turnValue } from "./view.js";

/** @import { App } from "./types.js" */

const LONG_LIST = 60; // choices that a list shows at once; of more, those with most events, and what is searched for

/**
 * A list of choices with how many events each would bring; `name` is the part of the view.
 *
 * @param {App} app
 * @param {string} name
 */
function makePicker(app, name, title, choices) {
  const { t, words } = app;
  const search =
    choices.length > 12
      ? make("input", {
          type: "search",
          placeholder: t("explore.search"),
          "aria-label": `${title}: ${t("explore.search")}`,
          oninput: () => fill(),
        })
      : null;
  const list = make("div", { class: "choices", role: "group", "aria-label": title });
  const state = make("span", { class: "state" });
  const summary = make("summary", {}, make("span", { class: "label" }, title), state);
  const node = make(
    "details",
    { class: "picker", "data-part": name },
    summary,
    make("div", { class: "popup" }, search, list),
  );
  /** @type {ArrayLike<number>} */
  let counts = [];
  /** @type {string[]} */
  let chosen = [];
  function fill() {
    const asked = (search?.value ?? "").trim().toLowerCase();
    const active = list.contains(focused()) && focused()?.getAttribute("value");
    const shown = choices
      .map(([value, label], at) => [value, label, counts[at] ?? 0])
      .filter(([value, label, n]) =>
        asked
          ? `${label} ${value}`.toLowerCase().includes(asked)
          : n || chosen.includes(value) || choices.length <= LONG_LIST,
      );
    if (choices.length > LONG_LIST)
      shown.sort((a, b) => Number(chosen.includes(b[0])) - Number(chosen.includes(a[0])) || b[2] - a[2]);
    list.replaceChildren(
      ...shown
        .slice(0, LONG_LIST)
        .map(([value, label, n]) =>
          make(
            "label",
            { class: n ? "" : "none" },
            make("input", { type: "checkbox", name, value, onchange: (event) => toggle(value, event.target.checked) }),
            make("span", {}, label),
            make("span", { class: "n" }, words.number(n)),
          ),
        ),
    );
    if (shown.length > LONG_LIST)
      list.append(make("p", { class: "hint" }, t("explore.more", { n: words.number(shown.length - LONG_LIST) })));
    for (const box of list.querySelectorAll("input")) {
      box.checked = chosen.includes(box.value);
      if (box.value === active) box.focus({ preventScroll: true });
    }
  }
  const toggle = (value, on) => app.choose({ [name]: on ? [...chosen, value] : chosen.filter((one) => one !== value) });
  node.addEventListener("toggle", () => node.open && fill());
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !node.open) return;
    event.stopPropagation();
    node.open = false;
    summary.focus();
  });
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !node.contains(event.relatedTarget)) node.open = false;
  });
  return {
    node,
    draw(now, picked) {
      [counts, chosen] = [now, picked];
      state.textContent = picked.length ? t("explore.some", { n: picked.length }) : t("explore.all");
      node.classList.toggle("set", picked.length > 0);
      fill();
    },
  };
}

/**
 * A field in which actors are found by any of their names; an empty one offers those with most events.
 *
 * @param {App} app
 */
function makeActorField(app) {
  const { t, data, words } = app;
  /** @type {ArrayLike<number>} */
  let counts = [];
  const { input, found } = makeCombobox({
    id: `explore-actors-${Math.random().toString(36).slice(2)}`,
    label: t("explore.actors"),
    none: t("explore.actor_none"),
    field: { name: "actors", placeholder: t("explore.actor_find") },
    browse: true,
    find: (asked) =>
      data.actors
        .map(({ id, hay }, at) => [rankName(id, hay, asked), -(counts[at] ?? 0), at])
        .filter(([fit, , at]) => fit >= 0 && !app.view.actors.includes(data.actors[at].id))
        .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
        .slice(0, 9)
        .map(([, , at]) => at),
    draw: (at) => [make("span", {}, data.actors[at].name), make("span", { class: "n" }, words.number(counts[at] ?? 0))],
    take: (at) => app.choose({ actors: [...app.view.actors, data.actors[at].id] }),
  });
  const node = make(
    "div",
    { class: "field actors" },
    make("label", {}, make("span", { class: "label" }, t("explore.actors")), input),
    found,
  );
  return {
    node,
    draw(now) {
      counts = now;
    },
  };
}

/** Return what filters now: its words, and a function that returns the view without it. */
export function listFilters({ t, data, words }, view) {
  const list = (name, label) => (value) => [
    isLeftOut(value) ? t("explore.not", { name: label(value.slice(1)) }) : label(value),
    (now) => ({ [name]: now[name].filter((one) => one !== value) }),
    (now) => turnValue(now, name, value),
  ];
  return [
    ...(view.since ? [[t("explore.chip_since", { day: words.day(toDay(view.since)) }), () => ({ since: "" })]] : []),
    ...(view.until ? [[t("explore.chip_until", { day: words.day(toDay(view.until)) }), () => ({ until: "" })]] : []),
    ...view.actors.map(list("actors", words.actor)),
    ...view.types.map(list("types", (id) => data.types.find((type) => type.id === id)?.name ?? id)),
    ...view.status.map(list("status", (id) => t(`status.${id}`))),
    ...view.publishers.map(list("publishers", (name) => name)),
    ...(view.words ? [[t("quoted", { text: view.words }), () => ({ words: "" })]] : []),
    ...(view.undated ? [[t("explore.chip_undated"), () => ({ undated: "" })]] : []),
  ];
}

/** @param {App} app */
export function makeControls(app) {
  const { t, data } = app;
  /**
   * A field for the first or the last day.
   *
   * @param {"since" | "until"} name
   * @param {string} label
   */
  const dayField = (name, label) => {
    const input = make("input", { type: "date", name, min: "0001-01-01", max: "9999-12-31" });
    input.addEventListener("change", () => {
      if (input.validity.badInput) return;
      const other = name === "since" ? "until" : "since";
      const swapped =
        input.value &&
        app.view[other] &&
        (name === "since" ? input.value > app.view.until : input.value < app.view.since);
      app.choose({ [name]: input.value, ...(swapped ? { [other]: "" } : {}) });
    });
    return { input, node: make("label", { class: "field" }, make("span", { class: "label" }, label), input) };
  };
  const since = dayField("since", t("explore.since"));
  const until = dayField("until", t("explore.until"));
  const actors = makeActorField(app);
  const texts = makeWordField(app);
  const pickers = [
    makePicker(
      app,
      "types",
      t("explore.types"),
      data.types.map(({ id, name }) => [id, name]),
    ),
    makePicker(
      app,
      "status",
      t("explore.status"),
      data.status_ids.map((id) => [id, t(`status.${id}`)]),
    ),
    makePicker(
      app,
      "publishers",
      t("explore.publishers"),
      data.outlet_names.map((name) => [name, name]),
    ),
  ];
  const chips = make("ul", { class: "chips", "aria-label": t("explore.filters") });
  const found = make("p", { class: "found" });
  const lacking = make("p", { class: "hint lacking" }); // what of the texts was not searched
  const undo = make("button", { type: "button", class: "undo", onclick: app.undo }, t("explore.undo"));
  const reset = make(
    "button",
    { type: "button", class: "reset", onclick: () => app.choose(EMPTY) },
    t("explore.reset"),
  );
  const node = make(
    "div",
    { class: "controls" },
    make(
      "div",
      { class: "bar", role: "group", "aria-label": t("explore.controls") },
      since.node,
      until.node,
      texts.node,
      actors.node,
      ...pickers.map((picker) => picker.node),
    ),
    make("div", { class: "now" }, found, lacking, chips, make("span", { class: "moves" }, undo, reset)),
  );
  const closeOthers = (event) => {
    for (const { node: picker } of pickers) if (!picker.contains(event.target)) picker.open = false;
  };
  document.addEventListener("pointerdown", closeOthers);
  return {
    node,
    stop() {
      document.removeEventListener("pointerdown", closeOthers);
      texts.stop();
    },
    draw(facts, view) {
      since.input.value = view.since;
      until.input.value = view.until;
      actors.draw(facts.people);
      texts.draw(view);
      const lacks = app.search.lacks(view.words);
      lacking.textContent = lacks && t(lacks);
      lacking.hidden = !lacks;
      for (const [at, name] of ["types", "status", "publishers"].entries())
        pickers[at].draw([facts.types, facts.status, facts.outlets][at], view[name]);
      const set = listFilters(app, view);
      const left = Array.from(chips.children).findIndex((chip) => chip.contains(focused()));
      chips.replaceChildren(
        ...set.map(([label, without, turned]) =>
          make(
            "li",
            {},
            turned &&
              make(
                "button",
                {
                  type: "button",
                  class: "turn",
                  title: t("explore.turn", { name: label }),
                  "aria-label": t("explore.turn", { name: label }),
                  onclick: () => app.choose(turned(app.view)),
                },
                "≠",
              ),
            make(
              "button",
              {
                type: "button",
                class: "chip",
                "aria-label": t("explore.remove", { name: label }),
                onclick: () => app.choose(without(app.view)),
              },
              label,
              make("span", { "aria-hidden": "true" }, " ×"),
            ),
          ),
        ),
      );
      if (left >= 0)
        /** @type {HTMLElement} */ (
          chips.children[Math.min(left, chips.children.length - 1)]?.firstChild ?? undo
        ).focus({
          preventScroll: true,
        });
      chips.hidden = !set.length;
      setDisabled(undo, !app.canUndo());
      setDisabled(reset, !set.length);
      found.textContent = app.tellFound(facts);
    },
  };
}

/**
 * The field for words; what is typed in one go is one choice, which `undo` takes back as one.
 *
 * @param {App} app
 */
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
    node: withTip(
      make("label", { class: "field words" }, make("span", { class: "label" }, t("explore.words")), input),
      () => [[], [t("explore.words_how")]],
    ),
    draw(view) {
      if (!timer && input.value.trim() !== view.words) input.value = view.words;
    },
    stop: () => clearTimeout(timer),
  };
}
