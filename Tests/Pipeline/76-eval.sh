# Figures of sounds whose truth is known, and of the whole pipe.

python3 "$PIPELINE/sounds.py"
ok 'sg-eval --json *.wav'; is_quiet
cp "$OUT" figures.jsonl
python3 "$PIPELINE/listen.py" programme.wav > heard.json
# The loudness once more, by a program that has nothing to do with libebur128.
has ffmpeg ffmpeg && ffmpeg -nostdin -hide_banner -i programme.wav -filter ebur128=peak=true -f null - \
  2> meter.txt
python3 - <<'END'
import json, math, os, re

songs = {s["id"]: s for s in map(json.loads, open("figures.jsonl"))}
assert list(songs) == ["clicks", "clipped", "holes", "loop", "programme", "voice"], list(songs)

def near(value, truth, by, what):
    assert value is not None and abs(value - truth) <= by, f"{what}: {value}, not {truth}"

near(songs["clicks"]["tempo"], 96, 0.96, "tempo")
near(1200 * math.log2(songs["voice"]["pitch"]["median"] / 440), 0, 5, "cents off 440 Hz")
loop = songs["loop"]["loop"]
near(loop["start"], 15, 0.5, "loop")
near(loop["lag"], 11, 0.1, "lag")
near(loop["seconds"], 5, 1, "length of the loop")
for name in "voice", "holes":
    assert songs[name]["loop"] is None or songs[name]["loop_share"] < 0.5, songs[name]
silence = songs["holes"]["silence"]
for key, truth in ("leading", 1), ("inner", 2), ("longest", 2), ("trailing", 0.5):
    near(silence[key], truth, 0.05, key)
assert songs["clipped"]["clipped_runs"] == 400 and songs["clipped"]["clipped_samples"] > 20_000
assert all(songs[n]["clipped_samples"] == 0 for n in songs if n != "clipped")

programme = songs["programme"]
near(programme["loudness"], json.load(open("heard.json"))["loudness"], 0.1, "loudness")
if os.path.exists("meter.txt"):
    report = open("meter.txt").read().rsplit("Summary:", 1)[1]
    def said(pattern):
        return float(re.search(pattern, report)[1])
    near(programme["loudness"], said(r"I:\s+(-?[\d.]+) LUFS"), 0.1, "loudness by ffmpeg")
    near(programme["loudness_range"], said(r"LRA:\s+([\d.]+) LU"), 0.5, "range by ffmpeg")
    near(programme["true_peak"], said(r"Peak:\s+(-?[\d.]+) dBFS"), 0.2, "peak by ffmpeg")
END

# A table to read, and a folder; the same file has the same figures.
ok 'sg-eval voice.wav'
contains "$OUT" 'median 440 Hz'
mkdir folder; cp clicks.wav voice.wav folder; cp voice.wav folder/clicks.vocal.wav
echo text > folder/notes.txt
ok 'sg-eval --json folder'
python3 - "$OUT" <<'END'
import json, sys
songs = [json.loads(line) for line in open(sys.argv[1])]
# The stem beside the song is its stem, and no song.
assert [(s["id"], s["pitch_of"]) for s in songs] == [("clicks", "vocal"), ("voice", "mixed")], songs
END

# Stems without a song are added up.
mkdir pair; cp voice.wav pair/song.vocal.wav; cp holes.wav pair/song.accompaniment.wav
ok 'sg-eval --json pair'
python3 - "$OUT" <<'END'
import json, sys
song = json.load(open(sys.argv[1]))
assert song["id"] == "song" and song["pitch_of"] == "vocal" and song["balance"] is not None, song
assert abs(song["seconds"] - 9.5) < 0.01 and abs(song["silence"]["inner"] - 2) < 0.05, song
END

# What is asked for: by a list, and by the stream itself.
cat > requests.jsonl <<'END'
{"idx": "clicks", "gt_lyric": "[verse] la la", "descriptions": "pop, the bpm is 192"}
END
ok 'sg-eval --json --requests requests.jsonl clicks.wav'
python3 -c '
import json, sys
song = json.load(open(sys.argv[1]))
assert song["tempo_asked"] == 192 and song["sections_asked"] == 1, song
assert abs(song["tempo_error"] + 0.5) < 0.01 and abs(song["tempo_folded_error"]) < 0.01, song
' "$OUT"
printf '0 7 verse\n7.0\t15 chorus\n' > labels.txt
ok 'sg-eval --json --labels labels.txt loop.wav'
contains "$OUT" '"borders_known":[7.0]'

