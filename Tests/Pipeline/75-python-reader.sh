# The Python program of sg-stream(5) reads what the tools write and refuses what is damaged.

sed -n '/^\.Sh READING A STREAM IN PYTHON/,/^\.Ed/p' "$REPO/man/man5/sg-stream.5" |
  sed -e '1,/^\.Bd/d' -e '/^\.Ed/d' -e 's/\\e/\\/g' > reader.py
same "$(grep -c 'def records' reader.py)" 1

for n in 1 2; do
  python3 "$PIPELINE/rows.py" '<i4' 3xT $n $n.npy $((n * 100))
  sg-inspect --from-npy $n.npy --id song$n -o $n.sgs
done
cat 1.sgs 2.sgs > both.sgs
same "$(python3 reader.py < both.sgs)" "song1 tokens mixed 200 vocal 200 accompaniment 200
song2 tokens mixed 400 vocal 400 accompaniment 400"

for length in 0 1 31 32 33 400 $(($(stat -c %s 1.sgs) - 32)); do
  run "head -c $length 1.sgs | python3 reader.py"
  [[ $length == 0 || $code != 0 ]] || run_failed "accepted what was cut to $length bytes"
done
for place in 0 4 5 12 28 40 600; do
  cp 1.sgs damaged.sgs
  printf '\252' | dd of=damaged.sgs bs=1 seek=$place conv=notrunc 2> dd.log
  run 'python3 reader.py < damaged.sgs'
  is_code 1
done
