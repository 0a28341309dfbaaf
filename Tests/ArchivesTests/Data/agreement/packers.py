"""The tools that pack a tree, each in all its dialects, and what each dialect has no room for."""

import os
import subprocess
import tarfile
from decimal import Decimal

GIB = 1 << 30
ENVIRONMENT = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


class Dialect:
    """A tool's way to write an archive.

    `names`: None (any length), "v7" or "ustar". `times`: "any" or "octal" (0 to 2^33-2). `exact`: whether
    nanoseconds are kept. `holes`: whether holes are left out, so that a file of gigabytes can be packed.
    """

    def __init__(self, name, pack, names=None, times="any", exact=False, holes=False):
        self.name, self.pack, self.names, self.times = name, pack, names, times
        self.exact, self.holes = exact, holes

    def fits(self, entry):
        path = os.fsencode(entry.path) + (b"/" if entry.kind == "directory" else b"")
        if self.names == "v7" and (len(path) > 99 or entry.kind == "fifo"):
            return False
        if self.names == "ustar" and not fits_ustar(path):
            return False
        if self.names and (len(os.fsencode(entry.target)) > 99 or entry.group and len(path) > 99):
            return False  # any name of an inode may be the one that the others link to
        if self.times == "octal" and not 0 <= entry.mtime <= (2**33 - 2) * 10**9:
            return False
        return entry.size < 8 * GIB or self.holes

    def time(self, entry):
        """What the archive says of the time: seconds and nanoseconds."""
        return divmod(entry.mtime, 10**9) if self.exact else (entry.mtime // 10**9, 0)


def fits_ustar(path):
    if len(path) <= 99:
        return True
    return any(path[i:i + 1] == b"/" and i <= 154 and 0 < len(path) - i - 1 <= 99 for i in range(1, len(path) - 1))


def run(command, paths):
    done = subprocess.run(command, input=b"".join(os.fsencode(p) + b"\0" for p in paths), env=ENVIRONMENT,
                          capture_output=True)
    if done.returncode:
        raise SystemExit(f"{command} in {os.getcwd()}: {done.stderr.decode(errors='replace')}")


def gnu(*options):
    def pack(archive, entries):
        run(["tar", "-cf", archive, "--no-recursion", "--null", "--no-unquote", "--verbatim-files-from", *options,
             "-T", "-"], [e.path for e in entries])
    return pack


def bsd(*options):
    def pack(archive, entries):
        run(["bsdtar", "-cnf", archive, *options, "--null", "-T", "-"], [e.path for e in entries])
    return pack


def python(tar_format):
    def pack(archive, entries):
        with tarfile.open(archive, "w", format=tar_format, encoding="utf-8") as tar:
            for entry in entries:
                tar.add(entry.path, recursive=False)
    return pack


class PythonPax(Dialect):
    def fits(self, entry):
        # Python writes a time near zero as 1e-09, which is no number of pax's.
        return super().fits(entry) and not 0 < abs(entry.mtime) < 100_000

    def time(self, entry):
        # A float, written as Python prints it.
        digits = Decimal(str(os.lstat(entry.path).st_mtime))
        return divmod(int(digits * 10**9), 10**9)


class BsdPax(Dialect):
    def fits(self, entry):
        # Of a long name libarchive leaves folders out in GNU.sparse.name, as it does in a ustar header.
        return super().fits(entry) and not (entry.sparse and len(os.fsencode(entry.path)) > 99)

    def time(self, entry):
        # libarchive writes the fraction of a time before 1970 as if it were of one behind it: -1.12 for -0.88.
        seconds, nanoseconds = divmod(entry.mtime, 10**9)
        return divmod(seconds * 10**9 - nanoseconds, 10**9) if seconds < 0 else (seconds, nanoseconds)


class PythonSeconds(Dialect):
    def time(self, entry):
        return int(os.lstat(entry.path).st_mtime), 0


def sparse_pax(version):
    return gnu("--format=posix", "--sparse", "--sparse-version=" + version)


DIALECTS = [
    Dialect("gnu-v7", gnu("--format=v7"), names="v7", times="octal"),
    Dialect("gnu-ustar", gnu("--format=ustar"), names="ustar", times="octal"),
    Dialect("gnu-oldgnu", gnu("--format=oldgnu", "--sparse"), holes=True),
    Dialect("gnu-gnu", gnu("--format=gnu", "--sparse"), holes=True),
    Dialect("gnu-posix", gnu("--format=posix"), exact=True),
    Dialect("gnu-posix-0.0", sparse_pax("0.0"), exact=True, holes=True),
    Dialect("gnu-posix-0.1", sparse_pax("0.1"), exact=True, holes=True),
    Dialect("gnu-posix-1.0", sparse_pax("1.0"), exact=True, holes=True),
    Dialect("bsd-ustar", bsd("--format=ustar"), names="ustar", times="octal"),
    Dialect("bsd-gnutar", bsd("--format=gnutar"), times="octal"),
    BsdPax("bsd-pax", bsd("--format=pax"), exact=True, holes=True),
    PythonSeconds("python-ustar", python(tarfile.USTAR_FORMAT), names="ustar", times="octal"),
    PythonSeconds("python-gnu", python(tarfile.GNU_FORMAT)),
    PythonPax("python-pax", python(tarfile.PAX_FORMAT)),
]
