"""Programs that a sandbox is asked to run."""
