"""Somebody else's report against a case. In: its text, the dataset of an edition. Out: findings; page, tables, desk.

report_text     somebody else's report as a text: its prose, without marks and lists of references
finding         what is found of each claim, or what a reviewer says instead: verdict, reason, sentences
vocabulary      words by what they mean, in each language
numbers         numbers of a text, with what they count
days            days of a claim beside those of the evidence
items           what a sentence holds, thing by thing: names, words, numbers, dates, quotations
search          the sentences of a case, and which of them say most of what a claim says
differences     what rules can tell of it: another quotation, number or day; else only which text comes closest
judging         a language model as judge: what it is asked, and which of its verdicts are admitted
auditor         a report against the evidence of an edition, in one go
audit_tables    an audit as tables and as lines of JSON
audit_page      the audit of a report as a page and as PDF
audit_desk      the desk at which people read an audit beside its report, and overrule it
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
