# No path that comes from a stream is ever opened, and no name of a song leads out of its directory.

# Opening one of these would wait for ever.
mkfifo trap.wav trap
export SG_MODEL_PATH=$PWD
cat > songs.jsonl <<END
{"idx": "../out", "gt_lyric": "[verse] La la", "prompt_audio_path": "$PWD/trap.wav"}
{"idx": "/etc/passwd", "gt_lyric": "[verse] La la", "wav_path": "$PWD/trap"}
{"idx": "a/../../b", "gt_lyric": "[verse] La la"}
{"idx": "..", "gt_lyric": "[verse] La la"}
{"idx": "-rf *", "gt_lyric": "[verse] La la"}
{"idx": "CON.", "gt_lyric": "[verse] La la"}
END
run 'timeout 60 sg-lyrics -q songs.jsonl > requests.sgs'
is_code 0
python3 - <<'END'
import os, sys
sys.path.insert(0, os.environ["PIPELINE"])
import sgs
made = []
for header, _, _, last in sgs.songs(open("requests.sgs", "rb")):
    model = {"role": "codec", "name": os.getcwd() + "/trap", "sha256": "0" * 64}
    header["models"] = [model, model | {"role": "lm", "name": "trap"}]
    header["history"].append({"tool": "sg-x", "version": "../trap", "options": {"o": "trap"}})
    made.append(sgs.song(header, end=last))
open("hostile.sgs", "wb").write(sgs.closed(*made))
END
mkdir -p deep/er songs
cd deep/er
ok 'timeout 100 sg-lm -q --seed 1 --duration 0.4 ../../hostile.sgs |
  timeout 100 sg-decode -q --window 10 --steps 1 |
  timeout 100 sg-mix -q --keep-stems -o songs/ --format wav'
cd ../..
same "$(find deep -type f ! -path 'deep/er/songs/*')" ""
same "$(find deep/er/songs -mindepth 1 -type d)" ""
same "$(ls -A deep/er/songs | wc -l)" 18
same "$(find deep -name '.*' -type f; find deep -name '-*')" ""
same "$(ls -A | sort | tr '\n' ' ')" "deep hostile.sgs requests.sgs songs songs.jsonl trap trap.wav "
