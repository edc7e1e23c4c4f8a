# A stream that comes one byte at a time, or in pieces of any size, is the same stream.

dribble() { python3 "$PIPELINE/dribble.py" "$@"; }
export -f dribble

sgs request < "$SHORT" > request.sgs
sg-lm --seed 1 --duration 1 < request.sgs > tokens.sgs
sg-inspect --json tokens.sgs > facts
for how in one random; do
  ok "dribble $how request.sgs sg-lm --seed 1 --duration 1 > $how.sgs"
  same_files tokens.sgs $how.sgs
  ok "dribble $how tokens.sgs sg-inspect --json > $how.facts"
done
