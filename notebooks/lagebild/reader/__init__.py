"""A language model as the second reader. In: texts and what a model answers. Out: drafts as both readers have them.

request   what a model is asked of a text; the instructions lie in data/reference
wire      one question to a server, and what comes back
server    the servers on this machine: found, and what they tell of themselves and their models
engine    a model in a file, in this process
client    many requests: whole or in pieces, as many at once as the server is quicker by
naming    for whom a name stands that it gives, and as what: a state, or itself
gate      which of the acts that it reads are admitted: what can be checked without understanding
fusion    two readers, one draft, how sure it is; the texts of a case as both have them
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
