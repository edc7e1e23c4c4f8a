# A batch that is killed goes on where it was: to the same bytes, with nothing lost or half-written.
# SG_KILLS says how often it is killed; `make soak` asks for 100.

kills=${SG_KILLS:-6}
count=$((kills < 12 ? 8 : 60))
python3 - "$count" > songs.jsonl <<'END'
import json, sys
for n in range(int(sys.argv[1])):
    # Two songs' files would have the same name; one song has an error.
    name = {2: "a b", 5: "a_b"}.get(n, f"song/{n}")
    label = "[verses]" if n == 3 else "[verse]"
    print(json.dumps({"idx": name, "gt_lyric": f"{label} Word number {n}"}))
END
failed=1

# batch DIRECTORY: the line that is typed again after a kill.
batch() {
  sg-lyrics -q songs.jsonl --skip-done "$1.journal" | sg-lm -q --seed 7 --duration 1 |
    sg-decode -q --window 10 --steps 1 | sg-mix -q -o "$1/" --journal "$1.journal" > /dev/null
}
export -f batch
songs() { (cd "$1" && find . -type f | sort | xargs sha256sum); }
lines() { grep -c "\"status\":\"$2\"" "$1" || true; }

run 'batch whole'
is_code 65
same "$(find whole -type f | wc -l)" $((count - failed))
same "$(lines whole.journal done)" $((count - failed))
same "$(lines whole.journal failed)" $failed

# What the journal says is true.
python3 - whole.journal <<'END'
import hashlib, json, os, sys
for line in open(sys.argv[1]):
    song = json.loads(line)
    if song["status"] == "failed":
        assert song["id"] == "song/3" and song["tool"] == "sg-lyrics" and song["code"] == 65, song
        continue
    data = open(song["file"], "rb").read()
    assert hashlib.sha256(data).hexdigest() == song["sha256"] and len(data) == song["bytes"]
    assert song["seed"] == 7 and [m["role"] for m in song["models"]] == ["lm", "codec"], song
END

# Another run tries the failed song again, and leaves the others alone.
cp whole.journal before
stat -c '%n %Y %i' whole/* > times
run 'batch whole'
is_code 65
stat -c '%n %Y %i' whole/* | cmp - times || fail "a finished song was made again"
same "$(lines whole.journal failed)" 2
grep -v '"song/3"' songs.jsonl > good.jsonl
ok 'sg-lyrics good.jsonl --skip-done whole.journal | sg-lm -q | sg-decode -q |
  sg-mix -q -o whole/ --journal whole.journal'
contains "$ERR" "sg-lyrics: $((count - failed)) of $((count - failed)) songs are done already"

# A request that was changed is made again, under its name.
sed 's/number 4"/of another kind"/' good.jsonl > changed.jsonl
cp -r whole changed
sed 's,whole/,changed/,' whole.journal > changed.journal
ok 'sg-lyrics -q changed.jsonl --skip-done changed.journal | sg-lm -q --seed 7 --duration 1 |
  sg-decode -q --window 10 --steps 1 | sg-mix -q -o changed/ --skip-existing --journal changed.journal'
same "$(wc -l < "$OUT")" 1
same "$(diff <(songs changed) <(songs whole) | grep '^<' | cut -d ' ' -f 4)" ./song_4.flac

# Killed at random moments, all processes at once; the files that are there are whole at any time.
mkdir cut
for ((kill = 1; kill <= kills; kill++)); do
  setsid bash -c 'set -o pipefail; batch cut' 2> /dev/null & process=$!
  python3 -c "import random, time; time.sleep(random.Random($kill).uniform(0.02, 0.5))"
  kill -KILL -- -$process 2> /dev/null || true
  wait $process 2> /dev/null || true
  for file in cut/* cut/.[!.]*; do
    [[ ! -e $file ]] || cmp -s -- "$file" "whole/${file#cut/}" || fail "$file after kill $kill"
  done
done
echo "$(lines cut.journal done) of $((count - failed)) songs in spite of $kills kills"
run 'batch cut'
is_code 65
same "$(songs cut)" "$(songs whole)"
same "$(ls -A cut)" "$(ls -A whole)"

# One process of the pipe is killed: the others end, nothing is half there, and it goes on.
for victim in sg-lm sg-decode sg-mix; do
  rm -rf one one.journal
  setsid bash -c 'set -o pipefail; batch one' 2> /dev/null & process=$!
  until_true '[[ -n $(ls one 2> /dev/null) ]]'
  kill -KILL "$(pgrep -g $process -x $victim)" 2> /dev/null || true
  wait $process 2> /dev/null || true
  run 'batch one'
  is_code 65
  same "$(songs one)" "$(songs whole)"
done

# A power cut may leave files short, and the journal's last line torn.
files=(cut/*)
for ((n = 0; n < (kills < 12 ? 4 : 40); n++)); do
  file=${files[RANDOM % ${#files[@]}]}
  truncate -s $((RANDOM % $(stat -c %s "$file"))) "$file"
  truncate -s -$((RANDOM % 300)) cut.journal
  rm -f "${files[RANDOM % ${#files[@]}]}"
  run 'batch cut'
  is_code 65
  same "$(songs cut)" "$(songs whole)"
done

# Without a journal the files themselves say what is done.
rm -f whole/a_b-2.flac
sg-lyrics -q good.jsonl > good.sgs
ok 'sg-lm -q --seed 7 --duration 1 good.sgs | sg-decode -q --window 10 --steps 1 |
  sg-mix -q -o whole/ --skip-existing'
same "$(wc -l < "$OUT")" 1
same "$(songs cut)" "$(songs whole)"

# A journal decides over nothing outside the directory of the songs.
echo secret > secret.flac
python3 - cut.journal > evil.journal <<'END'
import json, sys
for line in open(sys.argv[1]):
    try:
        song = json.loads(line)
    except ValueError:
        continue
    if song["status"] == "done":
        print(json.dumps({**song, "file": "cut/../secret.flac"}))
END
ok 'sg-lm -q --seed 7 --duration 1 good.sgs | sg-decode -q --window 10 --steps 1 |
  sg-mix -q -o cut/ --journal evil.journal'
same "$(< secret.flac)" secret
same "$(songs cut)" "$(songs whole)"

run 'sg-mix -q --journal j good.sgs -o song.flac'
is_refusal sg-mix 64 "'--journal' needs -o DIR/"
run 'sg-mix -q --journal /nowhere/j good.sgs -o cut/'
is_refusal sg-mix 73 "cannot create journal '/nowhere/j'"
run 'sg-mix -q --journal /dev/full good.sgs -o cut/'
is_refusal sg-mix 66 "cannot read journal '/dev/full'"
run 'sg-lyrics --skip-done . good.jsonl'
is_refusal sg-lyrics 66 "cannot read journal '.'"
