# sg-model: the official download, as it is and imported, plays as the files it was made from.

# download FOLDER: the tiny reference model laid out as the official download is, with the language
# model and the autoencoder as torch archives, under names that mean nothing.
download() {
  mkdir -p "$1/base" "$1/ckpt/a" "$1/ckpt/b" "$1/conf" "$1/third_party/q"
  python3 "$PIPELINE/torch_archive.py" "$FIXTURES/lelm/base/model.safetensors" "$1/base/model.bin"
  python3 "$PIPELINE/torch_archive.py" "$FIXTURES/codec-decode/vae.safetensors" "$1/ckpt/b/x.ckpt" \
    state_dict
  cp "$FIXTURES/lelm/base/config.yaml" "$1/base"
  cp "$FIXTURES/lelm/base/conf/vocab.yaml" "$1/conf"
  cp "$FIXTURES/lelm/base/tokenizer/"* "$1/third_party/q"
  cp "$FIXTURES/codec-decode/model_septoken.safetensors" "$1/ckpt/a/m.safetensors"
  cp "$FIXTURES/codec-decode/vae.json" "$1/ckpt/b"
  cp "$FIXTURES/torch/prompts.pt" "$1/ckpt/auto.pt"
  echo 'You may look at it.' > "$1/LICENSE"
}
download dl
ok 'sg-model import dl -o model'
is_silent
contains "$ERR" 'request version v1: the style table has'
contains "$ERR" 'licence text: LICENSE'
contains "$ERR" 'not there: one-track codec'
contains "$ERR" "cannot read reference audio: 'bestrq."
ok 'sg-model verify ./model'
ok 'sg-model info ./model'
contains "$OUT" 'SHA-256'
ok 'sg-model info --json ./model'
python3 - "$OUT" <<'PY'
import json, sys
model = json.load(open(sys.argv[1]))
assert model["name"] == "model" and model["requestVersion"] == "v1", model
assert model["licence"] == "You may look at it.\n", model
parts = {part["role"]: part for part in model["parts"]}
assert set(parts) == {"lm", "codec", "vae"}, parts
assert all(part["whole"] and part["format"] == "safetensors" for part in parts.values()), parts
PY

# The same tokens from safetensors, from a torch archive in place, and imported.
sg-lyrics -q "$SHORT" -o request.sgs
mkdir plain official
cp -r "$FIXTURES/lelm/base/"{config.yaml,conf,tokenizer,model.safetensors} plain
cp -r dl/base/* dl/conf official
cp -r "$FIXTURES/lelm/base/tokenizer" official
for folder in plain official model; do
  ok "sg-lm -q --seed 3 --duration 12 --model ./$folder request.sgs"
  sg-inspect --tsv "$OUT" > $folder.tsv
done
same_files plain.tsv official.tsv model.tsv

# The numbers of the autoencoder and of the codec are those of the download, byte for byte.
python3 "$PIPELINE/torch_archive.py" --same model/vae.safetensors \
  "$FIXTURES/codec-decode/vae.safetensors"
python3 "$PIPELINE/torch_archive.py" --same model/codec.safetensors \
  "$FIXTURES/codec-decode/model_septoken.safetensors"

# A folder of GGUF files becomes a model by the same command; what is made of their keys is no source.
ok 'sg-model fake -q --like tiny --format gguf -o gguf'
ok 'sg-model import gguf -o of-gguf'
contains "$ERR" 'of lm.gguf (gguf)'
! grep -q 'config: ' "$ERR" || fail 'what was made of keys is told as a source'
ok 'sg-model verify ./of-gguf'
for folder in gguf of-gguf; do
  ok "sg-lm -q --seed 3 --duration 3 --model ./$folder request.sgs -o $folder.sgs"
  ok "sg-inspect --tsv $folder.sgs" && cp "$OUT" $folder.tsv
  ok "sg-decode -q --steps 1 --model ./$folder $folder.sgs"
done
same_files gguf.tsv of-gguf.tsv

# A packed flow network and a narrow autoencoder decode.
ok 'sg-model import --quantize lm=q4,flow=q8,vae=bf16 gguf -o narrow'
for form in q4: q8: BF16:; do contains "$ERR" "$form"; done
ok 'sg-model verify ./narrow'
ok 'sg-lm -q --seed 3 --duration 3 --model ./narrow request.sgs -o narrow.sgs'
for precision in f32 int8; do
  ok "sg-decode -q --steps 1 --precision $precision --model ./narrow narrow.sgs"
done
run 'sg-model import --quantize vae=q8 gguf -o x'; is_refusal sg-model 64 'give f32, f16, bf16'

# Everything that is kept, and what is asked for alone.
ok 'sg-model import --keep-unused --only lm,vae -q dl -o all'
python3 "$PIPELINE/torch_archive.py" --same all/lm.safetensors "$FIXTURES/lelm/base/model.safetensors" all
absent all/codec.safetensors
ok 'sg-model import --dry-run dl'
ok 'sg-model import -q --only vae --name x dl -o named'
contains named/sg-model.json '"name" : "x"'
ok 'sg-model import --request-version v2 dl -o second'
contains "$ERR" 'request version v2, as you say'

# What is refused, and that nothing is left behind.
before=$(ls -A)
run 'sg-model import dl -o model'; is_refusal sg-model 73 "'model' is already there"
run 'sg-model import dl'; is_refusal sg-model 64 '-o DIR'
run 'sg-model import nothing -o x'; is_refusal sg-model 69 "no such directory"
run 'sg-model import conf -o x'; is_refusal sg-model 69 'no such directory'
mkdir none; run 'sg-model import none -o x'; is_refusal sg-model 69 'nothing that belongs to a model'
rmdir none
run 'sg-model import --only wheels dl -o x'; is_refusal sg-model 64 'wheels'
same "$(ls -A)" "$before"
cp -r dl evil && cp "$FIXTURES/torch/evil.pt" evil/ckpt/a/evil.bin
ok 'sg-model import --dry-run evil'
contains "$ERR" "asks for 'posix.system', which tensors do not need; nothing was executed"
rm evil/base/config.yaml
run 'sg-model import evil -o x'; is_refusal sg-model 69 'there is no config.yaml'
cp "$FIXTURES/lelm/v2/config.yaml" evil/base
sed -i 's/num_layers: .*/num_layers: 9/' evil/base/config.yaml
run 'sg-model import evil -o x'; is_refusal sg-model 65 'tensors of the language model cannot be used'
printf 'version https://git-lfs.github.com/spec/v1\n' > evil/base/model.bin
ok 'sg-model import --dry-run evil'
contains "$ERR" 'is a Git LFS pointer'

