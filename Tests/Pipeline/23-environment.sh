# Bytes depend on the input, the model, the seed and the options, and on nothing around them.

sg-lyrics -q "$SHORT" > request.sgs
sg-lm -q --seed 5 --duration 0.4 < request.sgs > tokens.sgs
sg-inspect --json < tokens.sgs > facts
sg-decode -q --window 10 --steps 1 < tokens.sgs > stems.sgs
sg-mix -q < stems.sgs > song.au
sg-mix -q -o song.flac < stems.sgs > song.json
mkdir elsewhere

while read -r around; do
  ok "cd elsewhere; $around sg-lyrics -q '$SHORT'" && same_files "$OUT" request.sgs
  ok "cd elsewhere; $around sg-lm -q --seed 5 --duration 0.4 < ../request.sgs"
  same_files "$OUT" tokens.sgs
  ok "cd elsewhere; $around sg-inspect --json < ../tokens.sgs" && same_files "$OUT" facts
  ok "cd elsewhere; $around sg-decode -q --window 10 --steps 1 < ../tokens.sgs"
  same_files "$OUT" stems.sgs
  ok "cd elsewhere; $around sg-mix -q < ../stems.sgs" && same_files "$OUT" song.au
  ok "cd elsewhere; $around sg-mix -q -o song.flac < ../stems.sgs" && same_files "$OUT" song.json
  mv elsewhere/song.flac around.flac
  same_files around.flac song.flac
done <<'END'
env LC_ALL=C
env LC_ALL=tr_TR.UTF-8 LANGUAGE=de
env TZ=Asia/Kathmandu
env NO_COLOR=1 TERM=xterm-256color COLUMNS=20
env -i PATH="$PATH"
nice
END
same "$(ls -A elsewhere)" ""

# A path does not show in a stream.
mkdir 'a place'
cp "$SHORT" 'a place/copy.jsonl'
ok "sg-lyrics -q 'a place/copy.jsonl'" && same_files "$OUT" request.sgs
