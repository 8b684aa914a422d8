"""Lagebild: from news texts to a situation report that a reader can audit.

The modules, in the order of the data; each imports only modules that stand above it:

characters   which characters and words a text may hold, and how a message shows them
paths        where every file lies, as functions of case, as-of date and language
steps        the run as a table: notebook, reads, writes
schema       the tables: columns, types, allowed values, descriptions
yamltext     YAML to plain values, read strictly
store        reads and writes the tables, each checked against its schema
dates        EDTF: the earliest and the latest day that a date allows
case         what people decide about a case: question, editions, judgements
sources      what was published by the as-of date; texts to sentences
plaintext    pages of any make to plain text in paragraphs
intake       files to articles: text, Markdown, saved web pages, PDF
newcase      articles to the folder of a new case
names        who acts for whom, and when
gazetteer    names in a text
lexicon      the words and frames of a language
syntax       words, clauses and phrases: what both languages share
german_verbs   German verbs and their helpers
german_clauses   German sentences to clauses
german_phrases   German clauses to noun phrases
german       German sentences to clauses, phrases and predicates
english_verbs   English verbs and their helpers
english_clauses   English sentences to clauses
english_phrases   English clauses to noun phrases
english      English sentences to the same
timex_edtf   arithmetic with EDTF: before, after and around a date, and its parts
timex_grammar   the patterns of dates, from the table `calendar`
timex_reader   a text while its dates are read: its words, its sentences, its tense
timex_rules   what a date of the calendar says
timex_counts   what a date says that is counted from another
timex        dates in a text, as EDTF
speech       the words of speech, and a sentence cut into parts
speech_de    phrases and clauses of a German sentence, as far as speech needs them
attribution_de_other   German attributions without a verb of saying
attribution_de   German attributions
attribution_en   English attributions
attribution  who says what, by which words
roles        clauses to the sides of an act
sentence     a sentence between its words and its acts: clauses, subjects, what pronouns stand for
truth        status, speaker and day of the acts of a sentence
acts         verbs and nouns of a sentence to drafted events
draft        the draft coder: a text to drafted events, each with the rule that fired
proposals    drafts of a case, and what became of each
confidence   how sure it is that an event took place as told, by a printed rule
events       graded mentions to events, conditions and actors
decisions    what reviewers decided: appended, taken back, merged from two copies
review       coded mentions, drafts and decisions to the dataset of an edition; the faults of a case
relations    events to the signed relation matrix, its change since a day, and the course of dyads
sayings      mentions to who says what about whom, and who contests what
frustration  how far a signed graph is from balance, and its blocs
balance      the relation matrix as a signed graph: triads
changes      what is new since the previous edition, and why
revisions    what a run changed in an edition that was built before, and why
tipping      when each triad came to its state, and by which events
outcomes     options to the ties that each would move, the triads that it would settle and upset
omissions    an edition without one page, one publisher, one country
firmness     omissions to what remains of each finding
silence      what no page reports: pairs, voices, days
labels       the words that the reader sees, in the reader's language
prose        the analyst's prose against the rules of estimative language
quality      how good the draft coder is: drafts against coded sentences, one language against the other
charts       what all charts share: figure and words, colours, fonts, ticks
letters      how wide a text is drawn
periods      events to lanes and periods
marks        marks, bars and words in pixels, and the figure that they make
packing      events to rows in which nothing overlaps
counts       many events to counts per unit of time, with their peaks
panels       counts, periods and bands to the panels of a timeline
timeline     periods to charts of time, on pages that print
options      the options of an actor to a chart
egonet   relations to one picture: who stands with whom round one actor, and where it pulls apart
cells        a matrix of cells: its order, its frame, its names
series       the course of dyads to a chart of small panels
claims       contested events to a chart of who says what
matrices     relations and sayings to matrices
datapackage  the tables of an edition described for other programs: a Data Package
slides       events to a timeline for TimelineJS3
exchange     what leaves an edition: parquet, the signed graph, the timeline, the description
plotlyjs     plotly.js, cut down to what the charts draw
figures      charts to files: svg, png, html and csv
edition      all that one report is made from, and the figures that it states
report       an edition to the sections of its report
screen       what a notebook shows to who works in it: whole tables to sort and search, charts to zoom
views        the period, actors, types, status and publishers that one looks at, and the line to repeat it
evidence     the events of an edition with all that they rest on, and those of a view
widget       a part of a notebook that people work with in the browser: its script, its style, its words
desk         the rows to review in their texts, with what was decided on each so far
reviewer     the widget in which people review; appends each decision at once
explorer     the widget in which people explore an edition: its events, packed for the browser
audit        checks a case and its reports as a sceptic would
export       executed notebook to HTML and PDF
runner       notebooks in one kernel, exports beside them, results moved into place
"""

__version__ = "0.1.0"
