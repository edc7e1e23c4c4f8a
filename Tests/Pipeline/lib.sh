# What the scripts of this folder share. Sourced by the test before each of them.

# Ends the script with a message.
fail() {
  echo "FAILED at ${BASH_SOURCE[-1]##*/}:${BASH_LINENO[-2]}: $*" >&2
  exit 1
}

# run 'COMMAND LINE': runs it in a shell of its own with pipefail; its exit code is then in $code,
# its standard output in the file $OUT, its standard error in $ERR.
OUT=$(mktemp) ERR=$(mktemp) code=0 last_run=
run() {
  last_run=$1
  code=0
  bash -o pipefail -c "$last_run" > "$OUT" 2> "$ERR" || code=$?
}

# Shows what the last `run` did, then fails.
run_failed() {
  echo "$ $last_run" >&2
  echo "exit code $code, standard output $(stat -c %s "$OUT") bytes, standard error:" >&2
  cat "$ERR" >&2
  fail "$*"
}

# is_code N: the last `run` exited so.
is_code() { [[ $code == "$1" ]] || run_failed "exit code $code, not $1"; }

# is_silent: nothing on standard output.
is_silent() { [[ ! -s $OUT ]] || run_failed "something on standard output"; }

# is_quiet: nothing on standard error.
is_quiet() { [[ ! -s $ERR ]] || run_failed "something on standard error"; }

# is_message TOOL TEXT: standard error is one message of TOOL with TEXT in it: a line that begins
# with its name, and nothing else but indented lines of advice.
is_message() {
  [[ $(head -n 1 "$ERR") == "$1: "* ]] || run_failed "the message does not begin with '$1: '"
  [[ $(tail -n +2 "$ERR" | grep -vc '^  ') == 0 ]] || run_failed "more than one message"
  grep -qF -- "$2" "$ERR" || run_failed "no '$2' in the message"
}

# is_refusal TOOL CODE TEXT: the last `run` ended so, with nothing on standard output.
is_refusal() {
  is_code "$2"
  is_message "$1" "$3"
  is_silent
}

# ok 'COMMAND LINE': runs it and fails unless it exits 0.
ok() {
  run "$1"
  is_code 0
}

# has PROGRAM PACKAGES: whether a program is there that `make check` does not install. If not, that is
# said, and shown with what the tests print.
has() {
  if command -v "$1" > /dev/null; then return 0; fi
  echo "skipped: what needs $1 (Debian: $2)"
  return 1
}

# same A B: two texts are equal.
same() { [[ $1 == "$2" ]] || fail "'$1' is not '$2'"; }

# same_files A B...: all files have the same bytes.
same_files() {
  local first=$1 file
  for file in "${@:2}"; do
    cmp -- "$first" "$file" >&2 || fail "$first and $file differ"
  done
}

# contains FILE TEXT
contains() {
  grep -qF -- "$2" "$1" || { cat -- "$1" >&2; fail "no '$2' in $1"; }
}

# absent FILE...: none of them is there.
absent() {
  local file
  for file in "$@"; do
    [[ ! -e $file ]] || fail "$file is there"
  done
}

# Waits until the command line succeeds, for at most 60 seconds.
until_true() {
  local tries
  for ((tries = 0; tries < 1200; tries++)); do
    if eval "$1"; then return 0; fi
    sleep 0.05
  done
  fail "waited in vain for: $1"
}

# The song stream module of this folder as a program.
sgs() { python3 "$PIPELINE/sgs.py" "$@"; }
export -f sgs

# A request of one short verse, and the article's example.
export SHORT=$FIXTURES/pipeline/short.jsonl
export SONG=$FIXTURES/pipeline/song.jsonl
