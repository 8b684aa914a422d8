// The review of drafts: one row at a time beside its text. This file puts the desk together from its parts. Each part is
// given one plain object, `view`: what they share (words, rows, the state of the desk, its elements), and to which each
// adds the verbs that the others may call.

const PARTS = [
  makeBar,
  makeProgress,
  makeSaving,
  makeOrder,
  makeActs,
  makeMissed,
  makeChanges,
  makeChecks,
  makeActors,
  makeDoubts,
  makeLanguage,
  makeReopening,
  makeOverlooked,
  makeCard,
  makeKernel,
  makeTalk,
  makeKeys,
];

/** The state of a desk that is opened. */
const start = (model) => ({
  ...startBar(model),
  chosen: "", // the row on the desk
  missed: null, // an event that is being added
  panel: "", // what is open on the card: a key of PANELS, or overlooked
  picked: "", // the words that were selected when it was opened
  loaded: false, // whether the kernel has told the rows
  unwritten: "", // why the kernel could not write
  taken: [], // acts that undo can take back, the latest last
  sent: new Map(), // name of an act → when it was sent first, and when last, and how often
  behind: new Map(), // name of an act → the act that it takes back, or the event that it adds
  apart: new Map(), // row and language → words of the text that were changed in that language
});

/** Show the desk; with what is `kept` of one in the other language, from which `again` leads to the next. */
function mount(model, el, kept, again) {
  const t = wordsOf(model);
  const desk = model.get("queue");
  const queue = kept?.queue ?? new Queue("review", desk.place, desk.content);
  const rows = new Rows(desk, t, queue);
  const view = {
    t,
    model,
    queue,
    rows,
    state: kept?.state ?? start(model),
    again,
    language: model.get("language"),
    twins: new Twins(desk.twins, rows),
    offers: new Offers(rows),
    meetings: new Meetings(t, rows),
    root: make("section", { class: "lagebild desk review", tabindex: "0", "aria-label": t("desk.about") }),
    text: make("div", { class: "text", tabindex: "0", role: "region", "aria-label": t("desk.text") }),
    card: make("div", { class: "card", tabindex: "-1", role: "group", "aria-label": t("desk.row") }),
    note: make("p", { class: "note", role: "alert" }),
    live: make("p", { class: "hidden", role: "status", "aria-live": "polite" }),
    isNew: (row) => row === view.state.missed,
    warn: (...words) => view.note.replaceChildren(...words),
    say: (words) => (view.live.textContent = words),
  };
  for (const part of PARTS) Object.assign(view, part(view));
  keepKeys(view.root);
  view.root.lang = view.language;
  view.root.append(view.bar, ...view.progress, view.board);
  el.append(view.root);
  const stop = view.listen();
  view.draw();
  wake(view, el);
  view.drawOlder();
  if (kept) {
    takeUp(view, kept);
  } else {
    view.askRows();
    for (const act of queue.acts) view.send(act); // what an earlier kernel did not answer
  }
  return stop;
}

export default { render: renderAnew(mount) };
