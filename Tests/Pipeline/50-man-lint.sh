# The manual: a page for every installed tool, the pages on formats and the tutorial, all of them
# clean mdoc.

installed=(sg-lyrics sg-encode sg-lm sg-decode sg-mix sg-edit sg-inspect sg-eval sg-model sg-train sg-generate)
for tool in "${installed[@]}"; do
  [[ -f $REPO/man/man1/$tool.1 ]] || fail "no man/man1/$tool.1"
done
for page in sg-stream.5 sg-lyrics.5 sg-model.5 sg-journal.5 sg.7 sg-cluster.7; do
  [[ -f $REPO/man/man${page##*.}/$page ]] || fail "no page $page"
done

pages=("$REPO"/man/man[157]/*)
for page in "${pages[@]}"; do
  mandoc -T lint -W warning "$page" || fail "$page: see above"
  for section in NAME DESCRIPTION; do
    contains "$page" ".Sh $section"
  done
  # The name, section and file agree, and whoever is referred to in the same project exists.
  name=$(basename "$page")
  same "$(awk '$1 == ".Dt" { print tolower($2) "." $3 }' "$page")" "$name"
  awk '$1 == ".Xr" && $2 ~ /^sg/ { print $2 "." $3 }' "$page" | sort -u | while read -r other; do
    [[ -f $REPO/man/man${other##*.}/$other ]] || fail "$name refers to $other, which is not there"
  done
done
for page in "$REPO"/man/man1/*; do
  for section in SYNOPSIS 'EXIT STATUS' EXAMPLES; do
    contains "$page" ".Sh $section"
  done
done
