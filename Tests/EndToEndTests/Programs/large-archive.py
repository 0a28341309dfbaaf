"""Writes a large tar into a program's standard input as it is made, and says what the program took.

    large-archive.py bytes|members|pipes|names|gzip COUNT PROGRAM ARGUMENT...

`bytes`: one file of COUNT MiB, and small ones before and behind it; `members`: COUNT empty files;
`pipes`: COUNT named pipes whose names have 4,000 bytes; `names`: COUNT empty files whose names have
3,600 bytes, in gzip members of 64 KiB; `gzip`: as bytes, in gzip. Prints JSON: {"status", "lines",
"peak"}, lines of standard output and peak memory in bytes.
"""

import json
import os
import sys
import tarfile
import tempfile
import zlib


def header(name, size):
    member = tarfile.TarInfo(name)
    member.size, member.mtime = size, 1_700_000_000
    return member.tobuf(tarfile.GNU_FORMAT)


def pieces(kind, count):
    if kind == "members":
        for start in range(0, count, 1000):
            yield b"".join(header(f"d{n // 1000}/f{n}", 0) for n in range(start, min(count, start + 1000)))
    elif kind == "pipes":
        for n in range(count):
            member = tarfile.TarInfo("/".join([f"{n:09}"] + ["x" * 200] * 19))
            member.type = tarfile.FIFOTYPE
            yield member.tobuf(tarfile.GNU_FORMAT)
    elif kind == "names":
        for n in range(count):
            yield header("/".join(["x" * 200] * 17 + [f"{n:0200}"]), 0)
    else:
        block = (b"some text that is not all the same, %d\n" * 30_000)[:1 << 20].ljust(1 << 20, b"x")
        yield header("before", 5) + b"small".ljust(512, b"\0") + header("large", count << 20)
        for _ in range(count):
            yield block
        yield header("behind", 0)
    yield bytes(1024)


def compressed(stream, level=1):
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    for piece in stream:
        yield packer.compress(piece)
    yield packer.flush()


def in_members(stream):
    rest = b""
    for piece in stream:
        rest += piece
        while len(rest) >= 1 << 16:
            yield from compressed([rest[: 1 << 16]], level=0)
            rest = rest[1 << 16 :]
    yield from compressed([rest], level=0)


def main():
    kind, count, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    stream = pieces(kind, count)
    if kind == "gzip":
        stream = compressed(stream)
    elif kind == "names":
        stream = in_members(stream)
    reader, writer = os.pipe()
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            os.dup2(reader, 0)
            os.dup2(output.fileno(), 1)
            os.close(writer)
            os.execv(command[0], command)
        os.close(reader)
        with os.fdopen(writer, "wb", 1 << 20) as pipe:
            for piece in stream:
                pipe.write(piece)
        _, status, usage = os.wait4(child, 0)
        output.seek(0)
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: output.read(1 << 20), b""))
    print(json.dumps({"status": os.waitstatus_to_exitcode(status), "lines": lines, "peak": usage.ru_maxrss * 1024}))


main()
