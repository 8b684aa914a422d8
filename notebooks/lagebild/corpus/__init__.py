"""Files to the texts of a case. In: saved pages, PDFs, mails, archives, notes. Out: sources and sentences, read once.

plaintext    raw text to clean paragraphs
encoding     bytes of any encoding to text
page         what a file holds and says of itself
readers      one kind of file each, to such pages
formats      the kinds of file that can be read, each by its reader
folders      what a user names, files and folders, to the files that are read
language     the language of a text
sentences    texts to sentences, as places in the text file
writtendays  days as people write them in a line or in the name of a file
headday      the day in the dateline of a text
daylines     lines in which an article says when it was published
publication  when an article was published, by its best witness
agencies     the agency whose report an article is
furniture    lines of a web page that are no part of its report
intake       files to articles, with what is known of each
copies       which articles are copies of another one
signatures   the same among millions
filing       articles to rows of sources and text files
newcase      articles to the folder of a new case
holdings     a whole corpus, opened to be asked
selection    which mentions of a corpus one looks at
harvest      a selection of a corpus to a new case
sources      when each page was certainly known, and who is not heard
inputs       a case as it lies on the disk, read once
addition     articles to a case that there is
example      the example case, copied into a project
prose        a tree of HTML to its blocks of text, with their links and places
library      what links and numbers in a report lead to
references   what the notes and lists of a report cite, by their numbers
marks        where a paragraph of it cites
reports      somebody else's report: its prose, its citations, its places in the file
rows         a row of a file of many articles
seen         which names have been seen before, of millions
stream       such files to shards of rows
"""
