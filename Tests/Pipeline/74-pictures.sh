# Pictures of token rows, stems and audio files.

python3 "$PIPELINE/rows.py" '<i4' 3xT 1 rows.npy 700
sg-inspect --from-npy rows.npy --vocab 2048 -o rows.sgs

# Stems and an audio file, both of one second and a half.
python3 - << 'END'
import json, math, struct, zlib

def record(kind, body, seq, track=255, pos=0):
    head = struct.pack("<4s4BIIQI", b"\x89SG\n", 1, ord(kind), track, 0, seq, len(body), pos,
                       zlib.crc32(body))
    return head + struct.pack("<I", zlib.crc32(head)) + body

def tone(hertz, frames):
    return [0.3 * math.sin(2 * math.pi * hertz * t / 8000) for t in range(frames)]

stems = [("vocal", tone(440, 12000)), ("accompaniment", tone(110, 12000))]
tracks = [{"name": name, "type": "f32", "shape": [1], "rate": [8000, 1]} for name, _ in stems]
header = {"sgs": 1, "kind": "pcm", "id": "tones", "tracks": tracks}
stream = record("H", json.dumps(header).encode(), 0)
for index, (_, samples) in enumerate(stems):
    stream += record("D", struct.pack(f"<{len(samples)}f", *samples), index + 1, index)
ending = {"frames": {name: len(samples) for name, samples in stems}, "stop": "end"}
stream += record("E", json.dumps(ending).encode(), 3) + record("Z", b"", 0, pos=1)
open("stems.sgs", "wb").write(stream)

samples = struct.pack("<12000h", *(int(32767 * value) for value in tone(440, 12000)))
open("tone.wav", "wb").write(
    b"RIFF" + struct.pack("<I", 36 + len(samples)) + b"WAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    + b"data" + struct.pack("<I", len(samples)) + samples)
END

# is_picture FILE: a PNG whose every chunk is whole.
is_picture() {
  python3 - "$1" << 'END'
import struct, sys, zlib
data = open(sys.argv[1], "rb").read()
assert data[:8] == b"\x89PNG\r\n\x1a\n"
place, kinds = 8, []
while place < len(data):
    size, kind = struct.unpack(">I4s", data[place:place + 8])
    body = data[place + 8:place + 8 + size]
    assert struct.unpack(">I", data[place + 8 + size:place + 12 + size])[0] == zlib.crc32(kind + body)
    kinds.append(kind)
    place += 12 + size
assert kinds[0] == b"IHDR" and kinds[-1] == b"IEND" and b"IDAT" in kinds
END
}

for file in rows.sgs stems.sgs tone.wav; do
  ok "sg-inspect --png $file.png $file"; is_silent; is_quiet
  is_picture $file.png
  # The same from a pipe and from a redirected file; only the title of audio has the name.
  sg-inspect --png - < $file > redirected.png
  cat $file | sg-inspect --png - > piped.png
  is_picture piped.png
  same_files redirected.png piped.png
  [[ $file == *.wav ]] || same_files $file.png piped.png
done
! cmp -s rows.sgs.png stems.sgs.png || fail "the same picture"

# What cannot be drawn.
run 'sg-inspect --png x.png rows.npy'; is_refusal sg-inspect 65 'not audio'
run 'sg-inspect --png x.png missing.sgs'; is_refusal sg-inspect 66 'missing.sgs'
run 'sg-inspect --png x.png < /dev/null'; is_refusal sg-inspect 66 'nothing to read'
cat rows.sgs stems.sgs > both.sgs
run 'sg-inspect --png x.png both.sgs'; is_refusal sg-inspect 64 '--song'
run 'sg-inspect --png x.png --song 1 tone.wav'; is_refusal sg-inspect 64 '--song'
run 'sg-inspect --png x.png --max-seconds 1 tone.wav'; is_refusal sg-inspect 65 '--max-seconds'
head -c 3000 rows.sgs > cut.sgs
run 'sg-inspect --png x.png cut.sgs'; is_refusal sg-inspect 65 'record at byte'
run 'sg-inspect --tsv stems.sgs'; is_refusal sg-inspect 65 'no token rows'
absent x.png
ok 'sg-inspect --png x.png --song 2 both.sgs'
same_files x.png stems.sgs.png
