from . import audit_desk as audit_desk, finding as finding
from .audit_page import (
    Audited as Audited,
    name_origin as name_origin,
    say_verdicts as say_verdicts,
    set_audit_pdf as set_audit_pdf,
    write_audit_page as write_audit_page,
)
from .audit_tables import (
    Span as Span,
    name_verdicts as name_verdicts,
    tabulate_claims as tabulate_claims,
    tabulate_evidence as tabulate_evidence,
    write_lines as write_lines,
)
from .auditor import (
    CaseEvidence as CaseEvidence,
    audit_text as audit_text,
    list_claim_requests as list_claim_requests,
    weigh_claims as weigh_claims,
)
from .finding import VERDICTS as VERDICTS, apply_verdicts as apply_verdicts
from .judging import read_judgement as read_judgement
from .report_text import read_report as read_report
from .search import read_evidence as read_evidence
