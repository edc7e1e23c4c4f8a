# What the fast ways cost is told of the embedded model, whose weights are packed, and of plain weights.

ok 'sg-bench lm-quality --columns 2 --layers 1'
same "$(grep -c '^quality of LM, embedded model, 2 columns, packed weights' "$OUT")" 3
for form in plain q8 q4; do
  contains "$OUT" "quality of LM, random weights, 1 + 1 layers, 2 columns, $form"
done
