"""Text that tries to get out of its place: into a script, an attribute, a link or a spreadsheet formula."""

from __future__ import annotations

from pathlib import Path

from examples import edit, replace

SCRIPT = "<script>alert(1)</script>"
LINK = "<a href='javascript:alert(2)'>x</a>"
EVENT = '"><img src=x onerror=alert(3)>'
FORMULA = '=HYPERLINK("http://evil.example")'


def poison(project: Path) -> None:
    """Write hostile text into everything of the tiny case that a report shows."""
    inputs = project / "data" / "cases" / "tiny"
    edit(inputs / "events.csv", "E5", summary_en=f"{SCRIPT} & %{{x}}", summary_de=SCRIPT)
    edit(inputs / "events.csv", "E6", summary_en=FORMULA, summary_de=FORMULA)
    edit(inputs / "events.csv", "E1", summary_en=f"'single' {EVENT}", summary_de=EVENT)
    edit(inputs / "conditions.csv", "C1", summary_en=LINK, summary_de=LINK)
    edit(
        inputs / "sources.csv",
        "T1",
        title=SCRIPT,
        publisher=EVENT,
        reporter=LINK,
        url='https://e.org/"onclick="alert(4)',
    )
    edit(inputs / "mentions.csv", "t08", reason=FORMULA, quote_en=SCRIPT)
    replace(inputs / "texts" / "T2.en.txt", "Israel hit", f"Israel {SCRIPT} hit")
    replace(inputs / "judgements.yml", "Help would bring thanks and trouble.", f'"{SCRIPT} {LINK}"')
    replace(inputs / "judgements.yml", "en: Help for Iran}", f'en: "{LINK}"}}')
    replace(inputs / "case.yml", "  en: Tiny case\n", f"  en: '{EVENT} {SCRIPT}'\n")
    replace(inputs / "case.yml", "en: Iran – Israel}", f'en: "{LINK}"}}')
    edit(project / "data" / "reference" / "actors.csv", "IRN", name_en=f"Iran {SCRIPT} {LINK}")
