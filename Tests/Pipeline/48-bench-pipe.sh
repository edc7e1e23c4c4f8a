# The benchmark of the whole pipe runs, here with the embedded model; nothing is asked of its figures.

run "python3 '$REPO/Tests/Bench/pipe.py' '$PRODUCTS' tiny 3"
is_code 0
contains "$OUT" "3.0 s of song in "
for tool in sg-lyrics sg-lm sg-decode sg-mix; do
  contains "$OUT" "$tool "
done

# A tool that fails is told, and no figure is printed.
run "python3 '$REPO/Tests/Bench/pipe.py' '$PRODUCTS' ./no-such-model 3"
is_code 1
is_silent
contains "$ERR" "sg-lm ended with "
