"""The web site: one file a page, templates beside it."""
