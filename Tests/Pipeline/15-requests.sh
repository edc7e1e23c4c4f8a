# sg-lyrics: the table of bad requests, what goes downstream, forms of input and output.

# Every case of the table: findings to the letter, and the exit code.
python3 "$PIPELINE/requests.py" "$FIXTURES/lyrics/bad-requests.txt" \
  || fail "a bad request was not told of as the table says"

cat > walk.txt <<'END'
[verse]
Morning light is on the water
We are walking to the station
[chorus]
Sing with me tonight
END
cat > songs.jsonl <<'END'
{"idx":"one","gt_lyric":"[verse] One two.","mood":"kept"}
{"idx":"two","gt_lyric":"[verses] One two."}

{"idx":"three","gt_lyric":"[verse] Three， four."}
END

# A bad request becomes a failed song; the others go on; the code comes at the end.
run 'sg-lyrics songs.jsonl'
is_code 65
cp "$OUT" songs.sgs
contains "$ERR" "songs.jsonl:2:26: error: label '[verses]' is not one of the 13 labels"
contains "$ERR" "songs.jsonl:4:41: warning: full-width comma"
contains "$ERR" "1 error, 2 warnings in 3 requests"
contains songs.sgs '"mood":"kept"'
contains songs.sgs '"message":"songs.jsonl:2:26: error:'

# The same from a file, a pipe and several files; the same bytes twice.
ok 'sg-lyrics walk.txt --describe "female, pop" -o a.sgs'
is_silent
is_quiet
ok 'sg-lyrics --id walk --describe "female, pop" < walk.txt > b.sgs'
same_files a.sgs b.sgs
ok 'sg-lyrics walk.txt --jsonl | sg-lyrics --describe "female, pop" > c.sgs'
same_files a.sgs c.sgs
ok 'sg-lyrics walk.txt --id other | cat a.sgs - > d.sgs'
ok 'sg-inspect --check d.sgs'

# Repairs, and repairs of what is repaired.
ok 'sg-lyrics -q <(grep -v two songs.jsonl) --fix --jsonl > fixed.jsonl'
contains fixed.jsonl '[verse] Three, four.'
ok 'sg-lyrics fixed.jsonl --fix --jsonl'
same_files fixed.jsonl "$OUT"

# --check writes no stream; --json is one object a line; --quiet leaves warnings out.
run 'sg-lyrics songs.jsonl --check --json | python3 -c "
import json, sys
lines = [json.loads(line) for line in sys.stdin]
assert [line[\"line\"] for line in lines] == [1, 2, 4], lines
assert lines[1][\"class\"] == \"error\" and lines[1][\"song\"] == \"two\"
"'
is_code 65
run 'sg-lyrics songs.jsonl --check -q'
is_code 65
same "$(wc -l < "$OUT")" 1

# Songs without a voice.
ok 'sg-lyrics --instrumental --id tune <<< "[intro-long]"'
cp "$OUT" tune.sgs
contains tune.sgs '"generate_type":"bgm"'

# Lengths are those of the model that is named.
run 'for i in $(seq 60); do echo "la la la la la la"; done | sed "1i [verse]" | sg-lyrics --check --model tiny'
is_code 0
contains "$OUT" "tokens, model 'tiny' reads 200: the end is lost from section 1 '[verse]' on"

# A line without end fills no memory.
run 'yes "{" | tr -d "\n" | head -c 300000000 | (ulimit -v 4000000; sg-lyrics --check)'
is_code 65
contains "$OUT" "the request has over 1048576 bytes"

# A file that is no JSON is not read to its end.
run 'yes "{" | head -n 1000000 | sg-lyrics --check'
is_code 65
contains "$ERR" "20 lines are no JSON; the rest is not read"

run 'sg-lyrics nothing.txt'
is_refusal sg-lyrics 66 "cannot open 'nothing.txt'"
run 'sg-lyrics < /dev/null'
is_refusal sg-lyrics 66 "no request in standard input"
run 'sg-lyrics walk.txt -o nowhere/x.sgs'
is_refusal sg-lyrics 73 "cannot create 'nowhere/x.sgs'"
run 'sg-lyrics walk.txt > /dev/full'
is_refusal sg-lyrics 74 "cannot write"
run 'sg-lyrics walk.txt --check -o x.sgs'
is_refusal sg-lyrics 64 "'--check' writes no stream; remove '--output'"
run 'sg-lyrics walk.txt --instrumental --type vocal'
is_refusal sg-lyrics 64 "'--instrumental' and '--type vocal' exclude each other"
run 'sg-lyrics walk.txt --model nothing'
is_refusal sg-lyrics 69 "model 'nothing' not found"
absent x.sgs
