#!/usr/bin/env python3
"""Writes more zips, layers of compression and archives for Mesos' policy: generate_formats.py DIR [--manifest FILE]"""

import gzip
import os
import struct
import sys
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
from archivekit import *  # noqa: E402,F403

cases = Cases()
add = cases.add
HI = b"hello\n"
ZT = zip_mtime()
ZF = {"mtime": ZT}
M = ["--policy", "mesos"]


def good(id, why, make, *tree, file=".zip", **kw):
    skipped = kw.pop("skipped", None)
    add(id, "zip-valid", why, make, ok(*tree, skipped=skipped), file=id + file, **kw)


def bad(id, cls, why, make, contains=(), absent=("f",), **kw):
    add(id, cls, why, make, no(exact=False, contains=contains, absent=absent), file=id + kw.pop("file", ".zip"), **kw)


def unicode_path(name, raw, crc=None):
    raw, name = as_bytes(raw), as_bytes(name)
    return struct.pack("<HHBI", 0x7075, 5 + len(name), 1, zlib.crc32(raw) if crc is None else crc) + name


def zip64(*numbers):
    return struct.pack("<HH", 1, 8 * len(numbers)) + b"".join(struct.pack("<Q", n) for n in numbers)


def old_times(access, modification, *owners):
    """Info-ZIP's older Unix field, which is all that macOS writes; in local records owners may follow."""
    data = struct.pack("<II", access, modification) + b"".join(struct.pack("<H", n) for n in owners)
    return struct.pack("<HH", 0x5855, len(data)) + data


def dos_date(year):
    """Midnight of that year's first day, as DOS has it."""
    return ((year - 1980) << 9 | 1 << 5 | 1) << 16


DOS_2100 = dos_date(2100)
IN_2100 = zip_mtime(DOS_2100) + 1

# ---------------------------------------------------------------- where the directory is

good("tail-behind-end", "bytes behind the end record", Zip().add("f", HI).done(tail=b"garbage" * 10), F("f", HI, **ZF))
good("gap-before-directory", "bytes between the data and the directory, as a signing block is", Zip().add("f", HI).done(gap=noise(100)), F("f", HI, **ZF))
good("longest-comment", "65,535 bytes of comment", Zip().add("f", HI).done(comment=b"c" * 65535), F("f", HI, **ZF))
good("comment-like-an-end", "an end record's signature in the comment, which leads nowhere",
     Zip().add("f", HI).done(comment=b"PK\5\6" + b"x" * 18), F("f", HI, **ZF))
good("prefix-without-zip-name", "no end of the name tells, but the first bytes do", Zip().add("f", HI).done(), F("f", HI, **ZF), file=".bin")
good("prefix-64", "bytes in front of a finished zip64", noise(500) + Zip().add("f", HI).done(zip64=True), F("f", HI, **ZF))
good("empty-with-prefix", "no members behind a shell script", b"#!/bin/sh\nexit 0\n" + Zip().done())
good("empty-64", "no members, zip64", Zip().done(zip64=True))
bad("end-in-the-comment", "zip-attack", "a second zip's end record in the comment of the first: two readers, two archives",
    Zip().add("f", HI).done(comment=Zip().done()))
bad("self-extractor-of-another-name", "zip-damage", "bytes in front, and no name that promises a zip", noise(300) + Zip().add("f", HI).done(),
    contains=["archive"], file=".bin")
for at, (what, kw) in enumerate((("one record too many", {"count": 2}), ("one too few", {"count": 0}), ("far too many", {"count": 65534}),
                                 ("a size too small", {"size": 40}), ("a size too large", {"size": 4000}), ("an offset beyond the file", {"offset": 99999}),
                                 ("an offset that is short of what is there", {"offset": 9, "size": 20}), ("another disk", {"disk": 1}))):
    bad(f"end-record-lies-{at}", "zip-damage", "the end record: " + what, Zip().add("f", HI).done(**kw))
for n in (1, 5, 21, 22, 60):
    bad(f"cut-{n}", "zip-damage", f"{n} bytes are missing at the end", Zip().add("f", HI).done()[:-n])


def lying64():
    b = bytearray(Zip().add("f", HI).done(zip64=True))
    at = b.index(b"PK\5\6")
    b[at + 8:at + 12] = struct.pack("<HH", 3, 3)
    return bytes(b)


