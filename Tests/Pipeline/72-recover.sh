# sg-inspect --recover saves whole songs of damaged streams, byte for byte.

for n in 1 2 3; do
  python3 "$PIPELINE/rows.py" '<i4' 3xT $n $n.npy 300
  sg-inspect --from-npy $n.npy --vocab 2048 -o $n.sgs
done
cat 1.sgs 2.sgs 3.sgs > all.sgs
size=$(stat -c %s 1.sgs)

# An undamaged stream: the same songs, now with one end for all.
run 'sg-inspect --recover all.sgs -o whole.sgs'; is_code 0; is_silent
is_message sg-inspect '3 whole songs saved, damage in 0 places'
same "$(sg-inspect whole.sgs | cut -d ' ' -f 3-)" "$(sg-inspect all.sgs | cut -d ' ' -f 3-)"
same "$(stat -c %s whole.sgs)" $((3 * size - 64))

# A byte of the second song is overwritten.
cp all.sgs damaged.sgs
printf '\377' | dd of=damaged.sgs bs=1 seek=$((size + 1000)) conv=notrunc 2> dd.log
run 'sg-inspect --recover damaged.sgs -o saved.sgs'; is_code 0
is_refused() { grep -qF "damaged.sgs: record at byte" "$ERR" || run_failed "no place"; }
is_refused
sg-inspect --check saved.sgs
same "$(sg-inspect --json saved.sgs | grep -o '"id":"[0-9]"' | tr '\n' ' ')" '"id":"1" "id":"3" '
head -c $((size - 32)) saved.sgs > first; head -c $((size - 32)) 1.sgs > expected
same_files first expected

# The same through pipes, from the middle of a pipe, and quietly.
run 'cat damaged.sgs | sg-inspect -q --recover > piped.sgs'; is_code 0; is_quiet
same_files piped.sgs saved.sgs

# Cut anywhere: what was whole is saved; of nothing whole nothing is written.
head -c $((2 * size + 500)) all.sgs > cut.sgs
sg-inspect -q --recover cut.sgs > two.sgs
same "$(sg-inspect two.sgs | wc -l)" 2
head -c 500 all.sgs > stub.sgs
run 'sg-inspect --recover stub.sgs -o none.sgs'; is_code 65; absent none.sgs
run 'sg-inspect --recover 1.npy -o none.sgs'; is_code 65; absent none.sgs
run 'sg-inspect --recover missing.sgs -o none.sgs'; is_code 66; absent none.sgs
run 'sg-inspect --recover < /dev/null > none'; is_code 66; [[ ! -s none ]] || fail "bytes"

# Several files make one stream; one that is missing does not cost the others.
run 'sg-inspect --recover 1.sgs missing.sgs 3.sgs -o rest.sgs'; is_code 66
same "$(sg-inspect rest.sgs | wc -l)" 2

# A full disk is a failure, and nothing half-written stays under the name.
run 'sg-inspect --recover all.sgs > /dev/full'; is_code 74
mkdir closed; chmod 555 closed
if [[ $(id -u) != 0 ]]; then
  run 'sg-inspect --recover all.sgs -o closed/x.sgs'; is_code 73
fi
run 'sg-inspect --recover all.sgs -o nowhere/x.sgs'; is_code 73
