"""Word files and Markdown as trees of HTML, with notes and links at their places: pandoc reads them."""

from __future__ import annotations

import subprocess

from lxml.html import HtmlElement

from lagebild.core.paths import InputError
from lagebild.corpus.readers.webtree import parse_html

LONGEST = 60  # seconds; a report takes less than one
HEAP = "-M1g"  # what a file may make pandoc use


def read_with_pandoc(content: bytes, form: str) -> HtmlElement:
    """Return what a file of a `form` of pandoc's holds, as the tree of a page.

    It can neither read another file nor fetch anything, and no filter runs.

    Raises
    ------
    InputError
        If it cannot be read; the sentence does not name it.
    """
    import pypandoc

    words = [pypandoc.get_pandoc_path(), "--sandbox", f"--from={form}", "--to=html", "--wrap=none"]
    try:
        done = subprocess.run(
            [*words, "+RTS", HEAP, "-RTS"], input=content, capture_output=True, check=False, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        raise InputError("this file is broken or nested too deep; save its text as .txt.")
    return parse_html(done.stdout.decode("utf-8", "replace"))
