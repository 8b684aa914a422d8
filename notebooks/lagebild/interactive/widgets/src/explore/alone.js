// An explorer in a page of its own, without JupyterLab and without a kernel: all that its model holds lies in the page,
// as JSON, packed by gzip, in base64, and so do the bytes in it. `interactive/explorer.py` writes it.

/** @import { Model } from "../kit/types.js" */

/** @param {string} text */
function readBytes(text) {
  const signs = atob(text);
  const bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i++) bytes[i] = signs.charCodeAt(i);
  return bytes;
}

/** Return the model that a page holds. */
async function readState(text) {
  const stream = new Blob([readBytes(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const state = JSON.parse(await new Response(stream).text());
  for (const [name, column] of Object.entries(state.events))
    if (typeof column === "string") state.events[name] = readBytes(column);
  return /** @type {Model} */ ({
    get: (name) => state[name],
    set: (name, value) => {
      state[name] = value;
    },
    save_changes: () => {},
    send: () => {},
    on: () => {},
    off: () => {},
  });
}

/** Let a page look light or dark, as the reader prefers, where the theme of JupyterLab would say it. */
function followTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    document.body.dataset.jpThemeLight = String(!dark.matches);
  };
  dark.addEventListener("change", follow);
  follow();
}

/**
 * Show the explorer in the place of what a page says while it opens.
 *
 * @param {HTMLElement} held
 * @param {(shown: { model: Model, el: HTMLElement }) => void} render
 */
export async function openAlone(held, render) {
  const model = await readState(held.textContent ?? "");
  followTheme();
  const el = document.createElement("div");
  document.getElementById("opening")?.replaceWith(el);
  render({ model, el });
}
