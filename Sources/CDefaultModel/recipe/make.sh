#!/bin/bash
# Makes the model in the box from nothing: make.sh FOLDER. What is there already is not made again, and a
# run that was stopped goes on, so the script can be killed and started anew at any time.
set -euo pipefail

recipe=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/pools"
cd "$1"

# step TARGET COMMAND...: runs the command unless its target is there.
step() {
  local target=$1
  shift
  [ -e "$target" ] || { echo "make.sh: $*" >&2; "$@"; }
}

# pool NAME KIND COUNT SEED [OPTION]: songs to learn from, with labels.
pool() {
  step "pools/$1.sgs" \
    sg-train corpus --model ./model --kind "$2" -n "$3" --seed "$4" "${@:5}" -o "pools/$1.sgs"
}

# run FOLDER COMMAND [OPTION...]: a run of training, begun or gone on with.
run() {
  [ -e "$1/done" ] && return
  if [ -e "$1/config.json" ]; then
    sg-train "$2" --resume -o "$1" "${@:4}"
  else
    sg-train "$2" --config "$3" -o "$1" "${@:4}"
  fi
  touch "$1/done"
}

if ! [ -e model/codec.safetensors ]; then
  rm -rf model
  sg-train toy -o model
  sg-train codec -n 300 --seed 1 -o model
fi

pool w1 words:1 3000 1000000
pool w2 words:2 5000 2000000
pool w3 words:3 3000 3000000
pool w4 words:4 2000 4000000
pool w5 words:5 3000 5000000
pool l1 lines:1 2500 6000000
pool l2 lines:2 5000 7000000
pool sh short 5000 8000000
pool so song 2400 9000000
statistics() {
  cat pools/w5.sgs pools/l2.sgs pools/sh.sgs pools/so.sgs |
    sg-train statistics --model ./model -o model/token-statistics.safetensors
}
step model/token-statistics.safetensors statistics

run pretrain pretrain "$recipe/pretrain.json"
run extend extend "$recipe/extend.json" --from pretrain
# Both stages once more, on longer songs.
if ! [ -e stage2/lm.safetensors ]; then
  rm -rf stage2
  cp -r model stage2
  sg-train export extend -o stage2/lm.safetensors
fi
run songs pretrain "$recipe/songs.json"
run songs-extend extend "$recipe/songs-extend.json" --from songs
step model/lm.safetensors sg-train export songs-extend --form q8 -o model/lm.safetensors
# From now on a model without that file is broken.
grep -q '"lm"' model/sg-model.json ||
  sed -i 's/"files" *: *{/&\n    "lm": "lm.safetensors",/' model/sg-model.json
echo "make.sh: the model is in $1/model" >&2
