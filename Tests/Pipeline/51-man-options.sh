# The section-1 pages tell of the options that the tools have: all of them, and no others.

python3 "$PIPELINE/manual.py" options "$REPO"/man/man1/*.1 || fail "pages and tools differ"
