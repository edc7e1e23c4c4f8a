# Reference audio: real sound in, prompts out, the same bytes always; what they do to a song, and what
# is left of a recording after its way through tokens.

# A voice of espeak-ng, a guitar of sox, and our own music.
espeak-ng -v en -w voice.wav 'Morning light is on the water. We are walking to the station. Sing with
me tonight, sing with me until the morning comes and all the lights are gone'
sox -R -n -r 44100 -c 2 guitar.wav synth 12 pluck C3 pluck E3 pluck G3 remix 1,2 2,3 gain -6
sox -n -r 48000 -c 2 long-enough.wav synth 11 sine 220 sine 330 gain -9
sgs request < "$SONG" > song.sgs
sg-lm -q --seed 42 --duration 14 song.sgs | sg-decode -q | sg-mix -q -o ours.wav --keep-stems > ours.json
sox voice.wav -r 48000 -c 2 voice.flac
sox guitar.wav guitar.ogg

# Files, pipes and formats; every number of threads.
sg-encode -q guitar.wav --threads 1 -o one.sgs
sg-encode -q guitar.wav --threads 2 -o two.sgs
same_files one.sgs two.sgs
cat guitar.wav | sg-encode -q > piped.sgs
sg-encode -q - < guitar.wav | cmp - piped.sgs
same "$(sg-inspect --tsv one.sgs)" "$(sg-inspect --tsv piped.sgs | sed 's/reference/guitar/')"
ok 'sgs songs one.sgs'
contains "$OUT" 'request guitar prompt.mixed 250 prompt.vocal 250 prompt.accompaniment 250 prompt.latents 250'
ok 'sg-encode guitar.ogg voice.flac ours.wav > three.sgs'
ok 'sgs songs three.sgs'
same "$(wc -l < "$OUT")" 3
sg-encode -q --no-latents guitar.wav > plain.sgs
ok 'sgs songs plain.sgs'
! grep -q latents "$OUT" || fail "latents that nobody wants"

# The embedded model has no separation network: it takes songs apart by its tokens, and says so. Of a
# song of its own the rows come back that its stems give.
run 'sg-encode guitar.wav > out.sgs'
is_code 0
is_message sg-encode 'is taken apart by its tokens'
sgs header out.sgs > header
contains header '"stems": "parted"'
run 'sg-encode --separate-only guitar.wav'
is_refusal sg-encode 69 'has no separation network'
stems='--vocal ours.vocal.wav --accompaniment ours.accompaniment.wav'
ok "sg-encode $stems > stems.sgs"
is_quiet
sg-encode -q ours.wav > parted.sgs
sg-inspect --tsv parted.sgs > parted.tsv
sg-inspect --tsv stems.sgs > stems.tsv
python3 - <<'END'
def rows(name):
    lines = [line.split() for line in open(name) if not line.startswith("#")]
    return list(zip(*lines[1:]))[-3:]
parted, stems = rows("parted.tsv"), rows("stems.tsv")
count = min(len(parted[0]), len(stems[0]))
equal = [sum(x == y for x, y in zip(a, b)) / count for a, b in zip(parted, stems)]
print(count, [len(set(row)) for row in parted], equal)
assert count == 250 and min(len(set(row)) for row in parted) > 10
assert min(equal) > 0.8, equal
END
# Its excerpts begin with a whole token.
sg-encode -q --start 2 --seconds 4 ours.wav > whole.sgs
sg-encode -q --start 2.015 --seconds 4 ours.wav > rounded.sgs
same_files whole.sgs rounded.sgs
sgs header stems.sgs > header
contains header '"stems": "given"'
# Song and vocal give the accompaniment.
sox -m -v 1 ours.vocal.wav -v 1 ours.accompaniment.wav -b 32 -e float sum.wav
sg-encode -q --vocal ours.vocal.wav sum.wav > rest.sgs
sg-inspect --npy stems.npy stems.sgs; sg-inspect --npy rest.npy rest.sgs
python3 - <<'END'
import struct
def rows(name):
    data = open(name, "rb").read()
    size = struct.unpack("<H", data[8:10])[0]
    numbers = struct.unpack(f"<{(len(data) - 10 - size) // 4}i", data[10 + size:])
    return [numbers[i * len(numbers) // 3:(i + 1) * len(numbers) // 3] for i in range(3)]
given, rest = rows("stems.npy"), rows("rest.npy")
equal = [sum(a == b for a, b in zip(x, y)) / len(x) for x, y in zip(given, rest)]
assert equal[1] == 1 and min(equal) > 0.9, equal
END

# The excerpt: what is cut beforehand is what is chosen here.
sg-encode -q --start 0:02 --seconds 4 --accompaniment ours.wav > chosen.sgs
sox ours.wav cut.wav trim 2 4
sg-encode -q --accompaniment cut.wav > cut.sgs
tokens() { sg-inspect --tsv "$1" | grep -v '^#' | cut -f 3-; }
same "$(tokens chosen.sgs)" "$(tokens cut.sgs)"
same "$(tokens chosen.sgs | wc -l)" 101
sg-encode -q --seconds all --accompaniment ours.wav > all.sgs
(($(tokens all.sgs | wc -l) > 300)) || fail "all is not all"

# A prompt conditions a song, the same with any number of threads, and seeds the decoder.
lm='sg-lm -q --seed 3 --duration 2'
$lm song.sgs > none.tokens
$lm --threads 1 --prompt stems.sgs song.sgs > one.tokens
$lm --threads 2 --prompt stems.sgs song.sgs > two.tokens
same_files one.tokens two.tokens
[[ $(tokens none.tokens) != "$(tokens one.tokens | cut -f 1-3)" ]] || fail "the prompt changes nothing"
sg-decode -q one.tokens --threads 1 > one.stems
sg-decode -q one.tokens --threads 2 | cmp - one.stems

# There and back: the stems that the model made itself come back as they were, roughly.
sg-encode -q --song --seconds all $stems > back.tokens
sg-decode -q --seed 1 back.tokens > back.stems
sg-mix -q -o back.wav --loudness off back.stems > back.json
ok 'sg-inspect back.tokens'
python3 "$PIPELINE/likeness.py" ours.vocal.wav ours.accompaniment.wav back.wav > likeness
cat likeness
same "$(sg-inspect --png back.png back.stems && head -c 8 back.png | tail -c 7 | head -c 3)" PNG
