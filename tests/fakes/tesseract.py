"""A program that stands in for Tesseract: the same arguments, the same heading, the same refusals; it only reads ill.

It takes a page of grey pixels (PGM) on stdin and prints what it was told to read there.
"""

import os
import sys
from pathlib import Path

_PROGRAM = """#!{python}
import sys
PACKS, SAYS, SECONDS = {packs!r}, {says!r}, {seconds!r}
arguments = sys.argv[1:]
if arguments == ["--list-langs"]:
    print('List of available languages in "/usr/share/tessdata/" (%d):' % len(PACKS), *PACKS, sep="\\n")
    sys.exit()
source, target, option, wanted, psm, layout = arguments
if (source, target, option, psm) != ("stdin", "stdout", "-l", "--psm") or not 0 <= int(layout) <= 13:
    sys.exit("read_params_file: Can't open " + arguments[0])
if missing := [pack for pack in wanted.split("+") if pack not in PACKS]:
    sys.exit("Error opening data file /usr/share/tessdata/%s.traineddata" % missing[0])
page = sys.stdin.buffer.read()
kind, width, height, most = page.split(None, 4)[:4]
if (kind, int(most)) != (b"P5", 255) or len(page) < int(width) * int(height):
    sys.exit("Error during processing.")
while SECONDS:
    pass
print(SAYS)
"""


def install(folder: Path, says: str, *, packs: tuple[str, ...] = ("fra", "nld", "osd"), busy: bool = False) -> str:
    """A folder for PATH with the program in it; ``busy``: it reads for ever."""
    program = folder / "tesseract"
    text = _PROGRAM.format(python=sys.executable, packs=sorted(packs), says=says, seconds=int(busy))
    program.write_text(text, "utf-8")
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"
