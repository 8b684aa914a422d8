"""Tables to pictures. In: tables of an edition, and the labels of a language. Out: charts, and their files.

text_metrics   how wide a text is drawn
chart          what all charts share: figure, title, words, table; colours, ticks, lines of text
drawing        marks, bars and texts reckoned in pixels
matrix         a matrix of cells, with the names beside it
series         the course of dyads
relations      who does what to whom, what changed, and how it came about
claims         who contests which event
sayings        who says what about whom
reliability    how often a draft of a probability is right
egonet         the actor in question and those around it
timeline       the events in time, on pages
collection     all that step 04 draws, in one go
svg            the svg that plotly draws, made fit for a report
plotlyjs       the part of plotly.js that the charts need
render         charts to svg, png, html and csv
"""
