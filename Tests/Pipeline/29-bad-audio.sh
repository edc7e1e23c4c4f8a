# Recordings that are none, or hardly any: each with its message and exit code; and those that only
# look odd.

encode='sg-encode -q'
refuses() { # FILE CODE TEXT
  run "$encode $1"
  is_refusal sg-encode "$2" "$3"
  run "cat $1 | $encode"
  is_code "$2"
  is_message sg-encode "$3"
}
echo 'this is no sound' > text.wav
refuses text.wav 65 'is not audio that can be read'
: > empty.wav
refuses empty.wav 66 'is empty'
head -c 100000 /dev/urandom > noise.bin
refuses noise.bin 65 'is not audio that can be read'
sgs request < "$SHORT" > request.sgs
refuses request.sgs 65 'is not audio that can be read'
run "$encode missing.wav"
is_refusal sg-encode 66 "cannot open 'missing.wav'"
run "$encode ."
((code != 0)) || run_failed "a directory is encoded"

python3 - <<'END'
import struct
def wav(name, values, channels=1, rate=48000):
    data = struct.pack(f"<{len(values)}f", *values)
    head = struct.pack("<HHIIHH", 3, channels, rate, rate * 4 * channels, 4 * channels, 32)
    open(name, "wb").write(b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt "
                           + struct.pack("<I", 16) + head + b"data"
                           + struct.pack("<I", len(data)) + data)
tone = [0.3 * (i % 100 < 50) for i in range(48000)]
wav("nan.wav", tone[:1000] + [float("nan")] + tone)
wav("infinite.wav", tone[:1000] + [float("inf")] + tone)
wav("one.wav", [0.5])
wav("none.wav", [])
wav("silence.wav", [0.0] * 480000)
END
refuses nan.wav 65 'is not a finite number'
refuses infinite.wav 65 'is not a finite number'
refuses none.wav 65 'holds no samples'
refuses one.wav 65 'shorter than a token'

# Odd, but sound.
said() { # FILE TEXT
  run "sg-encode $1 > out.sgs"
  is_code 0
  contains "$ERR" "$2"
  ok 'sg-inspect --check out.sgs'
}
said silence.wav 'is silent'
sox -n -r 48000 -c 1 mono.wav synth 11 sine 300
said mono.wav 'is taken apart by its tokens'
sox -n -r 48000 -c 6 six.wav synth 11 sine 300
said six.wav 'has 6 channels'
sox -n -r 8000 -c 1 slow.wav synth 11 sine 300
sg-encode -q slow.wav | sgs songs /dev/stdin > counted || sg-encode -q slow.wav -o slow.sgs
sg-encode -q slow.wav > slow.sgs
sox -n -r 192000 -c 2 fast.wav synth 11 sine 300
sg-encode -q fast.wav > fast.sgs
for file in slow fast; do
  ok "sgs songs $file.sgs"
  contains "$OUT" 'prompt.mixed 250'
done
sox -n -r 48000 -c 1 short.wav synth 3 sine 300
said short.wav 'is only 3.0 s long'

# An hour needs no more memory than a minute; only the excerpt is read.
sox -n -r 8000 -c 1 -b 8 hour.wav synth 3600 sine 300
ok "$encode --start 59:30 hour.wav > hour.sgs"
ok 'sgs songs hour.sgs'
contains "$OUT" 'prompt.mixed 250'
run "$encode --start 1:00:01 hour.wav > out"
is_code 65
is_message sg-encode 'give an earlier --start'

# A FLAC file that breaks off within the excerpt, wherever; one that does so behind it is good enough.
sox -R -n -r 48000 -c 2 whole.flac synth 11 pinknoise
for size in 20000 100000 200000 500000 900000; do
  head -c $size whole.flac > cut.flac
  run "$encode cut.flac > out"
  is_refusal sg-encode 65 "'cut.flac' is damaged after frame"
  run "cat cut.flac | $encode > out"
  is_code 65
  is_message sg-encode 'is damaged after frame'
done
ok "$encode --seconds 2 cut.flac > out"
sg-encode -q --seconds 2 whole.flac | sg-inspect --tsv - | tail -n 49 > whole.tail
sg-inspect --tsv out | tail -n 49 | cmp - whole.tail

# Pipes that close.
run "python3 \"$PIPELINE/attach.py\" gone sg-encode -q mono.wav"
is_code 141
is_quiet

# A batch goes on after a bad one.
run "$encode mono.wav text.wav slow.wav > batch.sgs"
is_code 65
is_message sg-encode 'text.wav'
ok 'sgs songs batch.sgs'
same "$(wc -l < "$OUT")" 3
contains "$OUT" ' A '

# Flags that do not go together.
for flags in '--song --attach' '--separate-only --song' '--audio-root .' '--library lib' '--type Pop' \
  '--language en' '--attach --vocal mono.wav' '--attach a b' '--shift 22051' '--seconds 0.01' \
  '--start -1' '--type Polka --library lib' '--library lib --type Pop -o x'; do
  run "$encode $flags"
  is_code 64
  is_silent
done
