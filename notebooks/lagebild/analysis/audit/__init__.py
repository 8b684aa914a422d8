"""Somebody else's report against the evidence of a case. In: its text, the dataset of an edition. Out: findings.

finding     what is found of each claim: verdict, reason, sentences
citations   what a report cites against the sources of the case
audit       all of it, in one go
overruled   what reviewers say of a claim instead of the audit
"""
