# Songs from a seed: requests, stems with labels, tokens; the same bytes for any number of threads.

ok 'sg-train corpus --kind song -n 3 --seed 4'
is_quiet
cp "$OUT" requests.jsonl
ok 'sg-lyrics --check requests.jsonl'

ok 'sg-train corpus --kind song -n 3 --seed 4 --threads 1 -q -o one'
is_quiet
is_silent
ok 'sg-train corpus --kind song -n 3 --seed 4 --threads 3 -q -o three'
diff -r one three || fail "one thread and three make different songs"
same_files requests.jsonl one/requests.jsonl

ok 'sg-train corpus --kind short -n 5 --seed 4 --threads 1 --model tiny -q'
cp "$OUT" one.sgs
ok 'sg-train corpus --kind short -n 5 --seed 4 --threads 2 --model tiny -q -o two.sgs'
is_silent
same_files one.sgs two.sgs
sg-inspect --check one.sgs || fail "not a whole stream"

# What is in the folder: both stems of each request, of 25 s at least.
python3 - <<'END'
import json
import os

requests = [json.loads(line) for line in open("requests.jsonl")]
assert [r["idx"] for r in requests] == ["corpus-4", "corpus-5", "corpus-6"], requests
for request in requests:
    assert request["descriptions"].count(",") == 4, request
names = sorted(os.listdir("one"))
assert len(names) == 2 + 2 * len(requests), names
sizes = {name: os.path.getsize("one/" + name) for name in names if name.endswith(".wav")}
for request in requests:
    vocal, band = (sizes[f"{request['idx']}.{stem}.wav"] for stem in ("vocal", "accompaniment"))
    assert vocal == band > 4 * 24000 * 25, (vocal, band)
END
python3 "$PIPELINE/sgs.py" songs one.sgs > songs
same "$(grep -c 'label.phone' songs)" 5

# Words that are kept back are in no other request.
words() {
  sg-train corpus --kind words:4 -n 300 "$@" | sed 's/.*gt_lyric":"\[[a-z]*\]\([^"]*\).*/\1/' |
    tr 'A-Z' 'a-z' | tr -cs "a-z'" '\n' | sort -u
}
words > trained
words --held-out > kept
comm -12 trained kept > common
same "$(tr -d '\n' < common)" ""
(($(wc -l < kept) > 300)) || fail "hardly any words"

# What cannot be.
run 'sg-train corpus --kind words'
is_refusal sg-train 64 "words"
run 'sg-train corpus -n 0'
is_refusal sg-train 64 "-n 0"
run 'sg-train corpus --model no-such-model'
is_refusal sg-train 69 "no-such-model"
run 'sg-train corpus -o one'
is_refusal sg-train 73 "already there"
