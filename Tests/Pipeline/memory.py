"""The memory of a command with a short and a long input: memory.py MEGABYTES SHORT LONG COMMAND...

Fails if the long input takes more than MEGABYTES more than the short one.
"""

import subprocess
import sys


def peak(command, path):
    """The most memory that the command held, in MB."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=sys.stderr)")
    with open(path, "rb") as f:
        result = subprocess.run([sys.executable, "-c", code, *command], stdin=f, check=True,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return int(result.stderr.splitlines()[-1])


def main():
    allowed, short, long, *command = sys.argv[1:]
    less, more = peak(command, short), peak(command, long)
    print(f"{command[0]}: {less} MB, {more} MB")
    sys.exit(0 if more - less <= int(allowed) else 1)


if __name__ == "__main__":
    main()
