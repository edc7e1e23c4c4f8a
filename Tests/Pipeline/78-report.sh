# The report: one file that loads nothing, looked at in a browser if there is one.

sg-lyrics -q "$SHORT" | sg-lm -q -n 2 --seed 7 --duration 6 > tokens.sgs
sg-decode -q --window 10 --steps 2 tokens.sgs > stems.sgs
ok 'sg-eval -q --json --html report.html --tokens tokens.sgs stems.sgs'
same "$(wc -l < "$OUT")" 2
ok 'sg-eval -q --html again.html --tokens tokens.sgs stems.sgs > /dev/null'
same_files report.html again.html

python3 - <<'END'
import base64, re
from html.parser import HTMLParser

class Reader(HTMLParser):
    void = {"meta", "img", "rect", "path"}
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text = [], {}, []
    def handle_starttag(self, tag, attributes):
        self.seen[tag] = self.seen.get(tag, 0) + 1
        assert tag not in ("script", "link", "iframe", "object", "embed", "base", "form"), tag
        for name, value in attributes:
            assert not name.startswith("on") and name != "srcset", name
            if name in ("src", "href"):
                assert value.startswith("data:image/png;base64,") or value.startswith("#"), value[:40]
            if name == "src":
                data = base64.b64decode(value.split(",", 1)[1], validate=True)
                assert data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) > 2000
        if tag not in self.void: self.open.append(tag)
    def handle_startendtag(self, tag, attributes): self.handle_starttag(tag, attributes); \
        self.open and self.open[-1] == tag and tag not in self.void and self.open.pop()
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
    def handle_data(self, data): self.text.append(data)

page = open("report.html", encoding="utf-8").read()
reader = Reader()
reader.feed(page)
reader.close()
assert not reader.open, reader.open
# Two songs: sound and tokens of each, the pitch, a table over all.
assert reader.seen["section"] == 2 and reader.seen["img"] == 4 and reader.seen["svg"] == 2
assert reader.seen["table"] == 1 and page.count("<tr>") == 3
assert not re.search(r"https?:|url\(|@import", page)
text = " ".join(reader.text)
for word in "LUFS", "dBTP", "bpm", "Rows of tokens", "Sections asked for", "not known":
    assert word in text, word
END

# No song, no report; a song that fails does not take the others with it.
head -c 40 stems.sgs > cut.sgs
run 'sg-eval --html no.html cut.sgs'; is_code 65; absent no.html
run 'sg-eval -q --html one.html stems.sgs missing.wav > /dev/null'; is_code 66
[[ -s one.html ]] || fail "no report"
run 'sg-eval --html nowhere/x.html stems.sgs'; is_refusal sg-eval 73 nowhere

has chromium chromium || exit 0
for page in report one; do
  timeout 120 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
    --user-data-dir="$PWD/profile" --window-size=1000,1500 --screenshot="$PWD/$page.png" \
    "file://$PWD/$page.html" > browser.log 2>&1 || { cat browser.log >&2; fail "chromium"; }
done
python3 - <<'END'
import struct, zlib

def pixels(name):
    """Rows of (r, g, b) of a PNG of 8 bits without interlacing."""
    data = open(name, "rb").read()
    at, packed = 8, b""
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack_from(">IIBB", data, at + 8)
            assert depth == 8 and colour in (2, 6)
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + size]
        at += 12 + size
    step = 3 if colour == 2 else 4
    raw, stride = zlib.decompress(packed), width * step
    before = bytes(stride)
    for y in range(height):
        method = raw[y * (stride + 1)]
        line = bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            left = line[x - step] if x >= step else 0
            up, corner = before[x], before[x - step] if x >= step else 0
            if method == 1: line[x] = (line[x] + left) & 255
            elif method == 2: line[x] = (line[x] + up) & 255
            elif method == 3: line[x] = (line[x] + (left + up) // 2) & 255
            elif method == 4:
                guess = left + up - corner
                a, b, c = abs(guess - left), abs(guess - up), abs(guess - corner)
                line[x] = (line[x] + (left if a <= b and a <= c else up if b <= c else corner)) & 255
        before = bytes(line)
        yield [tuple(line[x:x + 3]) for x in range(0, stride, step)]

counts = {}
for row in pixels("report.png"):
    for colour in row:
        counts[colour] = counts.get(colour, 0) + 1
total = sum(counts.values())
# Paper and ink, the line of the pitch, its shade, and spectrograms of many dark colours.
assert counts.get((255, 255, 255), 0) > total // 4, "no paper"
assert counts.get((0x5B, 0x3F, 0xB0), 0) > 20, "no line of the pitch"
assert counts.get((0xF3, 0xF1, 0xF9), 0) > 2000, "no shade behind it"
dark = sum(n for (r, g, b), n in counts.items() if r + g + b < 250)
assert dark > total // 20, "no spectrogram"
assert len(counts) > 1000, f"only {len(counts)} colours"
END
