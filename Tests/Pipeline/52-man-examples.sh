# Every command in sections EXAMPLES and TUTORIAL of every page runs, in a directory with song.jsonl
# and walk.txt and what the earlier examples of the page made.

count=0
for page in "$REPO"/man/man[157]/*; do
  grep -q -E '^\.Sh (EXAMPLES|TUTORIAL)' "$page" || continue
  name=$(basename "$page")
  mkdir "$name"
  cp "$SONG" "$FIXTURES/pipeline/walk.txt" "$name"
  python3 "$PIPELINE/manual.py" examples "$page" > commands
  while IFS= read -r -d '' line; do
    run "cd $name; $line" < /dev/null
    # A reader that has seen enough ends those before it.
    [[ $code == 141 && $line == *'| head'* ]] || is_code 0
    count=$((count + 1))
  done < commands
done
echo "$count examples"
((count >= 10)) || fail "only $count examples were found"
