"""What people write, per language. Data only: the rules that use these words stand in the modules above."""
