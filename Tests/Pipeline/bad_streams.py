"""Streams that sg-stream(5) does not allow, and what every tool says to each of them.

  bad_streams.py KIND TOOL [OPTION...]    give each to TOOL, as a song of KIND, on standard input
  bad_streams.py list                     the names and messages

A tool must exit 65 (66 where the table says so) with one message, at the offset of the record at
fault, and what it wrote before must be no whole stream. Warnings of songs that were whole do not count.
"""

import io
import json
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from sgs import closed, record, songs, text

BAD = object()  # stands before the record at fault

SECOND = {"name": "x", "type": "u16", "shape": [1], "rate": [10, 1]}


def base(kind):
    """A good header, its D records with their first frames, and the totals after them."""
    tracks, data = [], []
    if kind == "tokens":
        tracks = [{"name": n, "type": "u16", "shape": [1], "rate": [25, 1], "vocab": 2048}
                  for n in ("mixed", "vocal", "accompaniment")]
        data = [struct.pack("<3H", 1, 2, 3)] * 3
    if kind == "pcm":
        tracks = [{"name": n, "type": "f32", "shape": [2], "rate": [48000, 1]}
                  for n in ("vocal", "accompaniment")]
        data = [struct.pack("<4f", 0, 0.5, -0.5, 0)] * 2
    header = {"sgs": 1, "kind": kind, "id": "bad", "request": {"idx": "bad", "gt_lyric": "[verse] La la"},
              "tracks": tracks, "models": [], "history": []}
    totals = {t["name"]: {"tokens": 3, "pcm": 2}[kind] for t in tracks}
    return header, data, totals


