// The audit of a report: its text with the claims marked by verdict, and the card of the claim that was chosen. This file
// puts the desk together from its parts. Each part is given one plain object, `view`: what they share (words, claims,
// the state of the desk, its elements), and to which each adds the verbs that the others may call.

const PARTS = [
  makeBar,
  makeProgress,
  makeSaving,
  makeOrder,
  makeActs,
  makeReport,
  makeCard,
  makeLanguage,
  makeTalk,
  makeKeys,
];

/** The state of an audit that is opened. */
const start = (model) => ({
  by: model.get("reviewer") || memory.get(NAME) || model.get("login"),
  chosen: 0, // the place of the claim on the card
  only: "", // the one verdict that is shown
  asks: "", // the verdict of which the card asks the reason
  help: false, // whether the keys are shown
  loaded: false, // whether the kernel has told how the claims stand
  unwritten: "", // why the kernel could not write
  taken: [], // acts that undo can take back, the latest last
  sent: new Map(), // name of an act → when it was sent first, and when last, and how often
  behind: new Map(), // name of an undo → the act that it takes back
  met: new Map(), // claim → who decided on it meanwhile
});

/** Show the audit; with what is `kept` of one in the other language, from which `again` leads to the next. */
function mount(model, el, kept, again) {
  const t = wordsOf(model);
  const audit = model.get("audit");
  const view = {
    t,
    model,
    audit,
    language: model.get("language"),
    queue: kept?.queue ?? new Queue("audit", audit.place, "verdicts"),
    claims: audit.claims.map((one, at) => ({
      ...one,
      at,
      says: one.verdict,
      by: "",
      why: "",
      latest: "",
      waits: kept?.claims[at].waits ?? false,
    })),
    state: kept?.state ?? start(model),
    root: make("section", { class: "lagebild desk audit", tabindex: "0", "aria-label": t("audit.kind") }),
    text: make("div", { class: "text", tabindex: "0", role: "region", "aria-label": t("audit.desk.report") }),
    card: make("div", { class: "card", tabindex: "-1", role: "group", "aria-label": t("audit.desk.claim") }),
    note: make("p", { class: "note", role: "alert" }),
    live: make("p", { class: "hidden", role: "status", "aria-live": "polite" }),
    warn: (...words) => view.note.replaceChildren(...words),
    say: (words) => (view.live.textContent = words),
    reopen,
  };
  function reopen(answer) {
    for (const name of ["language", "words", "audit"]) model.set(name, answer[name]);
    Object.assign(view.state, { asks: "", help: false });
    again({ queue: view.queue, state: view.state, claims: view.claims, answer });
  }
  for (const part of PARTS) Object.assign(view, part(view));
  keepKeys(view.root);
  view.root.lang = view.language;
  view.root.append(view.bar, ...view.progress, make("div", { class: "board" }, view.text, view.card));
  el.append(view.root);
  const stop = view.listen();
  view.drawReport();
  view.draw();
  wake(view, el);
  if (kept) {
    view.hear(kept.answer);
    view.focusLanguage();
  } else {
    view.askRows();
    for (const act of view.queue.acts) view.send(act); // what an earlier kernel did not answer
  }
  return stop;
}

export default { render: renderAnew(mount) };
