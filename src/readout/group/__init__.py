"""Annotation → Story placements: which articles are copies of which, and which story each belongs to. Pure stages."""
