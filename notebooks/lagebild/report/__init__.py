"""An edition to what people and programs read. In: tables, judgements, charts. Out: HTML, PDF, files for exchange.

integrity              whether whatever a case and its judgements name is there
edition                all that one report is made from
key_figures            what the report states about its dataset
section                a template filled with an edition
sections               what the situation is
appendix               how the report was made, and the annex of all events
estimative_language    the analyst's prose against the rules of estimates
pdf_finish             what WeasyPrint leaves to do for a PDF: true page numbers, tags, size
exporters              the executed notebook to HTML and PDF
datapackage            the tables described as a Data Package
timelinejs             the events for TimelineJS3
exchange               all that other programs read, in one go
"""
