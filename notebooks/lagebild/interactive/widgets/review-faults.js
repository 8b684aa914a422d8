// Values that cannot be saved: said in their field, with the remedy, before the desk moves on.

/** What is wrong with what was changed on a row: field → words. `wrong` holds the dates that the kernel refused. */
function findFaults(rows, row, card, wrong) {
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
  if (wrong.has(changed.get("date"))) found.set("date", wrong.get(changed.get("date")));
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
