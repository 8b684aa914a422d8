"""An edition to what people and programs read. In: tables, judgements, charts. Out: HTML, PDF, DOCX, files to exchange.

integrity      whether whatever a case and its judgements name is there
edition        all that one report is made from
document       all sections as one tree: tables numbered, references filled in, contents listed
details        what the analysis rests on, in the annex
sections       what the situation is
bibliography   the pages as CSL-JSON and for biblatex
html_page      the tree as a page, with what it takes to find, filter, save and cite
paper          what of the tree goes on paper, as plain nodes: what is said, and the annex
pdf            the nodes set by Typst
docx           the text file that pandoc makes of it
exporters      the executed notebook to HTML, PDF and DOCX
datapackage    the tables described as a Data Package
exchange       all that other programs read, in one go
stix           an edition as a bundle of STIX 2.1, for OpenCTI and MISP
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
