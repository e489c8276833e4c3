"""Pure arithmetic on plain values: every figure the product shows, and nothing else."""
