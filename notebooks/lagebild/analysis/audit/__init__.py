"""Somebody else's report against the evidence of a case. In: its text, the dataset of an edition. Out: findings.

finding      what is found of each claim: verdict, reason, sentences
vocabulary   words by what they mean, in each language
numbers      numbers in a text, with what they count
quotations   quotations letter by letter, whatever their typography
acts         acts as people or the draft coder read them, and how two of them stand to each other
items        what a sentence holds, thing by thing
titles       who holds an office that a sentence names
clauses      what its clauses say of these things: who acts, what is done, when, how it is put
reading      a sentence with all of that
days         days of a claim beside those of the evidence
evidence     the sentences of a case, found by what they say
comparison   a claim beside a sentence: which of what it says is said there
parties      who does what to whom in each of both
telling      whether a sentence tells what a claim says is done
standing     as what a sentence tells it: fact, somebody's word, plan
sides        in what they differ by that
sequence     which of two acts comes first in each of both
literal      what differs where both say nearly the same, word by word
checks       in what they differ
checkable    which sentences can be checked, and what speaks against calling one wrong
verdicts     a claim to its verdict
audit        all of it, in one go
citations    what a report cites against the sources of the case
overruled    what reviewers say of a claim instead of the audit
"""
