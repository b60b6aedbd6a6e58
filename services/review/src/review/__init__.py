"""DESE's service: cases and decisions, and the register of persons and certificates."""
