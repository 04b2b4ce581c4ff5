"""The command line: one file a command or a small family of them."""
