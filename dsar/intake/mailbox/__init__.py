"""Mail fetched from mailboxes over IMAP: by UID and UIDVALIDITY, never by what another client marks.

A message is committed before the mailbox is touched, then marked and moved to *Processed*. What the
database says of each copy on the server is the truth; a connection may be cut at any point.
"""
