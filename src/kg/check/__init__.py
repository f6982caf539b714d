"""Findings: what a careful reader would notice when claims are laid side by side.

A finding says what two places of the texts state, and leaves the judgement to the reader. `check` sees the documents
of one source at a time, so that it streams; `contested` sees a group of reconciled records.
"""

from kg.check.contested import contested, same_name
from kg.check.findings import Finding, Severity
from kg.check.page import Place, Places
from kg.check.rules import RULES, check

__all__ = ["RULES", "Finding", "Place", "Places", "Severity", "check", "contested", "same_name"]
