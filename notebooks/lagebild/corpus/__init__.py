"""Files to the texts of a case. In: saved pages, PDFs, notes. Out: sources and sentences, read once.

plaintext   raw text to clean paragraphs
encoding    bytes of any encoding to text
page        what a file holds and says of itself
pageblocks  the blocks of text in a web page, and where each stands
column      which of them are its article
linked      what a web page says of itself to machines
titles      its title without the name of the site, and that name
pagedays    the day on which it says that it was published
blocks      HTML to plain paragraphs
webpage     a saved web page to such a page
markdown    a file of Markdown to the same
pdf         a PDF to the same
word        a Word file to the same
forwarded   the mail in a mail that passes it on
mail        a mail, and those attached to it, to such pages
warc        a web archive to such pages
feed        an RSS or Atom file to such pages
bibliography  an item of a list of sources to what is known of an article
csl         a list in CSL-JSON to such items
ris         a list in RIS to the same
bibtex      a list in BibTeX to the same
attachments  the files beside a list
formats     the kinds of file that can be read, each by its reader
language    the language of a text
furniture   lines of a web page that are no part of its report
sentences   texts to sentences, as places in the text file
writtendays  days as people write them in a line or in the name of a file
headday     the day in the dateline of a text
daylines    lines in which an article says when it was published
publication  when an article was published, by its best witness
folders     what a user names, files and folders, to the files that are read
intake      files to articles, with what is known of each
agencies    the agency whose report an article is
copies      which articles are copies of another one
filing      articles to rows of sources and text files
newcase     articles to the folder of a new case
sources     when each page was certainly known, and who is not heard
inputs      a case as it lies on the disk, read once
addition    articles to a case that there is
example     the example case, copied into a project
"""
