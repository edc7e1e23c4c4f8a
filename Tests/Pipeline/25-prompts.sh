# Prompt tokens, in the stream of the request or in a file, condition the song and are passed on.

sg-lyrics -q "$SHORT" > request.sgs
python3 - <<'END'
import json, os, struct, sys
sys.path.insert(0, os.environ["PIPELINE"])
import sgs

NAMES = ["prompt." + n for n in ("mixed", "vocal", "accompaniment")]
tracks = [{"name": n, "type": "u16", "shape": [1], "rate": [25, 1], "vocab": 2048} for n in NAMES]

def blocks(value):
    return [(i, 0, struct.pack("<25H", *[(value * (i + 1) + n) % 2048 for n in range(25)]))
            for i in range(3)]

totals = {"frames": {n: 25 for n in NAMES}, "stop": "end"}
fields = json.load(open(os.environ["SHORT"]))
for name, value in ("a", 100), ("b", 900):
    reference = {"sgs": 1, "kind": "request", "id": name, "tracks": tracks, "models": [],
                 "history": []}
    open(f"{name}.sgs", "wb").write(sgs.closed(sgs.song(reference, blocks(value), totals)))
# The request itself with its prompt, as an encoder in the pipe would write it.
header = next(sgs.songs(open("request.sgs", "rb")))[0] | {"tracks": tracks}
open("own.sgs", "wb").write(sgs.closed(sgs.song(header, blocks(100), totals)))
END

lm='sg-lm -q --seed 3 --duration 3 --temp 1'
$lm request.sgs > none.tokens
$lm own.sgs > own.tokens
for name in a b; do $lm --prompt $name.sgs request.sgs > $name.tokens; done
same_files a.tokens own.tokens
# What a song has of its own gives way to what the user says.
$lm --prompt b.sgs own.sgs > other.tokens
same_files b.tokens other.tokens

python3 - <<'END'
import os, sys
sys.path.insert(0, os.environ["PIPELINE"])
import sgs

def tracks(name):
    header, data, _, _ = next(sgs.songs(open(name, "rb")))
    return dict(zip((t["name"] for t in header["tracks"]), map(bytes, data)))

none, a, b = (tracks(f"{n}.tokens") for n in ("none", "a", "b"))
prompts = {n for n in a if n.startswith("prompt.")}
assert len(prompts) == 3 and len(none) == 3
for name, song in ("a", a), ("b", b):
    reference = tracks(f"{name}.sgs")
    assert all(song[p] == reference[p] for p in prompts), "a prompt came out changed"
own = ("mixed", "vocal", "accompaniment")
assert len({tuple(song[n] for n in own) for song in (none, a, b)}) == 3, "a prompt changes nothing"
END

# The decoder takes a song with its prompt.
ok 'sg-decode -q --window 75 --steps 1 a.tokens > a.stems'
ok 'sgs songs a.stems'
contains "$OUT" 'vocal 144000 accompaniment 144000 E max'

# A prompt that would fill the memory is refused.
python3 - <<'END'
import os, sys
sys.path.insert(0, os.environ["PIPELINE"])
import sgs
tracks = [{"name": "prompt.x", "type": "f32", "shape": [4096], "rate": [1000, 1]}]
frames = [(0, 1000 * n, bytes(16384 * 1000)) for n in range(2)]
header = {"sgs": 1, "kind": "request", "id": "large", "request": {"gt_lyric": "[verse] La la"},
          "tracks": tracks, "models": [], "history": []}
totals = {"frames": {"prompt.x": 2000}, "stop": "end"}
open("large.sgs", "wb").write(sgs.closed(sgs.song(header, frames, totals)))
END
run "$lm large.sgs > large.tokens"
is_code 65
is_message sg-lm 'the prompt has more than 16777216 bytes'

# Half a prompt is none.
python3 - <<'END'
import os, struct, sys
sys.path.insert(0, os.environ["PIPELINE"])
import sgs
header, data, kind, last = next(sgs.songs(open("own.sgs", "rb")))
header["tracks"] = header["tracks"][:2]
frames = [(i, 0, bytes(data[i])) for i in range(2)]
totals = {"frames": {t["name"]: 25 for t in header["tracks"]}, "stop": "end"}
open("half.sgs", "wb").write(sgs.closed(sgs.song(header, frames, totals)))
END
run "$lm half.sgs > half.tokens"
is_code 65
is_message sg-lm 'a prompt needs three u16 token tracks'
run "$lm --prompt half.sgs request.sgs"
is_refusal sg-lm 65 'a prompt needs three u16 token tracks'
