"""A stream of stems on standard output: a tone for each of SONGS songs, SECONDS long.

  tones.py SECONDS [SONGS]
"""

import math
import struct
import sys

from sgs import closed, song

RATE = 48000


def stems(seconds, number=1):
    """A song `tonesN`: 440 Hz on the left as vocal, 110 Hz in the middle as accompaniment."""
    tracks = [{"name": n, "type": "f32", "shape": [2], "rate": [RATE, 1]}
              for n in ("vocal", "accompaniment")]
    total, blocks = int(seconds * RATE), []
    for start in range(0, total, RATE):
        frames = range(start, min(total, start + RATE))
        for track, (left, right, hz) in enumerate(((0.2, 0.0, 440), (0.1, 0.1, 110))):
            data = bytearray()
            for n in frames:
                value = math.sin(2 * math.pi * hz * n / RATE)
                data += struct.pack("<2f", left * value, right * value)
            blocks.append((track, start, bytes(data)))
    header = {"sgs": 1, "kind": "pcm", "id": f"tones{number}", "seed": number, "tracks": tracks,
              "models": [], "history": [], "max_skew": RATE}
    return song(header, blocks, {"frames": {t["name"]: total for t in tracks}, "stop": "end"})


if __name__ == "__main__":
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    songs = (stems(float(sys.argv[1]), n) for n in range(1, count + 1))
    sys.stdout.buffer.write(closed(*songs))
