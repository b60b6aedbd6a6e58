"""One module per command of `lectern`; command.py mounts them."""
