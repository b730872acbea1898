"""The national register number where mails are read; the rule itself lies lower, since typed texts need it too."""

from workflow.register_number import HIDDEN, digest, is_valid, masked, masked_bytes, masked_where_misread

__all__ = ["HIDDEN", "digest", "is_valid", "masked", "masked_bytes", "masked_where_misread"]
