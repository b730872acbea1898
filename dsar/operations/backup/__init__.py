"""Backups of the data, and of the key store apart: made, read back, and put back.

A data backup holds no key: it can be read only with a key store that still holds them, so what was
shredded since stays shredded when an old backup comes back (ADR 4).
"""
