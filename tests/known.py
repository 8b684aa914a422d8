"""The reference tables of the project, read once for all tests of a process."""

from __future__ import annotations

from lagebild.core import paths
from lagebild.core.reference import Reference

REFERENCE = Reference(paths.REFERENCE)
