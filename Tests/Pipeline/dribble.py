"""Gives a file to a command piece by piece, each when the last has been read.

  dribble.py one|random FILE COMMAND [ARGUMENT...]
"""

import array
import fcntl
import os
import random
import subprocess
import sys
import termios
import time


def main():
    sizes = random.Random(1)
    with open(sys.argv[2], "rb") as f:
        data = f.read()
    out, into = os.pipe()
    os.set_inheritable(into, False)
    process = subprocess.Popen(sys.argv[3:], stdin=out)
    unread = array.array("i", [0])
    start = 0
    while start < len(data):
        size = 1 if sys.argv[1] == "one" else sizes.choice((1, 2, 31, 32, 33, 500, 4097))
        os.write(into, data[start:start + size])
        start += size
        while fcntl.ioctl(out, termios.FIONREAD, unread) == 0 and unread[0] > 0:
            if process.poll() is not None:
                sys.exit(process.returncode)
            time.sleep(0)
    os.close(into)
    os.close(out)
    sys.exit(process.wait())


if __name__ == "__main__":
    main()
