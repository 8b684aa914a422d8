// The claims of the report: the way from one to the next, and what is decided on them.

import { today } from "../desk/queue.js";
import { make } from "../kit/elements.js";

/**
 * @import { Translate } from "../kit/types.js"
 * @import { View } from "./types.js"
 */

export const OBJECTIONS = ["differs", "not-found"]; // verdicts that somebody should look at, and between which one goes at once

/**
 * The sign of a verdict, which says nothing to whom the verdict is read out.
 *
 * @param {Translate} t
 */
export const drawSign = (t, verdict) => make("b", { class: "sign", "aria-hidden": "true" }, t(`audit.sign.${verdict}`));

// The way from one claim to the next.

/** @param {View} view */
export function makeOrder(view) {
  const { t, claims, state } = view;
  const onDesk = () => claims[state.chosen];
  const isShown = (one) => !state.only || one.verdict === state.only;

  function choose(at) {
    const before = onDesk();
    Object.assign(state, { chosen: at, asks: "", help: false });
    view.warn();
    view.markClaim(before);
    view.markClaim(onDesk());
    view.draw();
    view.reach();
  }
  /** Go on or back to the next claim that is shown and fits. */
  function go(step, fits = isShown, none = "") {
    let to = state.chosen + step;
    while (claims[to] && !fits(claims[to])) to += step;
    if (!claims[to]) return none && view.warn(t(none));
    choose(to);
    view.say(`${t(`audit.verdict.${onDesk().verdict}`)}. ${onDesk().claim}`);
  }
  const goOn = (step) => go(step, (one) => OBJECTIONS.includes(one.verdict), "audit.desk.no_more");
  /** Stay on the claim if it is shown, or else go to the next one that is, or to the first. */
  function first() {
    if (onDesk() && isShown(onDesk())) return view.draw();
    const shown = claims.filter(isShown);
    const next = shown.find((one) => one.at > state.chosen) ?? shown[0];
    if (next) choose(next.at);
    else view.draw();
  }
  return { onDesk, isShown, choose, go, goOn, first };
}

// What the reviewer decides on a claim, and what the kernel says of it.

/** @param {View} view */
export function makeActs(view) {
  const { t, claims, queue, state } = view;

  /** Decide on a claim; return whether it was done, which takes a name. */
  function act(one, decision, why, undoes) {
    const by = view.nameReviewer();
    if (!by) return false;
    const met = state.met.get(one.hash);
    const reason = met ? `${why}; ${t("desk.reason_met", { by: met.join(", ") })}` : why;
    const name = queue.nextName();
    const row = {
      decision_id: `${name}.1`,
      row: one.hash,
      field: "",
      value: "",
      ...decision,
      by,
      reason,
      date: today(),
    };
    const made = { name, at: Date.now(), rows: [row], seen: { [one.hash]: one.latest } };
    queue.put(made);
    if (undoes) state.behind.set(name, undoes);
    else state.taken.push(made);
    state.met.delete(one.hash);
    for (const same of claims) if (same.hash === one.hash) same.waits = undoes ? same.says : decision.action;
    view.warn();
    view.send(made);
    return true;
  }
  function overrule(verdict, why) {
    const one = view.onDesk();
    if (!act(one, { action: verdict }, why)) return;
    view.close();
    view.say(t("audit.desk.set_done", { verdict: t(`audit.verdict.${verdict}`) }));
  }
  /** Take back the last act of this reviewer, not of another one. */
  function undo() {
    const last = state.taken.findLast((one) => one.rows[0].by === state.by.trim());
    const one = last && claims.find((each) => each.hash === last.rows[0].row);
    if (!one) return view.warn(t("desk.no_undo"));
    if (!act(one, { action: "undo", value: last.rows[0].decision_id }, t("desk.reason_undo"), last)) return;
    state.taken = state.taken.filter((each) => each !== last);
    view.choose(one.at);
    view.say(t("desk.undone"));
  }

  /** Take in an answer: how the claims stand, and what became of an act. */
  function take({ states, taken, note, fault, met }, acted) {
    if (states) hearStates(states, taken);
    if (note) view.warn(note);
    if (acted) conclude(acted, fault, met);
    if (!view.card.querySelector(".asking"))
      view.draw(); // what somebody types is not drawn anew
    else view.drawProgress();
  }
  function hearStates(states, taken) {
    for (const [at, [, verdict, by, why, latest]] of states.entries()) {
      const waits = queue.has(claims[at].hash) && claims[at].waits;
      const changed = claims[at].verdict !== verdict;
      Object.assign(claims[at], { verdict, by, why, latest, waits });
      if (changed) view.markClaim(claims[at]);
    }
    state.loaded = true;
    view.loadTaken(taken);
  }
  /** End an act that the kernel has answered; one that it refused is told. */
  function conclude({ name, rows: [row] }, fault, met) {
    const undoes = state.behind.get(name);
    state.behind.delete(name);
    if (!fault && !met) return;
    const one = claims.find((each) => each.hash === row.row);
    const where = { row: one ? `${t("audit.desk.claim")} ${one.at + 1}` : row.row };
    if (undoes) state.taken = [...state.taken.filter((each) => each.name !== undoes.name), undoes];
    if (fault) return view.warn(t("desk.refused", { ...where, fault }));
    const others = met[row.row] ?? [];
    state.met.set(row.row, Array.from(new Set(others.map((each) => each[3]))));
    const tell = ([action, , , by, date]) =>
      `${by} (${date}): ${action === "undo" ? t("desk.undone") : t(`audit.verdict.${action}`)}`;
    const busy = view.card.querySelector(".asking"); // what somebody types is not torn away
    if (one && one.at !== state.chosen && !busy) view.choose(one.at);
    view.warn(t("desk.met", { ...where, what: others.map(tell).join("; ") }));
  }
  return { overrule, undo, take };
}
