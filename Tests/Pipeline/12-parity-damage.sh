# A set of reference tensors that cannot be read is a failed case, and the others are run.

set=$FIXTURES/lelm/base
mkdir sets
cp -r "$set" sets/base
truncate -s -64 sets/base/forward.safetensors
echo '{' > sets/base/generate.json
run 'sg-parity sets'
is_code 1
is_quiet
for name in forward generate; do
  grep -q "^FAIL base/$name  " "$OUT" || run_failed "no failure of $name"
done
failed=$(grep -c '^FAIL ' "$OUT")
same "$(tail -n 1 "$OUT")" "$(grep -c '^ok ' "$OUT") passed, $failed failed"
run 'sg-parity sets nowhere'
is_code 1
contains "$OUT" "FAIL nowhere  there is no such directory"
same "$(tail -n 1 "$OUT" | grep -o '[0-9]* failed')" "$((failed + 1)) failed"

# A model that cannot be opened takes what needs it with it, and no more.
rm -r sets/base
cp -r "$set" sets/base
truncate -s 100 sets/base/model.safetensors
run 'sg-parity sets'
is_code 1
grep -q '^FAIL base/model  ' "$OUT" || run_failed "no failure of the model"
grep -q '^ok   base/pattern ' "$OUT" || run_failed "no pattern"

run "sg-parity '$set' > /dev/full"
is_code 74
is_message sg-parity "no space left on device"
