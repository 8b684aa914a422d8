"""Somebody else's report against a case. In: its text, the dataset of an edition. Out: findings; page, tables, desk.

finding         what is found of each claim: verdict, reason, sentences
vocabulary      words by what they mean, in each language
items           what a sentence holds, thing by thing
acts            acts as people or the draft coder read them, and how two of them stand to each other
reading         a sentence with all of that
retrieval       the sentences of a case, found by what they say
comparison      a claim beside a sentence: which of what it says is said there
sides           who does what to whom in each of both
same_act        whether a sentence tells what a claim says is done
verdicts        a claim to its verdict
auditor         all of it, in one go
citations       what a report cites against the sources of the case
verdict_chart   what an audit finds of a report, claim by claim
references      what the notes and lists of a report cite, by their numbers
report_text     somebody else's report: its prose, its citations, its places in the file
report_tree     a report of any kind as such a tree
audit_desk      the claims of an audited report, what was decided on them, and what fits
audit_tables    an audit as tables and as lines of JSON
audit_page      the audit of a report as a page and as PDF
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
