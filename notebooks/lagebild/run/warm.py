"""All that the workers of a run import, loaded once: the server that they are copied from imports this module.

So a run pays once for pandas, papermill and the rooms, however many workers and kernels it has.
"""

from __future__ import annotations

import gc
from importlib import import_module

from lagebild.run.kernels import load_nbformat

load_nbformat()

import ipykernel.kernelapp  # noqa: E402, F401
import papermill.clientwrap  # noqa: E402
import papermill.engines  # noqa: E402, F401
import plotly.express  # noqa: E402, F401

from lagebild.charts import find_letters  # noqa: E402

for name in ("lagebild.report.exporters", "lagebild.report.sections", "lagebild.run.executed"):
    import_module(name)
find_letters()

# What is loaded lives as long as its process: the garbage collector need not walk through it again and again, which
# also would copy every page of memory that a worker shares with the server. A tenth of the time of a run.
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 20, 50)
