"""Whole lives of cases: every act of the law, done by whoever comes, in any order."""
