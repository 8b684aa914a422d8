// Values that cannot be saved: said in their field, with the remedy, before the desk moves on; dates are judged by the
// kernel.

function makeChecks(view) {
  const { t, rows, card } = view;
  const judged = new Map(); // EDTF → its words, or its fault, as the kernel told them
  const silent = new Set(); // EDTF of which it told nothing for long
  let held = null; // an act that waits for the kernel's word on a date

  /** Show a date in words; the kernel is asked for them once. */
  function explain(edtf, input, hint = document.getElementById(input.getAttribute("aria-describedby"))) {
    hint.dataset.asked = edtf;
    const show = ({ words, fault }) => {
      hint.textContent = words || fault;
      hint.classList.toggle("wrong", Boolean(fault));
      input.setAttribute("aria-invalid", String(Boolean(fault)));
    };
    show((edtf ? judged.get(edtf) : { words: t("desk.date_none") }) ?? { words: "", fault: "" });
    if (!edtf || judged.has(edtf)) return;
    const take = (answer) => {
      judged.set(edtf, answer);
      if (hint.dataset.asked === edtf) show(answer); // else more was typed meanwhile
      resume(edtf);
    };
    const giveUp = () => {
      silent.add(edtf);
      resume(edtf);
    };
    view.ask({ ask: "date", text: edtf }, take, giveUp);
  }
  /** Whether what was changed on the row can be saved; if not, its fields say why, or `run` is called once it is known. */
  function isSound(row, run) {
    const faults = findFaults(rows, row, card, judged);
    if (faults.size) {
      view.say(Array.from(faults.values()).join(" "));
      showFaults(card, faults);
      return false;
    }
    const [, date] = rows.changesOf(row).find(([field]) => field === "date") ?? [];
    if (!date || judged.has(date) || silent.has(date)) return true; // if the kernel is gone, the act waits
    held = { date, run, row: row.mention_id };
    const input = card.querySelector("[data-field=date]");
    if (input) explain(date, input);
    return false;
  }
  /** Go on with the act that waited for a date, if the row is still on the desk. */
  function resume(edtf) {
    if (held?.date !== edtf) return;
    const { run, row } = held;
    held = null;
    if (view.onDesk()?.mention_id === row) run();
  }
  return { explain, isSound };
}

/** What is wrong with what was changed on a row: field → words. `judged` holds what the kernel said of dates. */
function findFaults(rows, row, card, judged) {
  const { t } = rows;
  const found = new Map();
  const changed = new Map(rows.changesOf(row));
  if (!row.condition_id && changed.get("event_type") === "") found.set("event_type", t("desk.missing_type"));
  for (const input of card.querySelectorAll("input[role=combobox][data-field]")) {
    if (input.value.trim()) found.set(input.dataset.field, t("desk.fault_actor", { words: input.value.trim() }));
  }
  const [, , sentence] = rows.sentencesOf(row).find(([no]) => no === row.sentence_no) ?? [];
  for (const field of ["quote", "cue"]) {
    const words = changed.get(field);
    const times = words && sentence !== undefined ? sentence.split(words).length - 1 : 1;
    const placed = field === "quote" && words && rows.sentenceHolds(row, words);
    if (times !== 1 && !placed) found.set(field, t(times ? "desk.fault_often" : "desk.fault_words"));
  }
  const { fault } = judged.get(changed.get("date")) ?? {};
  if (fault) found.set("date", fault);
  return found;
}

/** Say in each field what is wrong with it, and go to the first one. */
function showFaults(card, faults) {
  const controls = Array.from(card.querySelectorAll("[data-field]")).filter((one) => faults.has(one.dataset.field));
  for (const control of controls) {
    const field = control.dataset.field;
    control.setAttribute("aria-invalid", "true");
    control.closest("details")?.setAttribute("open", "");
    if (field === "date") continue; // its hint says so already
    const id = `fault-${field}`;
    card.querySelector(`#${id}`)?.remove();
    const words = make("p", { class: "hint wrong", id }, faults.get(field));
    control.setAttribute("aria-describedby", id);
    control.closest(".field").append(words);
    const mend = () => {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
      words.remove();
    };
    control.addEventListener("input", mend, { once: true });
  }
  controls[0]?.focus();
}
