// The desk in the other language, with all that was not saved.

const LANGUAGES = [
  ["de", "Deutsch"],
  ["en", "English"],
];

/** What was changed and not saved, by row, with the language in which the row was shown. */
function keepChanges(rows, kept) {
  const shown = Array.from(rows.working, ([id, fields]) => [id, fields, rows.all.get(id)?.language]);
  return { shown, apart: kept?.apart ?? new Map() };
}

/**
 * Take up what was kept. Words of the text belong to one language: those changed in the other wait until it is shown
 * again.
 */
function restoreChanges(rows, { shown, apart }) {
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
