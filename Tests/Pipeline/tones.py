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
    # The tones fit whole into a second, so all seconds are the same.
    wave = [b"".join(struct.pack("<2f", left * value, right * value)
                     for value in (math.sin(2 * math.pi * hz * n / RATE)
                                   for n in range(min(total, RATE))))
            for left, right, hz in ((0.2, 0.0, 440), (0.1, 0.1, 110))]
    for start in range(0, total, RATE):
        for track in 0, 1:
            blocks.append((track, start, wave[track][:8 * min(RATE, total - start)]))
    header = {"sgs": 1, "kind": "pcm", "id": f"tones{number}", "seed": number, "tracks": tracks,
              "models": [], "history": [], "max_skew": RATE}
    return song(header, blocks, {"frames": {t["name"]: total for t in tracks}, "stop": "end"})


if __name__ == "__main__":
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    songs = (stems(float(sys.argv[1]), n) for n in range(1, count + 1))
    sys.stdout.buffer.write(closed(*songs))
