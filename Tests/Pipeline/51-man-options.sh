# The section-1 pages tell of the options that the tools have: all of them, and no others.

scripts=(sg-generate)
pages=()
for page in "$REPO"/man/man1/*.1; do
  [[ " ${scripts[*]} " == *" $(basename "$page" .1) "* ]] || pages+=("$page")
done
python3 "$PIPELINE/manual.py" options "${pages[@]}" || fail "pages and tools differ"

# A script's cases are its options.
for script in "${scripts[@]}"; do
  page=$REPO/man/man1/$script.1
  diff <(grep -oE '^    (-[^)]*)\)' "$REPO/Sources/$script/$script" | grep -oE -- '--[a-z_-]+' | sort -u) \
    <(sed -n 's/^\.It Fl/Fl/p' "$page" | grep -oE -- '-[a-z_][a-z_-]+' | sed 's/^/-/' | sort -u) ||
    fail "$script and its page differ"
done
