# Several songs of a request from one reading of its prefix: each is the song that its seed makes
# alone.

sg-lyrics -q "$SHORT" > request.sgs
id=$(sgs songs request.sgs | head -n 1 | cut -d ' ' -f 2)
ok 'sg-lm -q -n 3 --seed 7 --duration 12 request.sgs > all.sgs'
same "$(sgs songs all.sgs | cut -d ' ' -f 1,2 | tr '\n' '|')" \
  "tokens $id.1|tokens $id.2|tokens $id.3|"
for n in 1 2 3; do
  sg-lm -q --seed $((6 + n)) --duration 12 request.sgs | sg-inspect --tsv > alone
  sg-inspect --song $n --tsv all.sgs > $n.tsv
  [[ $(wc -l < alone) -gt 30 ]] || fail "hardly any rows"
  same_files alone $n.tsv
done
cmp -s 1.tsv 2.tsv && fail "the candidates are all the same"

# The same with one thread, and through the pipe to files of their own.
ok 'sg-lm -q -n 3 --seed 7 --duration 12 --threads 1 request.sgs | cmp - all.sgs'
make() {
  sg-lyrics -q "$SHORT" --skip-done done.jsonl | sg-lm -q -n 3 --seed 7 --duration 1 |
    sg-decode -q --window 10 --steps 1 | sg-mix -q -o takes/ --skip-existing --journal done.jsonl
}
export -f make
ok make
same "$(ls takes | tr '\n' ' ')" "$id.1.flac $id.2.flac $id.3.flac "
ok make
is_silent
rm "takes/$id.2.flac"
ok make
same "$(wc -l < "$OUT")" 1
same "$(ls takes | wc -l)" 3

for flags in '--greedy' '--uniforms x' '--continue x'; do
  run "sg-lm -n 2 $flags request.sgs"
  is_refusal sg-lm 64 "exclude each other"
done
run 'sg-lm -n 0 request.sgs'
is_refusal sg-lm 64 "give 1 to 10000"
