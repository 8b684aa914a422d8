"""Events to what follows. In: the dataset, or a corpus. Out: relations, ties, triads, explanations, stakes, robustness.

relations     the signed relation matrix, its change since a day, the course of dyads
sayings       who says what about whom, and who contests what
digest        what happened, who is in it and who says what, in the articles' own sentences
frustration   how far a signed graph is from balance, and its blocs
balance       the relation matrix as a signed graph: triads
transitions   when each triad came to its state, and by which events
jackknife     an edition without one page, one publisher, one country
firmness      how two stand to each other, and what single change would turn that: an act, a publisher, a type
support       which pairs a machine draft may relate at all
robustness    what remains of each finding without a page, a publisher, a country
parties       who matters: parties, pairs whose course is shown, turning points
ladder        how far the subject went for an attacked partner, from words to force
options       the stakes: what each option does by the criteria of the case
hypotheses    rival explanations, and how much of the evidence speaks against each
coverage      what no page reports: pairs, voices, days
findings      all of it, in one go
tellings      what a corpus tells: how much, of whom, when, and who tells it
peaks         when a corpus tells far more of a pair than usual
parameters    with which parameters the steps of a run made their tables
changes       what is new since the previous edition, and why
revisions     what a run changed in an edition that was built before, and why
audit         somebody else's report against the evidence
"""
