# The reference's command line, made of the pipe: the same inputs and the same files.

python3 - > songs.jsonl <<'END'
import json
for n in range(3):
    print(json.dumps({"idx": f"song{n}", "gt_lyric": f"[verse] Word number {n}", "mood": "kept"}))
END
options='--seed 7 --duration 0.4 -q'
songs() { (cd "$1" && find . -name '*.flac' | sort | xargs sha256sum); }

ok "sg-generate tiny songs.jsonl out $options"
same "$(cd out && find . -type f | sort | tr '\n' ' ')" \
  "./audios/song0.flac ./audios/song1.flac ./audios/song2.flac ./journal.jsonl ./jsonl/songs.jsonl.jsonl "
python3 - <<'END'
import json
lines = [json.loads(line) for line in open("out/jsonl/songs.jsonl.jsonl")]
for n, song in enumerate(lines):
    assert song["idx"] == f"song{n}" and song["wav_path"] == f"out/audios/song{n}.flac", song
    assert song["gt_lyric"].endswith(f"number {n}") and song["mood"] == "kept" and song["seed"] == 7
assert len(lines) == 3
END

# Lean memory changes no music; a folder without a slash is a folder, as it is for the reference.
python3 - <<'END'
import os
os.makedirs("here")
END
model=$REPO/Sources/CDefaultModel/model
ok "sg-generate $model songs.jsonl lean --low_mem $options"
rm -r here
cp -r "$model" here
ok "sg-generate --not_use_flash_attn here songs.jsonl folder/ $options"
same "$(songs lean)" "$(songs folder)"
absent lean/.tokens* lean/.requests*

# What it is asked for: one stem, the other, or all of them.
for type in vocal bgm; do
  ok "sg-generate tiny songs.jsonl $type --$type $options"
  same "$(ls $type/audios | tr '\n' ' ')" 'song0.flac song1.flac song2.flac '
  cmp -s $type/audios/song0.flac out/audios/song0.flac && fail "--$type changes nothing"
done
ok "sg-generate tiny songs.jsonl separate --separate $options"
same "$(ls separate/audios | head -n 3 | tr '\n' ' ')" 'song0.flac song0_bgm.flac song0_vocal.flac '
same "$(ls separate/audios | wc -l)" 9
for file in separate/audios/song0*; do python3 "$PIPELINE/listen.py" "$file"; done > facts
same "$(grep -c '"bits": 24' facts)" 3

# A recording that a request names, beside the requests or where it is told; one outside is refused.
mkdir box
cp out/audios/song0.flac box/reference.flac
python3 - <<'END'
import json
for name, path in (("inside", "reference.flac"), ("outside", "../out/audios/song0.flac")):
    with open(f"box/{name}.jsonl", "w") as file:
        for n in range(2):
            line = {"idx": f"song{n}", "gt_lyric": f"[verse] Word number {n}"}
            if n == 0:
                line["prompt_audio_path"] = path
            print(json.dumps(line), file=file)
END
ok "sg-generate tiny box/inside.jsonl prompted $options"
ok "sg-generate tiny box/inside.jsonl prompted-lean --low_mem $options"
same "$(songs prompted)" "$(songs prompted-lean)"
cmp -s prompted/audios/song0.flac out/audios/song0.flac && fail "the recording changes nothing"
same_files prompted/audios/song1.flac out/audios/song1.flac
cp box/inside.jsonl elsewhere.jsonl
ok "sg-generate tiny elsewhere.jsonl told --audio-root box $options"
same "$(songs prompted)" "$(songs told)"
run "sg-generate tiny box/outside.jsonl refused $options"
is_code 65
contains "$ERR" "is not a path beneath 'box/'"
same "$(ls refused/audios)" song1.flac
run "sg-generate tiny elsewhere.jsonl missing $options"
is_code 66
run "sg-generate tiny songs.jsonl out --audio-root nowhere"
is_refusal sg-generate 66 "no directory 'nowhere'"

# One that was stopped goes on: what is done stays, and its line too.
rm separate/audios/song1.flac
ok "sg-generate tiny songs.jsonl separate --separate $options"
same "$(ls separate/audios | wc -l)" 9
same "$(wc -l < separate/jsonl/songs.jsonl.jsonl)" 4

# It says what went wrong.
sed 's/\[verse\] Word number 1/[verses]/' songs.jsonl > bad.jsonl
run "sg-generate tiny bad.jsonl bad $options"
is_code 65
same "$(ls bad/audios | tr '\n' ' ')" 'song0.flac song2.flac '
run "sg-generate nowhere songs.jsonl none $options"
is_code 69
run 'sg-generate tiny missing.jsonl out'
is_refusal sg-generate 66 "cannot read"
run 'sg-generate tiny songs.jsonl'
is_refusal sg-generate 64 "give CKPT, LYRICS.jsonl and OUT"
run 'sg-generate tiny songs.jsonl out --vocal --bgm'
is_refusal sg-generate 64 "exclude each other"
run "sg-generate tiny songs.jsonl out $'--\e[2J'"
is_refusal sg-generate 64 "unknown option"
[[ $(< "$ERR") != *$'\e'* ]] || run_failed "an escape sequence reaches the terminal"
run 'sg-generate tiny songs.jsonl /proc/nowhere'
is_refusal sg-generate 73 "cannot make folders"
ok 'sg-generate --version'
same "$(< "$OUT")" "sg-generate $(sg-mix --version | cut -d ' ' -f 2)"
ok 'sg-generate --help'
contains "$OUT" --low_mem
