"""Run a command and print what it took, as JSON: `python -I child.py LIMIT_S COMMAND…`.

A process of its own, because the system counts the peak memory of a child from that of the process that starts it:
a small one, as this is, leaves the figure alone.
"""

import json
import resource
import subprocess
import sys
import time


def main() -> None:
    """Run the command; what it prints is in the answer. A limit of 0 is none."""
    limit, *command = sys.argv[1:]
    start = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, timeout=float(limit) or None, check=False)
        status, out, err = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired as stopped:
        status, out, err = None, stopped.stdout or b"", stopped.stderr or b""
    seconds = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024
    answer = {
        "seconds": seconds,
        "peak": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit,  # bytes
        "status": status,
        "out": out.decode(errors="replace"),
        "err": err.decode(errors="replace"),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
