# Every row of bad-input.tsv: exit code, one message that says what is wrong, nothing on standard
# output, no file left.

sg-lyrics -q "$SHORT" -o request.sgs
sg-lm -q --seed 1 --duration 0.4 request.sgs -o tokens.sgs
python3 "$PIPELINE/tones.py" 1.5 > stems.sgs
cp "$SONG" "$FIXTURES/pipeline/walk.txt" .
echo 'La la la' > plain.txt
before=$(ls -A)

count=0 wrong=0
while IFS=$'\t' read -r expected message line; do
  [[ -n $expected && $expected != '#'* ]] || continue
  count=$((count + 1))
  tool=$(grep -oE 'sg-[a-z]+' <<< "${line##*| }" | head -n 1)
  run "$line"
  if ! (
    is_code "${expected#\*}"
    is_message "$tool" "$message"
    if [[ $expected == '*'* ]]; then
      sgs songs "$OUT" | grep -q " A ${expected#\*}$" || run_failed "no failed song"
    else
      is_silent
    fi
    same "$(ls -A)" "$before"
  ); then
    wrong=$((wrong + 1))
  fi
done < "$PIPELINE/bad-input.tsv"

echo "$count bad inputs, $wrong of them not told of as they should"
((count >= 60 && wrong == 0)) || fail "see above"
