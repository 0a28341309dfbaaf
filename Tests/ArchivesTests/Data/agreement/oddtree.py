"""Trees that are odd in every way a tar can hold, the same ones for the same seed."""

import os
import random
import stat

KIB = 1024
GIB = 1 << 30

NAMES = [
    "plain", "README", "Makefile.am", "with space", " leading", "trailing ", "-dash", "--long=x", "a=b",
    "semi;colon", "back\\slash", 'quo"te', "apo'strophe", "star*", "quest?", "[a]", "{b}", "~", "#x", "%41",
    "tab\there", "new\nline", "bell\x07", "esc\x1b[31m", "ümlaut", "u\u0308mlaut", "日本語", "🙂", "русский",
    "עברית", "zero\u200bwidth", "..dots", "...", "dot.", ".hidden", "CON", "x" * 99, "y" * 100, "z" * 101,
    "w" * 155, "ü" * 60, "n" * 255, "latin1-\udce9", "\udcff\udcfe",
]


class Entry:
    """One name in a tree. `group` is shared by the names of one inode; `pieces` is a sparse file's data."""

    def __init__(self, path, kind, mode=0o644, mtime=0, target="", size=0, group=None, sparse=False):
        self.path, self.kind, self.mode, self.mtime = path, kind, mode, mtime
        self.target, self.size, self.group, self.sparse = target, size, group, sparse


def time_of(rng):
    """Nanoseconds since 1970, as file systems hold them."""
    second = rng.choice([0, 1, -1, -1_000_000, 1_700_000_000, 2**31 - 1, 2**31, 2**33 - 1, 2**33 + 5,
                         rng.randrange(2**31), rng.randrange(2**31), rng.randrange(2**31)])
    return second * 10**9 + rng.choice([0, 0, 500_000_000, 123_456_789, 999_999_999, 120_000_000])


def text(rng, size):
    """Data that compress a little, as real ones do."""
    word = rng.randbytes(min(size, rng.choice([7, 300, 4096])))
    return (word * (size // max(1, len(word)) + 1))[:size] if word else b""


def permissions(rng, kind):
    mode = rng.choice([0o644, 0o755, 0o600, 0o777, 0o666, 0o444, 0o000, 0o4755, 0o2711, 0o1777, rng.randrange(0o10000)])
    if os.geteuid() != 0:  # whoever is not root must be able to pack it
        mode |= 0o500 if kind == "directory" else 0o400
    return mode | (0o100 if kind == "directory" and mode & 0o700 == 0o600 else 0)


def name_of(rng, taken, folder):
    while True:
        name = rng.choice(NAMES) if rng.random() < 0.5 else "f%x" % rng.randrange(16**6)
        if rng.random() < 0.1:
            name = rng.choice("abcdefgh") * rng.randrange(1, 256)
        path = os.path.join(folder, name) if folder else name
        if path not in taken and len(os.fsencode(path)) < 3000:
            return path


def write_sparse(path, size, offsets, rng):
    with open(path, "wb") as file:
        file.truncate(size)
        for offset in offsets:
            file.seek(offset)
            file.write(rng.randbytes(rng.choice([1, 511, 512, 4096, 5000]))[:size - offset])


def make(index, seed):
    """Makes tree number `index` in the current directory; its entries, every parent before what it holds."""
    rng = random.Random(f"{seed}/{index}")
    entries, folders, taken = [], [""], set()

    def add(kind, **more):
        path = name_of(rng, taken, rng.choice(folders))
        taken.add(path)
        entries.append(Entry(path, kind, permissions(rng, kind), time_of(rng), **more))
        return entries[-1]

    for _ in range(rng.randrange(1, 5)):
        folders.append(add("directory").path)
        os.mkdir(folders[-1])
    if index % 10 == 3:  # deep: beyond every fixed field, and beyond 1,024 bytes now and then
        for _ in range(rng.randrange(10, 60)):
            entry = Entry(os.path.join(folders[-1], rng.choice(["d", "deep", "x" * 40])), "directory",
                          permissions(rng, "directory"), time_of(rng))
            if len(entry.path) > 2500 or entry.path in taken:
                break
            taken.add(entry.path)
            os.mkdir(entry.path)
            entries.append(entry)
            folders.append(entry.path)
    for number in range(rng.randrange(2, 12)):
        kind = rng.choice(["file", "file", "file", "file", "sparse", "symlink", "hardlink", "directory", "fifo"])
        files = [e for e in entries if e.kind == "file"]
        if kind == "directory":
            folders.append(add("directory").path)
            os.mkdir(folders[-1])
        elif kind == "fifo":
            os.mkfifo(add("fifo").path)
        elif kind == "symlink":
            entry = add("symlink")
            depth = entry.path.count("/")
            entry.target = rng.choice(["x", "missing/thing", "../" * depth + "plain", "l" * 99, "l" * 100, "m/" * 80 + "m",
                                       "ü" * 70, "a b", "./.", os.path.basename(entry.path)])
            os.symlink(entry.target, entry.path)
        elif kind == "hardlink" and files:
            first = rng.choice(files)
            if first.group is None:
                first.group = first.path
            entry = add("file", size=first.size, group=first.group, sparse=first.sparse)
            entry.mode, entry.mtime = first.mode, first.mtime
            os.link(first.path, entry.path)
        elif kind == "sparse":
            size = rng.choice([65_536, 200_000, 1_000_001, 300 * KIB])
            entry = add("file", size=size, sparse=True)
            count = rng.choice([0, 1, 2, 5, 30])
            write_sparse(entry.path, size, sorted(rng.randrange(size) for _ in range(count)), rng)
        else:
            entry = add("file", size=rng.choice([0, 0, 1, 511, 512, 513, 1000, 5000, 10_240, 70_000]))
            with open(entry.path, "wb") as file:
                file.write(text(rng, entry.size))
    if index == 7:
        size = 8 * GIB + 4097
        entry = add("file", size=size, sparse=True)
        write_sparse(entry.path, size, [0, 5 * GIB + 1, size - 3], rng)
    if index % 4 == 1:
        rng.shuffle(entries)
    seal(entries)
    return entries


def seal(entries):
    """Modes and times last, the deepest first, then what the file system made of them."""
    for entry in sorted(entries, key=lambda e: -e.path.count("/")):
        if entry.kind != "symlink":
            os.chmod(entry.path, entry.mode)
        os.utime(entry.path, ns=(entry.mtime, entry.mtime), follow_symlinks=False)
    for entry in entries:
        info = os.lstat(entry.path)
        entry.mode, entry.mtime = stat.S_IMODE(info.st_mode), info.st_mtime_ns
        assert entry.kind != "file" or info.st_size == entry.size, entry.path
