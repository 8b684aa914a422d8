// What stands on the desk: the text with its twins, the card of the row with what can be done, and the rows around it.

import { makeButton } from "../desk/controls.js";
import { findOne, make } from "../kit/elements.js";
import { drawAlternatives, drawForm } from "./fields.js";
import { explainPlace } from "./offers.js";
import { PANELS, drawDoubts, drawEvent, quoteEvidence } from "./panels.js";
import { splitIds } from "./rows.js";
import { drawText, drawTwin, readSelection } from "./text.js";

/** @import { View } from "./types.js" */

/** @param {View} view */
export function makeCard(view) {
  const { t, rows, state, card, text, note } = view;
  const beside = make("div", { class: "beside" }); // the same sentence in other languages
  const near = make("ol", { class: "near", "aria-label": t("desk.neighbours") });
  const board = make("div", { class: "board" }, make("div", { class: "left" }, text, beside), card, near);

  let shown = ""; // the row that the card showed last

  /** The text that is shown: that of the row on the desk, or one that was chosen and has no row. */
  function shownText() {
    const looked = isLooking() ? view.overlooked.current() : null;
    const [source_id, language] = state.where.split(":");
    const chosen = language ? { mention_id: "", source_id, language, sentence_no: 0 } : null;
    return looked ?? view.onDesk() ?? chosen;
  }
  const isLooking = () => state.panel === "overlooked" && !state.missed;
  function draw() {
    const row = view.onDesk();
    view.drawProgress();
    drawText(text, rows, shownText());
    drawNear();
    beside.replaceChildren(...(row && !isLooking() && !state.missed ? drawTwin(view, row) : []));
    card.replaceChildren(...(isLooking() ? view.overlooked.draw() : row ? drawCard(row) : drawEmpty()));
  }
  function drawNear() {
    if (isLooking()) return near.replaceChildren();
    const found = view.listRows(true);
    const at = found.findIndex((row) => row.mention_id === state.chosen);
    const go = (row) => {
      view.choose(row.mention_id);
      card.focus();
    };
    const items = found.slice(Math.max(at - 2, 0), Math.max(at, 2) + 4).map((row) => {
      const facts = [t(`desk.${row.state}`), row.confidence, view.isLater(row) && t("desk.later_mark")];
      const words = [
        make("b", {}, rows.summary(row)),
        ` · ${facts.filter(Boolean).join(" · ")} · `,
        quoteEvidence(row),
      ];
      const here = row.mention_id === state.chosen && "true";
      return make("li", { "aria-current": here }, make("button", { type: "button", onclick: () => go(row) }, words));
    });
    near.replaceChildren(...items);
  }
  function drawEmpty() {
    const words = state.loaded ? t("desk.empty") : t("desk.loading");
    const look = state.loaded && !rows.all.size && view.drawKey("o");
    return [make("p", {}, words), note, state.where && view.drawKey("i"), look].filter(Boolean);
  }
  function drawCard(row) {
    const { missed, panel } = state;
    const changed = rows.changesOf(row).length > 0;
    const met = rows.met.has(row.mention_id) && view.meetings.describe(row.mention_id);
    const acts = missed ? [drawAdding()] : [...drawDoubts(view, row), drawActions(changed)];
    if (shown !== row.mention_id) card.scrollTop = 0;
    shown = row.mention_id;
    return [
      make("div", { class: "top" }, drawHead(row, changed), acts, note),
      met && make("p", { class: "wrong met" }, met),
      (!missed || panel === "help") && PANELS[panel]?.(view, row),
      drawAlternatives(view, row),
      drawForm(view, row),
      !missed && drawEvent(view, row),
      !missed && drawTools(row),
    ].filter(Boolean);
  }
  function drawHead(row, changed) {
    const { missed } = state;
    const found = view.listRows();
    const at = found.findIndex((one) => one.mention_id === state.chosen) + 1;
    const standing = row.waits ? t("desk.saving", { n: 1 }) : t(`desk.${row.state}`);
    const facts = [
      !missed && t("desk.place", { at, n: found.length }),
      row.mention_id,
      row.confidence && t(`desk.sureness.${row.confidence}`),
      row.readers && t(`desk.readers.${row.readers.replace(";", "_")}`),
      row.rule && rows.tellRule(row.rule),
      !missed && standing,
      view.isLater(row) && t("desk.later_mark"),
      changed && t("desk.changed"),
    ];
    const listSides = (cell) =>
      splitIds(cell)
        .map((side) => t(`desk.fields.${side}_actors`))
        .join(", ");
    const lines = [
      facts.filter(Boolean).join(" · "),
      state.order === "pays" && !missed && explainPlace(view, row),
      row.decided,
      row.inferred && t("desk.inferred", { sides: listSides(row.inferred) }),
      row.mapped && t("desk.mapped", { sides: listSides(row.mapped) }),
    ];
    const told = lines.filter(Boolean).map((line) => make("p", { class: "facts" }, line));
    return make("header", {}, make("h3", {}, missed ? t("desk.add_hint") : rows.summary(row)), told);
  }
  /** What is done with nearly every row. */
  function drawActions(changed) {
    const save = makeButton(t(changed ? "desk.save" : "desk.accept"), "a", view.accept, { class: "main" });
    const named = { class: "actions", role: "toolbar", "aria-label": t("desk.actions") };
    return make("div", named, save, Array.from("rupn?", view.drawKey));
  }
  function drawAdding() {
    const save = makeButton(t("desk.add_save"), "a", view.saveMissed, { class: "main" });
    const drop = makeButton(t("desk.add_cancel"), "Escape", view.dropMissed);
    return make("div", { class: "actions" }, save, drop, drawEvidence());
  }
  /** What is done now and then. */
  function drawTools(row) {
    const named = { class: "actions tools", role: "toolbar", "aria-label": t("desk.tools") };
    const event = Array.from(row.event_id ? "vtgh" : "gh", view.drawKey);
    return make("div", named, Array.from("eymslio", view.drawKey), drawEvidence(), event);
  }
  const drawEvidence = () => makeButton(t("desk.evidence_set"), "", view.setEvidence);

  /** Open something on the card, or close it. */
  function toggle(which) {
    if (["merge", "mentions", "title"].includes(which) && !view.canMove(rows.all.get(state.chosen))) return;
    state.panel = state.panel === which ? "" : which;
    state.picked = readSelection(text)?.words ?? "";
    if (which === "overlooked") view.overlooked.ask();
    view.warn();
    draw();
    (findOne(".panel input, .panel button", card) ?? card).focus({ preventScroll: true });
    card.scrollTop = 0; // a panel is read from its beginning
  }
  /** Go back to the row, or to the panel from which one came. */
  function close(panel = "") {
    card.scrollTop = 0;
    state.panel = panel;
    view.warn();
    draw();
    card.focus();
  }
  const edit = () => findOne("form select, form input", card)?.focus();
  return { board, shownText, draw, toggle, close, edit };
}
