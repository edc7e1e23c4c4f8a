# Candidates in order, and the best of them through the pipe.

# Candidates of two requests, of which one of each is worse: silent for half of the time.
python3 - <<'END'
import math, os, random, struct, sys
sys.path.insert(0, os.environ["PIPELINE"])
import sgs

RATE = 24000

def take(request, index, gap, fails=False):
    draw = random.Random(request)
    tracks = [{"name": n, "type": "f32", "shape": [1], "rate": [RATE, 1]}
              for n in ("vocal", "accompaniment")]
    stems = ([], [])
    for note in range(16):
        pitch = 220 * 2 ** (draw.choice([0, 2, 4, 5, 7, 9, 11]) / 12)
        for n in range(RATE // 2):
            on = not gap or not 4 <= note < 12
            stems[0].append(on * 0.2 * math.sin(2 * math.pi * pitch * n / RATE))
            stems[1].append(on * 0.2 * math.exp(-n / 900) * draw.uniform(-1, 1))
    header = {"sgs": 1, "kind": "pcm", "id": f"{request}.{index}", "seed": index, "tracks": tracks,
              "candidate": {"index": index, "of": 3, "song": request}}
    frames = [(t, at, struct.pack(f"<{RATE}f", *stems[t][at:at + RATE]))
              for at in range(0, len(stems[0]), RATE) for t in (0, 1)]
    if fails:
        return sgs.song(header, frames[:3], abort={"tool": "sg-lm", "code": 65, "message": "no"})
    return sgs.song(header, frames, {"frames": {t["name"]: len(stems[0]) for t in tracks},
                                     "stop": "eos"})

with open("takes.sgs", "wb") as file:
    file.write(sgs.closed(take("one", 1, True), take("one", 2, False), take("one", 3, True),
                          take("two", 1, False), take("two", 2, True)))
with open("failed.sgs", "wb") as file:
    file.write(sgs.closed(take("one", 1, True), take("one", 2, False, fails=True),
                          take("two", 1, False, fails=True)))
END

ok 'sg-eval --rank takes.sgs'
same "$(cut -f 1 "$OUT" | tr '\n' ' ' | cut -c 1-12)" 'one.2 two.1 '
same "$(head -n 1 "$OUT" | cut -f 3)" 2
ok 'sg-eval --rank --json takes.sgs'
same "$(head -n 2 "$OUT" | grep -o '"id":"[^"]*"' | sort | tr '\n' ' ')" '"id":"one.2" "id":"two.1" '
run 'sg-eval --rank takes.sgs | head -n 1'
same "$(cut -f 1 "$OUT")" one.2

# The best of each request, sample for sample, with a word on it in the history.
ok 'sg-eval --best < takes.sgs > best.sgs'
same "$(sgs songs best.sgs | cut -d ' ' -f 2 | tr '\n' ' ')" 'one.2 two.1 '
contains "$ERR" "'one.2': the best of 3 with a score of 0."
sg-inspect --json best.sgs > best.json
same "$(grep -c '"tool":"sg-eval"' best.json)" 2
python3 - <<'END'
import os, sys
sys.path.insert(0, os.environ["PIPELINE"])
import sgs
def frames(name, wanted):
    """The D records of a song: payloads."""
    found, inside = [], False
    for entry in sgs.records(open(name, "rb")):
        kind, payload = entry[0], entry[-1]
        if kind == "H": inside = f'"id":"{wanted}"'.encode() in payload.replace(b'": "', b'":"')
        if kind == "D" and inside: found.append(payload)
    return b"".join(found)
for wanted in "one.2", "two.1":
    assert len(frames("best.sgs", wanted)) > 1_000_000
    assert frames("best.sgs", wanted) == frames("takes.sgs", wanted), wanted
END
ok 'sg-eval -q --best -o again.sgs takes.sgs'; is_silent; is_quiet
same_files best.sgs again.sgs
# Other weights, another choice: with nothing to judge all are alike, and the first stays.
ok 'sg-eval -q --best takes.sgs --weight silence=0 --weight ending=1 --weight voice=0 --weight loop=0 \
  --weight tune=0 --weight clipping=0 --weight balance=0 --weight leakage=0 > first.sgs'
same "$(sgs songs first.sgs | cut -d ' ' -f 2 | tr '\n' ' ')" 'one.1 two.1 '

# Songs that failed: another is taken, or the failure goes on.
run 'sg-eval --best failed.sgs > rest.sgs'
is_code 65
contains "$ERR" 'sg-lm gave up on it: no'
same "$(sgs songs rest.sgs | cut -d ' ' -f 2 | tr '\n' ' ')" 'one.1 two.1 '
sgs songs rest.sgs | tail -n 1 | grep -q ' A 65' || fail "no failed song"

# A stream that is cut passes on nothing whole.
head -c 900000 takes.sgs > cut.sgs
run 'sg-eval --best cut.sgs > out.sgs'
is_code 65
sgs whole out.sgs && fail "a whole stream"
run 'sg-eval --best -o kept.sgs cut.sgs'
is_code 65
absent kept.sgs

# Real candidates to a file; one place, three tools on both sides.
ok 'sg-lyrics -q "$SHORT" | sg-lm -q -n 3 --seed 7 --duration 4 | sg-decode -q --window 10 --steps 2 |
  sg-eval -q --best | sg-mix -q -o song.flac'
[[ -s song.flac ]] || fail "no song"
same "$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["settings"]["sg-eval"]["best_of"])' \
  "$OUT")" 3
