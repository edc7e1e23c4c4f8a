# Progress goes to standard error: on a terminal only, by the last tool of a pipe only, unless asked.

attach() { python3 "$PIPELINE/attach.py" "$@"; }
export -f attach

sg-lyrics -q "$SONG" > request.sgs
lm='sg-lm --seed 7 --duration 4 request.sgs'
sg-lm -q --seed 7 --duration 4 request.sgs > tokens.sgs

# Not a word of it without a terminal.
ok "$lm > out.sgs"
[[ $(grep -vc '^sg-lm: warning: ' "$ERR") == 0 ]] || run_failed "more than warnings"
same_files out.sgs tokens.sgs

# A line on a terminal, erased at the end; none on a dumb one, in the middle of a pipe, or with -q.
ok "TERM=xterm attach tty:err $lm -o out.sgs"
[[ $(< "$OUT") == *$'\e[K'*'sg-lm: song1  tokens '* ]] || run_failed "no progress on a terminal"
[[ $(< "$OUT") == *$'\r\e[K' ]] || run_failed "the line is not erased"
for quiet in "TERM=dumb attach tty:err $lm -o out.sgs" "attach tty:err $lm -o out.sgs" \
  "TERM=xterm attach tty:err $lm -q -o out.sgs" "TERM=xterm attach tty:err $lm --progress none -o out.sgs" \
  "TERM=xterm attach tty:err bash -c '$lm | cat > out.sgs'"; do
  ok "$quiet"
  [[ $(< "$OUT") != *$'\e'* ]] || run_failed "progress where none belongs"
  same_files out.sgs tokens.sgs
done

# For programs: an object a line, to the end of the song.
for command in "$lm" 'sg-decode --window 25 tokens.sgs' 'sg-mix stems.sgs'; do
  ok "$command --progress json > stems.sgs.new"
  [[ ${command%% *} == sg-decode ]] && mv stems.sgs.new stems.sgs
  grep '^{' "$ERR" > lines || run_failed "no progress"
  python3 - "${command%% *}" <<'END'
import json, sys
lines = [json.loads(line) for line in open("lines")]
for line in lines:
    assert line.keys() == {"tool", "song", "stage", "done", "total", "rate", "eta_s", "elapsed_s"}
    assert line["tool"] == sys.argv[1] and line["song"] == "song1", line
assert abs(lines[-1]["done"] - 4) < 0.3, lines[-1]
END
done

# A line now and then for logs.
ok 'sg-decode --window 25 --progress plain tokens.sgs > stems.sgs'
contains "$ERR" 'sg-decode: song1  decode'
