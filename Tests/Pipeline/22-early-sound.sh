# The first stem PCM leaves sg-decode before sg-lm has ended, and what comes out is what comes out
# through files.

sg-lyrics -q "$SONG" -o request.sgs
python3 "$PIPELINE/early.py" request.sgs tokens.sgs stems.sgs
sg-lm -q --seed 7 --duration 20 request.sgs -o file.sgs
same_files file.sgs tokens.sgs
sg-decode -q --steps 2 --window 50 file.sgs -o file.stems
same_files file.stems stems.sgs
