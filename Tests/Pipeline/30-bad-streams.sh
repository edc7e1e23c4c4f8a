# Every stream of the table in bad_streams.py is refused by the tools that read its kind.

status=0
for pair in "request sg-lm" "request sg-inspect" "tokens sg-inspect" "pcm sg-inspect"; do
  python3 "$PIPELINE/bad_streams.py" $pair || status=1
done
((status == 0)) || fail "a bad stream was not refused as it should be"
