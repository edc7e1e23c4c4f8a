# The first stem PCM leaves sg-decode before sg-lm has ended, and what comes out is what comes out
# through files.

sg-lyrics -q "$SONG" -o request.sgs
python3 "$PIPELINE/early.py" request.sgs tokens.sgs stems.sgs
sg-lm -q --seed 7 --duration 20 request.sgs -o file.sgs
same_files file.sgs tokens.sgs
sg-decode -q --steps 2 --window 50 file.sgs -o file.stems
same_files file.stems stems.sgs

# Records are of a second at most, and the stems go side by side, so that sg-mix need not wait.
python3 - <<'END'
import os, sys
sys.path.insert(0, os.environ["PIPELINE"])
import sgs
seen = [0, 0]
for kind, track, _, pos, body in sgs.records(open("stems.sgs", "rb")):
    if kind == "D":
        assert pos == seen[track] and len(body) <= 48000 * 8
        seen[track] += len(body) // 8
        assert abs(seen[0] - seen[1]) <= 48000, seen
assert seen == [20 * 48000] * 2, seen
# Tokens come a few at a time, the mixed ones first.
rows = [0, 0, 0]
for kind, track, _, pos, body in sgs.records(open("tokens.sgs", "rb")):
    if kind == "D":
        assert len(body) <= 2 * 25
        rows[track] += len(body) // 2
        assert rows[0] >= max(rows), rows
assert rows == [500] * 3, rows
END
