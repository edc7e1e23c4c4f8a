"""A whole stream, cut and with flipped bits, and what a tool says to it.

  damage.py FILE STEP TOOL [OPTION...]   every STEP-th cut and flip on standard input, one by one
  damage.py FILE                         every cut and every flip, to sg-inspect, as files

Nothing damaged may pass: exit code 65 (66 for an empty stream), one message, no whole stream on
standard output.
"""

import io
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from sgs import songs


def cuts(stream):
    """(what was done, the damaged stream)"""
    for end in range(len(stream)):
        yield f"cut at byte {end}", stream[:end]


def flips(stream):
    for bit in range(8 * len(stream)):
        damaged = bytearray(stream)
        damaged[bit // 8] ^= 1 << bit % 8
        yield f"bit {bit % 8} of byte {bit // 8} flipped", bytes(damaged)


def by_pipe(command, damage):
    """What is wrong with the way in which the tool takes the damage, or None."""
    what, stream = damage
    result = subprocess.run(command, input=stream, capture_output=True, timeout=60)
    code = 65 if stream else 66
    lines = result.stderr.decode(errors="replace").splitlines()
    if "--check" in command:
        if result.returncode == code and not lines and not result.stdout:
            return None
        return f"{what}: sg-inspect --check exits {result.returncode} and says {lines}"
    said = [line for line in lines if not line.startswith((f"{command[0]}: warning:", "  "))]
    problems = []
    if result.returncode != code:
        problems.append(f"exit code {result.returncode}, not {code}")
    if len(said) != 1 or not said[0].startswith(f"{command[0]}: standard input: "):
        problems.append("not one message of the tool")
    if result.stdout:
        try:
            for _ in songs(io.BytesIO(result.stdout)):
                pass
            problems.append("a whole stream on standard output")
        except EOFError:
            pass
    if problems:
        return "\n    ".join([f"{command[0]}, {what}: {', '.join(problems)}", *lines])
    return None


def by_files(damages):
    """Many at once: each file must be named once in a message of sg-inspect."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for index, (_, stream) in enumerate(damages):
            names.append(os.path.join(folder, f"{index}.sgs"))
            with open(names[-1], "wb") as f:
                f.write(stream)
        result = subprocess.run(["sg-inspect", *names], capture_output=True, timeout=60)
        lines = result.stderr.decode(errors="replace").splitlines()
        said = {}
        for line in lines:
            assert line.startswith("sg-inspect: "), line
            name = line.removeprefix("sg-inspect: ").split(": ")[0].strip("'")
            said[name] = said.get(name, 0) + 1
        if result.returncode not in (65, 66):
            yield f"exit code {result.returncode}"
        for name, (what, _) in zip(names, damages):
            if said.get(name) != 1:
                yield f"sg-inspect, {what}: {said.get(name, 0)} messages"


def main():
    with open(sys.argv[1], "rb") as f:
        stream = f.read()
    list(songs(io.BytesIO(stream)))
    problems = []
    if len(sys.argv) == 2:
        damages = [*cuts(stream), *flips(stream)]
        for start in range(0, len(damages), 2000):
            problems += by_files(damages[start:start + 2000])
    else:
        step, command = int(sys.argv[2]), sys.argv[3:]
        # An odd stride over the bits meets every bit of a byte.
        damages = [*list(cuts(stream))[::step], *list(flips(stream))[::8 * step + 1]]
        with ThreadPoolExecutor(2) as pool:
            problems = [p for p in pool.map(lambda d: by_pipe(command, d), damages) if p]
    for problem in problems[:20]:
        print(problem)
    tool = sys.argv[3] if len(sys.argv) > 3 else "sg-inspect"
    print(f"{tool}: {len(damages)} damaged streams, {len(problems)} not refused as they should")
    sys.exit(1 if problems or not damages else 0)


if __name__ == "__main__":
    main()
