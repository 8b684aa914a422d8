"""A widget in a bare page, as JupyterLab would show it, with its Python behind it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lab import PATIENCE
from lagebild.interactive.widget import Widget
from playwright.sync_api import Browser, Page

ADDRESS = "http://bare.test/"
LEFT_OUT = ("layout", "tabbable", "tooltip")  # what every widget has
MOUNT = """async (mounted) => {
  let {script, style, state} = JSON.parse(mounted);
  const sheet = document.createElement("style");
  sheet.textContent = style;
  document.head.append(sheet);
  const thaw = (value) => {
    if (typeof value === "string" && value.startsWith("bytes:"))
      return new DataView(Uint8Array.from(atob(value.slice(6)), (sign) => sign.charCodeAt(0)).buffer);
    if (value && Object.getPrototypeOf(value) === Object.prototype)
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, thaw(part)]));
    return value;
  };
  state = thaw(state);
  const heard = [];
  window.model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    save_changes: () => { if (window.dead) throw new Error("no kernel"); },
    send: async (message) => {
      if (window.dead) return;
      const answer = JSON.parse(await window.ask(JSON.stringify(message)));
      if (answer) for (const tell of heard) tell(answer);
    },
    on: (name, run) => { if (name === "msg:custom") heard.push(run); },
    off: () => {},
  };
  const address = URL.createObjectURL(new Blob([script], {type: "text/javascript"}));
  window.finish = (await import(address)).default.render({model: window.model, el: document.getElementById("here")});
}"""
DARK = """() => {
  document.body.dataset.jpThemeLight = "false";
  const colours = {"ui-font-color0": "#fff", "ui-font-color1": "#ddd", "layout-color1": "#111", "layout-color2": "#333",
                   "border-color1": "#666", "border-color0": "#888"};
  for (const [name, value] of Object.entries(colours)) document.body.style.setProperty(`--jp-${name}`, value);
  document.body.style.background = "#111";
}"""
EMPTY = '<!DOCTYPE html><html lang="en"><title>A widget</title><body><div id="here"></div></body></html>'


class Bare:
    """A page that shows one widget after the other; `window.dead` is a kernel that answers nothing any more."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: list[Any] = []
        page.route(f"{ADDRESS}**", lambda route: route.fulfill(body=EMPTY, content_type="text/html"))
        page.expose_function("ask", self.answer)

    def put(self, widget: Widget, **state: Any) -> None:
        """Load the page anew and show a widget, in its own state but for what is given."""
        self._shown: Any = widget
        self._shown.send = self.answers.append
        self.page.goto(ADDRESS)
        mounted = {"script": widget._esm, "style": widget._css, "state": freeze_state(widget) | state}
        self.page.evaluate(MOUNT, json.dumps(mounted))  # as one text: Playwright checks each value

    def answer(self, message: str) -> str:
        """Let the kernel answer."""
        self._shown._answer(None, json.loads(message), None)
        return json.dumps(self.answers.pop())


@contextmanager
def open_page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Give a page, and what it complains of."""
    page, faults = browser.new_page(), list[str]()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page, faults
    page.close()


def freeze_state(widget: Any) -> dict[str, Any]:
    """Return the state of a widget that its script knows, as JSON may hold it: bytes as texts."""
    names = [name for name in widget.keys if not name.startswith("_") and name not in LEFT_OUT]
    state: dict[str, Any] = json.loads(json.dumps({name: getattr(widget, name) for name in names}, default=_freeze))
    return state


def _freeze(value: bytes) -> str:
    return f"bytes:{base64.b64encode(value).decode()}"
