// What is changed on the row that is on the desk, and not saved yet.

function makeChanges(view) {
  const { t, rows, offers, state } = view;

  /** Draw anew, and leave the focus in the field that was changed. */
  function redraw(field) {
    view.draw();
    if (field) view.card.querySelector(`[data-field="${field}"]`)?.focus();
  }
  function setRoles(reading, field = "") {
    rows.setRoles(view.onDesk(), reading);
    redraw(field);
  }
  /** Choose what a digit stands for; what completes a row is saved with it. */
  function pickOffer(digit, stay) {
    const row = view.onDesk();
    if (!row) return;
    if (!offers.choose(row, digit, stay)) return view.draw();
    const filled = rows.summary(row);
    view.accept();
    if (state.chosen !== row.mention_id) view.say(`${filled}. ${view.live.textContent}`);
  }
  /** Turn the digits to a side, or go on to the next thing that a field may be. */
  const change = (how) => (what) => {
    if (view.onDesk()) offers[how](view.onDesk(), what);
    view.draw();
  };
  /** Show what the words typed into a field change, without drawing the field anew. */
  function retouch(field, typed, input) {
    if (field === "date") view.explain(typed, input);
    if (field === "quote") {
      const found = rows.findWords(view.onDesk(), typed);
      if (state.missed) view.placeMissed(found);
      input.setAttribute("aria-invalid", String(!found));
    }
    if (field === "cue" || field === "quote") drawText(view.text, rows, view.onDesk());
  }
  /** Take the words selected in the text as the evidence. */
  function setEvidence() {
    const row = view.onDesk();
    const found = readSelection(view.text);
    const isNew = row === state.missed;
    if (!row || !found || (!isNew && found.sentence_no !== row.sentence_no)) return view.warn(t("desk.select_first"));
    if (isNew) view.placeMissed(found);
    else rows.change(row, "quote", found.words);
    view.draw();
  }
  return { redraw, setRoles, pickOffer, turn: change("turn"), cycle: change("cycle"), retouch, setEvidence };
}
