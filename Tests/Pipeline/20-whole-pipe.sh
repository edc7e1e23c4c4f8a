# The whole pipe on the article's example: four processes, one song.

mkdir kept
run 'sg-lyrics "$SONG" | sg-lm --seed 7 | tee kept/tokens.sgs | sg-decode | tee kept/stems.sgs |
  sg-mix -o song.flac'
is_code 0
contains "$ERR" "song.flac: 0:"
contains "$ERR" "-14.0 LUFS, true peak -"
contains "$ERR" "seed 7, model tiny (toy)"
same "$(ls -A)" $'kept\nsong.flac'
cp "$OUT" song.json

# The same stems as WAV, AU and with other settings.
mv kept/*.sgs .
sg-mix -q stems.sgs -o song.wav > wav.json
sg-mix -q --loudness -20 --true-peak -3 stems.sgs > song.au
sg-mix -q --rate 44100 --bits 16 stems.sgs -o cd.flac > cd.json
for file in song.flac song.wav song.au cd.flac; do
  python3 "$PIPELINE/listen.py" $file > $file.facts
done
sg-inspect --json tokens.sgs > tokens.json

python3 - <<'END'
import json

def facts(name):
    return json.load(open(name))

flac, wav, au, cd = (facts(f"{n}.facts") for n in ("song.flac", "song.wav", "song.au", "cd.flac"))
tokens, song = facts("tokens.json"), facts("song.json")

# As long as its tokens, which are as long as the request needs.
seconds = tokens["frames"]["vocal"] / 25
assert 10 <= seconds <= 40, seconds
assert flac["rate"] == 48000 and flac["channels"] == 2 and flac["bits"] == 24
assert flac["frames"] == round(seconds * 48000), (flac["frames"], seconds)
assert abs(song["duration"] - seconds) < 0.01
assert cd["rate"] == 44100 and cd["bits"] == 16
assert abs(cd["frames"] - seconds * 44100) <= 64, cd["frames"]

# Both formats hold the same samples: FLAC names the hash of its own.
assert wav["rate"] == 48000 and wav["bits"] == 24 and wav["md5"] == flac["md5"]

# Sound from beginning to end: neither silence, nor clipping, nor one level throughout.
for heard, target, ceiling in (wav, -14, -1), (au, -20, -3):
    assert heard["channels"] == 2 and heard["frames"] == flac["frames"]
    assert heard["peak"] <= 10 ** (ceiling / 20) + 1e-4 and heard["clipped"] == 0, heard["peak"]
    assert abs(heard["loudness"] - target) < 0.5, heard["loudness"]
    levels = heard["seconds"]
    assert len(levels) == int(seconds) and max(levels) > target - 10
    assert sum(level > target - 30 for level in levels) > 0.8 * len(levels), levels
    assert max(levels) - min(levels) > 1, levels

# What is told of the song is what it is.
assert song["idx"] == "song1" and song["seed"] == 7 and song["toy"] is True
assert song["gt_lyric"].startswith("[intro-short] ; [verse] These faded memories of us.")
assert song["wav_path"] == "song.flac" and abs(song["loudness"] - wav["loudness"]) < 0.3, song
assert song["settings"]["sg-lm"] and song["settings"]["sg-decode"]["steps"] == 2
assert [m["role"] for m in song["models"]] == ["lm", "codec"]
END

# The stems are kept beside the song, and the decoder's stems make its own mix.
sg-lm -q --seed 7 --duration 4 <(sg-lyrics -q "$SONG") > short.sgs
sg-decode -q --window 50 --stems vocal,accompaniment,mixed short.sgs > three.sgs
sg-mix -q --keep-stems -o kept.wav three.sgs > kept.json
for stem in vocal accompaniment mixed; do
  python3 "$PIPELINE/listen.py" kept.$stem.wav > $stem.facts
done
python3 - <<'END'
import json, sys
sys.path.insert(0, __import__("os").environ["PIPELINE"])
import listen
stems = {n: listen.wav(open(f"kept.{n}.wav", "rb").read())[3]
         for n in ("vocal", "accompaniment", "mixed")}
assert len(stems["mixed"]) == 2 * 4 * 48000
worst = max(abs(v + a - m) for v, a, m in zip(*stems.values()))
assert worst < 1e-5, f"vocal + accompaniment is not mixed: {worst}"
for name in stems:
    assert json.load(open(f"{name}.facts"))["peak"] > 0.01, f"{name} is silent"
END
