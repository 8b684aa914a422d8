"""An edition to what people and programs read. In: tables, judgements, charts. Out: HTML, PDF, DOCX, files to exchange.

integrity              whether whatever a case and its judgements name is there
edition                all that one report is made from
key_figures            what the report states about its dataset
section                a template filled with an edition
digest                 what the articles of a case say that nobody has judged yet
details                what the analysis rests on, in the annex
sections               what the situation is
appendix               how the report was made, and every event with its sentences
estimative_language    the analyst's prose against the rules of estimates
document               all sections as one tree: tables numbered, references filled in, contents listed
bibtex                 texts as BibTeX and biblatex hold them, so that none runs as a command
citation               how to cite a report: as text, BibTeX, CSL-JSON
page                   the tree as a page, with what it takes to find, filter, save and cite
editions               the page that lists all editions of a case
columns                a table on paper, and how its columns share the room
paper                  what of the tree goes on paper, as plain nodes: what is said, and the annex
pdf                    the nodes set by Typst
pdf_finish             what Typst leaves to do for a PDF: heads of rows among its tags, links between its parts, size
pandoc_tree            the nodes as pandoc's tree
docx                   the text file that pandoc makes of it
exporters              the executed notebook to HTML, PDF and DOCX
worddiff               two wordings, word by word
datapackage            the tables described as a Data Package
timelinejs             the events for TimelineJS3
identifiers            how what leaves is named: ids that stay, addresses that all accept
bibliography           the pages as CSL-JSON and for biblatex
annotations            the evidence as Web Annotations
stix_objects           what the objects of STIX have in common
stix                   an edition as a bundle of STIX 2.1, for OpenCTI and MISP
exchange               all that other programs read, in one go
"""
