"""Files to the texts of a case. In: saved pages, PDFs, mails, archives, notes. Out: sources and sentences, read once.

plaintext     bytes to text, and raw text to clean paragraphs
page          what a file holds and says of itself
readers       one kind of file each, to such pages
formats       files and folders to pages: the kinds that can be read, each by its reader
sentences     the language of a text, and its sentences, as places in the text file; what no text may hold
publication   when an article was published, by its best witness: days in lines, bylines and datelines
boilerplate   lines of a web page that are no part of its report; the agency whose report it is
intake        files to articles, with what is known of each; which are copies of another one
newcase       articles to the folder of a new case, or of one that there is; the example
inputs        a case as it lies on the disk, read once: sources, sentences, texts, tables
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
