"""English names that people use in any language."""

RIGHTS = r"""
access S subject access request|data subject access|\bdsar\b|gdpr (?:data )?(?:access )?request
erasure N right to be forgotten|gdpr (?:erasure|deletion) request
portability N data portability
objection_dm S unsubscri?b\w*|opt ?out|stop (?:spam|pub|sms|mail)
"""
