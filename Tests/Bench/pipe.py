"""Times the whole pipe with a model directory: pipe.py BIN MODEL SECONDS [DECODE-OPTION...]

BIN is the folder of the tools. A line for each tool gives its seconds of processor and its peak memory,
the last line the real-time factor: seconds of work for one of sound. The song is one stem and at most
SECONDS long; what it has become is told.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

REQUEST = ('{"idx": "bench", "gt_lyric": "[verse] Silver morning on the river. Walk along the golden '
           'road. ; [chorus] Hold me in the summer rain.", "descriptions": "female, pop, happy"}\n')


def chain(commands):
    """Runs a pipe to its end; for each command its processor seconds and peak memory in MiB."""
    running, source = [], subprocess.PIPE
    for index, command in enumerate(commands):
        last = index == len(commands) - 1
        tool = subprocess.Popen(command, stdin=source,
                                stdout=subprocess.DEVNULL if last else subprocess.PIPE)
        if index:
            source.close()
        running.append(tool)
        source = tool.stdout
    running[0].stdin.write(REQUEST.encode())
    running[0].stdin.close()
    figures = {}
    for _ in running:
        pid, status, usage = os.wait3(0)
        code = os.waitstatus_to_exitcode(status)
        figures[pid] = (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        for tool in running:
            if tool.pid == pid:
                tool.returncode = code
    for tool in running:
        if tool.returncode:
            sys.exit(f"pipe.py: {tool.args[0]} ended with {tool.returncode}")
    return [figures[tool.pid] for tool in running]


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__.splitlines()[0])
    folder, model, seconds, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        song = os.path.join(work, "song.wav")
        commands = [
            ["sg-lyrics"],
            ["sg-lm", "--model", model, "--seed", "1", "--duration", seconds],
            ["sg-decode", "--model", model, "--stems", "mixed", *options],
            ["sg-mix", "-o", song],
        ]
        commands = [[os.path.join(folder, name), "--progress", "none", *rest]
                    for name, *rest in commands]
        begin = time.monotonic()
        figures = chain(commands)
        wall = time.monotonic() - begin
        told = subprocess.run([os.path.join(folder, "sg-eval"), "--json", song], check=True,
                              capture_output=True, text=True).stdout
        length = json.loads(told)["seconds"]
    for command, (processor, memory) in zip(commands, figures):
        print(f"{os.path.basename(command[0]):10} {processor:8.1f} s processor  {memory:6.0f} MiB")
    print(f"{length:.1f} s of song in {wall:.1f} s: real-time factor {wall / length:.2f}; "
          f"sg-lm and sg-decode together {figures[1][1] + figures[2][1]:.0f} MiB")


if __name__ == "__main__":
    main()
