"""The program that ``understanding_child`` starts: it holds the sentence model and forks a process for each mail.

In: a JSON list of sentences. Out: a JSON list of lists, how likely each of LABELS is for each sentence.
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

from dsar.intake.parser_process import serve
from dsar.intake.understanding import Engine

if __name__ == "__main__":
    os.putenv("OMP_NUM_THREADS", "1")  # for the engine: a fork has no threads, and may start none
    engine = Engine(Path(sys.argv[1]))

    def weigh(stream: IO[bytes], size: int) -> None:
        """Answer for the sentences on the stream."""
        stream.write(json.dumps(engine.probabilities(json.loads(stream.read(size)))).encode())

    gc.freeze()
    with socket.socket(fileno=0) as given:
        serve(given, weigh)
