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
mkdir empty
run "$lm --model ./empty"
is_refusal sg-lm 69 "./empty: this model has no"
while IFS=$'\t' read -r expected message damage; do
  rm -rf broken
  cp -r "$model" broken
  (cd broken; eval "$damage")
  run "$lm --model ./broken"
  is_refusal sg-lm "$expected" "$message"
done <<'END'
69	names 'lm.safetensors' for 'lm', which is not there	rm lm.safetensors
69	names 'tokenizer' for 'tokenizer', which is not there	rm -r tokenizer
69	conf/vocab.yaml: there is no such file in model './broken'	rm -r conf
65	lm.safetensors: tensor '	truncate -s -1000 lm.safetensors
65	lm.safetensors: is too short to be a safetensors file	: > lm.safetensors
65	lm.safetensors: 	printf '\377\377\377\377\377\377\377\377{}' > lm.safetensors
69	lm.safetensors	rm lm.safetensors; ln -s /dev/zero lm.safetensors
69	lm.safetensors	rm lm.safetensors; ln -s "$REPO/Package.swift" lm.safetensors
78	sg-model.json: is not a valid model manifest	echo '{' > sg-model.json
78	config.yaml: is not valid YAML	echo 'lm: [' > config.yaml
78	config.yaml: lacks 'lm.	rm config.yaml
78	config.yaml: 	mkfifo fifo; ln -sf fifo config.yaml
78	config.yaml: 	sed -i 's/dim: .*/dim: 1000000007/' config.yaml
END

# The decoder looks for its model in the same places.
sg-decode -q --window 10 --steps 1 embedded.sgs > stems.sgs
ok "sg-decode -q --window 10 --steps 1 --model '$model' embedded.sgs" && same_files "$OUT" stems.sgs
run "sg-decode --model nothing embedded.sgs"
is_refusal sg-decode 69 "model 'nothing' not found in:"

# Tokens of a model with another name are decoded, with a warning; one name for two models is refused.
zeros=$(printf '0%.0s' {1..64})
for name in base tiny; do
  sgs tokens "{\"models\": [{\"role\": \"lm\", \"name\": \"$name\", \"sha256\": \"$zeros\"}]}" > $name.sgs
done
ok "sg-decode --seed 1 --window 10 --steps 1 base.sgs"
is_message sg-decode "warning: 'made': its tokens come from model 'base', this one is 'tiny'"
run "sg-decode --seed 1 --window 10 --steps 1 tiny.sgs"
is_code 69
is_message sg-decode "'made': its tokens come from another model 'tiny' (000000000000, this one is"
