# What the scripts of this folder make: songs.jsonl, and what a single machine makes of it in single/.

python3 - "${1:-12}" > songs.jsonl <<'END'
import json, sys
for n in range(int(sys.argv[1])):
    print(json.dumps({"idx": f"song{n:03}", "gt_lyric": f"[verse] Word number {n}."}))
END
count=$(wc -l < songs.jsonl)
lm='sg-lm -q --seed 7 --duration 1' decode='sg-decode -q --window 10 --steps 1'
export lm decode

digests() { (cd "$1" && find . -type f -name '*.flac' | sort | xargs sha256sum); }

# complete DIRECTORY: all songs are there, each the same as of a single machine, and nothing else.
complete() {
  same "$(find "$1" -type f | wc -l)" "$count"
  same "$(digests "$1")" "$(digests single)"
}

sg-lyrics -q songs.jsonl | $lm | $decode | sg-mix -q -o single/ > /dev/null
same "$(find single -type f | wc -l)" "$count"
