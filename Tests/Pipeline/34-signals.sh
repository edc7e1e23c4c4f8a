# A signal leaves no temporary file, and nothing under the final name.

sgs request < "$SHORT" > request.sgs
sg-lm -q --duration 1 request.sgs -o tokens.sgs
python3 "$PIPELINE/tones.py" 1 > stems.sgs
mkfifo pipe

# Whether a process has begun a file here: one without a name, or with a temporary one.
begun() { ls -l "/proc/$1/fd" | grep -qE "$PWD/(#|\.out)"; }

# interrupted SIGNAL CODE INPUT TOOL...: ends the tool while it waits for the rest of INPUT.
interrupted() {
  local signal=$1 expected=$2 input=$3 status=0
  shift 3
  # The shell would have its background processes ignore these two.
  env --default-signal=INT,QUIT "$@" < pipe 2> said &
  local process=$!
  exec 9> pipe
  head -c -40 "$input" >&9
  until_true "begun $process"
  [[ $(cat out* 2> /dev/null) == "${kept-}" ]] || fail "$1 wrote under the final name"
  kill -"$signal" $process
  wait $process || status=$?
  exec 9>&-
  [[ $status == "$expected" ]] || fail "$1 ended with $status after $signal"
  [[ ! -s said ]] || fail "$1 said $(< said)"
}

for pair in 'INT 130' 'TERM 143' 'HUP 129' 'QUIT 131'; do
  interrupted $pair request.sgs sg-lm -q --seed 1 --duration 1 -o out.sgs
  interrupted $pair tokens.sgs sg-decode -q --window 10 -o out.sgs
  interrupted $pair stems.sgs sg-mix -q -o out.wav
  interrupted $pair stems.sgs sg-mix -q -o out.flac --keep-stems
done
rm -f core*
same "$(find . -type f | sort)" "$(printf './request.sgs\n./said\n./stems.sgs\n./tokens.sgs')"

# What was there before stays as it was.
echo before > out.sgs
kept=before
interrupted TERM 143 request.sgs sg-lm -q -o out.sgs
same "$(cat out.sgs)" before
run 'head -c 100 request.sgs | sg-lm -q -o out.sgs'
is_refusal sg-lm 65 "incomplete"
same "$(cat out.sgs)" before
rm out.sgs
unset kept

# Not even a kill that no program can answer leaves anything under the final name.
env sg-lm -q --duration 1 -o out.sgs < pipe & process=$!
exec 9> pipe
head -c -40 request.sgs >&9
until_true "begun $process"
kill -KILL $process
wait $process || true
exec 9>&-
absent out.sgs .out*
