"""Generator of the bundled fictional sample corpus: article sources, page templates and golden answers."""
