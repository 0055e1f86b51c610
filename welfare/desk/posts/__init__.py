"""Posts at the desk: who holds them, and appointing somebody else."""