# A reference: itself, and itself half as loud at another rate.
ok 'sg-eval --json --reference programme.wav programme.wav'
contains "$OUT" '"log_spectral_distance":0.0,'
sox programme.wav -r 44100 half.wav vol 0.5
ok 'sg-eval --json --reference half.wav programme.wav'
python3 -c '
import json, sys
song = json.load(open(sys.argv[1]))
assert abs(song["snr"]) < 0.5 and song["si_snr"] > 20 and song["pitch_error"] < 5, song
' "$OUT"

# Words: by a stand-in, and by a real recogniser of a real voice.
cat > requests.jsonl <<'END'
{"idx": "spoken", "gt_lyric": "[verse] Good morning. How are you today", "descriptions": ""}
END
espeak-ng -s 130 -w spoken.wav 'Good morning. How are you today?'
ok "sg-eval --json --requests requests.jsonl --asr 'echo good morning how was today; test -s' spoken.wav"
contains "$OUT" '"word_error":0.3333'
contains "$OUT" '"heard":"good morning how was today"'
run "sg-eval --json --requests requests.jsonl --asr 'false' spoken.wav"
is_code 69
is_message sg-eval "the recogniser 'false' told nothing: it exited with 1"
contains "$OUT" '"loudness":'
ls > before
run "sg-eval --json --requests requests.jsonl --asr 'ls -l \$TMPDIR > listed; file' spoken.wav"
contains listed .wav
ls "$TMPDIR"/*.wav 2> /dev/null && fail "the file for the recogniser is still there"
if has pocketsphinx_continuous 'pocketsphinx pocketsphinx-en-us'; then
  # A synthetic voice is hard to understand: a grammar of a few words helps.
  cat > words.gram <<'END'
#JSGF V1.0;
grammar words;
public <words> = ( one | two | three | four | five | six | seven | eight | nine | ten | wolf | river
  | silver | house | yellow )+ ;
END
  cat > requests.jsonl <<'END'
{"idx": "spoken", "gt_lyric": "[verse] Silver river, yellow house", "descriptions": ""}
END
  espeak-ng -v en-us -s 130 -w spoken.wav 'silver river yellow house'
  ok "sg-eval --json --requests requests.jsonl --asr \
    'pocketsphinx_continuous -logfn /dev/null -jsgf words.gram -infile' spoken.wav"
  python3 -c '
import json, sys
song = json.load(open(sys.argv[1]))
assert song["word_error"] <= 0.5 and song["phone_error"] <= 0.5, song["heard"]
' "$OUT"
fi

# The whole pipe.
sg-lyrics -q "$SHORT" | sg-lm -q --seed 7 | sg-decode -q > stems.sgs
ok 'sg-eval --json < stems.sgs'
cp "$OUT" piped.json
ok 'sg-eval --json stems.sgs'
same "$(sed 's/standard input/stems.sgs/' piped.json)" "$(cat "$OUT")"
python3 - <<'END'
import json
song = json.load(open("piped.json"))
assert song["seed"] == 7 and song["pitch_of"] == "vocal" and song["pitch"]["voiced"] > 0.1, song
assert song["balance"] is not None and song["tempo_asked"] and song["ended"] in (True, False), song
assert 0 < song["score"] < 1 and set(song["scores"]) >= {"loop", "tempo", "tune", "balance"}, song
END

# A mix is as loud as sg-mix says.
sg-mix -q stems.sgs -o mix.flac > mix.json
ok 'sg-eval --json --requests mix.json mix.flac'
python3 - "$OUT" <<'END'
import json, sys
song, mix = json.load(open(sys.argv[1])), json.load(open("mix.json"))
for key in "loudness", "true_peak":
    assert abs(song[key] - mix[key]) < 0.1, (key, song[key], mix[key])
assert song["tempo_asked"], song
END
