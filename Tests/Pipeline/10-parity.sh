# The numerics agree with the tensors of the reference.
ok 'sg-parity "$FIXTURES/lelm" "$FIXTURES/codec-decode" "$FIXTURES/codec-encode"'
tail -n 1 "$OUT" | grep -Eq '^[1-9][0-9]* passed, 0 failed$' || run_failed "the last line is wrong"
for part in base/generate base/forward v2/generate codec-decode/c_euler codec-decode/f_audio \
  codec-decode/l_official_dims codec-encode/htdemucs_forward codec-encode/e2e \
  codec-encode/resample; do
  contains "$OUT" "ok   $part"
done

# A wrong number is seen, and nothing to compare is no success.
mkdir wrong
cp -r "$FIXTURES/lelm/base" wrong/base
python3 - wrong/base/generate.safetensors << 'PYTHON'
import struct, sys
path = sys.argv[1]
data = bytearray(open(path, "rb").read())
data[-8] ^= 1
open(path, "wb").write(data)
PYTHON
run 'sg-parity wrong'
is_code 1
grep -q '^FAIL' "$OUT" || run_failed "no case failed"
mkdir empty
run 'sg-parity empty'
is_code 1
