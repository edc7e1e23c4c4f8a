# The scripts run where they think they run: the tools just built, a fresh directory, no settings.

same "$(command -v sg-lm)" "$PRODUCTS/sg-lm"
same "$(ls -A)" ""
[[ -d $FIXTURES && -f $REPO/Package.swift && -f $PIPELINE/lib.sh ]] || fail "a variable is wrong"
for name in SG_MODEL SG_MODEL_PATH XDG_DATA_HOME NO_COLOR TERM; do
  ! printenv $name || fail "$name is set"
done

# A closed pipe ends a writer by its signal, as in a shell; otherwise 141 could not be tested.
run 'yes | head -n 1 > /dev/null'
is_code 141

# The helpers notice what they are there for.
(is_code 0) 2> /dev/null && fail "is_code passed a wrong code"
(same a b) 2> /dev/null && fail "same passed a difference"
printf 'one\n' > a; printf 'two\n' > b
(same_files a b) 2> /dev/null && fail "same_files passed a difference"
(contains a two) 2> /dev/null && fail "contains passed what is not there"
(absent a) 2> /dev/null && fail "absent passed a file"
run 'echo "sg-lm: one" >&2; echo "sg-lm: two" >&2; exit 65'
(is_refusal sg-lm 65 one) 2> /dev/null && fail "is_refusal passed two messages"
run 'echo "sg-lm: one" >&2; exit 65'
is_refusal sg-lm 65 one
