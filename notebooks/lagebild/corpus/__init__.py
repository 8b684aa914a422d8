"""Files to the texts of a case. In: saved pages, PDFs, notes. Out: sources and sentences, read once.

plaintext   pages of any make to plain text in paragraphs
sentences   texts to sentences, as places in the text file
intake      files to articles: text, Markdown, saved web pages, PDF
newcase     articles to the folder of a new case
sources     when each page was certainly known, and who is not heard
inputs      a case as it lies on the disk, read once
"""
