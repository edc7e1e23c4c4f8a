"""Gives every case of a table of bad requests to sg-lyrics --check on standard input.

  requests.py TABLE

The form of the table is told at its top.
"""

import re
import subprocess
import sys


def unescape(text):
    return re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes([int(match[1], 16)]), text.encode())


def main(path):
    failures = count = 0
    with open(path, encoding="utf-8") as file:
        blocks = file.read().strip().split("\n\n")[1:]
    for block in blocks:
        parts = {sign: [] for sign in "#$<>!"}
        for line in block.split("\n"):
            parts[line[0]].append(line[2:])
        flags = " ".join(parts["$"]).split()
        result = subprocess.run(
            ["sg-lyrics", "--check", "-", *flags],
            input=b"\n".join(map(unescape, parts["<"])) + b"\n",
            capture_output=True,
        )
        found = [line.removeprefix("standard input:") for line in result.stdout.decode().splitlines()]
        expected = parts[">"], int(parts["!"][0])
        if (found, result.returncode) != expected:
            failures += 1
            print(f"{parts['#'][0]}: {found}, {result.returncode}; expected {expected}")
        count += 1
    if count < 80:
        sys.exit(f"only {count} cases in {path}")
    sys.exit(1 if failures else 0)


main(sys.argv[1])
