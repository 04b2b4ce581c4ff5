"""How well each stage does, on public data and on the sample: one scorer a module, each with its floors and misses."""
