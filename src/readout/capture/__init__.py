"""From the outside to a Page. Only `archive` and `fetch` touch the world; the rest is pure."""
