# Token rows to and from NumPy arrays.

rows() { python3 "$PIPELINE/rows.py" "$@"; }
rows '<i4' 3xT 1 plain.npy
sg-inspect --from-npy plain.npy --vocab 2048 -o plain.sgs
sg-inspect --npy back.npy plain.sgs
same_files plain.npy back.npy

# Other types and shapes are the same song.
for form in '<i8 3xT' '<u2 3xT' '<i4 1x3xT' '<i8 1x3xT'; do
  rows ${form% *} ${form#* } 1 other.npy
  sg-inspect --from-npy other.npy --vocab 2048 --id plain -o other.sgs
  same_files plain.sgs other.sgs
done

# Through pipes.
sg-inspect --from-npy - --vocab 2048 --id plain < plain.npy | sg-inspect --npy - > piped.npy
same_files plain.npy piped.npy

# The id is the name of the file, or what the user says.
cp plain.npy 'my take.npy'
same "$(sg-inspect --from-npy 'my take.npy' | sg-inspect | grep -o "'.*'")" "'my take'"

# What is not three rows of tokens is refused, and no file appears.
rows '<f4' 3xT 1 float.npy
head -c 300 plain.npy > cut.npy
rows '<i4' 3xT 1 long.npy 15001
run 'sg-inspect --from-npy float.npy -o x.sgs'; is_refusal sg-inspect 65 "type '<f4'"
run 'sg-inspect --from-npy cut.npy -o x.sgs'; is_refusal sg-inspect 65 'bytes of data'
run 'sg-inspect --from-npy plain.sgs -o x.sgs'; is_refusal sg-inspect 65 'not an .npy file'
run 'sg-inspect --from-npy plain.npy --vocab 5 -o x.sgs'; is_refusal sg-inspect 65 '--vocab'
run 'sg-inspect --from-npy long.npy -o x.sgs'; is_code 65
run 'sg-inspect --from-npy missing.npy -o x.sgs'; is_refusal sg-inspect 66 'missing.npy'
run 'sg-inspect --from-npy plain.npy --id "" -o x.sgs'; is_refusal sg-inspect 65 "'id'"
absent x.sgs
run 'sg-inspect --from-npy plain.npy > /dev/full'; is_refusal sg-inspect 74 'no space left'
run 'sg-inspect --npy /dev/full plain.sgs'; is_refusal sg-inspect 74 'no space left'
run 'sg-inspect --npy nowhere/x.npy plain.sgs'; is_refusal sg-inspect 73 'nowhere/x.npy'
