"""Texts with gold by construction: the claims are drawn first, and then said in one of many ways.

It is written apart from the extractor and shares no table with it: what it says in new words must be read all the same.
"""
