"""Events to what follows. In: the dataset, or a corpus. Out: relations, ties, triads, explanations, stakes, robustness.

relations             the signed relation matrix, its change since a day, the course of dyads
statements_by_actor   who says what about whom, and who contests what
digest                what happened, who is in it and who says what, in the articles' own sentences
balance               the relation matrix as a signed graph: triads, since when they are so, and blocs
firmness              what single change would turn a tie: an act, a publisher, a type; the jackknife of an edition
robustness            what remains of each finding without a page, a publisher, a country
ladder                how far the subject went for an attacked partner, from words to force
explanations          rival explanations, and how much of the evidence speaks against each; what no page reports
findings              all of it, in one go; who matters: parties, pairs whose course is shown, turning points
opening               an edition as an analyst opens it: typed tables to ask one's own questions of
changes               what is new since the previous edition, and what a run changed in one, and why
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
