"""Events to what follows from them. In: the dataset of an edition. Out: relations, triads, options, robustness.

relations     the signed relation matrix, its change since a day, the course of dyads
sayings       who says what about whom, and who contests what
frustration   how far a signed graph is from balance, and its blocs
balance       the relation matrix as a signed graph: triads
transitions   when each triad came to its state, and by which events
jackknife     an edition without one page, one publisher, one country
firmness      whether the sign of a tie hangs on one act, one publisher or the type of one event
robustness    what remains of each finding without a page, a publisher, a country
options       what each option does by the criteria of the case
hypotheses    rival explanations, and how much of the evidence speaks against each
coverage      what no page reports: pairs, voices, days
findings      all of it, in one go
changes       what is new since the previous edition, and why
revisions     what a run changed in an edition that was built before, and why
"""
