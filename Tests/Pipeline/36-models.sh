# Where models are looked for, and what is said when there is none or a wrong one.

sg-lyrics -q "$SHORT" -o request.sgs
lm='sg-lm -q --seed 1 --duration 0.4 request.sgs'
ok "$lm" && cp "$OUT" embedded.sgs

# The embedded model, found as a directory, plays the same.
mkdir -p kept/tiny2 data/sg/models
cp -r "$REPO/Sources/CDefaultModel/model/." kept/tiny2
ok "$lm --model ./kept/tiny2" && same_files "$OUT" embedded.sgs
ok "SG_MODEL=kept/tiny2 $lm" && same_files "$OUT" embedded.sgs
ok "SG_MODEL_PATH=nowhere:kept $lm --model tiny2" && same_files "$OUT" embedded.sgs
mv kept/tiny2 data/sg/models
ok "XDG_DATA_HOME=$PWD/data SG_MODEL=tiny2 $lm" && same_files "$OUT" embedded.sgs
ok "XDG_DATA_DIRS=/nowhere:$PWD/data $lm --model tiny2" && same_files "$OUT" embedded.sgs
mkdir -p "$HOME/.local/share/sg"
mv data/sg/models "$HOME/.local/share/sg"
ok "$lm --model tiny2" && same_files "$OUT" embedded.sgs
ok "$lm --model tiny" && same_files "$OUT" embedded.sgs

# The option goes before the environment.
ok "SG_MODEL=nothing $lm --model tiny2"
run "SG_MODEL=nothing $lm"
is_refusal sg-lm 69 "model 'nothing' not found in: \$SG_MODEL_PATH, ~/.local/share/sg/models, /usr/"
run "SG_MODEL_PATH=/a:/b XDG_DATA_HOME=/c XDG_DATA_DIRS=/d:/e $lm --model base"
is_refusal sg-lm 69 "not found in: /a, /b, /c/sg/models, /d/sg/models, /e/sg/models"
run "$lm --model ./nothing"
is_refusal sg-lm 69 "model './nothing': there is no such directory"

# What lies there is no model, or a broken one.
model=$HOME/.local/share/sg/models/tiny2
broken() { rm -rf broken; cp -r "$model" broken; }
mkdir empty
run "$lm --model ./empty"
is_code 78
is_message sg-lm empty
broken && rm broken/lm.safetensors
run "$lm --model ./broken"
[[ $code == 69 || $code == 78 ]] || run_failed "exit code $code"
is_message sg-lm lm
broken && truncate -s -1000 broken/lm.safetensors
run "$lm --model ./broken"
is_message sg-lm lm.safetensors
[[ $code == 65 || $code == 78 ]] || run_failed "exit code $code"
is_silent
broken && echo '{' > broken/sg-model.json
run "$lm --model ./broken"
is_message sg-lm sg-model.json
is_silent
broken && echo 'lm: [' > broken/config.yaml
run "$lm --model ./broken"
is_message sg-lm config.yaml
is_silent
