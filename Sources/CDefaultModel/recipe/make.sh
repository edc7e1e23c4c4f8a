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
step model/token-statistics.safetensors sg-train statistics --model ./model \
  -o model/token-statistics.safetensors pools/l2.sgs

run pretrain pretrain "$recipe/pretrain.json"
run extend extend "$recipe/extend.json" --from pretrain

# with NAME EXPORT...: the model with the language model that a command writes.
with() {
  [ -e "$1/lm.safetensors" ] && return
  rm -rf "$1"
  cp -r model "$1"
  "${@:2}" -o "$1/lm.safetensors"
}
with stage2 sg-train export extend

# Preferences: several songs of each request, read from their tokens, and the better half of the pairs.
step pools/candidates.sgs bash -o pipefail -c \
  'sg-train corpus --kind lines:2 -n 100 --seed 30000000 | sg-lyrics -q |
    sg-lm -q --model ./stage2 -n 6 --temperature 0.9 --top-k 50 --seed 1 -o pools/candidates.sgs'
for set in lyrics prompt musicality; do
  step "pools/$set.sgs" sg-train prefer --model ./model --set "$set" pools/candidates.sgs \
    -o "pools/$set.sgs"
  run "$set" align "$recipe/$set.json" --from extend
done
with stage3 sg-train merge --base extend lyrics:0.5 prompt:0.3 musicality:0.2 --form q8
