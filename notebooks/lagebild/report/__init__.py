"""An edition to what people and programs read. In: tables, judgements, charts. Out: HTML, PDF, DOCX, files to exchange.

integrity      whether all that a case and its judgements name is there, and the prose keeps the rules of estimates
edition        every table, judgement and chart that one report is made from, its key figures and its answer
document       a section from its template; all sections as one tree, with numbers, references and contents
details        the sections of the annex: how the report was made, what its findings rest on, what has changed
sections       the sections that say what the situation is
bibliography   the pages as CSL-JSON; the report itself as a reference
html_page      the tree as a page on which one can find, filter, save and cite; the list of editions
paper          what of the tree goes on paper, as plain nodes; how wide the columns of its tables are
pdf            the nodes set as PDF by Typst, and what Typst leaves to do
docx           the nodes as a text file, by pandoc
exporters      the executed notebook to HTML, PDF and DOCX
datapackage    the tables described as a Data Package
exchange       all that other programs read: tables, a workbook, the graph, the timeline
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
