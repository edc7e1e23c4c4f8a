# Streams cut at every byte and with every bit flipped are refused.

sgs request < "$SHORT" > request.sgs
ok 'sg-lm --seed 1 --duration 0.4 < request.sgs > tokens.sgs'

python3 "$PIPELINE/damage.py" request.sgs
python3 "$PIPELINE/damage.py" tokens.sgs
python3 "$PIPELINE/damage.py" request.sgs 3 sg-lm --seed 1 --duration 0.4
python3 "$PIPELINE/damage.py" tokens.sgs 12 sg-decode --window 10 --steps 1
python3 "$PIPELINE/tones.py" 0.01 > stems.sgs
python3 "$PIPELINE/damage.py" stems.sgs 40 sg-mix -q -o song.flac
absent song.flac
python3 "$PIPELINE/damage.py" tokens.sgs 40 sg-inspect --check
ok 'sg-inspect --check request.sgs tokens.sgs'
is_silent
is_quiet
