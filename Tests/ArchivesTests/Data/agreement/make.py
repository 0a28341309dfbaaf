#!/usr/bin/env python3
"""Makes odd trees below DIR, packs each with every tool in every dialect, and says what must come out.

    make.py DIR SEED FIRST COUNT

DIR/tree-N is a tree, DIR/N.DIALECT.tar its archive, plain or in gzip, and DIR/manifest.json a list of
{"archive", "tree", "entries": [{"path" (bytes in hex), "kind", "mode", "seconds", "nanoseconds", "size",
"target" (hex), "first" (hex: the name of the same file that came before)}]} in the archive's order.
Each archive is read back by Python, and each tree's archives in turn by GNU tar and bsdtar: where one of
them sees something else, that is an error here.
"""

import gzip
import json
import os
import stat
import subprocess
import sys
import tarfile
import unicodedata

from oddtree import make
from packers import DIALECTS, ENVIRONMENT


def expected(dialect, entries):
    """The entries as the archive must list them."""
    listed, first_names = [], {}
    for entry in entries:
        seconds, nanoseconds = dialect.time(entry)
        first = first_names.setdefault(entry.group, entry.path) if entry.group else entry.path
        listed.append({
            "path": os.fsencode(entry.path).hex(), "kind": entry.kind, "mode": entry.mode, "seconds": seconds,
            "nanoseconds": nanoseconds, "size": entry.size, "target": os.fsencode(entry.target).hex(),
            "first": os.fsencode(first).hex() if first != entry.path else ""})
    return listed


KINDS = {tarfile.DIRTYPE: "directory", tarfile.SYMTYPE: "symlink", tarfile.FIFOTYPE: "fifo"}


def listed_by_python(archive):
    with tarfile.open(archive, encoding="utf-8", errors="surrogateescape") as tar:
        for member in tar:
            # Python prefers the pax path, which GNU tar makes up for a sparse file, to its real name.
            name = member.pax_headers.get("GNU.sparse.name", member.name).rstrip("/")
            yield {"path": os.fsencode(name).hex(), "kind": KINDS.get(member.type, "file"), "mode": member.mode,
                   "seconds": member.mtime // 1, "size": member.size if member.isreg() else 0,
                   "target": os.fsencode(member.linkname).hex() if member.issym() else "",
                   "first": os.fsencode(member.linkname).hex() if member.islnk() else ""}


def compare_python(dialect, archive, entries):
    read = list(listed_by_python(archive))
    assert len(read) == len(entries), f"{archive}: Python lists {len(read)}, not {len(entries)}"
    for theirs, ours in zip(read, entries):
        for key in theirs:
            want = ours[key]
            if key == "size" and (ours["kind"] != "file" or ours["first"]):
                continue
            if key == "seconds" and abs(theirs[key] - want) <= 1:  # a float of theirs
                continue
            assert theirs[key] == want, f"{archive}: {ours['path']}: {key}: Python reads {theirs[key]!r}, not {want!r}"


def is_composed(path):
    """Whether libarchive leaves a name as it is: it composes what is decomposed, and refuses other bytes."""
    try:
        return unicodedata.is_normalized("NFC", bytes.fromhex(path).decode())
    except UnicodeDecodeError:
        return False


def compare_extracted(tool, archive, entries):
    """Unpacks with another tool, and compares what is there."""
    if tool == "bsdtar" and not all(is_composed(e["path"]) for e in entries):
        return
    into = archive + "." + tool
    os.mkdir(into)
    option = ["--same-permissions", "--delay-directory-restore"] if tool == "tar" else ["-p", "--no-same-owner"]
    done = subprocess.run([tool, "-xf", archive, "-C", into, *option], env=ENVIRONMENT, capture_output=True)
    assert done.returncode == 0, f"{tool} -xf {archive}: {done.stderr.decode(errors='replace')}"
    for entry in entries:
        info = os.lstat(os.path.join(os.fsencode(into), bytes.fromhex(entry["path"])))
        what = f"{archive}: {bytes.fromhex(entry['path'])!r} as {tool} unpacks it"
        kind = {stat.S_IFDIR: "directory", stat.S_IFLNK: "symlink", stat.S_IFIFO: "fifo", stat.S_IFREG: "file"}
        assert kind[stat.S_IFMT(info.st_mode)] == entry["kind"], what
        assert abs(info.st_mtime_ns // 10**9 - entry["seconds"]) <= 1, f"{what}: {info.st_mtime_ns}, {entry}"
        if entry["kind"] == "file":
            assert info.st_size == entry["size"], what
        if entry["kind"] != "symlink" and os.geteuid() == 0:
            assert stat.S_IMODE(info.st_mode) == entry["mode"], f"{what}: {stat.S_IMODE(info.st_mode):o}, {entry}"
    subprocess.run(["rm", "-rf", into])


def compress(archive, number):
    """Leaves every third archive plain, packs one with a name in its header, and one in many members."""
    if number % 3 == 0 or os.path.getsize(archive) > 32 << 20:
        return
    with open(archive, "rb") as file:
        data = file.read()
    step = len(data) if number % 3 == 1 else 10_000
    with open(archive, "wb") as file:
        for start in range(0, len(data), step):
            with gzip.GzipFile("inner.tar" if number % 3 == 1 else "", "wb", 1, file, mtime=number) as member:
                member.write(data[start:start + step])


def main():
    root, seed, first, count = os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    os.umask(0o022)
    manifest = []
    for index in range(first, first + count):
        tree = os.path.join(root, f"tree-{index}")
        os.makedirs(tree)
        os.chdir(tree)
        everything = make(index, seed)
        for number, dialect in enumerate(DIALECTS):
            archive = os.path.join(root, f"{index}.{dialect.name}.tar")
            fitting = [e for e in everything if dialect.fits(e)]
            dialect.pack(archive, fitting)
            entries = expected(dialect, fitting)
            compress(archive, index + number)
            compare_python(dialect, archive, entries)
            turn = (index + number) % len(DIALECTS)
            if turn < 2 and index % 4 != 1:  # bsdtar gives no time to a directory behind what it holds
                compare_extracted(["tar", "bsdtar"][turn], archive, entries)
            manifest.append({"archive": archive, "tree": tree, "entries": entries})
        os.chdir(root)
    with open(os.path.join(root, "manifest.json"), "w") as file:
        json.dump(manifest, file)


if __name__ == "__main__":
    main()
