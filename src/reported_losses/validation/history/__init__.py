"""What changed against an earlier state of the package, and whether it may change so."""
