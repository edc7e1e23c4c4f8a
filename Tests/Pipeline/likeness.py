"""How like two sounds are: likeness.py VOCAL ACCOMPANIMENT SONG

Compares the sum of two 48 kHz stereo wav files with a third, both brought to one level, over levels of
bands in frames of 20 ms. Prints the correlation of their loudness and of their bands over time, and
fails below what unrelated sounds have.
"""

import math
import struct
import sys

STEP = 1920


def samples(path):
    """The middle channel of a wav file of 24 bits or 32-bit floats."""
    data = open(path, "rb").read()
    at, form, bits, channels = 12, 1, 16, 2
    while at + 8 <= len(data):
        name, size = data[at:at + 4], struct.unpack("<I", data[at + 4:at + 8])[0]
        body = data[at + 8:at + 8 + size]
        if name == b"fmt ":
            form, channels, _, _, _, bits = struct.unpack("<HHIIHH", body[:16])
            if form == 0xFFFE:
                form = struct.unpack("<H", body[24:26])[0]
        if name == b"data":
            if form == 3:
                values = struct.unpack(f"<{len(body) // 4}f", body)
            else:
                width = bits // 8
                values = [int.from_bytes(body[i:i + width], "little", signed=True) / 2 ** (bits - 1)
                          for i in range(0, len(body) - width + 1, width)]
            return [sum(values[i:i + channels]) / channels
                    for i in range(0, len(values), channels)]
        at += 8 + size + size % 2
    raise SystemExit(f"{path}: no data")


def bands(signal):
    """Levels in dB of four bands, [frames][4], by first-order filters one below the other."""
    cuts = [math.exp(-2 * math.pi * f / 48000) for f in (300, 1200, 4800)]
    state, result = [0.0] * 3, []
    for start in range(0, len(signal) - STEP + 1, STEP):
        power = [1e-9] * 4
        for x in signal[start:start + STEP]:
            for band, a in enumerate(cuts):
                state[band] = a * state[band] + (1 - a) * x
            edges = [state[0], state[1] - state[0], state[2] - state[1], x - state[2]]
            for band, value in enumerate(edges):
                power[band] += value * value
        result.append([10 * math.log10(p / STEP) for p in power])
    return result


def correlation(a, b):
    n = len(a)
    ma, mb = sum(a) / n, sum(b) / n
    va, vb = sum((x - ma) ** 2 for x in a), sum((y - mb) ** 2 for y in b)
    return sum((x - ma) * (y - mb) for x, y in zip(a, b)) / math.sqrt(va * vb + 1e-12)


def main():
    vocal, accompaniment, song = map(samples, sys.argv[1:])
    first = bands([a + b for a, b in zip(vocal, accompaniment)])
    second = bands(song)
    count = min(len(first), len(second))
    like = [correlation([f[b] for f in first[:count]], [f[b] for f in second[:count]])
            for b in range(4)]
    # The same sounds half a second apart: what chance gives.
    shift = 12
    chance = [correlation([f[b] for f in first[shift:count]],
                          [f[b] for f in second[:count - shift]]) for b in range(4)]
    signal = sum(x * x for x in vocal)
    print("bands", *(f"{x:.2f}" for x in like), "chance", *(f"{x:.2f}" for x in chance))
    assert signal > 0 and sum(like) / 4 > 0.5, "the song is not like what it was made of"
    assert sum(like) > sum(chance) + 0.5, "the song is no more like it than a shifted one"


if __name__ == "__main__":
    main()
