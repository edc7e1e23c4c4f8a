# Token songs cut, joined, looped and crossed; frames are compared as tables of tokens.

sgs request < "$SHORT" > request.sgs
for seed in 1 2; do sg-lm -q --seed $seed --duration 4 request.sgs -o take$seed.sgs; done
rows() { sg-inspect --tsv "$1" | grep -v '^#' | cut -f 3-; }
body() { rows "$1" | tail -n +2; }
frames() { body "$1" | wc -l; }
body take1.sgs > take1; body take2.sgs > take2
((5 < $(wc -l < take1))) || fail "the song is too short to cut"
(($(awk '{ print NF }' take1 | head -n 1) >= 3)) || fail "no three rows in the table"

# Cuts by frames and by times, in a pipe and in a file.
sg-edit cut --start 10f --end 0:01 take1.sgs > cut.sgs
same "$(body cut.sgs)" "$(sed -n 11,25p take1)"
sg-edit cut --start 0.4 --length 15f < take1.sgs | cmp - cut.sgs
ok 'sg-inspect cut.sgs'
contains "$OUT" 'stop end'
sg-edit cut take1.sgs > all.sgs
same "$(body all.sgs)" "$(cat take1)"
sgs header cut.sgs | grep -q '"edit": "cut"' || fail "the cut is not in the history"

# All parts make the whole.
sg-edit cut --end 1 take1.sgs > head.sgs
sg-edit cut --start 1 take1.sgs > tail.sgs
cat head.sgs tail.sgs | sg-edit join -o joined.sgs
sg-edit join head.sgs tail.sgs | cmp - joined.sgs
same "$(body joined.sgs)" "$(cat take1)"

sg-edit loop --start 5f --end 8f --times 3 take1.sgs > loop.sgs
same "$(body loop.sgs)" "$(head -n 8 take1; sed -n 6,8p take1; sed -n 6,8p take1; tail -n +9 take1)"

# Each row of a cross is that of its song.
sg-edit cross --vocal take1.sgs --accompaniment take2.sgs > cross.sgs
count=$(frames cross.sgs)
head=$(sg-inspect --tsv take1.sgs | grep -v '^#' | head -n 1)
column() { awk -F '\t' -v want="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == want) c = i; next }
  c { print $c }' <(sg-inspect --tsv "$1" | grep -v '^#') | head -n "$count"; }
[[ $head == *vocal* ]] || fail "the table has no row of names: $head"
same "$(column cross.sgs vocal)" "$(column take1.sgs vocal)"
same "$(column cross.sgs accompaniment)" "$(column take2.sgs accompaniment)"
same "$(column cross.sgs mixed)" "$(column take2.sgs mixed)"
[[ $(column take1.sgs mixed) != "$(column take2.sgs mixed)" ]] || fail "both takes are the same"
sg-edit cross --mixed vocal --vocal - --accompaniment take2.sgs < take1.sgs > mixed.sgs
same "$(column mixed.sgs mixed)" "$(column take1.sgs mixed)"
sg-edit cross --mixed none --vocal take1.sgs --accompaniment take2.sgs > none.sgs
ok 'sg-decode -q --steps 1 none.sgs | sg-mix -q -o none.wav'
run 'sg-lm --continue none.sgs > none.out'
is_code 65
is_message sg-lm "lacks the row 'mixed'"

# A song as a prompt, and a prompt as a song.
sg-edit prompt --length 1 take1.sgs -o own.sgs
ok 'sg-lm -q --seed 3 --duration 1 --prompt own.sgs request.sgs'
sg-edit song own.sgs > heard.sgs
same "$(body heard.sgs)" "$(head -n 25 take1)"

# What cannot be done.
run 'sg-edit'
is_refusal sg-edit 64 'give a command'
run 'sg-edit cut --start 1:75 take1.sgs'
is_refusal sg-edit 64 "'1:75' is invalid"
run 'sg-edit cut --end 1 --length 2 take1.sgs'
is_refusal sg-edit 64 'exclude each other'
run 'sg-edit cut --start 5 --end 3 take1.sgs > out'
((code != 0)) || run_failed "a part that ends before it begins"
run 'sg-edit cut --start 1:00 take1.sgs > out'
is_code 65
is_message sg-edit 'nothing is left'
run 'sg-edit cut request.sgs > out'
is_code 65
is_message sg-edit 'a request song where tokens belong'
run 'sg-edit loop --times 0 take1.sgs'
is_refusal sg-edit 64 'give 1 to 10000'
run 'sg-edit loop --times 10000 take1.sgs > out'
is_code 65
is_message sg-edit '--max-seconds'
run 'sg-edit cross --vocal - --accompaniment - < take1.sgs'
is_refusal sg-edit 64 'exclude each other'
run 'cat take1.sgs take2.sgs | sg-edit cross --vocal - --accompaniment take1.sgs > out'
is_code 65
is_message sg-edit 'has more songs'
run 'sg-edit join /dev/null'
is_refusal sg-edit 66 'nothing to read'
run 'head -c 1000 take1.sgs | sg-edit cut'
is_code 65
run 'sg-edit song take1.sgs > out'
is_code 65
is_message sg-edit 'no prompt tokens'
