# Every stream of the table in bad_streams.py is refused by the tools that read its kind.

status=0
while read -r kind command; do
  python3 "$PIPELINE/bad_streams.py" $kind $command || status=1
done <<END
request sg-lm --seed 1
tokens sg-inspect --tsv
tokens sg-decode --seed 1 --window 4
pcm sg-inspect
pcm sg-mix -o song.wav
pcm sg-eval --json
pcm sg-eval --best -o best.sgs
END
((status == 0)) || fail "a bad stream was not refused as it should be"
same "$(ls -A)" ""
