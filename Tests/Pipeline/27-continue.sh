# A song that goes on after its own beginning is the song of one run, byte for byte, wherever it was
# cut; so is a batch that was killed.

sgs request < "$SHORT" > request.sgs
lm='sg-lm -q --seed 5 --duration 5 --top-k 0 --penalty'
$lm --threads 1 request.sgs > whole.sgs
size=$(stat -c %s whole.sgs)
ended=0
for cut in 1300 $((size / 2)) $((size / 2 + 31)) $((size - 500)) $((size - 40)) \
  $((size - 32)) $((size - 1)); do
  head -c $cut whole.sgs > part.sgs
  ok 'sg-lm --threads 2 --continue part.sgs > again.sgs'
  same_files whole.sgs again.sgs
  grep -q 'breaks off and goes on after' "$ERR" || ended=$((ended + 1))
done
same $ended 2 # Without the end record, and with half of it, the song itself is whole.
sg-lm --continue whole.sgs | cmp - whole.sgs

# A run that is really killed.
mkfifo slow
(sgs request < "$SONG"; sleep 1) > slow &
sg-lm -q --seed 6 slow > killed.sgs 2> said & process=$!
until_true '(($(stat -c %s killed.sgs) > 1500))'
kill -KILL $process || true
wait $process 2> /dev/null || true
wait
sg-lm -q --continue killed.sgs > saved.sgs
sgs request < "$SONG" | sg-lm -q --seed 6 | cmp - saved.sgs

# Tokens that were cut out of a song are gone on with in the same way; its history tells of it.
table() { sg-inspect --tsv "$1" | grep -v '^#'; }
sg-edit cut --end 30f whole.sgs | sg-lm -q --continue - > again.sgs
same "$(table again.sgs)" "$(table whole.sgs)"
sgs header again.sgs > header
contains header '"continued": 30'
sg-edit cut --end 30f whole.sgs | sg-lm -q --continue - --seed 9 > other.sgs
same "$(table other.sgs | head -n 31)" "$(table whole.sgs | head -n 31)"
[[ $(table other.sgs) != "$(table whole.sgs)" ]] || fail "another seed changes nothing"

# A batch goes on where it ended: whole songs pass, the cut one goes on, the others are made.
for id in a b c; do
  printf '{"idx": "%s", "gt_lyric": "[verse] Morning light"}\n' $id
done > three.jsonl
sgs request < three.jsonl > three.sgs
$lm three.sgs > batch.sgs
size=$(stat -c %s batch.sgs)
for cut in 200 $((size / 4)) $((size / 2)) $((size * 3 / 4)) $((size - 32)) $size; do
  head -c $cut batch.sgs > part.sgs
  cat three.sgs | $lm --continue part.sgs - > again.sgs
  same_files batch.sgs again.sgs
done
$lm --continue part.sgs three.sgs | cmp - batch.sgs

# What cannot be gone on with.
run 'sg-lm --continue request.sgs'
is_code 65
is_message sg-lm 'a request song where tokens belong'
run 'sg-lm --continue - - < whole.sgs'
is_refusal sg-lm 64 'both standard input'
run 'sg-lm --continue /dev/null'
is_refusal sg-lm 66 'nothing to read'
head -c 400 whole.sgs > part.sgs
run 'sg-lm --continue part.sgs'
((code != 0)) || run_failed "a song without frames goes on"
sed 's/H/G/' whole.sgs > damaged.sgs
run 'sg-lm --continue damaged.sgs'
is_code 65
run 'sg-lm --continue whole.sgs --duration 1 | cmp - whole.sgs'
is_code 0
sg-edit cut whole.sgs --end 3 -o three-seconds.sgs
run 'sg-lm --continue three-seconds.sgs --duration 1 > out'
is_code 64
is_message sg-lm 'give a longer --duration'
sgs request < "$SONG" > other.sgs
run 'sg-lm -q --continue whole.sgs other.sgs > out'
is_code 65
is_message sg-lm 'not from the same requests'
