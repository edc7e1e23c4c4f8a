"""Token rows as an .npy file without NumPy: rows.py TYPE SHAPE SEED FILE [FRAMES [VOCAB]]

SHAPE is 3xT or 1x3xT; the values are the same for the same seed, whatever the type.
"""

import random
import struct
import sys

kind, form, seed, path = sys.argv[1:5]
frames = int(sys.argv[5]) if len(sys.argv) > 5 else 60
vocab = int(sys.argv[6]) if len(sys.argv) > 6 else 2048
rng = random.Random(int(seed))
values = [rng.randrange(vocab) for _ in range(3 * frames)]
shape = {"3xT": f"(3, {frames})", "1x3xT": f"(1, 3, {frames})"}[form]
text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
text += " " * (-(11 + len(text)) % 64) + "\n"
code = {"<i4": "<i", "<i8": "<q", "<u2": "<H", "<f4": "<f"}[kind]
with open(path, "wb") as file:
    file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode())
    for value in values:
        file.write(struct.pack(code, value))
