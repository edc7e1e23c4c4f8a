# Ids of the official vocabulary (151643 pieces), which lies here compressed.
mkdir qwen2
cp "$FIXTURES"/qwen2/*.json "$FIXTURES"/qwen2/*.safetensors qwen2
for name in vocab.json merges.txt; do gzip -dc "$FIXTURES/qwen2/$name.gz" > "qwen2/$name"; done
ok 'sg-parity qwen2'
tail -n 1 "$OUT" | grep -Eq '^[1-9][0-9]{2,} passed, 0 failed$' || run_failed "too few cases"
