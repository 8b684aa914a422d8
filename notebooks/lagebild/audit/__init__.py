"""Somebody else's report against a case. In: its text, the dataset of an edition. Out: findings; page, tables, desk.

report_tree     a report in any kind of file as one tree of HTML
references      the tree as blocks of text; what the notes and lists of a report cite, by their numbers
report_text     somebody else's report: its prose, its citations, its places in the file
finding         what is found of each claim, or what a reviewer says instead: verdict, reason, sentences
vocabulary      words by what they mean, in each language
items           what a sentence holds, thing by thing: names, words, numbers, dates, quotations
acts            acts as people or the draft coder read them, and how two of them stand to each other
reading         a sentence with all of that: who acts, when, how it is put
retrieval       the sentences of a case, found by what they say; days of a claim beside theirs
comparison      a claim beside a sentence: which of what it says is said there
signals         the same, measured once: who, what, who to whom, when, how much, in which words, whether it happened
verdicts        from what was measured to a verdict: a table that one reads from top to bottom
judging         a language model as judge: what it is asked, and which of its verdicts are admitted
auditor         a report against the evidence of an edition, in one go
citations       what a report cites against the sources of the case
audit_tables    an audit as tables and as lines of JSON
verdict_chart   what an audit finds of a report, claim by claim
audit_page      the audit of a report as a page and as PDF
audit_desk      the desk at which people read an audit beside its report, and overrule it
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
