// What the desk of drafts keeps, and takes up again, when it is shown in the other language.

function makeReopening(view) {
  const { model, rows, queue, state } = view;
  function reopen(answer) {
    for (const name of ["language", "words", "queue"]) model.set(name, answer[name]);
    view.again({ queue, state, met: rows.met, shown: listChanges(rows), answer });
  }
  return { reopen };
}

/** What was changed and not saved, by row, with the language in which the row was shown. */
const listChanges = (rows) => Array.from(rows.working, ([id, fields]) => [id, fields, rows.all.get(id)?.language]);

/** Go on in the language that was asked for, where the desk in the other one stopped. */
function takeUp(view, { met, shown, answer }) {
  const { rows, state } = view;
  Object.assign(state, { panel: "", picked: "" });
  rows.met = met;
  view.hearRows(answer);
  restoreChanges(rows, shown, state.apart);
  view.draw();
  view.focusLanguage();
}

/**
 * Take up what was changed. Words of the text belong to one language: those changed in the other wait until it is shown
 * again.
 */
function restoreChanges(rows, shown, apart) {
  for (const [id, fields, language] of shown) {
    const row = rows.all.get(id);
    const other = row && language !== row.language;
    const back = apart.get(`${id}:${row?.language}`) ?? {};
    const isText = ([field]) => field === "quote" || field === "cue";
    const entries = Object.entries(fields);
    if (other) apart.set(`${id}:${language}`, Object.fromEntries(entries.filter(isText)));
    const stays = other ? { ...Object.fromEntries(entries.filter((one) => !isText(one))), ...back } : fields;
    if (Object.keys(stays).length) rows.working.set(id, stays);
  }
  for (const [key, fields] of apart) {
    const [id, language] = [key.slice(0, key.lastIndexOf(":")), key.slice(key.lastIndexOf(":") + 1)];
    const here = rows.all.get(id)?.language === language && Object.keys(fields).length;
    if (here && !rows.working.has(id)) rows.working.set(id, fields);
    if (here) apart.delete(key);
  }
}
