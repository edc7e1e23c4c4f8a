# A stream that comes one byte at a time, or in pieces of any size, is the same stream.

dribble() { python3 "$PIPELINE/dribble.py" "$@"; }
export -f dribble

sgs request < "$SHORT" > request.sgs
sg-lm -q --seed 1 --duration 1 < request.sgs > tokens.sgs
sg-inspect --json < tokens.sgs > facts
sg-decode -q --window 25 --steps 1 < tokens.sgs > stems.sgs
sg-mix -q < stems.sgs > song.au
for how in one random; do
  ok "dribble $how request.sgs sg-lm -q --seed 1 --duration 1 > $how.sgs"
  same_files tokens.sgs $how.sgs
  ok "dribble $how tokens.sgs sg-inspect --json > $how.facts"
  same_files facts $how.facts
  ok "dribble $how tokens.sgs sg-decode -q --window 25 --steps 1 > $how.stems"
  same_files stems.sgs $how.stems
done
# A byte at a time would take a while.
ok "dribble random stems.sgs sg-mix -q > dribbled.au"
same_files song.au dribbled.au