# A byte that changed is found; so is a number that is not one.
cp -r model broken
printf '\x01' | dd of=broken/tokenizer/merges.txt bs=1 seek=20 conv=notrunc status=none
run 'sg-model verify ./broken'; is_code 65; contains "$ERR" 'merges.txt: is not the file'
cp model/tokenizer/merges.txt broken/tokenizer
printf '\xff\xff\xff\xff' | dd of=broken/vae.safetensors bs=1 seek=$(($(stat -c %s model/vae.safetensors) - 4)) \
  conv=notrunc status=none
run 'sg-model verify ./broken'; is_code 65; contains "$ERR" 'not finite'

# So is a byte of a torch archive: on the way in, and where the archive is the model.
cp -r dl cut
printf '\x01' | dd of=cut/ckpt/b/x.ckpt bs=1 seek=200001 conv=notrunc status=none
run 'sg-model import -q --only vae cut -o x'; is_refusal sg-model 65 'its CRC-32 is not the one'
absent x
mkdir vae && cp cut/ckpt/b/* vae
run 'sg-model verify ./vae'; is_code 65; contains "$ERR" "entry 'archive/data/"

# Models by name, and a download in the cache of Hugging Face, whose files are links to blobs.
mkdir -p models hub/models--o--songs/{blobs,refs,snapshots/0123}
mv model models
printf 0123 > hub/models--o--songs/refs/main
(
  cd hub/models--o--songs
  n=0
  find ../../official -type f | while read -r file; do
    n=$((n + 1))
    cp "$file" blobs/$n
    target=snapshots/0123/${file#../../official/}
    mkdir -p "$(dirname "$target")"
    ln -s "$(realpath --relative-to="$(dirname "$target")" blobs)/$n" "$target"
  done
)
export SG_MODEL_PATH=$PWD/models HF_HUB_CACHE=$PWD/hub
ok 'sg-model list'
contains "$OUT" "model	$PWD/models/model"
contains "$OUT" "o/songs	$PWD/hub/models--o--songs/snapshots/0123"
same "$(sg-model path model)" "$PWD/models/model"
same "$(sg-model path o/songs)" "$PWD/hub/models--o--songs/snapshots/0123"
for name in o/songs songs; do
  ok "sg-lm -q --seed 3 --duration 12 --model $name request.sgs"
  sg-inspect --tsv "$OUT" > cached.tsv
  same_files plain.tsv cached.tsv
done
ok 'sg-model import -q o/songs -o cached'
# A link to anywhere else is not followed.
ln -sf "$PWD/plain/model.safetensors" hub/models--o--songs/snapshots/0123/model.bin
run 'sg-lm -q --model songs request.sgs'; is_code 69; is_message sg-lm 'no language model'
