# The commands of the README run as they stand there, with its own request; its links lead somewhere.

readme=$REPO/README.md
grep -m 1 '^{"idx"' "$readme" > song.jsonl || fail "no request in the README"
cp "$FIXTURES/pipeline/walk.txt" .
ok 'sg-lyrics --check song.jsonl'

python3 "$PIPELINE/manual.py" readme "$readme" > commands
ran=0
while IFS= read -r -d '' line; do
  case $line in
    # What sets up this checkout, and so would run this test.
    'make song'* | 'make check'* | 'make install'*) ;;
    *)
      run "$line" < /dev/null
      is_code 0
      ran=$((ran + 1))
      ;;
  esac
done < commands
((ran >= 5)) || fail "only $ran commands were found"
[[ -s song.flac ]] || fail "the first command of the README makes no song.flac"

grep -oE '\]\([^)]+\)' "$readme" | tr -d ']()' | while read -r link; do
  [[ $link == http* || -e $REPO/$link ]] || fail "the README links to $link, which is not there"
done
