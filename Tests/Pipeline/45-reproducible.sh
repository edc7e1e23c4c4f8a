# --reproducible: the same bytes from processors with vectors of 8 floats and of 16, whatever kernels
# OpenBLAS takes. Only a processor that has them can compare them.

sg-lyrics -q "$SHORT" -o request.sgs
sox -R -n -r 44100 -c 2 guitar.wav synth 6 pluck C3 pluck E3 pluck G3 remix 1,2 2,3 gain -6

processors() { # COMMAND LINE: run on each of them, its outputs are the same.
  local level core
  rm -f out.*
  for level in avx2 avxvnni avx512 avx512bf16; do
    core=SkylakeX
    [[ $level == avx512 ]] && core=Haswell
    SG_CPU=$level OPENBLAS_CORETYPE=$core bash -c "$1" > "out.$level" ||
      fail "'$1' fails with SG_CPU=$level"
  done
  same_files out.*
}

if grep -q avx2 /proc/cpuinfo; then
  # Every number between the request and the tokens, as far as three digits of the largest difference
  # from the reference tell it: without the option these lines differ.
  processors 'sg-parity --reproducible "$FIXTURES/lelm/base" --filter base/forward'
  contains out.avx2 'ok   base/forward'
  if grep -q avx512dq /proc/cpuinfo; then
    [[ $(SG_CPU=avx2 sg-parity "$FIXTURES/lelm/base" --filter base/forward) != \
      $(sg-parity "$FIXTURES/lelm/base" --filter base/forward) ]] ||
      fail 'processors do not differ: this test says nothing'
  fi
  processors 'sg-parity --reproducible "$FIXTURES/codec-encode" --filter e2e'

  # The tools, tokens to sound.
  processors 'sg-lm -q --reproducible --seed 3 --duration 3 request.sgs'
  cp out.avx2 song.sgs
  processors 'sg-lm -q --reproducible --precision f32 --seed 3 --duration 3 request.sgs'
  for precision in f32 int16 int8; do
    processors "sg-decode -q --reproducible --seed 1 --steps 2 --precision $precision song.sgs"
  done
  processors 'sg-encode -q --reproducible guitar.wav'
  ok 'sg-model fake -q --like tiny --only codec,vae,separator -o fake'
  processors 'sg-encode -q --reproducible --model ./fake guitar.wav'
fi

# Elsewhere the promise cannot be kept.
for tool in 'sg-lm request.sgs' 'sg-decode request.sgs' 'sg-encode guitar.wav'; do
  run "SG_CPU=portable $tool --reproducible"
  is_refusal "${tool%% *}" 69 'needs a processor with AVX2'
done
