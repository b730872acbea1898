#!/usr/bin/env python
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dsar.settings")
    from django.core.management import execute_from_command_line

    from dsar import env
    from dsar.env import WrongSetting

    if sys.argv[1:2] in (["read"], ["deadlines"]):
        env.without_secrets()  # they open no file and sign nothing, so a bare checkout may run them

    try:
        execute_from_command_line(sys.argv)
    except WrongSetting as error:
        sys.stderr.write(f"{error}\n")
        # A mail server that pipes a mail to us keeps it and tries again on 75 (EX_TEMPFAIL); 78 is EX_CONFIG.
        sys.exit(75 if sys.argv[1:2] == ["ingest"] else 78)


if __name__ == "__main__":
    main()
