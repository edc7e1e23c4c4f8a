# sg-inspect: the summary, JSON, tables, --check, --song, and what it says to bad input.

rows() { python3 "$PIPELINE/rows.py" "$@"; }
rows '<i4' 3xT 1 one.npy 60
rows '<i4' 3xT 2 two.npy 775
sg-inspect --from-npy one.npy --vocab 2048 -o one.sgs
sg-inspect --from-npy two.npy --vocab 2048 --id '夜 song' -o two.sgs
cat one.sgs two.sgs > both.sgs

# A line per song.
counts() { echo "mixed $1 vocal $1 accompaniment $1"; }
one="1  'one'  tokens  $(counts 60) (0:02.4)  stop end"
two="'夜 song'  tokens  $(counts 775) (0:31.0)  stop end"
same "$(sg-inspect one.sgs)" "one.sgs  $one"
same "$(sg-inspect < one.sgs)" "standard input  $one"
same "$(sg-inspect - < one.sgs)" "standard input  $one"
same "$(sg-inspect both.sgs)" "both.sgs  $one
both.sgs  2  $two"
same "$(sg-inspect --song 2 both.sgs)" "both.sgs  2  $two"
same "$(sg-inspect one.sgs two.sgs)" "one.sgs  $one
two.sgs  1  $two"
same "$(cat both.sgs | sg-inspect | wc -l)" 2

# JSON: an object per song, whatever is needed to find it again.
sg-inspect --json both.sgs > both.json
same "$(wc -l < both.json)" 2
python3 - << 'END'
import json
one, two = (json.loads(line) for line in open("both.json"))
stream = open("both.sgs", "rb").read()
assert (one["song"], two["song"]) == (1, 2) and one["file"] == "both.sgs"
assert one["id"] == "one" and two["id"] == "夜 song"
assert one["seconds"] == 2.4 and two["seconds"] == 31
assert two["frames"] == {"mixed": 775, "vocal": 775, "accompaniment": 775}
assert one["stop"] == "end" and one["tracks"][0]["vocab"] == 2048
for song in one, two:
    begin, end = song["bytes"]
    assert stream[begin + 5] == ord("H") and stream[end + 5] == ord("Z")
END

# Tokens as a table.
sg-inspect --tsv one.sgs > one.tsv
same "$(head -n 1 one.tsv)" "$(printf 'frame\tseconds\tmixed\tvocal\taccompaniment')"
same "$(wc -l < one.tsv)" 61
same "$(cut -f 1,2 one.tsv | tail -n 1)" "$(printf '59\t2.360')"
python3 - << 'END'
import random
rng = random.Random(1)
values = [rng.randrange(2048) for _ in range(180)]
lines = [line.split("\t") for line in open("one.tsv").read().splitlines()[1:]]
assert [[int(line[2 + row]) for line in lines] for row in range(3)] == [
    values[0:60], values[60:120], values[120:180]]
END
sg-inspect --tsv --song 2 both.sgs > two.tsv
same "$(wc -l < two.tsv)" 776

# --check is silent either way.
for file in one.sgs both.sgs; do
  ok "sg-inspect --check $file"; is_silent; is_quiet
done
head -c -1 both.sgs > cut.sgs
run 'sg-inspect --check one.sgs cut.sgs both.sgs'; is_code 65; is_silent; is_quiet
run 'sg-inspect --check -v cut.sgs'; is_refusal sg-inspect 65 'cut.sgs: record at byte'
run 'sg-inspect --check < /dev/null'; is_code 66; is_silent; is_quiet
run 'sg-inspect --check missing.sgs'; is_code 66; is_silent; is_quiet

# One damaged file does not stop the others, and its code is the exit code.
run 'sg-inspect one.sgs cut.sgs two.sgs'
is_code 65
same "$(wc -l < "$OUT")" 4
is_message sg-inspect 'cut.sgs: record at byte'

# A stream without a song.
python3 - << 'END'
import struct, zlib
head = struct.pack("<4s4BIIQI", b"\x89SG\n", 1, ord("Z"), 255, 0, 0, 0, 0, 0)
open("none.sgs", "wb").write(head + struct.pack("<I", zlib.crc32(head)))
END
run 'sg-inspect none.sgs'; is_refusal sg-inspect 66 "'none.sgs' holds no songs"
run 'sg-inspect --check none.sgs'; is_code 66; is_silent; is_quiet
run 'sg-inspect --song 3 both.sgs'; is_refusal sg-inspect 66 "'both.sgs' holds 2 songs"
run 'sg-inspect --tsv both.sgs'; is_code 64; is_message sg-inspect 'choose one with --song'
run 'sg-inspect < /dev/null'; is_refusal sg-inspect 66 'nothing to read'
run 'sg-inspect one.npy'; is_refusal sg-inspect 65 'one.npy: not a song stream'
run 'sg-inspect .'; is_refusal sg-inspect 66 'directory'
run 'sg-inspect one.sgs > /dev/full'; is_refusal sg-inspect 74 'no space left'
run 'sg-inspect --max-seconds 2 one.sgs'; is_refusal sg-inspect 65 'longer than 2 s'

# Wrong usage names the flag.
for flags in '--json --tsv' '--check --png x.png' '--recover --song 1' '--json -o x' '--id x' \
  '--vocab 5' '--song 0' '--max-seconds 0' '--tsv a b' '--png x.png a b' '--from-npy a b' \
  '--from-npy one.npy --vocab 65537' '--colour'; do
  run "sg-inspect $flags < one.sgs"
  is_refusal sg-inspect 64 '--'
done
absent x x.png
