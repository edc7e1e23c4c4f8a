# Runs of training: the three stages, stopped and gone on with, to the same bytes; what they give sings.

checkpoint() { ls "$1"/checkpoints/step-* | tail -n 1; }

ok 'sg-train corpus --kind words:2 -n 12 --seed 3 --model tiny -q -o songs.sgs'
cat > settings.json <<'END'
{"model": "tiny", "data": {"words": "songs.sgs"}, "steps": 6, "rows": 600, "shares": 2, "save": 2,
 "log": 1, "rate": 0.001, "hint": 0.3, "warmUp": 2, "dropPrompt": 1,
 "curriculum": [{"from": 0, "weights": {"words": 1}, "wholePrefix": 0.3}]}
END

# A whole run; the same in two parts, the second with another number of threads.
ok 'sg-train pretrain --config settings.json -q -o whole --threads 2'
is_silent
(sg-train pretrain --config settings.json -q -o parts --threads 1; echo $? > status) &
until [ -e parts/checkpoints/step-0000002.safetensors ]; do
  sleep 0.02
  [ -e status ] && break
done
kill -TERM "$(pgrep -f 'sg-train pretrain --config settings.json -q -o parts' | head -n 1)" 2> /dev/null
wait
ok 'sg-train pretrain --resume -q -o parts --threads 2'
same_files "$(checkpoint whole)" "$(checkpoint parts)"
same "$(wc -l < whole/log.jsonl)" 6
same "$(wc -l < parts/log.jsonl)" 6

# Killed outright: the last whole checkpoint is gone on from.
ok 'sg-train pretrain --config settings.json -q -o killed'
rm killed/checkpoints/step-0000006.safetensors
truncate -s -100 killed/checkpoints/step-0000004.safetensors
ok 'sg-train pretrain --resume -o killed'
grep -q 'step-0000004' "$ERR" || run_failed "nothing said of a damaged checkpoint"
same_files "$(checkpoint whole)" "$(checkpoint killed)"

# Stage 2 changes nothing of stage 1.
ok 'sg-train extend --config settings.json -q --from whole -o second'
ok 'sg-train export whole --form f32 -o first.safetensors'
ok 'sg-train export second --form f32 -o second.safetensors'
python3 - <<'END'
import json
import struct


def tensors(path):
    data = open(path, "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__", None)
    return {name.removeprefix("audiolm."): data[8 + size + a:8 + size + b]
            for name, entry in header.items() for a, b in [entry["data_offsets"]]}


one, two = tensors("first.safetensors"), tensors("second.safetensors")
assert one.keys() == two.keys()
dual = ("transformer2.", "layer2_emb.", "mlp.", "linears.")
for name in one:
    second = name.startswith(dual) or "layer2_EOT" in name or ".emb.1." in name or ".emb.2." in name
    if not second:
        assert one[name] == two[name], f"{name} was changed by stage 2"
changed = [name for name in one if one[name] != two[name]]
assert any(name.startswith("transformer2.") for name in changed), changed
END

# Stage 3: pairs from songs, two runs, their interpolation.
ok 'sg-train corpus --kind words:2 -n 3 --seed 9 --held-out | sg-lyrics -q |
  sg-lm -q -n 4 --temp 1.2 --duration 6 --seed 1 -o songs4.sgs'
ok 'sg-train prefer --set lyrics --margin 0.01 -q songs4.sgs -o pairs.sgs'
cat > align.json <<'END'
{"model": "tiny", "data": {"pairs": "pairs.sgs"}, "steps": 2, "songs": 2, "rate": 0.0001, "log": 1}
END
for run in one two; do
  ok "sg-train align --config align.json -q --from second --seed ${#run} -o $run"
done
grep -q '"preference"' one/log.jsonl || fail "no loss in the log"
ok 'sg-train merge --base second one:0.5 two:0.5 --form q8 -o merged.safetensors'
ok 'sg-train merge --base second one:0 two:0 --form f32 -o same.safetensors'
same_files same.safetensors second.safetensors
run 'sg-train merge --base second one -o no.safetensors'
is_refusal sg-train 64 'a run and its weight'

# What is asked for must make sense.
run 'sg-train pretrain --config settings.json -q -o whole'
is_refusal sg-train 73 'already'
run 'sg-train pretrain --model tiny -o none'
is_refusal sg-train 66 'no songs'
echo '{"step": 3}' > wrong.json
run 'sg-train pretrain --config wrong.json -o none'
is_refusal sg-train 78 "no setting 'step'"
run 'sg-train align --config settings.json -o none'
is_refusal sg-train 66 'no pairs'
absent none
