"""The thresholds of the draft coder, each with what it was set by.

A probability or a share was fitted on judged drafts; a length is how far apart two things stood in sentences that were
read. What is a rule of a language or a word of a table is not here.
"""

from __future__ import annotations

# --- Which drafts count (tests/fit_confidence.py, December 2026) ---

THRESHOLD = 0.78  # probability from which on a draft counts: 93 of 100 such drafts held nothing false
BOTH = 0.5  # the same of a draft that names both sides
HISTORY = 2  # years before the day of publication from which on an act is history
LENGTHY = 25  # tokens of a sentence that is read wrongly more often

# --- What a text is about ---

# Of its sentences describe an act where a text reports acts. It sorts 407 of 434 texts as a quarter did while sides
# were inferred.
SHARE = 0.22
LEAST = 0.5  # of the words of the most frequent other matter (285 texts of all desks, 85 in 100 right)
FEW = 4  # words, or years, that make no matter
OLD = 10  # years before the day of publication that are history

# --- How far things that belong together stand apart ---

LONGEST_PARSED = 3000  # characters of a sentence: what is longer is a table, or a list that lost its line breaks
LONGEST_DATELINE = 120  # characters
HANGING = 4  # tokens behind a noun within which what hangs on it begins
ADDRESSED = 3  # tokens behind people whom no table knows within which a name may say whose they are
PARTICLE = 8  # tokens behind a verb among which its particle stands
JOINED = 5  # characters between two verbs that a conjunction joins
UNSPOKEN = 8  # tokens of other clauses that may stand between a verb of saying and the quotation after it
