#!/usr/bin/env python3
"""Writes more tars, where readers differ or a fault is told badly: generate_tars.py DIR [--manifest FILE]"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
from archivekit import *  # noqa: E402,F403

cases = Cases()
add = cases.add
HI = b"hello\n"
BEFORE = entry("before.txt", b"first\n")
B = F("before.txt", b"first\n")
M = ["--policy", "mesos"]


def sparse(name, realsize, body, *records):
    head = [("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.name", name), ("GNU.sparse.realsize", str(realsize))]
    return pax(*head, *records) + entry("GNUSparseFile.0/s", body)


# ---------------------------------------------------------------- which value counts

add("last-x-counts", "tar-pax", "of several x headers before a member the last one counts, whole",
    tar(pax(("path", "other")), pax(("mtime", "5")), entry("f", HI)), ok(F("f", HI, mtime=5)))
add("last-x-counts-for-a-link", "tar-pax", "and so it does for a link's target",
    tar(pax(("path", "p"), ("linkpath", "q")), pax(("linkpath", "r")), symlink("s", "t")), ok(S("s", "r", MT)))
add("empty-sparse-name", "tar-sparse", "an empty value deletes its key: the name is that of path",
    tar(pax(("path", "f"), ("GNU.sparse.name", "")), entry("x", HI)), ok(F("f", HI)))
add("number-behind-a-nul", "tar-damage", "a size that one reader takes for 0 and another for 512: two archives in one",
    tar(BEFORE, entry("f", pad(HI), raw={124: b"\x00" + b"0000001000\x00"})), no(B, contains=["f", "size"], absent=["f"]))

# ---------------------------------------------------------------- the end

add("lone-zero-block-and-a-piece", "tar-end", "behind one zero block there is less than a block", tar(entry("f", HI), end=bytes(512) + b"A" * 100, blocking=1),
    ok(F("f", HI)))
add("no-end-marker", "tar-end", "the file ends behind its last member", tar(entry("f", HI), end=b"", blocking=1), ok(F("f", HI)))

# ---------------------------------------------------------------- faults with their place

for what, link in (("absolute", symlink("s", b"/\x1b[31m\nx\xc2\x9by")), ("hard", hardlink("s", b"no\x1b[31m\n"))):
    add(f"control-in-target-{what}", "attack-terminal", "control characters in a target stay out of the error", tar(BEFORE, link),
        no(B, contains=["s", "\\x1b"], absent=["s"]))
add("empty-name-in-error", "tar-damage", "a member without a name is told as one", tar(entry("", HI)), no(contains=['""']))
for what, body in (("letter", b"1\n0\nx\n"), ("beyond", b"1\n0\n99999\n"), ("unfinished", b"9\n0\n")):
    add(f"sparse-map-{what}", "sparse-damage", "a fault of a map names its member", tar(BEFORE, sparse("holes", 4000, pad(body))),
        no(B, contains=["holes", "map"], absent=["holes"]))
PIECES = 100_000
add("sparse-many-pieces", "tar-sparse", "a map of 1.4 MB",
    lambda: tar(sparse("s", 2 * PIECES, pad(f"{PIECES}\n{''.join(f'{2 * i}{chr(10)}1{chr(10)}' for i in range(PIECES))}".encode()) + b"x" * PIECES)),
    ok(F("s", b"x\0" * PIECES)))

# ---------------------------------------------------------------- Mesos' policy

add("mode-through-a-link-that-turns", "mesos-policy", "the mode of a directory behind a link is not given to where the link leads later",
    tar(folder("x/", 0o755), folder("y/", 0o755), symlink("l", "x"), folder("l/", 0o700), symlink("l", "y")),
    ok(D("x", 0o700), D("y", 0o755), S("l", "y", MT)), options=M)
add("below-a-dangling-link", "mesos-policy", "a file below a link that leads nowhere", tar(symlink("l", "nowhere"), entry("l/f", HI)),
    no(S("l", "nowhere", MT), contains=["l/f", "symbolic link"], absent=["nowhere"]), options=M)

add("slash-behind-a-file", "mesos-policy", "libarchive takes a file whose name ends in a slash for a directory, also where the type says 0",
    tar(entry("d/", b"", mode=0o700), entry("d/f", HI)), ok(D("d", 0o700), F("d/f", HI)), options=M)
add("slash-behind-a-file-alone", "mesos-policy", "also where nothing lies in it", tar(entry("d/", b"", mode=0o700)), ok(D("d", 0o700)), options=M)

# ---------------------------------------------------------------- what is passed over

for what, parent in (("link", symlink("p", "q")), ("file", entry("p", HI))):
    add(f"pipe-below-a-{what}", "types-special", f"a pipe below a {what}: nothing of that name could be made", tar(folder("q/"), BEFORE, parent, header("p/pipe", kind="6")),
        no(B, exact=False, contains=["p/pipe"], absent=["q/pipe"]))
add("pipe-below-nothing", "types-special", "a pipe below a directory that is not there", tar(header("p/pipe", kind="6"), entry("f", HI)),
    ok(F("f", HI), skipped=["p/pipe"]))

# ---------------------------------------------------------------- behind a gzip member

for what, tail in (("a-magic-byte", b"\x1f"), ("zeros-and-a-magic-byte", bytes(100) + b"\x1f")):
    add(f"gzip-{what}", "gzip-valid", "gzip: 'trailing garbage ignored': a warning, not an error",
        lambda tail=tail: gz(tar(BEFORE)) + tail, ok(B, errorContains=["behind the end"]), file=".tar.gz")

if __name__ == "__main__":
    cases.main(__doc__)
