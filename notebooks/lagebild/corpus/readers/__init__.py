"""One kind of file to the pages in it. In: bytes from anywhere. Out: texts, and what the file says of them.

column           a piece of HTML as text; what of a web page stands beside its article
metadata         what a web page says of itself: title, publisher, data for machines, day of publication
webpage          a saved web page: the article in it
documents        Markdown, PDF and Word files
mail             a mail, and those attached to it or passed on in it
collections      feeds (RSS, Atom) and web archives (WARC): files of many articles
source_lists     lists of sources: CSL-JSON
"""
