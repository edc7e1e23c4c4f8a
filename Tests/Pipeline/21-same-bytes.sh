# Same seed, same bytes: with 1 and 2 threads, twice, and through files instead of pipes.

seed='--seed 7'
lm="sg-lm -q $seed --duration 4"
decode="sg-decode -q --steps 4 --window 50"
pipe() { # THREADS OUT
  sg-lyrics -q "$SONG" | $lm --threads "$1" | $decode --threads "$1" | sg-mix -q -o "$2" > "$2.json"
}
for format in flac wav; do
  pipe 1 one.$format
  pipe 2 two.$format
  same_files one.$format two.$format
done
pipe 2 again.flac
same_files one.flac again.flac
same "$(sed 's/one.wav/two.wav/' one.wav.json)" "$(< two.wav.json)"

# Through files, copies, and a tee in the middle.
sg-lyrics -q "$SONG" > request.sgs
$lm request.sgs -o tokens.sgs
cat tokens.sgs | tee copy.sgs | $decode > stems.sgs
same_files tokens.sgs copy.sgs
$decode copy.sgs -o stems2.sgs
same_files stems.sgs stems2.sgs
for format in flac wav ogg mp3 opus; do
  cat stems.sgs | sg-mix -q -o piped.$format > piped.json
  sg-mix -q stems2.sgs -o filed.$format > filed.json
  same_files piped.$format filed.$format
done
same_files one.flac piped.flac
same_files one.wav piped.wav

# The AU of standard output, too.
cat stems.sgs | sg-mix -q > piped.au
sg-mix -q stems.sgs > filed.au
same_files piped.au filed.au

# Another seed is another song; the same one drawn and given again is the same.
sg-lm -q --seed 8 --duration 4 request.sgs -o other.sgs
cmp -s tokens.sgs other.sgs && fail "the seed changes nothing"
sg-lm --duration 4 request.sgs -o drawn.sgs 2> said
drawn=$(sgs header drawn.sgs | python3 -c 'import json, sys; print(json.load(sys.stdin)["seed"])')
contains said "seed $drawn"
sg-lm -q --duration 4 --seed "$drawn" request.sgs -o given.sgs
same_files drawn.sgs given.sgs
