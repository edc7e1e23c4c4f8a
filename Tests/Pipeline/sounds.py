"""Sounds whose figures are known, as WAV files in the working directory: sounds.py

  clicks.wav   30 s of clicks at 96 bpm, stereo
  voice.wav    3 s of 440 Hz with harmonics
  loop.wav     24 s, of which the 5 s from 15 s on are those from 4 s on
  holes.wav    1 s of silence, 3 s of sound, 2 s of silence, 3 s of sound, 0.5 s of silence
  clipped.wav  2 s of a sine, cut off at full scale
  programme.wav  25 s of tones and noise of changing level, stereo, for a meter of loudness
"""

import array
import math
import random
import struct

RATE = 48000


def write(name, samples, channels=1):
    """16 bits; `samples` are those of one channel, written to all."""
    data = array.array("h", (max(-32768, min(32767, round(32767 * s))) for s in samples
                             for _ in range(channels))).tobytes()
    head = struct.pack("<IHHIIHH", 16, 1, channels, RATE, RATE * 2 * channels, 2 * channels, 16)
    with open(name, "wb") as file:
        file.write(b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + head
                   + b"data" + struct.pack("<I", len(data)) + data)


def tone(hertz, seconds, level=0.2, harmonics=1):
    count = int(seconds * RATE)
    step = 2 * math.pi * hertz / RATE
    return [sum(level / 2 ** h * math.sin((h + 1) * step * n) for h in range(harmonics))
            * min(1, n / 240, (count - n) / 240) for n in range(count)]


def events(seconds, draw):
    samples = []
    while len(samples) < seconds * RATE:
        samples += tone(150 * 2 ** (5 * draw.random()), 0.1 + 0.3 * draw.random(), harmonics=2)
    return samples[:int(seconds * RATE)]


def main():
    draw = random.Random(1)
    quiet = lambda seconds: [0.0] * int(seconds * RATE)

    clicks = quiet(30)
    for beat in range(48):
        for n in range(480):
            clicks[int(beat * 0.625 * RATE) + n] += 0.5 * math.exp(-n / 100) * draw.uniform(-1, 1)
    write("clicks.wav", clicks, channels=2)

    write("voice.wav", tone(440, 3, harmonics=8))

    first = events(15, draw)
    write("loop.wav", first + first[4 * RATE:9 * RATE] + events(4, draw))

    write("holes.wav", quiet(1) + tone(330, 3) + quiet(2) + tone(330, 3) + quiet(0.5))

    write("clipped.wav", [max(-1, min(1, 3 * s)) for s in tone(100, 2, level=0.6)])

    write("programme.wav", [s for part in range(10) for s in (
        value + 0.02 * (part % 3) * draw.uniform(-1, 1)
        for value in tone(200 + 90 * part, 2.5, level=0.05 + 0.05 * (part % 4), harmonics=4))],
          channels=2)


if __name__ == "__main__":
    main()
