"""A part of a notebook that people work with in the browser: its script, its style, its words.

A script is one module of the browser, which anywidget brings to JupyterLab and its kin (https://anywidget.dev). It is
put together from the modules in ``widgets/src``, by ``make widgets``, and lies beside the styles.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakValueDictionary

import anywidget
import traitlets
from IPython.core.getipython import get_ipython

from lagebild.core import WIDGETS, Labels

_made: WeakValueDictionary[str, anywidget.AnyWidget] = WeakValueDictionary()  # by the names of their models


class Widget(anywidget.AnyWidget):
    """A widget of the script and the style called `name`, and of the style that it shares with others of its `family`.

    It is known to the notebook by the id of its cell: so the notebook can hold, in its metadata, what stands in its
    place once the kernel is gone. A widget that the same cell made before is closed.
    `words` holds those words of the reader's language whose keys start with one of `prefixes`; `language` is its code.
    """

    _esm = traitlets.Unicode().tag(sync=True)  # read for each widget: importing the package opens no file
    _css = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    language = traitlets.Unicode().tag(sync=True)

    def __init__(self, name: str, labels: Labels, prefixes: tuple[str, ...], family: str = "", **values: Any) -> None:
        words = choose_words(labels, prefixes)
        script, style = (WIDGETS / f"{name}.js").read_text(encoding="utf-8"), _read_style(name, family)
        if model := _name_model():
            if before := _made.pop(model, None):
                before.close()
            values["model_id"], _made[model] = model, self
        super().__init__(_esm=script, _css=style, words=words, language=labels.language, **values)

    def __repr__(self) -> str:
        """Return what stands in the place of the widget where none can be shown."""
        return f"{type(self).__name__}: run this cell in JupyterLab"


def choose_words(labels: Labels, prefixes: tuple[str, ...]) -> dict[str, str]:
    """Return those words whose keys start with one of the prefixes."""
    return {key: text for key, text in labels.words.items() if key.startswith(prefixes)}


def _name_model() -> str:
    """Return how the notebook knows the widget of the cell that runs; empty where no notebook says which one runs."""
    parent = getattr(get_ipython(), "parent_header", None) or {}
    cell = parent.get("metadata", {}).get("cellId", "")
    return f"lagebild-{cell}" if cell else ""


def _read_style(name: str, family: str) -> str:
    """Return the style of a widget: what all share, its parts and those of its family, the whole."""
    parts = [file for one in (family, name) if one for file in sorted(WIDGETS.glob(f"{one}-*.css"))]
    files = [WIDGETS / "shared.css", *parts, WIDGETS / f"{name}.css"]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