class Table:
    """The bad streams of one kind of song."""

    def __init__(self, kind):
        self.header, self.frames, self.totals = base(kind)
        self.rows = []
        self.tracks = self.header["tracks"]
        self.new = len(self.tracks)  # the index of a track of our own
        self.bytes()
        self.order()
        self.headers()
        self.json()
        self.payloads()
        self.endings()

    def row(self, name, message, *parts, code=65, whole_message=False):
        offset, seen, stream = 0, False, b""
        for part in parts:
            if part is BAD:
                offset, seen = len(stream), True
            else:
                stream += part
        assert seen, name
        if not whole_message:
            message = f"record at byte {offset}: {message}"
        self.rows.append((name, code, message, stream))

    # Good records.

    def h(self, **changes):
        header = self.header | changes
        return record("H", text({k: v for k, v in header.items() if v is not None}))

    def d(self, track=0, seq=1, pos=0, data=None, **wrong):
        return record("D", struct.pack("<H", 1) if data is None else data, track, seq, pos, **wrong)

    def own(self, seq=1):
        """The frames of the good song."""
        return b"".join(self.d(i, seq + i, 0, data) for i, data in enumerate(self.frames))

    def e(self, seq=None, more=None, **changes):
        seq = 1 + len(self.frames) if seq is None else seq
        return record("E", text({"frames": self.totals | (more or {}), "stop": "end"} | changes),
                      seq=seq)

    def song(self):
        return self.h() + self.own() + self.e()

    def with_track(self, **changes):
        return self.h(tracks=self.tracks + [SECOND | changes])

    # The table.

    def bytes(self):
        z = record("Z", pos=1)
        self.row("nothing", "nothing to read; did the tool before this one fail?", BAD, code=66,
                 whole_message=True)
        self.row("one byte", "cut after 1 bytes of its head", BAD, b"\x89")
        self.row("text", "not a song stream", BAD, b"[verse] Morning light is on the water\n" * 3,
                 whole_message=True)
        self.row("a WAV file", "not a song stream", BAD, b"RIFF\x24\0\0\0WAVEfmt " + bytes(64),
                 whole_message=True)
        self.row("carriage returns", "not a song stream", BAD,
                 self.song().replace(b"\n", b"\r\n"), whole_message=True)
        self.row("high bits lost", "not a song stream", BAD,
                 bytes(b & 127 for b in self.song()), whole_message=True)
        self.row("cut in a head", "cut after 31 bytes of its head", self.h(), BAD, self.e()[:31])
        self.row("cut in a payload", "cut after 3 of 4 payload bytes", self.h(), BAD,
                 record("x", b"skip", seq=1)[:-1])
        self.row("cut before the end marker", f"the stream ends at byte {len(self.song())} without "
                 "an end record", self.song(), BAD, whole_message=True)
        self.row("cut after a header", f"the stream ends at byte {len(self.h())} without an end",
                 self.h(), BAD, whole_message=True)
        self.row("bytes between records", "no record begins here", self.h(), BAD, b"\0" * 40)
        self.row("bytes after the end", "no record begins here", self.song(), z, BAD, bytes(32))
        self.row("a few bytes after the end", "cut after 3 bytes", self.song(), z, BAD, b"\x89SG")
        self.row("head checksum", "head checksum does not match", self.h(), BAD,
                 record("Z", hcrc=1))
        self.row("payload checksum", "payload checksum does not match", BAD,
                 record("H", text(self.header), crc=1))
        self.row("framing version", "framing version 2 is not 1", BAD,
                 record("H", text(self.header), version=2))
        self.row("flags", "unknown flags 1", BAD, record("H", text(self.header), flags=1))
        self.row("unknown kind", "unknown kind 'Q'", self.h(), BAD, record("Q", seq=1))
        self.row("kind that is no letter", "unknown kind 7", self.h(), BAD,
                 record("\x07", seq=1))

    def order(self):
        n = len(self.frames)
        self.row("frames before a song", "'D' outside a song", BAD, self.d())
        self.row("the end of no song", "'E' outside a song", BAD, self.e(seq=0))
        self.row("a failure of no song", "'A' outside a song", BAD,
                 record("A", text({"tool": "t", "code": 65, "message": "m"})))
        self.row("a song in a song", "'H' inside a song", self.h(), BAD, self.h())
        self.row("end marker in a song", "'Z' inside a song", self.h(), BAD, record("Z", pos=1))
        self.row("a record too few", "record 2 of the song where 1 belongs", self.h(), BAD,
                 record("x", b"skip", seq=2))
        self.row("a record twice", f"record {n} of the song where {n + 1} belongs",
                 self.h() + self.own(), BAD, self.e(seq=n))
        self.row("header with a number", "record 1 of the song where 0 belongs", BAD,
                 record("H", text(self.header), seq=1))
        self.row("end marker with a number", "record 5 of the song where 0 belongs", BAD,
                 record("Z", seq=5))
        self.row("header with a track", "track 0 is not one of the song's", BAD,
                 record("H", text(self.header), track=0))
        self.row("end with a track", "track 3 is not one of the song's", self.h() + self.own(), BAD,
                 record("E", text({"frames": self.totals, "stop": "end"}), 3, n + 1))
        self.row("header with a position", "position 9 in a record that has none", BAD,
                 record("H", text(self.header), pos=9))
        self.row("end with a position", "position 9 in a record that has none",
                 self.h() + self.own(), BAD,
                 record("E", text({"frames": self.totals, "stop": "end"}), seq=n + 1, pos=9))
        self.row("too many songs counted", "2 songs counted, 1 seen", self.song(), BAD,
                 record("Z", pos=2))
        self.row("no song counted", "0 songs counted, 1 seen", self.song(), BAD, record("Z"))
        self.row("end marker with a payload", "payload of 1 bytes, at most 0 are allowed", BAD,
                 record("Z", b"!"))

    def headers(self):
        def bad(name, message, /, **changes):
            self.row(name, message, BAD, self.h(**changes))

        def track(name, message, /, **changes):
            self.row(name, message, BAD, self.with_track(**changes))

        sha = {"role": "lm", "name": "m", "sha256": "0" * 64}
        entry = {"tool": "t", "version": "1", "options": {}}
        bad("format version", "'sgs' is not 1: the song needs a newer version", sgs=2)
        bad("no format version", "the header has no 'sgs'", sgs=None)
        bad("unknown song", "'kind' is none of request, tokens, pcm, latents", kind="midi")
        bad("no song id", "the header has no 'id'", id=None)
        bad("empty song id", "'id' is not 1...128 bytes of printable text", id="")
        bad("long song id", "'id' is not 1...128 bytes of printable text", id="x" * 129)
        bad("song id that clears the screen", "'id' is not 1...128 bytes of printable text",
            id="\x1b[2J")
        bad("song id that is a number", "'id' of the header is not a string", id=1)
        bad("negative seed", "'seed' is not an integer from 0", seed=-1)
        bad("seed in words", "'seed' is not an integer from 0", seed="seven")
        bad("fractional seed", "'seed' is not an integer from 0", seed=1.5)
        bad("large max_skew", "'max_skew' is not in 0...", max_skew=(1 << 20) + 1)
        bad("negative max_skew", "'max_skew' is not in 0...", max_skew=-1)
        bad("tracks that are none", "'tracks' of the header is not an array", tracks={})
        bad("a track that is none", "a track is not a JSON object", tracks=["vocal"])
        bad("65 tracks", "more than 64 tracks",
            tracks=[SECOND | {"name": f"t{i}"} for i in range(65)])
        bad("the same track twice", "two tracks are called 'x'",
            tracks=self.tracks + [SECOND, SECOND])
        track("track name of capitals", "'name' of a track is not 1...32 of", name="Vocal")
        track("track name that is a path", "'name' of a track is not 1...32 of", name="../x")
        track("long track name", "'name' of a track is not 1...32 of", name="x" * 33)
        track("track type", "'type' of a track is none of u16, u32, f16, f32", type="f64")
        track("empty shape", "'shape' of track 'x' has not 1...8 dimensions", shape=[])
        track("nine dimensions", "'shape' of track 'x' has not 1...8 dimensions", shape=[1] * 9)
        track("shape of nothing", "'shape' of track 'x' has not 1...4096 elements", shape=[0])
        track("negative shape", "'shape' of track 'x' has not 1...4096 elements", shape=[-4])
        track("large shape", "'shape' of track 'x' has not 1...4096 elements", shape=[64, 65])
        track("shape beyond all bounds", "'shape' of track 'x' has not 1...4096 elements",
              shape=[1 << 62, 4])
        track("rate that is a number", "'rate' of a track is not an array of integers", rate=25.0)
        track("rate of three", "'rate' of a track is not [num, den]", rate=[25, 1, 1])
        track("rate of nothing", "'rate' of track 'x' is not a ratio of 1...1000000", rate=[25, 0])
        track("fast rate", "'rate' of track 'x' is not a ratio of 1...1000000", rate=[1000001, 1])
        track("vocabulary of samples", "track 'x' has a 'vocab' but no integers", type="f32",
              vocab=9)
        track("large vocabulary", "'vocab' of track 'x' is not in 1...65536", vocab=65537)
        track("empty vocabulary", "'vocab' of track 'x' is not in 1...65536", vocab=0)
        bad("65 models", "more than 64 models", models=[sha] * 65)
        bad("model hash", "'sha256' of a model is not 64 lower-case hexadecimal digits",
            models=[sha | {"sha256": "0" * 63 + "G"}])
        bad("65 entries of history", "more than 64 history entries", history=[entry] * 65)
        bad("history without options", "a history entry has no 'options'",
            history=[{"tool": "t", "version": "1"}])

    def json(self):
        def bad(name, message, payload):
            self.row(name, message, BAD, record("H", payload))

        good = text(self.header)
        bad("header that is no JSON", "expected a value at byte 0 of the JSON text", b"sgs=1")
        bad("header that is a list", "the header is not a JSON object", b"[1]")
        bad("empty header", "unexpected end at byte 0 of the JSON text", b"")
        bad("header cut short", "unexpected end", good[:-1])
        bad("header with a tail", f"expected the end at byte {len(good)} of the JSON text",
            good + b"{}")
        bad("header of other bytes", "a string that is not UTF-8", b'{"id":"\xff"}')
        bad("control character", "a control character that is not escaped", b'{"id":"\x01"}')
        bad("unknown escape", "an invalid escape", b'{"id":"\\x41"}')
        bad("half a surrogate pair", "half of a surrogate pair", b'{"id":"\\ud800"}')
        bad("a key twice", "duplicate key 'id'", b'{"id":"a","id":"b"}')
        bad("number like no other", "a number that is malformed", b'{"seed":01}')
        bad("number beyond a double", "a number that is malformed or out of range",
            b'{"seed":1e999}')
        bad("deep nesting", "nested deeper than 32", b'{"request":' + b"[" * 32)
        self.row("large header", "payload of 1048577 bytes, at most 1048576", BAD,
                 record("H", size=(1 << 20) + 1))

    def payloads(self):
        def bad(name, message, track, *parts):
            self.row(name, message, self.h(tracks=self.tracks + [SECOND | track]), *parts)

        n = self.new
        self.row("frames of no track", f"track {n} is not one of the song's", self.h(), BAD,
                 self.d(n))
        self.row("frames of track 255", "track 255 is not one of the song's", self.h(), BAD,
                 self.d(255))
        bad("a frame too far", "frame 1 of track 'x' where 0 belongs", {}, BAD, self.d(n, pos=1))
        bad("a frame again", "frame 0 of track 'x' where 1 belongs", {}, self.d(n), BAD,
            self.d(n, seq=2))
        bad("half a frame", "1 bytes are not whole frames of track 'x', which have 2", {}, BAD,
            self.d(n, data=b"\0"))
        bad("no frame", "0 bytes are not whole frames of track 'x'", {}, BAD, self.d(n, data=b""))
        bad("a track too long", "track 'x' is longer than 600 s", {"rate": [1, 100]}, BAD,
            self.d(n, data=bytes(14)))
        bad("token beyond the vocabulary", "token 9 in frame 1 of track 'x' is not below 9",
            {"vocab": 9}, BAD, self.d(n, data=struct.pack("<HH", 8, 9)))
        for name, value in ("infinity", float("inf")), ("not a number", float("nan")):
            bad(name, "frame 1 of track 'x' is infinite or not a number", {"type": "f32"}, BAD,
                self.d(n, data=struct.pack("<ff", 1, value)))
        bad("half-precision infinity", "frame 0 of track 'x' is infinite", {"type": "f16"}, BAD,
            self.d(n, data=b"\x00\xfc"))
        bad("large payload", "payload of 16777218 bytes, at most 16777216",
            {"shape": [4096], "rate": [1000000, 1]}, BAD, self.d(n, size=(1 << 24) + 2))
        bad("4 GB of payload", "payload of 4294967295 bytes, at most 16777216", {}, BAD,
            record("x", seq=1, size=(1 << 32) - 1))
        twins = self.tracks + [SECOND, SECOND | {"name": "y"}]
        skew = 6 if self.header["kind"] != "pcm" else 5000
        self.row("a track runs ahead", f"track 'x' runs more than {skew} frames ahead of another",
                 self.h(tracks=twins, max_skew=skew), BAD, self.d(n, data=bytes(2 * skew + 2)))

    def endings(self):
        n = len(self.frames) + 1
        start = self.with_track() + self.own() + self.d(self.new, n)

        def bad(name, message, /, **changes):
            self.row(name, message, start, BAD,
                     self.e(n + 1, {"x": 1} | changes.pop("frames", {}), **changes))

        bad("frames miscounted", "2 frames of track 'x' counted, 1 seen", frames={"x": 2})
        uncounted = "the end of the song has no frame count of track 'x'"
        bad("frames of other tracks",
            "the end of the song counts frames of tracks that it does not have", frames={"y": 1})
        bad("frames in words", uncounted, frames={"x": "one"})
        bad("reason to stop", "'stop' is none of eos, max, end", stop="tired")
        self.row("frames not counted", uncounted, start, BAD, self.e(n + 1))
        self.row("no totals", "the end of the song has no 'frames' object", start, BAD,
                 record("E", b'{"stop":"end"}', seq=n + 1))

        def abort(name, message, /, **changes):
            value = {"tool": "sg-x", "code": 65, "message": "m"} | changes
            self.row(name, message, start, BAD, record(
                "A", text({k: v for k, v in value.items() if v is not None}), seq=n + 1))

        abort("failure of no tool", "a failed song does not say which tool failed", tool=None)
        abort("failure without a code", "'code' of a failed song is not in 1...255", code=None)
        abort("failure that is a success", "'code' of a failed song is not in 1...255", code=0)
        abort("failure without a reason", "a failed song does not say why", message=None)
        abort("tool name that clears the screen", "'tool' of a failed song", tool="\x1b[2J")


