# Nothing that a stream says reaches a terminal as a control sequence.

python3 - << 'END'
import json, struct, zlib

def record(kind, value, seq):
    body = json.dumps(value, ensure_ascii=False).encode() if value is not None else b""
    head = struct.pack("<4s4BIIQI", b"\x89SG\n", 1, ord(kind), 255, 0, seq, len(body),
                       2 if kind == "Z" else 0, zlib.crc32(body))
    return head + struct.pack("<I", zlib.crc32(head)) + body

evil = "\u001b[2J\u009b31m\u202egpj\u2028\r\n\u200b"
header = {"sgs": 1, "kind": "request", "id": "x", "request": {"lyrics": evil, evil: evil},
          "later": evil, "history": [{"tool": "t", "version": "1", "options": {evil: evil}}]}
stream = record("H", header, 0) + record("E", {"frames": {}, "stop": "end"}, 1)
stream += record("H", header, 0) + record("A", {"tool": "t", "code": 69, "message": evil}, 1)
open("evil.sgs", "wb").write(stream + record("Z", None, 0))
END

# Control, format and separator characters, but for the line feeds of the lines themselves.
is_clean() {
  python3 - "$@" << 'END'
import sys, unicodedata
for name in sys.argv[1:]:
    for line in open(name, encoding="utf-8", newline="\n").read().split("\n"):
        bad = [c for c in line if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
        assert not bad, (name, bad)
END
}

for flags in '' --json; do
  run "sg-inspect $flags evil.sgs"
  is_code 69
  is_message sg-inspect 'gave up on it'
  same "$(wc -l < "$OUT")" 2
  is_clean "$OUT" "$ERR"
done
run 'sg-inspect --check -v evil.sgs'; is_code 69; is_clean "$ERR"
run 'sg-inspect --recover evil.sgs -o saved.sgs'; is_code 0; is_clean "$ERR"
same "$(sg-inspect saved.sgs | wc -l)" 1

# Printed JSON is still the same JSON.
sg-inspect --json saved.sgs | python3 -c '
import json, sys
song = json.loads(sys.stdin.read())
assert song["later"] == "\x1b[2J\x9b31m\u202egpj\u2028\r\n\u200b", song'

# The name of a file is no better than what is in it.
evil=$'evil\e[2J.sgs'
printf 'x' > "$evil"
run "sg-inspect $'evil\\e[2J.sgs' $'no\\e[2J.sgs'"
is_code 65
is_clean "$ERR"
