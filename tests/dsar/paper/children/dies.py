"""Is killed in the middle of its work."""

import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