def check(command, row):
    """What is wrong with the way in which `command` takes `row`, or None."""
    name, code, message, stream = row
    result = subprocess.run(command, input=stream, capture_output=True, timeout=60)
    problems = []
    if result.returncode != code:
        problems.append(f"exit code {result.returncode}, not {code}")
    lines = result.stderr.decode(errors="replace").splitlines()
    lines = [line for line in lines if not line.startswith(f"{command[0]}: warning: ")]
    if not lines or not lines[0].startswith(f"{command[0]}: standard input: "):
        problems.append("no message of the tool")
    elif any(not line.startswith("  ") for line in lines[1:]):
        problems.append("more than one message")
    if not any(message in line for line in lines):
        problems.append(f"no '{message}'")
    if any(ord(c) < 32 for line in lines for c in line):
        problems.append("control characters in the message")
    prints = command[0] == "sg-inspect" or command[0] == "sg-eval" and "--best" not in command
    if result.stdout and not prints:
        try:
            for _ in songs(io.BytesIO(result.stdout)):
                pass
            problems.append("a whole stream on standard output")
        except EOFError:
            pass
    if not problems:
        return None
    said = "\n    ".join(lines)
    return f"{' '.join(command)} < {name}: {', '.join(problems)}\n    {said}"


def main():
    if sys.argv[1] == "list":
        for name, code, message, _ in Table("request").rows:
            print(f"{code}\t{name}\t{message}")
        return
    rows = Table(sys.argv[1]).rows
    assert len({row[0] for row in rows}) == len(rows)
    # What all rows are made of is itself good.
    good = Table(sys.argv[1])
    list(songs(io.BytesIO(closed(good.song()))))
    with ThreadPoolExecutor(2) as pool:
        problems = [p for p in pool.map(lambda row: check(sys.argv[2:], row), rows) if p]
    for problem in problems[:20]:
        print(problem)
    print(f"{sys.argv[2]}: {len(rows)} bad streams, {len(problems)} not refused as they should")
    sys.exit(1 if problems or len(rows) < 100 else 0)


if __name__ == "__main__":
    main()
