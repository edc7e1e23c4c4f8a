"""What is in an audio file, without any audio library, as one JSON object: listen.py FILE

WAV (16, 24 or 32 bit integers, 32 bit floats) and AU: rate, channels, frames, the peak, the share of
clipped samples, the level of each second, and the loudness after ITU-R BS.1770 (48 kHz only).
FLAC: what its first block says, with the MD5 of the samples.
"""

import array
import hashlib
import json
import math
import struct
import sys


def wav(data):
    """rate, channels, bits, samples as floats, their bytes"""
    assert data[8:12] == b"WAVE"
    at, form = 12, None
    while at < len(data):
        name, size = data[at:at + 4], struct.unpack_from("<I", data, at + 4)[0]
        body = data[at + 8:at + 8 + size]
        if name == b"fmt ":
            form = struct.unpack_from("<HHIIHH", body)
            kind = struct.unpack_from("<H", body, 24)[0] if form[0] == 0xFFFE else form[0]
        if name == b"data":
            bits = form[5]
            assert kind in (1, 3) and len(body) == size, "cut or compressed"
            return form[2], form[1], bits, numbers(body, bits, kind == 3), body
        at += 8 + size + size % 2
    raise ValueError("no data")


def numbers(body, bits, floats):
    if bits == 24:
        wide = bytearray(len(body) // 3 * 4)
        wide[1::4], wide[2::4], wide[3::4] = body[0::3], body[1::3], body[2::3]
        body, bits = bytes(wide), 32
    code = "f" if floats else {16: "h", 32: "i"}[bits]
    values = array.array(code, body)
    return values if floats else array.array("f", [v / (1 << bits - 1) for v in values])


def au(data):
    _, start, size, kind, rate, channels = struct.unpack_from(">4sIIIII", data)
    assert kind == 6, "not 32-bit floats"
    body = data[start:]
    assert size in (len(body), 0xFFFFFFFF)
    values = array.array("f", body)
    values.byteswap()
    return rate, channels, 32, values, body


def flac(data):
    assert data[4] & 127 == 0
    packed = int.from_bytes(data[18:26], "big")
    return {"rate": packed >> 44, "channels": (packed >> 41 & 7) + 1, "bits": (packed >> 36 & 31) + 1,
            "frames": packed & (1 << 36) - 1, "md5": data[26:42].hex()}


def loudness(channels, rate):
    """Integrated loudness in LUFS, with both gates."""
    assert rate == 48000
    energy = [0.0] * (len(channels[0]) // 4800)
    for samples in channels:
        a = b = c = d = 0.0  # the states of the two filters, transposed direct form
        for block in range(len(energy)):
            total = 0.0
            for x in samples[block * 4800:block * 4800 + 4800]:
                y = 1.53512485958697 * x + a
                a = -2.69169618940638 * x + 1.69065929318241 * y + b
                b = 1.19839281085285 * x - 0.73248077421585 * y
                z = y + c
                c = -2.0 * y + 1.99004745483398 * z + d
                d = y - 0.99007225036621 * z
                total += z * z
            energy[block] += total / 4800
    windows = [sum(energy[i:i + 4]) / 4 for i in range(len(energy) - 3)]

    def level(values):
        return -0.691 + 10 * math.log10(sum(values) / len(values)) if values else -math.inf

    windows = [w for w in windows if w > 0 and level([w]) > -70]
    gate = level(windows) - 10
    return level([w for w in windows if level([w]) > gate])


def main():
    with open(sys.argv[1], "rb") as f:
        data = f.read()
    if data[:4] == b"fLaC":
        print(json.dumps(flac(data)))
        return
    rate, channels, bits, samples, body = au(data) if data[:4] == b".snd" else wav(data)
    parts = [samples[c::channels] for c in range(channels)]
    seconds = [math.sqrt(sum(x * x for x in samples[i:i + rate * channels]) / (rate * channels))
               for i in range(0, len(samples) - rate * channels + 1, rate * channels)]
    print(json.dumps({
        "rate": rate, "channels": channels, "bits": bits, "frames": len(samples) // channels,
        "peak": max(abs(x) for x in samples),
        "clipped": sum(abs(x) >= 0.9999 for x in samples) / len(samples),
        "seconds": [20 * math.log10(max(s, 1e-9)) for s in seconds],
        "loudness": loudness(parts, rate), "md5": hashlib.md5(body).hexdigest()}))


if __name__ == "__main__":
    main()
