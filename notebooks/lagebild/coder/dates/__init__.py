"""Dates in a text: reader, tense, and what each pattern of the calendar means."""
