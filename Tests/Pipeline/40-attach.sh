# Requests get the prompts that they ask for: recordings beneath one directory, and prompts of a
# library chosen by seed; what cannot be had fails alone.

mkdir -p audio/in
sox -n -r 44100 -c 2 audio/a.wav synth 11 sine 300
sox -n -r 48000 -c 1 audio/in/b.flac synth 12 pluck A3
request() { # ID KEY VALUE
  printf '{"idx": "%s", "gt_lyric": "[verse] Morning light", "%s": "%s"}\n' "$@"
}
attach='sg-encode -q --attach'

# The prompt is that of the recording by itself; songs without a wish pass as they are.
{ request one prompt_audio_path a.wav; request two prompt_audio_path ./in/b.flac
  request three descriptions pop; request four prompt_audio_path a.wav; } > songs.jsonl
sgs request < songs.jsonl > songs.sgs
$attach --audio-root audio songs.sgs > attached.sgs
ok 'sgs songs attached.sgs'
same "$(grep -c 'prompt.latents 250' "$OUT")" 3
contains "$OUT" 'request three E'
head -n 1 songs.jsonl | sgs request | $attach --audio-root audio > one.sgs
sg-encode -q audio/a.wav > a.sgs
for song in 1 4; do
  sg-inspect --npy song.npy --song $song attached.sgs
  sg-inspect --npy a.npy a.sgs
  same_files song.npy a.npy
done
sg-lm -q --seed 1 --duration 1 one.sgs > one.tokens
head -n 1 songs.jsonl | sed 's/, "prompt_audio_path": "a.wav"//' | sgs request |
  sg-lm -q --seed 1 --duration 1 --prompt a.sgs > other.tokens
same "$(sg-inspect --tsv one.tokens)" "$(sg-inspect --tsv other.tokens)"

# Nothing outside of the directory can be reached, and the others go on.
cp audio/a.wav outside.wav
ln -s ../outside.wav audio/link.wav
ln -s .. audio/up
ln -s a.wav audio/inside.wav
mkfifo audio/fifo
for path in ../outside.wav in/../../outside.wav "$PWD/outside.wav" link.wav up/outside.wav inside.wav \
  fifo in missing.wav '' a.wav/ .; do
  { request bad prompt_audio_path "$path"; request good prompt_audio_path a.wav; } > bad.jsonl
  sgs request < bad.jsonl > bad.sgs
  run "timeout 20 $attach --audio-root audio bad.sgs > out.sgs"
  ((code == 65 || code == 66)) || run_failed "path '$path' exits with $code"
  is_message sg-encode "'bad': "
  ok 'sgs songs out.sgs'
  same "$(grep -c ' A ' "$OUT")" 1
  contains "$OUT" 'request good prompt.mixed 250'
done
run "$attach songs.sgs > out.sgs"
is_code 65
contains "$ERR" '--audio-root says beneath which directory'
run "$attach --audio-root nowhere songs.sgs"
is_refusal sg-encode 66 "cannot open directory 'nowhere'"

# A library of our own.
for name in a b c; do sox -n -r 48000 -c 1 $name.wav synth 11 sine 300; done
sg-encode -q --library lib --type pop a.wav
sg-encode -q --library lib --type Pop --language en b.wav
sg-encode -q --library lib --type 'R&B/Soul' --language zh c.wav
same "$(find lib -type f | sort)" "$(printf 'lib/pop/a.sgs\nlib/pop/en/b.sgs\nlib/r-b-soul/zh/c.sgs')"
chosen() { # SEED TYPE LYRICS [LIBRARY]
  printf '{"idx": "x", "gt_lyric": "[verse] %s", "auto_prompt_audio_type": "%s"}\n' "$3" "$2" |
    sgs request | $attach --seed "$1" --library "${4-lib}" > chosen.sgs
  sgs header chosen.sgs |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["history"][-1]["options"]["library"])'
}
english=$(for seed in 0 1 2 3 4 5 6 7; do chosen $seed Pop 'Morning light'; done | sort -u)
same "$english" "$(printf 'pop/a.sgs\npop/en/b.sgs')"
same "$(chosen 3 Pop 'Morning light')" "$(chosen 3 Pop 'Morning light')"
chinese=$(for seed in 0 1 2 3 4 5 6 7; do chosen $seed Pop '早晨的光'; done | sort -u)
same "$chinese" 'pop/a.sgs'
same "$(chosen 0 R\&B/Soul '早晨的光')" 'r-b-soul/zh/c.sgs'
any=$(for seed in 0 1 2 3 4 5 6 7 8 9; do chosen $seed Auto '早晨的光'; done | sort -u)
same "$any" "$(printf 'pop/a.sgs\nr-b-soul/zh/c.sgs')"
printf '{"idx": "x", "gt_lyric": "[verse] La", "auto_prompt_audio_type": "Jazz"}\n' | sgs request > jazz.sgs
run "$attach --library lib jazz.sgs > out.sgs"
is_code 65
is_message sg-encode "no prompt of style 'Jazz'"
run "$attach jazz.sgs > out.sgs"
is_code 65
is_message sg-encode '--library says where prompts are'

# A seed that was drawn is told, and kept for the language model.
printf '{"idx": "x", "gt_lyric": "[verse] La", "auto_prompt_audio_type": "Pop"}\n' | sgs request > pop.sgs
sg-encode --attach --library lib pop.sgs > drawn.sgs 2> said
seed=$(sgs header drawn.sgs | python3 -c 'import json, sys; print(json.load(sys.stdin)["seed"])')
contains said "seed $seed"

# The reference's table.
table=$FIXTURES/prompts/auto_prompt.pt
names=$(for seed in 0 1 2 3 4 5 6 7 8 9; do chosen $seed Pop 'Morning light' "$table"; done | sort -u)
same "$names" "$(printf 'Pop/en/0\nPop/en/1\nPop/en/2')"
same "$(chosen 0 R\&B/Soul '早晨的光' "$table")" 'R&B/Soul/zh/0'
sg-inspect --npy tokens.npy chosen.sgs
python3 - <<'END'
import json, os, struct
data = open("tokens.npy", "rb").read()
size = struct.unpack("<H", data[8:10])[0]
numbers = list(struct.unpack(f"<{(len(data) - 10 - size) // 4}i", data[10 + size:]))
table = json.load(open(os.environ["FIXTURES"] + "/prompts/auto_prompt.json"))
assert numbers == sum(table["R&B/Soul"]["zh"][0], []), numbers
END
run "$attach --library $table jazz.sgs > out.sgs"
is_code 65
is_message sg-encode "no prompt of style 'Jazz'"
head -c 1000 "$table" > cut.pt
run "$attach --library cut.pt pop.sgs"
is_refusal sg-encode 65 'cut.pt'
run "$attach --library songs.jsonl pop.sgs"
is_refusal sg-encode 65 'songs.jsonl'
