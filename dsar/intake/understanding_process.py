"""The program that ``understanding_child`` starts: it holds the sentence model and forks a process for each mail.

Arguments: the folder of the model's package, then the folder of numpy's. In: a JSON list of sentences. Out: a JSON
list of three: for each sentence how likely each of LABELS is; how likely each of MAIL_LABELS is for the whole; for each
sentence how likely it reports a leak.
"""

import gc
import json
import os
import socket
import sys
from pathlib import Path
from typing import IO

if __name__ == "__main__":  # an isolated interpreter does not look beside the project by itself
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    sys.path.append(sys.argv[2])
    os.putenv("OPENBLAS_NUM_THREADS", "1")  # a fork has no threads, and may start none

from dsar.intake.parser_process import serve
from dsar.intake.understanding import Engine

if __name__ == "__main__":
    engine = Engine(Path(sys.argv[1]))

    def weigh(stream: IO[bytes], size: int) -> None:
        """Answer for the sentences on the stream."""
        understood = engine.understand(json.loads(stream.read(size)))
        stream.write(json.dumps([understood.sentences, understood.whole, understood.leaks]).encode())

    gc.freeze()
    with socket.socket(fileno=0) as given:
        serve(given, weigh)
