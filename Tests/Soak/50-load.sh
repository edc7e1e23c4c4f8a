# Twenty-four pipes at once; a reader that is slow; thousands of requests in one file.

source "$SOAK/songs.sh" 24

# 24 pipes, all on the cores there are, with niceness and an affinity of their own: all finish.
: > rss
for ((n = 1; n <= count; n++)); do
  {
    sed -n ${n}p songs.jsonl | sg-lyrics -q - | nice -n $((n % 5)) $lm | taskset -c 0 $decode |
      sg-mix -q -o songs/ --journal done.jsonl > /dev/null
  } &
done
while [[ -n $(jobs -r) ]]; do
  ps -e -o comm=,rss= | awk '/^sg-/ { sum += $2 } END { print sum + 0 }' >> rss
  sleep 0.2
done
wait
complete songs
same "$(grep -c '"status":"done"' done.jsonl)" "$count"
echo "24 pipes: $(($(sort -n rss | tail -n 1) / 1024)) MB at most, all processes together"

# A slow reader at the end holds the others back and makes none of them grow.
cat > slow.py <<'END'
import os, sys, time
while os.read(0, 4096):
    time.sleep(0.0005)
END
growth() { # NAME SECONDS: the most memory in kB that the tool of this name has in this time
  local most=0 now end=$((SECONDS + $2))
  while ((SECONDS < end)); do
    now=$(ps -C "$1" -o rss= | sort -n | tail -n 1)
    ((${now:-0} <= most)) || most=$now
    sleep 0.2
  done
  echo "$most"
}
for n in 1 2 3; do cat songs.jsonl; done | python3 -c '
import json, sys
for n, line in enumerate(sys.stdin):
    print(json.dumps({**json.loads(line), "idx": f"n{n}"}))' > many.jsonl
sg-lyrics -q many.jsonl | $lm | $decode | python3 slow.py & process=$!
sleep 2
early=$(growth sg-decode 3)
late=$(growth sg-decode 10)
kill $process 2> /dev/null || true
wait 2> /dev/null || true
echo "slow reader: sg-decode has $early kB, later $late kB"
((late < early + 20000)) || fail "sg-decode grows behind a slow reader"

# Thousands of requests in one file: a hundred of them take as much memory as 5000.
python3 - <<'END'
import json
for count in (100, 5000):
    with open(f"{count}.jsonl", "w") as f:
        for n in range(count):
            f.write(json.dumps({"idx": f"s{n}", "gt_lyric": f"[verse] Word number {n}."}) + "\n")
END
sg-lyrics -q 100.jsonl > 100.sgs
sg-lyrics -q 5000.jsonl > 5000.sgs
python3 "$PIPELINE/memory.py" 12 100.sgs 5000.sgs sg-lm -q --seed 7 --duration 0.04
sg-lm -q --seed 7 --duration 0.04 100.sgs > 100.tokens
sg-lm -q --seed 7 --duration 0.04 5000.sgs > 5000.tokens
python3 "$PIPELINE/memory.py" 20 100.tokens 5000.tokens sg-inspect --check -
