"""Sound before the end of the tokens: early.py REQUEST TOKENS STEMS

Runs sg-lm and sg-decode with a pipe between them that passes on only the first tokens until sound
has come out of sg-decode. sg-lm cannot have ended then: its output does not fit into what is
between them. Writes what both wrote to TOKENS and STEMS.
"""

import fcntl
import io
import subprocess
import sys
import threading

from sgs import records

PIPE_SIZE = 1031  # fcntl(2): F_SETPIPE_SZ
WINDOW = 50  # frames


def record(pipe):
    """The bytes of the next record."""
    head = pipe.read(32)
    return head + pipe.read(int.from_bytes(head[12:16], "little")) if head else b""


def main():
    request, tokens, stems = sys.argv[1:]
    lm = subprocess.Popen(["sg-lm", "-q", "--seed", "7", "--duration", "20", request],
                          stdout=subprocess.PIPE, bufsize=0)
    fcntl.fcntl(lm.stdout, PIPE_SIZE, 4096)
    decode = subprocess.Popen(["sg-decode", "-q", "--steps", "2", "--window", str(WINDOW)],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    passed, frames = [], 0
    source, heard = io.BufferedReader(lm.stdout, 256), io.BufferedReader(decode.stdout)
    while frames < 3 * 2 * WINDOW:
        passed.append(record(source))
        assert passed[-1], "sg-lm wrote too little"
        frames += int.from_bytes(passed[-1][12:16], "little") // 2 * (passed[-1][5] == ord("D"))
        decode.stdin.write(passed[-1])

    sound = [record(heard), record(heard)]
    (h, *_), (d, *_) = (next(records(io.BytesIO(r))) for r in sound)
    assert (h, d) == ("H", "D"), "no sound after the first tokens"
    assert lm.poll() is None, "sg-lm has ended already"
    assert decode.poll() is None
    print(f"sound after {frames // 3} frames of tokens, with sg-lm at work")

    def rest():
        while piece := record(source):
            passed.append(piece)
            decode.stdin.write(piece)
        decode.stdin.close()

    relay = threading.Thread(target=rest)
    relay.start()
    while piece := record(heard):
        sound.append(piece)
    relay.join()
    assert lm.wait() == 0 and decode.wait() == 0
    assert len(passed) > frames // 5 + 100, "the song is too short to show anything"
    for name, pieces in (tokens, passed), (stems, sound):
        with open(name, "wb") as f:
            f.write(b"".join(pieces))


if __name__ == "__main__":
    main()
