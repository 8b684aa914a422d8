"""Dates in a text, as EDTF: *Mitte Juni* is the middle of a month whose year the text tells.

patterns   the patterns of dates that the tables of a language describe, compiled
reader     a date that a pattern found, read beside the day of publication and the tense of its sentence
tagger     all dates of a text: found, widened by the words before them (*Mitte*, *seit*), joined to spans and counts
"""
