"""Song streams, written and read without any code of the tools: what sg-stream(5) says, in Python.

As a program:
  sgs.py records FILE      one line a record: kind, track, seq, pos, size
  sgs.py songs FILE        one line a song: kind, id, frames of each track, how it ended
  sgs.py header FILE       the header of the first song, as JSON
  sgs.py whole FILE        exit 0 if the stream is whole, 1 if it is valid but cut; else it raises
  sgs.py request < JSONL   requests as a stream, without a look at them
  sgs.py tokens JSON       20 frames of tokens; JSON says what is different: {"value": 7, "vocab": 9,
                           "rate": [25, 1], "names": [...], "empty": [...], "models": [...]}
"""

import json
import struct
import sys
import zlib

HEAD = struct.Struct("<4s4BIIQ")
MAGIC = b"\x89SG\n"


def record(kind, payload=b"", track=255, seq=0, pos=0, *, magic=MAGIC, version=1, flags=0,
           size=None, crc=None, hcrc=None):
    """A record; the keywords after `pos` make it wrong."""
    head = HEAD.pack(magic, version, ord(kind), track, flags, seq,
                     len(payload) if size is None else size, pos)
    head += struct.pack("<I", zlib.crc32(payload) if crc is None else crc)
    return head + struct.pack("<I", zlib.crc32(head) if hcrc is None else hcrc) + payload


def text(value):
    """JSON as the tools write it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def song(header, frames=(), end=None, abort=None):
    """A song: its header, `(track, pos, bytes)` of each D record, and how it ends."""
    out = record("H", text(header))
    for seq, (track, pos, data) in enumerate(frames, 1):
        out += record("D", data, track, seq, pos)
    kind, last = ("A", abort) if abort else ("E", end)
    return out + record(kind, text(last), seq=len(frames) + 1)


def request(fields, **more):
    """A request of sg-lyrics from an object of the reference's JSONL."""
    header = {"sgs": 1, "kind": "request", "id": fields["idx"], "request": fields, "tracks": [],
              "models": [], "history": []} | more
    return song(header, end={"frames": {}, "stop": "end"})


def closed(*songs):
    """A whole stream of songs."""
    return b"".join(songs) + record("Z", pos=len(songs))


def records(f):
    """(kind, track, seq, pos, payload) of each record, checked one by one."""
    while head := f.read(32):
        if len(head) < 32:
            raise EOFError("cut in a head")
        magic, version, kind, track, flags, seq, size, pos = HEAD.unpack(head[:24])
        pcrc, hcrc = struct.unpack("<II", head[24:])
        assert magic == MAGIC and zlib.crc32(head[:28]) == hcrc, "bad head"
        assert version == 1 and flags == 0 and size <= 1 << 24, "bad version, flags or size"
        body = f.read(size)
        if len(body) < size:
            raise EOFError("cut in a payload")
        assert zlib.crc32(body) == pcrc, "bad payload checksum"
        yield chr(kind), track, seq, pos, body


WIDTH = {"u16": 2, "u32": 4, "f16": 2, "f32": 4}


def songs(f):
    """(header, bytes of each track, kind of the last record, its object); checks the grammar.

    Ends with StopIteration at a Z and the end of the file, raises EOFError for a cut stream."""
    header, ended, count = None, False, 0
    for kind, track, seq, pos, body in records(f):
        ended = False
        if header is None:
            assert kind in "HZ" and seq == 0, f"{kind} outside a song"
            if kind == "Z":
                assert pos == count and not body, f"Z counts {pos} of {count} songs"
                count, ended = 0, True
                continue
            header, expected = json.loads(body), 1
            tracks = header["tracks"]
            sizes = [WIDTH[t["type"]] * product(t["shape"]) for t in tracks]
            data = [bytearray() for _ in tracks]
            continue
        assert kind in "DEA" or kind.islower(), f"{kind} inside a song"
        assert seq == expected, f"seq {seq}, not {expected}"
        expected += 1
        if kind == "D":
            assert body and len(body) % sizes[track] == 0, "not whole frames"
            assert pos == len(data[track]) // sizes[track], f"pos {pos} on track {track}"
            data[track] += body
        elif kind in "EA":
            last = json.loads(body)
            if kind == "E":
                frames = {t["name"]: len(d) // s for t, d, s in zip(tracks, data, sizes)}
                assert last["frames"] == frames, f"{last} is not {frames}"
            yield header, data, kind, last
            header, count = None, count + 1
    if not ended:
        raise EOFError("no end marker")


def tokens(value=7, vocab=2048, rate=(25, 1), names=("mixed", "vocal", "accompaniment"), empty=(),
           models=()):
    """A song of tokens that are all `value`."""
    tracks = [{"name": n, "type": "u16", "shape": [1], "rate": list(rate), "vocab": vocab}
              for n in names]
    full = [n for n in names if n not in empty]
    frames = [(names.index(n), 0, struct.pack("<20H", *[value] * 20)) for n in full]
    header = {"sgs": 1, "kind": "tokens", "id": "made", "tracks": tracks, "models": list(models),
              "history": []}
    return song(header, frames, {"frames": {n: 20 * (n in full) for n in names}, "stop": "end"})


def product(shape):
    result = 1
    for n in shape:
        result *= n
    return result


def main():
    if sys.argv[1] == "request":
        lines = [json.loads(line) for line in sys.stdin if line.strip()]
        sys.stdout.buffer.write(closed(*map(request, lines)))
        return
    if sys.argv[1] == "tokens":
        sys.stdout.buffer.write(closed(tokens(**json.loads(sys.argv[2]))))
        return
    with open(sys.argv[2], "rb") as f:
        if sys.argv[1] == "records":
            for kind, track, seq, pos, body in records(f):
                print(kind, track, seq, pos, len(body))
        elif sys.argv[1] == "header":
            print(json.dumps(next(songs(f))[0], ensure_ascii=False))
        elif sys.argv[1] == "songs":
            for header, data, kind, last in songs(f):
                sizes = [WIDTH[t["type"]] * product(t["shape"]) for t in header["tracks"]]
                frames = [f"{t['name']} {len(d) // s}"
                          for t, d, s in zip(header["tracks"], data, sizes)]
                print(header["kind"], header["id"], *frames, kind,
                      last.get("stop", last.get("code")))
        elif sys.argv[1] == "whole":
            try:
                for _ in songs(f):
                    pass
            except EOFError as error:
                print(error)
                sys.exit(1)
        else:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
