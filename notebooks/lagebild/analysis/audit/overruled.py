"""What reviewers say of a claim instead of the audit."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lagebild.analysis.audit.finding import Audit, Finding
from lagebild.core.tables import records
from lagebild.dataset.verdicts import hash_claim, hash_report, verdicts_in_force


def apply_verdicts(audit: Audit, verdicts: pd.DataFrame) -> Audit:
    """Return an audit with the verdicts of reviewers in the place of its own.

    Parameters
    ----------
    audit
        What the audit itself said.
    verdicts
        Columns as in the table `case/verdicts`; those on other reports, and those that somebody took back, change
        nothing. A sentence that stands in the report twice is overruled twice.

    Returns
    -------
    Audit
        Its findings carry in `overruled` who decided, why, and what the audit itself had said, also where the reviewer
        says the same: then somebody has looked.
    """
    standing = verdicts_in_force(verdicts, hash_report(audit.text))
    decided = {row["claim"]: row for row in records(standing)}
    if not decided:
        return audit

    def overrule(finding: Finding) -> Finding:
        row = decided.get(hash_claim(finding.claim))
        if row is None:
            return finding
        return replace(finding, verdict=row["verdict"], overruled=(row["by"], row["reason"], finding.verdict))

    return replace(audit, findings=[overrule(finding) for finding in audit.findings])
