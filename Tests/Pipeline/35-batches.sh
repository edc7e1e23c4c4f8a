# Many songs in one stream; a failed one does not stop the others; streams can be joined.

cat > songs.jsonl <<'END'
{"idx":"one","gt_lyric":"[verse] One two","mood":"kept"}
{"idx":"two","gt_lyric":"[verses] One two"}
{"idx":"three","gt_lyric":"[verse] Three four"}
END
{ head -n 1 songs.jsonl; tail -n 1 songs.jsonl; } > good.jsonl
make_tokens='sg-lm -q --seed 1 --duration 0.4'

# Songs come out in the order in which they went in, each as if it were alone.
ok "sg-lyrics -q good.jsonl | $make_tokens > both.sgs"
same "$(sgs songs both.sgs | cut -d ' ' -f 1,2)" $'tokens one\ntokens three'
for n in 1 3; do sed -n ${n}p songs.jsonl | sg-lyrics -q | $make_tokens > $n.sgs; done
{ head -c -32 1.sgs; head -c -32 3.sgs; } > alone
head -c -32 both.sgs | cmp - alone || fail "a song depends on its neighbours"

# A stream behind a stream is a stream.
cat 1.sgs both.sgs 3.sgs > joined.sgs
same "$(sgs songs joined.sgs | cut -d ' ' -f 2 | tr '\n' ' ')" "one one three three "
ok 'sg-inspect --check joined.sgs'
ok "cat <(sg-lyrics -q good.jsonl) <(sg-lyrics -q good.jsonl) | $make_tokens | sg-inspect"
same "$(wc -l < "$OUT")" 4

# A request that sg-lyrics refuses is a failed song for everyone downstream: each says so once, the
# others are finished, and the code is that of the failure.
run 'sg-lyrics -q songs.jsonl > requests.sgs'
is_code 65
same "$(sgs songs requests.sgs | cut -d ' ' -f 2- | tr '\n' '|')" "one E end|two A 65|three E end|"
run "$make_tokens < requests.sgs > tokens.sgs"
is_code 65
is_message sg-lm "'two': sg-lyrics gave up on it: songs.jsonl:2:26: error: label '[verses]'"
same "$(grep -c '' "$ERR")" 1
same "$(sgs songs tokens.sgs | cut -d ' ' -f 2- | tr '\n' '|')" \
  "one mixed 10 vocal 10 accompaniment 10 E max|two A 65|three mixed 10 vocal 10 accompaniment 10 E max|"
run 'sg-inspect tokens.sgs'
is_code 65
same "$(wc -l < "$OUT")" 3

run 'sg-decode -q --window 10 --steps 1 tokens.sgs > stems.sgs'
is_code 65
is_message sg-decode "'two': sg-lyrics gave up on it"
same "$(sgs songs stems.sgs | cut -d ' ' -f 2,3,5- | tr '\n' '|')" \
  "one vocal accompaniment 19200 E max|two A|three vocal accompaniment 19200 E max|"
run 'sg-mix -q stems.sgs -o songs/ > songs.json'
is_code 65
is_message sg-mix "'two': sg-lyrics gave up on it"
same "$(ls -A songs | tr '\n' ' ')" 'one.flac three.flac '
same "$(wc -l < songs.json)" 2

# The same in one go: everyone says once what happened, and all that could be made is made.
run 'sg-lyrics -q songs.jsonl | sg-lm -q --seed 1 --duration 0.4 |
  sg-decode -q --window 10 --steps 1 | sg-mix -q -o again/ > again.json'
is_code 65
same "$(grep -c "'two'" "$ERR")" 3
for song in one three; do same_files songs/$song.flac again/$song.flac; done
same "$(sed s,again/,songs/, again.json)" "$(< songs.json)"

# A song of the wrong kind fails by itself.
cat requests.sgs 1.sgs > mixed.sgs
run "$make_tokens mixed.sgs > out.sgs"
is_code 65
contains "$ERR" "sg-lm: 'one': a tokens song where a request belongs"
same "$(sgs songs out.sgs | wc -l)" 4

# What is unknown in a request or in a header comes out at the end.
sgs header both.sgs | grep -q '"mood": "kept"' || fail "an unknown key of the request is lost"
python3 - <<END
import sys
sys.path.insert(0, "$PIPELINE")
import sgs
fields = {"idx": "later", "gt_lyric": "[verse] La la"}
header = {"kind": "request", "later": {"of": [1, 2.5, None, "x"]}}
song = sgs.request(fields, **header)
# A record that later versions may add is skipped.
h, rest = song[:song.index(b"\x89SG\n", 4)], song[song.index(b"\x89SG\n", 4):]
end = sgs.record("E", sgs.text({"frames": {}, "stop": "end"}), seq=2)
song = h + sgs.record("n", b"a note", 7, 1, 99) + end
open("later.sgs", "wb").write(sgs.closed(song))
END
ok "$make_tokens later.sgs > out.sgs"
sgs header out.sgs | grep -qF '"later": {"of": [1, 2.5, null, "x"]}' || fail "an unknown key is lost"
