"""The explorer in a bare page, as JupyterLab would show it, with the widget's Python behind it."""

from __future__ import annotations

import base64
import json
from typing import Any

from lagebild.evidence import Evidence
from lagebild.explorer import Explorer
from lagebild.views import View, write_view
from playwright.sync_api import Page

ADDRESS = "http://explore.test/"
NAMES = ("events", "lists", "place", "sentences", "view", "words", "language")
MOUNT = """async ({script, style, state}) => {
  const sheet = document.createElement("style");
  sheet.textContent = style;
  document.head.append(sheet);
  const thaw = (value) => typeof value === "string" && value.startsWith("bytes:")
    ? new DataView(Uint8Array.from(atob(value.slice(6)), (sign) => sign.charCodeAt(0)).buffer) : value;
  for (const [name, value] of Object.entries(state.events)) state.events[name] = thaw(value);
  const heard = [];
  window.model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    save_changes: () => { if (window.dead) throw new Error("no kernel"); },
    send: async (message) => {
      if (window.dead) return;
      const answer = JSON.parse(await window.ask(JSON.stringify(message)));
      for (const tell of heard) tell(answer);
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
EMPTY = '<!DOCTYPE html><html lang="en"><title>Explore</title><body><div id="here"></div></body></html>'


class Bare:
    """Explorers in a page, one after the other; making one takes longer than showing it, so each edition has one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.made: dict[int, Explorer] = {}
        self.answers: list[Any] = []
        page.route(f"{ADDRESS}**", lambda route: route.fulfill(body=EMPTY, content_type="text/html"))
        page.expose_function("ask", self.answer)

    def show(self, evidence: Evidence, view: View | None = None, width: int = 1300, send_all: bool = True) -> Bare:
        """Load the page anew and show an edition, with all of its sentences or none."""
        if id(evidence) not in self.made:
            self.made[id(evidence)] = Explorer(evidence)
        self.widget = self.made[id(evidence)]
        self.widget.send = self.answers.append
        self.page.set_viewport_size({"width": width, "height": 1000})
        self.page.goto(ADDRESS)
        state = {name: getattr(self.widget, name) for name in NAMES} | {"view": write_view(view or View())}
        state |= {} if send_all else {"sentences": None}
        given = {"script": self.widget._esm, "style": self.widget._css, "state": state}
        self.page.evaluate(MOUNT, json.loads(json.dumps(given, default=_freeze)))
        self.page.locator(".explore[data-found]").wait_for()
        return self

    def answer(self, message: str) -> str:
        """Let the kernel answer."""
        self.widget._answer(None, json.loads(message), None)
        return json.dumps(self.answers.pop())

    @property
    def found(self) -> int:
        """How many events are in view."""
        return int(self.page.locator(".explore").get_attribute("data-found") or -1)

    @property
    def line(self) -> str:
        """The line for papermill."""
        return self.page.locator(".explore .line code").text_content() or ""


def _freeze(value: bytes) -> str:
    return f"bytes:{base64.b64encode(value).decode()}"
