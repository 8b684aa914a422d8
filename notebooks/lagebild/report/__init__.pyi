from . import details as details, edition as edition, exchange as exchange, sections as sections
from .datapackage import escape_address as escape_address
from .document import Document as Document, read_document as read_document
from .edition import (
    count_key_figures as count_key_figures,
    say_reviewed as say_reviewed,
    state_answer as state_answer,
)
from .exporters import export_reports as export_reports
from .html_page import (
    PDF as PDF,
    Beside as Beside,
    fingerprint as fingerprint,
    open_templates as open_templates,
    write_page as write_page,
)
from .integrity import check_prose as check_prose, find_misnamed as find_misnamed
from .paper import read_paper as read_paper
from .pdf import set_pdf as set_pdf
