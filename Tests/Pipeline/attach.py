"""Runs a command with standard streams that a shell cannot make, and exits as a shell would.

  attach.py tty:STREAMS COMMAND...      STREAMS (of `in`, `out`, `err`, joined by commas) are a
                                        terminal; what is written to it goes to standard output
  attach.py gone COMMAND...             standard output is a pipe that nobody reads any more
  attach.py gone-ignored COMMAND...     the same, and the parent ignores SIGPIPE
"""

import os
import pty
import signal
import subprocess
import sys


def main():
    how, command = sys.argv[1], sys.argv[2:]
    if how.startswith("gone"):
        reader, writer = os.pipe()
        os.close(reader)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        process = subprocess.run(command, stdout=writer, restore_signals=how == "gone")
        code = process.returncode
    else:
        master, slave = pty.openpty()
        streams = {"std" + name: slave for name in how.removeprefix("tty:").split(",")}
        process = subprocess.Popen(command, **streams)
        os.close(slave)
        while True:
            try:
                data = os.read(master, 1 << 16)
            except OSError:  # Linux says EIO when the last writer is gone.
                break
            sys.stdout.buffer.write(data)
        sys.stdout.flush()
        code = process.wait()
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
