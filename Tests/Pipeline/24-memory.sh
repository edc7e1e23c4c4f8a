# Memory is bounded by windows and records, not by songs, and not by how many there are.

bounded() { python3 "$PIPELINE/memory.py" "$@" || fail "memory grows with the song"; }

sg-lyrics -q "$SONG" | sg-lm -q --seed 7 --duration 4 > short.sgs
sg-lyrics -q "$SONG" | sg-lm -q --seed 7 --duration 36 > long.sgs
# 32 seconds of both stems are 25 MB.
bounded 10 short.sgs long.sgs sg-decode -q --seed 1 --window 50 --steps 1

python3 "$PIPELINE/tones.py" 5 > short.stems
python3 "$PIPELINE/tones.py" 100 > long.stems
bounded 20 short.stems long.stems sg-mix -q
bounded 20 short.stems long.stems sg-inspect
bounded 20 short.stems long.stems sg-eval --json
bounded 20 short.stems long.stems sg-eval -q --best

head -c -32 short.stems > one
{ for _ in {1..20}; do cat one; done; cat short.stems; } > many
python3 - <<'END'
import sys
sys.path.insert(0, __import__("os").environ["PIPELINE"])
import sgs
open("end", "wb").write(sgs.record("Z", pos=21))
END
{ head -c -32 many; cat end; } > many.stems
bounded 20 short.stems many.stems sg-mix -q -o songs/
same "$(ls songs | wc -l)" 21
