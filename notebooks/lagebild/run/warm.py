"""All that the workers of a run import, loaded once: the server that they are copied from imports this module.

So a run pays once for pandas, papermill and the rooms, however many workers and kernels it has.
"""

from __future__ import annotations

import gc

from lagebild.run.notebooks import load_nbformat

load_nbformat()

import ipykernel.kernelapp  # noqa: E402, F401
import papermill.clientwrap  # noqa: E402
import papermill.engines  # noqa: E402, F401

import lagebild.charts.fonts  # noqa: E402
import lagebild.charts.plotlyjs  # noqa: E402
import lagebild.report.exporters  # noqa: E402
import lagebild.report.sections  # noqa: E402
import lagebild.run.trail  # noqa: E402

lagebild.charts.plotlyjs.core_bundle()
lagebild.charts.fonts.find_letters()

# What is loaded lives as long as its process: the garbage collector need not walk through it again and again, which
# also would copy every page of memory that a worker shares with the server. A tenth of the time of a run.
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 20, 50)
