"""How Sphinx makes a site of the guide, the notebooks and the data dictionary: `make docs`, offline.

The root of the sources is the project, so that links between pages, and from them to files, are those that a reader of
the Markdown follows. Its order is that of the links in `notebooks/guide/index.md`.
"""

import logging
import re
import sys
from pathlib import Path

from pygments.lexers.special import TextLexer

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "notebooks"))
logging.getLogger("pikepdf").setLevel(logging.WARNING)  # else it says that it is there

project = "Lagebild"
author = "The Lagebild authors"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
include_patterns = ["notebooks/guide/*.md", "notebooks/*.ipynb", "data/README.md"]
exclude_patterns = [".*", "*/*-*-*.ipynb", "figures", "reports", "tests", "data/[!R]*", "notebooks/lagebild"]
root_doc = "notebooks/guide/index"

myst_heading_anchors = 4
nb_execution_mode = "off"
nb_ipywidgets_js = {}  # scripts of another host
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
default_role = "literal"
napoleon_google_docstring = False
maximum_signature_line_length = 80

smartquotes_action = "qe"  # "--language" is no dash

html_theme = "furo"
html_title = "Lagebild"
html_extra_path = ["root"]  # the first page of the site leads to the guide
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False


def link_files(app, page, source):
    """Let a link to a page that is none of the site lead to the file."""
    source[0] = source[0].replace("](../../.github/", "](path:../../.github/")


def list_pages(app, page, source):
    """Append what the guide links to as the contents of the site, a part for each of its headings."""
    if page != root_doc:
        return
    for part in source[0].split("\n## ")[1:]:
        heading, _, text = part.partition("\n")
        links = re.findall(r"(?m)^- \[.+?\]\((.+?)\.(?:md|ipynb)\)", text)
        source[0] += "\n".join(["\n\n```{toctree}", ":hidden:", f":caption: {heading}", "", *links, "```"])


def list_modules(app, what, name, thing, options, lines):
    """Make a list of what a docstring sets in two columns: a module or a room, and what it is for."""
    lines[:] = [re.sub(r"^(\w+)  +(\S)", r"- ``\1``: \2", line) for line in lines]


def setup(app):
    """Let Sphinx ask for these, and take tables as they are."""
    app.connect("source-read", link_files)
    app.connect("source-read", list_pages)
    app.connect("autodoc-process-docstring", list_modules)
    app.add_lexer("csv", TextLexer)
