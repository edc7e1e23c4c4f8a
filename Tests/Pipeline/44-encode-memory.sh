# sg-encode says what it would take, and holds to what it may take.

# peak COMMAND...: kilobytes that it held at most.
peak() {
  python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
}

# within FACTOR FILE KILOBYTES: what the last line of FILE foretells is that, or up to FACTOR times more.
within() {
  local bytes
  bytes=$(tail -n 1 "$2" | cut -f 3)
  python3 -c 'import sys
factor, told, real = map(float, sys.argv[1:])
print(f"foretold {told / 1e6:.0f} MB, held {real * 1.024 / 1000:.0f} MB")
sys.exit(0 if told / factor <= real * 1024 <= told * 1.1 else 1)' "$1" "$bytes" "$3" ||
    fail "the memory of '$2' was foretold badly"
}

sox -R -n -r 44100 -c 2 guitar.wav synth 12 pluck C3 pluck E3 pluck G3 remix 1,2 2,3 gain -6
ok 'sg-model fake -q --like tiny --only codec,vae,separator -o fake'

# All that is done with a recording; only the stems; a song of tokens; the embedded model.
encode() { # NAME OPTIONS...
  local name=$1
  shift
  ok "sg-encode --dry-run $* guitar.wav" && cp "$OUT" "$name.told"
  same "$(head -n 1 "$name.told")" $'song\tseconds\tbytes'
  same "$(tail -n 1 "$name.told" | cut -f 1)" guitar
  within 1.6 "$name.told" "$(peak sg-encode -q "$@" guitar.wav -o "$name.sgs")"
}
encode all --model ./fake
encode stems --model ./fake --separate-only
encode song --model ./fake --song --seconds all
encode toy

# In less memory, the same bytes; in less than that, a refusal that names the figure.
whole=$(tail -n 1 all.told | cut -f 3)
ok "sg-encode --dry-run --max-mem $((whole - 1)) --model ./fake guitar.wav" && cp "$OUT" least.told
least=$(tail -n 1 least.told | cut -f 3)
[[ $least -lt $whole ]] || fail "one part at a time takes $least bytes, all together $whole"
peak sg-encode -q --model ./fake --max-mem "$least" guitar.wav guitar.wav -o less.sgs > kilobytes
within 1.6 least.told "$(< kilobytes)"
ok 'sg-encode -q --model ./fake guitar.wav guitar.wav -o usual.sgs'
same_files usual.sgs less.sgs
run "sg-encode --max-mem $((least - 1)) --model ./fake guitar.wav"
is_refusal sg-encode 69 "give '--max-mem $(((least + 999999) / 1000000))M'"
run 'sg-encode --max-mem 10M --separate-only --model ./fake guitar.wav'
is_refusal sg-encode 69 "give '--max-mem "

# Requests: a recording counts once, and one that is not there fails alone.
for id in a:guitar.wav b:guitar.wav c: d:nothing.wav; do
  echo "{\"idx\": \"${id%%:*}\", \"gt_lyric\": \"[verse] Sing\"${id#*:}}"
done | sed -E 's/"([a-z]+\.wav)\}/", "prompt_audio_path": "\1"}/' > all.jsonl
sg-lyrics -q all.jsonl > all.sgs
run 'sg-encode --dry-run --attach --audio-root . --model ./fake all.sgs'
[[ $code != 0 ]] || run_failed 'a recording that is not there'
same "$(cut -f 1 "$OUT" | tr '\n' ' ')" 'song a b c '
same "$(cut -f 2,3 "$OUT" | tail -n 2 | tr '\t\n' '  ')" '0.0 0 0.0 0 '
