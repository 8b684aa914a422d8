"""One kind of file to the pages in it. In: bytes from anywhere. Out: texts, and what the file says of them.

blocks        HTML to plain paragraphs
pageblocks    the blocks of text in a web page, and where each stands
column        which of them are its article
linked        what a web page says of itself to machines
titles        its title without the name of the site, and that name
pagedays      the day on which it says that it was published
webpage       a saved web page
markdown      Markdown with its front matter
pdf           a PDF
word          a Word file
webtree       a page as a tree, without what stands round its text
pandoc        Word and Markdown as such trees, with notes and links at their places
tagged        a PDF as such a tree, by its own structure
reporttree    a report of any kind as such a tree
forwarded     the mail in a mail that passes it on
mail          a mail, and those attached to it
warc          a web archive
feed          an RSS or Atom file
bibliography  an item of a list of sources to what is known of an article
csl           a list in CSL-JSON to such items
ris           a list in RIS to the same
bibtex        a list in BibTeX to the same
attachments   the files beside a list
"""