bad("ends-disagree", "zip-attack", "the end record says three members, the zip64 one says one", lying64)


def field64(offset, value):
    def make():
        b = bytearray(Zip().add("f", HI).done(zip64=True))
        at = b.index(b"PK\6\6")
        b[at + offset:at + offset + 8] = struct.pack("<Q", value)
        return bytes(b)
    return make


for name, offset in (("length", 4), ("count", 24), ("counts", 32), ("size", 40), ("offset", 48)):
    for power, value in ((64, 2**64 - 1), (63, 2**63), (62, 2**62)):
        bad(f"zip64-{name}-{power}", "zip-damage", f"a zip64 {name} of {value}", field64(offset, value))


def locator(value):
    b = bytearray(Zip().add("f", HI).done(zip64=True))
    at = b.index(b"PK\6\7")
    b[at - 56:at - 52] = b"gone"
    b[at + 8:at + 16] = struct.pack("<Q", value)
    return bytes(b)


bad("zip64-locator-beyond", "zip-damage", "the locator leads beyond the file", locator(2**64 - 1))
bad("zip64-locator-wrong", "zip-damage", "the locator leads to a local record", locator(0))


def encrypted_directory(needs=62, algorithm=0x6610):
    """A zip64 end record of version 2: how the directory was packed and encrypted, and two counts that differ."""
    def make():
        z = Zip().add("secret", HI, flags=0x2041, packed=noise(40))
        directory = noise(len(z.central))
        strong = struct.pack("<HQQHHHHH", 8, len(directory), len(directory), algorithm, 256, 1, 0, 0)
        end = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44 + len(strong), needs, needs, 0, 0, 0, 1, len(directory), len(z.body)) + strong
        at = len(z.body) + len(directory)
        return (bytes(z.body) + directory + end + struct.pack("<IIQI", 0x07064B50, 0, at, 1)
                + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    return make


bad("encrypted-directory", "zip-damage", "the directory is encrypted", encrypted_directory(), contains=["encrypted"], absent=["secret"])
bad("directory-without-algorithm", "zip-damage", "the same record, and no algorithm", encrypted_directory(algorithm=0), contains=["disk"], absent=["secret"])
bad("directory-of-version-1", "zip-damage", "the same bytes in a record of version 1, where they mean nothing", encrypted_directory(needs=45), contains=["disk"], absent=["secret"])

# ---------------------------------------------------------------- records and data

good("descriptor-64", "sizes of 64 bits behind the data", Zip().add("a", text(3000), descriptor="zip64").add("b", HI).done(), F("a", text(3000), **ZF), F("b", HI, **ZF))
good("local-64", "zip64 sizes in the local record alone",
     Zip().add("f", HI, method=0, extra=zip64(6, 6), local_size=0xFFFFFFFF, local_csize=0xFFFFFFFF, central_extra=b"").done(), F("f", HI, **ZF))


def offset64():
    z = Zip().add("a", HI)
    return z.add("f", HI, offset=0xFFFFFFFF, extra=b"", central_extra=zip64(len(z.body))).done()


good("offset-64", "an offset that the zip64 field alone holds", offset64, F("a", HI, **ZF), F("f", HI, **ZF))
good("stored-by-deflate-level-0", "stored blocks inside deflate", lambda: Zip().add("f", text(200000), packed=zlib.compress(text(200000), 0)[2:-4]).done(), F("f", text(200000), **ZF))
good("jar-directory", "a directory that was deflated to two bytes, as jar does", Zip().add("d/", b"", mode=0o40755).add("d/f", HI).done(), D("d"), F("d/f", HI, **ZF))
bad("directory-with-data", "zip-damage", "data in a directory", Zip().add("d/", HI, mode=0o40755).done(), contains=["d/"])
bad("local-beyond", "zip-damage", "the local record is beyond the file", Zip().add("f", HI, offset=100000).done(), contains=["f"])
bad("local-is-something-else", "zip-damage", "no local record where the directory says", Zip().add("f", HI, offset=3).done(), contains=["f"])
bad("local-in-directory", "zip-attack", "the local record lies in the directory's comment",
    lambda: (lambda z: Zip().add("f", HI, comment=bytes(z.body), offset=len(z.body) + 47).done())(Zip().add("f", HI)))
bad("crc-disagrees", "zip-attack", "another CRC in the local record", Zip().add("f", HI, local_crc=1).done(), contains=["f"])
bad("size-disagrees", "zip-attack", "another size in the local record", Zip().add("f", HI, local_size=5).done(), contains=["f"])
bad("packed-size-disagrees", "zip-attack", "another packed size in the local record", Zip().add("f", HI, local_csize=5).done(), contains=["f"])
bad("encryption-disagrees", "zip-attack", "encrypted in the local record alone", Zip().add("f", HI, local_flags=1).done(), contains=["f"])
bad("data-reach-into-directory", "zip-attack", "packed data that reach into the directory", Zip().add("f", HI, method=0, size=40, csize=40, packed=HI).done(), contains=["f"])
bad("two-names-one-record", "zip-attack", "one record listed twice", Zip().add("f", HI).add("f", HI, offset=0, write_local=False).done())


def inside():
    inner = Zip().add("f", HI, method=0)
    data = bytes(inner.body)
    z = Zip().add("outer", data, method=0)
    z.add("f", HI, method=0, offset=30 + 5, write_local=False)
    return z.done()


bad("record-inside-data", "zip-attack", "a local record inside another member's data", inside, absent=["f", "outer"])


def backwards():
    z = Zip()
    for n in range(40):
        z.add(f"f{n:02}", text(100 + n))
    at, records = 0, []
    while at < len(z.central):
        length = 46 + 3
        records.append(bytes(z.central[at:at + length]))
        at += length
    z.central = bytearray(b"".join(reversed(records)))
    return z.done()


good("directory-backwards", "the directory lists the members from the last to the first", backwards, *[F(f"f{n:02}", text(100 + n), **ZF) for n in range(40)])
bad("deflate-breaks-off", "zip-damage", "the packed data end in a block", lambda: Zip().add("f", text(3000), packed=deflate(text(3000))[:-9]).done(), contains=["f"])
bad("deflate-noise", "zip-damage", "the packed data are noise", lambda: Zip().add("f", text(3000), packed=b"\xff" + noise(300)).done(), contains=["f"])
bad("less-than-declared", "zip-damage", "fewer bytes than declared", lambda: Zip().add("f", HI, size=7).done(), contains=["f"])
bad("behind-deflate", "zip-damage", "more behind the deflate stream", lambda: Zip().add("f", HI, packed=deflate(HI) + b"more").done(), contains=["f"])
bad("stored-sizes-differ", "zip-damage", "stored, and two sizes", lambda: Zip().add("f", HI, method=0, size=5, local_size=5).done(), contains=["f"])
bad("petabyte", "bomb", "a claim of 2^50 bytes", lambda: Zip().add("f", HI, size=0xFFFFFFFF, extra=b"", central_extra=zip64(1 << 50), local_size=0xFFFFFFFF).done(), contains=["f"])
bad("members-claimed", "bomb", "a claim of 2^40 members", field64(24, 1 << 40), ())
bad("max-members", "bomb", "one member more than allowed", Zip().add("f", HI).add("g", HI).done(), contains=["max-members"], options=["--max-members", "1"])
bad("max-bytes-sum", "bomb", "two members that together are too much", lambda: Zip().add("f", text(600)).add("g", text(600)).done(), contains=["max-bytes"], options=["--max-bytes", "1199"])
bad("max-ratio-member", "bomb", "one member's ratio", lambda: Zip().add("noise", noise(50000)).add("f", bytes(3 << 20)).done(), contains=["max-ratio", "f"], options=["--max-ratio", "500"])
bad("max-ratio-whole", "bomb", "the ratio of all", lambda: (lambda z: [z.add(f"f{n}", bytes(1 << 20)) for n in range(4)] and z)(Zip()).done(),
    contains=["max-ratio"], options=["--max-ratio", "700"], absent=["f0"])

# ---------------------------------------------------------------- methods and passwords

for method in (1, 6, 9, 12, 14, 93, 95, 97, 1000):
    bad(f"method-{method}", "zip-damage", "a method that is not unpacked", Zip().add("f.bin", noise(40), method=method, packed=noise(30)).done(),
        contains=["method", "f.bin"], absent=["f.bin"])
for name, kw in (("aes", {"method": 99, "flags": 1}), ("strong", {"flags": 0x41}), ("hidden", {"flags": 0x2001})):
    bad(f"encrypted-{name}", "zip-damage", "a password is needed", Zip().add("secret", noise(40), packed=noise(40), **kw).done(), contains=["encrypted", "secret"], absent=["secret"])
bad("nothing-before-encrypted", "zip-damage", "members before an encrypted one are not unpacked either", Zip().add("f", HI).add("secret", HI, flags=1).done(), contains=["encrypted"])

# ---------------------------------------------------------------- names, kinds, modes, times

good("unicode-path", "a Unicode Path whose CRC fits", Zip().add("gr?n", HI, extra=unicode_path("gr\u00fcn", "gr?n")).done(), F("gr\u00fcn", HI, **ZF))
good("unicode-path-stale", "one whose CRC does not fit the name", Zip().add("new", HI, extra=unicode_path("old", "xyz")).done(), F("new", HI, **ZF))
bad("unicode-path-disagrees", "zip-attack", "two Unicode Paths for one member",
    Zip().add("f", HI, extra=unicode_path("g", "f"), central_extra=unicode_path("h", "f")).done(), absent=["f", "g", "h"])
good("unicode-path-in-directory", "a Unicode Path in the directory alone", Zip().add("f", HI, central_extra=unicode_path("g", "f")).done(), F("g", HI, **ZF))
good("unicode-path-in-local", "one in the local record alone that says the name again", Zip().add("f", HI, extra=unicode_path("f", "f"), central_extra=b"").done(), F("f", HI, **ZF))
bad("unicode-path-in-local-disagrees", "zip-attack", "one in the local record alone that says another name",
    Zip().add("f", HI, extra=unicode_path("../canary.txt", "f"), central_extra=b"").done(), contains=["f", "name"])
good("unicode-path-in-local-stale", "one there whose CRC does not fit", Zip().add("f", HI, extra=unicode_path("g", "xyz"), central_extra=b"").done(), F("f", HI, **ZF))
bad("unicode-path-escapes", "escape-dotdot", "a Unicode Path that leads out", Zip().add("f", HI, extra=unicode_path("../canary.txt", "f")).done(), contains=["../canary.txt"])
good("slashes-disagree", "a slash in the directory, a backslash in the local record, made by FAT", Zip().add("d/f", HI, host=0, attr=0, local_name="d\\f").done(), D("d"), F("d/f", HI, **ZF))
bad("slashes-disagree-unix", "zip-attack", "the same, made by Unix", Zip().add("d/f", HI, local_name="d\\f").done(), absent=["d/f"])
bad("backslash-dotdot", "escape-dotdot", "FAT's backslashes lead out", Zip().add("..\\canary.txt", HI, host=0, attr=0).done(), contains=["canary.txt"])
bad("drive-letter", "escape-dotdot", "FAT's backslashes with a drive, then up", Zip().add("C:\\..\\..\\canary.txt", HI, host=0, attr=0).done(), contains=["canary.txt"])
good("bytes-as-name", "a name in code page 437 stays what it is", Zip().add(b"gr\x81n", HI).done(), F(b"gr\x81n".decode("utf-8", "surrogateescape"), HI, **ZF))
bad("nul-in-name", "names-bad", "a NUL in a name", Zip().add("f\0.txt", HI).done())
bad("empty-name", "names-bad", "a file without a name", Zip().add("", HI).done())
good("absolute-name", "leading slashes go", Zip().add("/f", HI).done(), F("f", HI, **ZF))
good("root-names", "directories that are DIR itself", Zip().dir("/").dir("./").add("f", HI).done(), F("f", HI, **ZF))
good("darwin", "modes of a Mac", Zip().add("f", HI, host=19, mode=0o100600).done(), F("f", HI, 0o600, ZT))
good("modes-of-fat", "modes of FAT mean nothing", Zip().add("f", HI, host=0, attr=0o100600 << 16).done(), F("f", HI, 0o644, ZT))
good("modes-of-ntfs", "nor those of NTFS", Zip().add("f", HI, host=10, attr=0o100600 << 16).add("d/", b"", method=0, host=10, attr=0x10).done(), F("f", HI, 0o644, ZT), D("d"))
good("directory-by-type", "a directory by its type alone, or FAT's attribute", Zip().add("d", b"", method=0, mode=0o40700).add("e", b"", method=0, host=0, attr=0x10).done(), D("d", 0o700), D("e"))
good("special-members", "pipes, devices and sockets are passed over",
     (lambda z: [z.add(f"s{n}", b"", method=0, mode=kind | 0o644) for n, kind in enumerate((0o010000, 0o020000, 0o060000, 0o140000))] and z)(Zip()).add("f", HI).done(),
     F("f", HI, **ZF), skipped=["s0", "s1", "s2", "s3"])
good("time-before-1970", "a time below zero", Zip().add("f", HI, extra=unix_time_extra(-5)).done(), F("f", HI, mtime=-5))
good("time-in-local", "the exact time in the local record alone", Zip().add("f", HI, extra=unix_time_extra(1234567), central_extra=b"").done(), F("f", HI, mtime=1234567))
good("time-cut", "a time field that is cut, DOS counts", Zip().add("f", HI, extra=struct.pack("<HHB", 0x5455, 1, 1)).done(), F("f", HI, **ZF))
good("time-of-a-mac", "the older Unix times, with numbers of owners in the local record", Zip().add("f", HI, extra=old_times(9, 1234567, 501, 20), central_extra=old_times(9, 1234567)).done(), F("f", HI, mtime=1234567))
good("time-of-a-mac-in-local", "the older Unix times in the local record alone", Zip().add("f", HI, extra=old_times(9, 1234567, 501, 20), central_extra=b"").done(), F("f", HI, mtime=1234567))
good("time-of-both-fields", "the newer field counts, also behind the older", Zip().add("f", HI, extra=old_times(9, 10) + unix_time_extra(1234567)).done(), F("f", HI, mtime=1234567))
good("time-of-a-mac-cut", "older Unix times that are cut, DOS counts", Zip().add("f", HI, extra=struct.pack("<HHI", 0x5855, 4, 9)).done(), F("f", HI, **ZF))
good("time-beyond-2037", "beside a DOS date beyond 2037, times are unsigned, in either field and either record",
     Zip().add("f", HI, extra=unix_time_extra(IN_2100 - 2**32), dos=DOS_2100).add("g", HI, extra=old_times(9, IN_2100), dos=DOS_2100)
     .add("h", HI, extra=unix_time_extra(IN_2100 - 2**32), central_extra=b"", dos=DOS_2100).done(),
     *[F(name, HI, mtime=IN_2100) for name in "fgh"])
good("time-before-2038", "beside one of 2037 they are signed", Zip().add("f", HI, extra=unix_time_extra(-5), dos=dos_date(2037)).done(), F("f", HI, mtime=-5))
good("extra-cut", "an extra field that does not fit its record", Zip().add("f", HI, extra=b"\x01\x00\xff\xffab").done(), F("f", HI, **ZF))
bad("symlink-out", "escape-symlink", "a link out of the directory", Zip().add("f", b"../canary.txt", mode=0o120777).done(), contains=["f", "../canary.txt"])
bad("symlink-nul", "escape-symlink", "a NUL in the target", Zip().add("f", b"a\0b", mode=0o120777).done(), contains=["f"])
bad("symlink-empty", "escape-symlink", "no target", Zip().add("f", b"", mode=0o120777).done(), contains=["f"])
bad("symlink-long", "escape-symlink", "a target of 4,096 bytes", Zip().add("f", b"t" * 4096, mode=0o120777).done(), contains=["f"])
good("symlink-longest", "a target of 4,095 bytes", Zip().add("s", (b"t" * 200 + b"/") * 20 + b"t" * 75, mode=0o120777).done(), S("s", ("t" * 200 + "/") * 20 + "t" * 75))
bad("symlink-then-through", "escape-symlink", "a file through a link", Zip().add("d/f", HI).add("s", b"d", mode=0o120777).add("s/g", HI).done(), contains=["s/g"], absent=["d/g"])
good("duplicate-kinds", "a link gives way to a file of its name", Zip().add("t", HI).add("f", b"t", mode=0o120777).add("f", b"new").done(), F("t", HI, **ZF), F("f", b"new", **ZF))

# ---------------------------------------------------------------- layers, and Mesos

TAR = tar(entry("before.txt", b"first\n"), entry("big", text(120000)), entry("after.txt", b"last\n"))
TREE = [F("before.txt", b"first\n"), F("big", text(120000)), F("after.txt", b"last\n")]


def packed(*layers):
    def make():
        import bz2
        import lzma
        data = TAR
        for layer in layers:
            data = {"gz": lambda d: gzip.compress(d, mtime=0), "bz2": bz2.compress, "xz": lzma.compress}[layer](data)
        return data
    return make


for layers in (("bz2", "gz"), ("gz", "xz"), ("xz", "bz2"), ("gz", "gz"), ("gz", "bz2", "xz")):
    name = ".".join(("x", "tar") + layers)
    add("stacked-" + "-".join(layers), "mesos-policy", "layers of compression, one inside the other", packed(*layers), ok(*TREE), file="stacked-" + name, options=M)
    if layers[-1] != "gz":
        add("stacked-hardened-" + "-".join(layers), "not-archive", "only one layer is taken off", packed(*layers),
            no(contains=["archive", {"gz": "gzip", "bz2": "bzip2", "xz": "xz"}[layers[-2]]]), file="hardened-" + name)
add("zeros-behind-the-end", "tar-end", "30 MB of zeros behind the end are read and passed over", lambda: gzip.compress(TAR + bytes(30 << 20), mtime=0), ok(*TREE), file=".tar.gz")
add("zeros-between-layers", "bomb", "padding between two layers, without end", lambda: gzip.compress(gzip.compress(TAR, mtime=0) + bytes(300 << 20), mtime=0),
    no(exact=False, contains=["max-bytes"]), file=".tgz", options=M + ["--max-bytes", "1000000"])
add("stacked-too-deep", "bomb", "six layers", packed("gz", "gz", "gz", "gz", "gz", "gz"), no(contains=["layers"]), file="deep.tgz", options=M)
add("empty-directory-name-bz2", "bzip2-xz", "bzip2 of an empty tar", lambda: __import__("bz2").compress(bytes(10240)), ok(), file=".tar.bz2")
add("bz2-of-text", "not-archive", "bzip2 around text", lambda: __import__("bz2").compress(text(3000)), no(contains=["archive"]), file=".bz2")
add("xz-of-nothing", "not-archive", "xz of no bytes", lambda: __import__("lzma").compress(b""), no(contains=["archive"]), file=".tar.xz")
add("xz-of-zip", "not-archive", "a zip inside xz", lambda: __import__("lzma").compress(Zip().add("f", HI).done()), no(contains=["archive"], absent=["f"]), file=".zip.xz")

for at, (name, start, words) in enumerate((
    ("html", b"\r\n <!DOCTYPE html><html>", "HTML"), ("json", b'{"errors": []}', "JSON"), ("pgp", b"-----BEGIN PGP MESSAGE-----\n", "PGP"),
    ("pgp-binary", b"\x85\x02\x0c\x03" + noise(300), "PGP"), ("xml", b"<?xml version='1.0'?><Error/>", "XML"), ("rar", b"Rar!\x1a\x07\x01\x00" + bytes(600), "RAR"),
    ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(600), "7z"), ("cpio", b"070701" + b"0" * 600, "cpio"), ("cpio-old", b"\xc7\x71" + bytes(600), "cpio"),
    ("mtree", b"#mtree\n. type=dir\n", "mtree"), ("rpm", b"\xed\xab\xee\xdb\x03\x00" + bytes(600), "RPM"), ("deb", b"!<arch>\ndebian-binary   ", "Debian"),
    ("zstd", b"\x28\xb5\x2f\xfd" + noise(600), "zstd"), ("lz4", b"\x04\x22\x4d\x18" + noise(600), "LZ4"), ("compress", b"\x1f\x9d\x90" + noise(600), "compress"),
    ("lzip", b"LZIP\x01" + noise(600), "lzip"), ("program", b"\x7fELF" + noise(600), "program"), ("zeros", bytes(300), "zeros"), ("text", b"hello\n" * 200, "text"),
)):
    add("looks-like-" + name, "not-archive", "what a file is instead of an archive is said", start, no(contains=["archive", words]), file=f"look-{at}.tar")
    add("looks-like-" + name + "-in-gzip", "not-archive", "and the same inside gzip", lambda start=start: gzip.compress(start, mtime=0),
        no(contains=["archive", words]), file=f"look-{at}.tar.gz")

if __name__ == "__main__":
    cases.main(__doc__)
