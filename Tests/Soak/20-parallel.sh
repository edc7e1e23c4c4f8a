# GNU parallel on one machine, as sg-cluster(7) has it: stopped in the middle, and resumed.

source "$SOAK/songs.sh" 24
echo 'will cite' | parallel --citation > /dev/null 2>&1 || true

batch() {
  parallel --joblog jobs.log --resume-failed -j 2 --halt now,fail=1 \
    "printf '%s\n' {} | sg-lyrics -q | $lm --threads 1 | $decode --threads 1 |
      sg-mix -q -o songs/ --skip-existing --journal done.jsonl" :::: songs.jsonl > lines.jsonl
}
export -f batch
for ((n = 0; n < 3; n++)); do
  setsid bash -c batch 2> /dev/null & process=$!
  until_true "[[ \$(ls songs 2> /dev/null | wc -l) -ge $((4 * (n + 1))) ]]"
  kill -KILL -- -$process
  wait $process 2> /dev/null || true
done
made=$(ls songs | wc -l)
((made < count)) || fail "the run was over before it was killed"
batch
complete songs
echo "$made of $count songs were there after three kills"

# Many to a process, so that a model is loaded once for several songs.
rm -rf songs
parallel --pipe -N4 -j 2 "sg-lyrics -q --skip-done done.jsonl - | $lm --threads 1 |
  $decode --threads 1 | sg-mix -q -o songs/ --skip-existing --journal done.jsonl" \
  < songs.jsonl > lines.jsonl
complete songs
