# One model in every form: official safetensors, torch archives, GGUF, imported, packed. The same tokens
# and the same sound.

sg-lyrics -q "$SHORT" -o request.sgs

# sings FOLDER: its tokens in FOLDER.tsv, its sound, without what tells its model, in FOLDER.raw.
sings() {
  ok "sg-lm -q --seed 3 --duration 4 --model ./$1 request.sgs -o $1.sgs"
  ok "sg-inspect --tsv $1.sgs" && cp "$OUT" "$1.tsv"
  ok "sg-decode -q --seed 5 --steps 2 --model ./$1 $1.sgs -o $1.pcm"
  ok "sg-mix -q -o $1.wav $1.pcm"
  sox -D "$1.wav" -t raw "$1.raw"
}

# sing_alike FOLDER...
sing_alike() {
  local folder
  for folder; do sings "$folder"; done
  same_files "${@/%/.tsv}"
  same_files "${@/%/.raw}"
}

# archives FROM TO: a folder whose tensors lie in torch archives.
archives() {
  cp -r "$1" "$2"
  for file in "$2"/*.safetensors; do
    python3 "$PIPELINE/torch_archive.py" "$file" "${file%.safetensors}.pt"
    rm "$file"
  done
}

# The language models that the reference ran, with its codec and its autoencoder.
for version in base v2; do
  mkdir $version
  cp -r "$FIXTURES/lelm/$version/"{config.yaml,conf,tokenizer,model.safetensors} $version
  cp "$FIXTURES/codec-decode/"{model_septoken.safetensors,vae.safetensors,vae.json} $version
  echo "{\"sgModel\": 1, \"requestVersion\": \"${version/base/v1}\", \"flow\": {\"heads\": 4}}" \
    > $version/sg-model.json
  archives $version $version-torch
  ok "sg-model convert -q --to gguf --quantize lm=f32 ./$version -o $version-gguf"
  ok "sg-model import -q $version -o $version-ours"
  ok "sg-model import -q $version-torch -o $version-of-torch"
  ok "sg-model import -q $version-gguf -o $version-of-gguf"
  sing_alike $version $version-{torch,gguf,ours,of-torch,of-gguf}
  # Packed: other numbers than before, but the same from everywhere.
  for form in $version $version-torch $version-gguf; do
    ok "sg-model import -q --quantize lm=q8 $form -o $form-q8"
  done
  sing_alike $version-q8 $version-torch-q8 $version-gguf-q8
  # As blocks of GGUF, and widened.
  ok "sg-model convert -q --to gguf --quantize lm=q8 ./$version -o $version-gguf8"
  ok "sg-model import -q $version-gguf8 -o $version-of-gguf8"
  sing_alike $version-gguf8 $version-of-gguf8
done

# A random model of all parts; F16 would round its BF16.
for format in safetensors torch; do
  ok "sg-model fake -q --like tiny --seed 4 --format $format -o fake-$format"
done
archives fake-safetensors fake-archives
ok 'sg-model convert -q --to gguf --quantize lm=f32 ./fake-safetensors -o fake-gguf'
ok 'sg-model import -q fake-torch -o fake-ours'
sing_alike fake-{safetensors,torch,archives,gguf,ours}
