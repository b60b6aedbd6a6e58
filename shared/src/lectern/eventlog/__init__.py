"""The log kit: one log for each service, one writer that appends to it, and followers that carry everything else."""
