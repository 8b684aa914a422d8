"""Tables to pictures. In: tables of an edition, and the labels of a language. Out: charts, and their files.

look           sizes, fonts and colours of all charts
fonts          the font that the package brings
text_metrics   how wide a text is drawn
drawing        shapes, marks and words reckoned in pixels
axis           axes of time
event_marks    marks and bars of events
figure         a drawing as a figure of plotly
svg            a drawing as SVG
png            SVG as PNG
chart          a picture with its title, words and table
matrix         a matrix of cells, with the names beside it
relations      who does what to whom
parties        how those that matter act towards each other, as net bars
phases         the phases of a case, behind a course or a count
callouts       names of turning points beside a line
courses        the panel of one dyad
series         the course of dyads
bars           counts as bars in parts
likelihoods    how likely the judgements are
reliability    how often a draft of a probability is right
ladder         how far an actor went for a partner, from words to force
tellings       what a corpus tells: its course, who towards whom, and who tells it
verdicts       what an audit finds of a report, claim by claim
egonet         the actor in question and those around it
timeline       the events in time, on pages
own            charts of one's own, found by themselves
collection     all that step 04 draws, in one go
plotlyjs       the part of plotly.js that the charts need
render         charts to svg, png, html and csv
"""
