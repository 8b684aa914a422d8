"""One kind of file to the pages in it. In: bytes from anywhere. Out: texts, and what the file says of them.

column           which of them are its article
metadata         what a web page says of itself to machines
webpage          a saved web page
documents        a Word file
mail             a mail, and those attached to it
collections      a web archive
citation_files   an item of a list of sources to what is known of an article
"""
