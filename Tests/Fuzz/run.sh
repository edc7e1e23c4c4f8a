#!/bin/bash
# Builds the readers with coverage for libFuzzer and runs each target: run.sh [RUNS] [TARGET...]
#
# SwiftPM has no products for fuzzers, so the libraries below the readers are built by SwiftPM with
# -sanitize=fuzzer in a folder of their own, and each target is linked to their objects.

set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-1000000}
targets=("${@:2}")
((${#targets[@]})) || targets=(torch pickle safetensors gguf yaml json)
build=$PWD/.build-fuzz
swift build --configuration release --scratch-path "$build" --target Weights \
  -Xswiftc -sanitize=fuzzer
release=$build/release
objects=()
for module in Weights Neural CKernels Diagnostics; do
  while IFS= read -r object; do objects+=("$object"); done < <(find -L "$release/$module.build" -name '*.o')
done
modules=(-I "$release/Modules")
for map in "$release"/*.build/module.modulemap Sources/C*/module.modulemap; do
  if [[ -e $map ]]; then modules+=(-Xcc "-fmodule-map-file=$map"); fi
done
modules+=(-Xcc -ISources/CKernels/include)

# seeds TARGET: files to begin with.
seeds() {
  case $1 in
    torch) ls Tests/Fixtures/torch/* ;;
    pickle)
      for file in Tests/Fixtures/torch/*.pt; do
        unzip -p "$file" '*/data.pkl' > "$build/seed" 2> /dev/null || continue
        cp "$build/seed" "$build/corpus/pickle/$(basename "$file").pkl"
      done
      ;;
    safetensors) find Tests/Fixtures -name '*.safetensors' -size -40k ;;
    gguf) find Tests/Fixtures -name '*.gguf' -size -100k ;;
    yaml) find Tests/Fixtures -name '*.yaml' ;;
    json) find Tests/Fixtures Sources/CDefaultModel -name 'sg-model.json' -o -name 'vae.json' ;;
  esac
}

for target in "${targets[@]}"; do
  swiftc -O -sanitize=fuzzer -parse-as-library -swift-version 6 -D "FUZZ_${target^^}" \
    "${modules[@]}" Tests/Fuzz/FuzzTarget.swift "${objects[@]}" -o "$build/fuzz-$target" \
    -lopenblas -lz -lcrypto -lyaml
  mkdir -p "$build/corpus/$target"
  seeds "$target" | while IFS= read -r file; do cp -f "$file" "$build/corpus/$target/"; done
  "$build/fuzz-$target" "$build/corpus/$target" -runs="$runs" -max_len=16384 -timeout=10 \
    -rss_limit_mb=2048 -malloc_limit_mb=512 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$build/crash-$target-"
done
