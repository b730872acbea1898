"""Paper: HTML in, an archival and accessible PDF out, drawn by a process that holds nothing else.

:mod:`dsar.paper.render` is the door. :mod:`dsar.paper.child` is the only module that draws, and
runs alone in a process without keys, database, network or environment.
"""
