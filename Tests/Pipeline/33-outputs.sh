# Full disks, closed pipes, outputs that cannot be made, terminals, no input.

attach() { python3 "$PIPELINE/attach.py" "$@"; }
export -f attach

sgs request < "$SHORT" > request.sgs
sg-lm -q --seed 1 --duration 0.4 < request.sgs > tokens.sgs
python3 "$PIPELINE/tones.py" 2 > stems.sgs
before=$(ls -A)

# A full disk, where data goes and where text goes.
while read -r tool command; do
  run "$tool $command"
  is_refusal "$tool" 74 "no space left on device"
done <<'END'
sg-lm -q --duration 0.4 request.sgs > /dev/full
sg-lm -q --duration 0.4 request.sgs -o /dev/full
sg-lm --help > /dev/full
sg-lm --version > /dev/full
sg-lm --generate-completion-script bash > /dev/full
sg-decode -q --window 10 tokens.sgs > /dev/full
sg-decode -q --window 10 tokens.sgs -o /dev/full
sg-inspect request.sgs > /dev/full
sg-inspect --json request.sgs > /dev/full
sg-inspect --tsv tokens.sgs > /dev/full
sg-inspect --png /dev/full tokens.sgs
sg-inspect --npy /dev/full tokens.sgs
sg-inspect --recover tokens.sgs > /dev/full
sg-mix stems.sgs > /dev/full
sg-mix stems.sgs --format wav -o /dev/full
sg-mix stems.sgs --format flac -o /dev/full
sg-mix stems.sgs --format ogg -o /dev/full
sg-mix --help > /dev/full
END
run 'sg-mix -q stems.sgs -o song.wav > /dev/full'  # The song is there; its JSON line is lost.
is_code 74
is_message sg-mix "no space left on device"
[[ -s song.wav ]]
rm song.wav

# A file that may not grow: one message or an end by the signal, and nothing is left.
for command in 'sg-lm -q request.sgs --seed 1 --duration 1 -o out.sgs' \
  'sg-lyrics -q "$SONG" "$SONG" "$SONG" -o out.sgs' 'sg-decode -q --window 10 tokens.sgs -o out.sgs' \
  'sg-mix stems.sgs -o out.wav' 'sg-mix stems.sgs -o out.flac' 'sg-mix stems.sgs -o ./'; do
  tool=${command%% *}
  run "trap '' XFSZ; ulimit -f 1; $command"
  is_refusal "$tool" 74 "file too large"
  run "ulimit -c 0; ulimit -f 1; $command"
  is_code 153
  is_silent
done
same "$(ls -A)" "$before"

# A pipe that nobody reads: an end by the signal, without a word.
for command in 'sg-lm -q --duration 0.4 request.sgs' 'sg-lm --help' 'sg-inspect tokens.sgs' \
  'sg-decode -q --window 10 tokens.sgs' \
  'sg-inspect --recover tokens.sgs -q' 'sg-mix -q stems.sgs' 'sg-mix -q stems.sgs -o out.wav'; do
  for how in gone gone-ignored; do
    run "attach $how $command"
    is_code 141
    is_quiet
    rm -f out.wav
  done
done
run 'sg-mix -q stems.sgs | head -c 100 > /dev/null'
is_code 141
is_quiet

# Outputs that cannot be made.
mkdir folder
while read -r tool command; do
  run "$tool $command"
  is_refusal "$tool" 73 "cannot create"
done <<'END'
sg-lm --duration 0.4 -q request.sgs -o /nowhere/out.sgs
sg-lm --duration 0.4 -q request.sgs -o /proc/out.sgs
sg-lm --duration 0.4 -q request.sgs -o folder
sg-decode --window 10 -q tokens.sgs -o /nowhere/out.sgs
sg-inspect --recover tokens.sgs -o /nowhere/out.sgs
sg-inspect --png /nowhere/out.png tokens.sgs
sg-inspect --npy /nowhere/out.npy tokens.sgs
sg-mix stems.sgs -o /nowhere/out.wav
sg-mix stems.sgs -o request.sgs/out.wav
END
run 'sg-mix stems.sgs -o /proc/songs/'
is_refusal sg-mix 73 "cannot make directory '/proc/songs/'"
run 'sg-mix stems.sgs -o request.sgs/'
is_refusal sg-mix 73 "request.sgs/"
for tool in 'sg-lm -q --duration 0.4 request.sgs' 'sg-decode --window 10 tokens.sgs' \
  'sg-mix stems.sgs'; do
  run "$tool >&-"
  is_refusal "${tool%% *}" 73 "standard output is closed"
done
rmdir folder

# No input.
for tool in sg-lm sg-decode sg-inspect sg-mix; do
  run "$tool < /dev/null"
  is_refusal "$tool" 66 "nothing to read"
  run "$tool <&-"
  is_refusal "$tool" 66 "standard input is closed"
  run "$tool nowhere.sgs"
  is_refusal "$tool" 66 "cannot open 'nowhere.sgs': no such file or directory"
  run "$tool ."
  is_refusal "$tool" 66 "directory"
done

# Binary data neither comes from a terminal nor goes to one, unless forced.
for tool in sg-lm sg-decode sg-inspect sg-mix; do
  run "attach tty:in $tool"
  is_refusal "$tool" 64 "standard input is a terminal"
done
for command in 'sg-lm request.sgs' 'sg-decode tokens.sgs' 'sg-inspect --recover tokens.sgs' 'sg-mix stems.sgs'; do
  run "attach tty:out $command"
  is_refusal "${command%% *}" 64 "will not write binary data to a terminal"
done
ok 'attach tty:out sg-lm -q --seed 1 --duration 0.4 --force request.sgs'
[[ -s $OUT ]]
ok 'attach tty:out sg-inspect tokens.sgs'
contains "$OUT" short

same "$(ls -A)" "$before"
