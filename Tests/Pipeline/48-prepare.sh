# A folder of recordings and lyrics becomes songs to learn from: whole, with their requests; what is
# there already is not made again.

# Three songs that are longer than a prompt: NAME.flac, NAME.txt with the lyrics, NAME.tags.
mkdir own tokens
sg-train corpus --kind song -n 3 --seed 7 -q > requests.jsonl
ok 'sg-train corpus --kind song -n 3 --seed 7 --model tiny -q -o made.sgs'
ok 'sg-decode -q made.sgs | sg-mix -q -o own/ --format flac'
python3 - <<'END'
import json

for line in open("requests.jsonl"):
    request = json.loads(line)
    sections = request["gt_lyric"].split(" ; ")
    with open(f"own/{request['idx']}.txt", "w") as file:
        file.write("".join(section.replace("] ", "]\n") + "\n" for section in sections))
    with open(f"own/{request['idx']}.tags", "w") as file:
        file.write(request["descriptions"])
END

# prepare: every song of own/ that is not in tokens/ yet, as the manual of sg-train has it.
cat > prepare <<'END'
for song in own/*.flac; do
  name=$(basename "$song" .flac)
  [ -e "tokens/$name.sgs" ] && continue
  sg-lyrics -q --jsonl --describe "$(cat "own/$name.tags")" "own/$name.txt" |
    sed "s/}\$/,\"prompt_audio_path\":\"$name.flac\"}/" | sg-lyrics -q |
    sg-encode -q --attach --audio-root own --seconds all --no-latents |
    sg-edit song -o part.sgs && mv part.sgs "tokens/$name.sgs"
done
ls tokens
END

# One recording is damaged, one song has lyrics that nobody can sing: they are told, and not there.
mv own/corpus-8.flac whole.flac
head -c 20000 whole.flac > own/corpus-8.flac
mv own/corpus-9.txt whole.txt
echo '[verses] One two' > own/corpus-9.txt
ok 'bash prepare'
same "$(cat "$OUT")" 'corpus-7.sgs'
contains "$ERR" "sg-encode: 'corpus-8': "
contains "$ERR" 'own/corpus-9.txt:1:'

# Again, when they are mended: only these two are made.
mv whole.flac own/corpus-8.flac
mv whole.txt own/corpus-9.txt
before=$(stat -c '%i %y' tokens/corpus-7.sgs)
ok 'bash prepare'
is_quiet
same "$(tr '\n' ' ' < "$OUT")" 'corpus-7.sgs corpus-8.sgs corpus-9.sgs '
same "$(stat -c '%i %y' tokens/corpus-7.sgs)" "$before"

# Killed after the first song, and gone on with: nothing half-written, the same bytes.
mv tokens first
mkdir tokens
setsid bash prepare > /dev/null 2>&1 &
running=$!
disown
until_true '[[ -e tokens/corpus-7.sgs ]]'
kill -KILL -- "-$running"
until_true '! kill -0 -- "-$running" 2> /dev/null'
ok 'bash prepare'
diff -r first tokens || fail "other bytes after a kill"

# Whole songs: the frames of the songs that were recorded, three rows, the same words and tags.
cat tokens/*.sgs > own.sgs
ok 'sg-inspect --check own.sgs'
sgs songs made.sgs > made
sgs songs own.sgs > heard
lengths() { sed -E 's/^(.* accompaniment [0-9]+).*/\1/' "$1"; }
same "$(lengths heard)" "$(lengths made)"
(($(sed -nE '1s/.* mixed ([0-9]+).*/\1/p' heard) > 2 * 250)) || fail "hardly longer than a prompt"
ok 'sg-train eval --json own.sgs'
python3 - "$OUT" <<'END'
import json
import sys

heard = json.load(open(sys.argv[1]))["all"]
assert heard["songs"] == 3, heard
assert heard["phone_error"] < 0.1, heard
assert heard["tempo_right"] == 1 and set(heard["tags_right"].values()) == {1}, heard
END

# The two stages learn from them.
cat > settings.json <<'END'
{"model": "tiny", "data": {"own": "own.sgs"}, "steps": 3, "rows": 2000, "shares": 2, "save": 3,
 "log": 1, "hint": 0.3}
END
ok 'sg-train pretrain --config settings.json -o first-stage'
contains "$ERR" ' 3 songs'
same "$(wc -l < first-stage/log.jsonl)" 3
ok 'sg-train extend --config settings.json -q --from first-stage -o second-stage'
same "$(wc -l < second-stage/log.jsonl)" 3

# What needs labels says so: nobody has labelled a recording.
run 'sg-train statistics own.sgs -o statistics.safetensors'
is_refusal sg-train 65 "no track 'label.phone'"
