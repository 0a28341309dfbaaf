#!/usr/bin/env python3
"""Judges an archive extractor by the cases of a manifest.

    check.py RUNNER --cases DIR --manifest FILE [--class X] [--id X]

RUNNER is a command template, such as
    "simagent extract {archive} --into {dir} {options} --format json"
DIR is where `generate_archives.py` or `generate_formats.py` wrote the archives. Each case runs in a fresh jail whose every level
holds canaries; afterwards the exit status, the tree, the messages, memory, disk and the canaries
are compared. Exit 0 only if every case is right.
"""

import argparse
import fcntl
import hashlib
import json
import os
import resource
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time

CANARY = "/tmp/archive-canary"
MIB = 1 << 20
SECONDS, ADDRESS_SPACE, RESIDENT, FILE_SIZE, DISK = 20, 2048 * MIB, 200 * MIB, 2048 * MIB, 256 * MIB

# ---------------------------------------------------------------- looking at trees

def digest(fd, size):
    h = hashlib.sha256()
    while True:
        block = os.read(fd, MIB)
        if not block:
            return h.hexdigest()
        h.update(block)


def walk(root, want_hash=None):
    """{relative bytes path: facts}, never following a link, at any depth; b'.' is the root itself."""
    found = {b".": facts(os.lstat(root))}
    stack = [(os.open(root, os.O_RDONLY | os.O_DIRECTORY), b"")]
    while stack:
        fd, base = stack.pop()
        if isinstance(fd, tuple):
            parent, name = fd
            try:
                me = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent[0])
            finally:
                parent[1] -= 1
                if not parent[1]:
                    os.close(parent[0])
            fd = me
        children = []
        for name in sorted(os.listdir(fd)):
            name = os.fsencode(name)
            path = base + name
            info = os.lstat(name, dir_fd=fd)
            entry = facts(info)
            found[path] = entry
            if stat.S_ISLNK(info.st_mode):
                entry["target"] = os.readlink(name, dir_fd=fd)
            elif stat.S_ISDIR(info.st_mode) and len(path) < 16384:  # deeper ones are wrong anyway and would fill the memory
                if info.st_mode & 0o500 != 0o500 and os.geteuid():
                    os.chmod(name, 0o700, dir_fd=fd)  # its mode is noted; now let an ordinary user look inside
                children.append((name, path + b"/"))
            elif stat.S_ISREG(info.st_mode) and (want_hash is None or path in want_hash) and info.st_size <= 512 * MIB:
                try:
                    f = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=fd)
                except PermissionError:
                    os.chmod(name, 0o400, dir_fd=fd)
                    f = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=fd)
                entry["sha256"] = digest(f, info.st_size)
                os.close(f)
        if children:
            shared = [fd, len(children)]
            stack.extend(((shared, n), p) for n, p in children)
        else:
            os.close(fd)
    return found


def facts(info):
    kinds = {stat.S_IFREG: "file", stat.S_IFDIR: "dir", stat.S_IFLNK: "symlink", stat.S_IFIFO: "fifo",
             stat.S_IFCHR: "character device", stat.S_IFBLK: "block device", stat.S_IFSOCK: "socket"}
    return {"type": kinds[stat.S_IFMT(info.st_mode)], "size": info.st_size, "mode": stat.S_IMODE(info.st_mode),
            "ns": info.st_mtime_ns, "inode": info.st_ino, "links": info.st_nlink, "blocks": info.st_blocks}


def expected_name(entry):
    return bytes.fromhex(entry["pathHex"]) if "pathHex" in entry else entry["path"].encode()


def show(name):
    return repr(name)[1:] if len(name) < 90 else repr(name[:60])[1:] + f"…({len(name)} bytes)"


def compare(case, tree):
    expect, wrong = case["expect"], []
    named = {b"."}
    for e in expect["tree"]:
        path = expected_name(e)
        named.add(path)
        parts = path.split(b"/")
        named.update(b"/".join(parts[:i]) for i in range(1, len(parts)))
        got = tree.get(path)
        if got is None:
            wrong.append(f"{show(path)} is missing")
            continue
        if e["type"] == "hardlink":
            other = tree.get(e["linkTo"].encode())
            if not other or other["inode"] != got["inode"]:
                wrong.append(f"{show(path)} is not one file with {e['linkTo']}")
            continue
        if got["type"] != e["type"]:
            wrong.append(f"{show(path)} is a {got['type']}, not a {e['type']}")
            continue
        if "size" in e and got["size"] != e["size"]:
            wrong.append(f"{show(path)} has {got['size']} bytes, not {e['size']}")
        elif "sha256" in e and got.get("sha256") != e["sha256"]:
            wrong.append(f"{show(path)} has other content")
        if "maxBlocks" in e and got["blocks"] > e["maxBlocks"]:
            wrong.append(f"{show(path)} takes {got['blocks']} blocks of disk: holes were written out")
        if "mode" in e and "%04o" % got["mode"] != e["mode"]:
            wrong.append(f"{show(path)} has mode {got['mode']:04o}, not {e['mode']}")
        if "mtime" in e:
            whole, _, part = str(e["mtime"]).partition(".")
            sign = -1 if whole.startswith("-") else 1
            want = int(whole) * 10**9 + sign * int((part + "0" * 9)[:9])
            if got["ns"] != want:
                wrong.append(f"{show(path)} has modification time {got['ns'] / 1e9}, not {e['mtime']}")
        if "target" in e:
            want = bytes.fromhex(e["targetHex"]) if "targetHex" in e else e["target"].encode()
            if got["target"] != want:
                wrong.append(f"{show(path)} points to {show(got['target'])}")
    if expect.get("treeExact"):
        extra = sorted(p for p in tree if p not in named)
        if extra:
            wrong.append(f"{len(extra)} too many, such as {show(extra[0])}")
    for path in expect.get("absent", []):
        if path.encode() in tree:
            wrong.append(f"{show(path.encode())} must not be there")
    return wrong


# ---------------------------------------------------------------- one case

def prepare(jail):
    """Canaries on every level; returns DIR."""
    level = jail
    for name in ("a", "b"):
        for folder in (level,):
            with open(os.path.join(folder, "canary.txt"), "w") as f:
                f.write("untouched\n")
            os.mkdir(os.path.join(folder, "canary-dir"))
            with open(os.path.join(folder, "canary-dir", "victim"), "w") as f:
                f.write("untouched\n")
        level = os.path.join(level, name)
        os.mkdir(level)
    with open(os.path.join(level, "canary.txt"), "w") as f:
        f.write("untouched\n")
    os.mkdir(os.path.join(level, "canary-dir"))
    with open(os.path.join(level, "canary-dir", "victim"), "w") as f:
        f.write("untouched\n")
    os.mkdir(os.path.join(level, "into-sibling"))
    into = os.path.join(level, "into")
    os.mkdir(into, 0o755)
    return into


def absolute_canary():
    # Emptied, never removed: it may be watched by another run waiting for the lock.
    os.makedirs(CANARY, exist_ok=True)
    for name in os.listdir(CANARY):
        path = os.path.join(CANARY, name)
        shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)
    with open(os.path.join(CANARY, "victim"), "w") as f:
        f.write("untouched\n")
    os.mkdir(os.path.join(CANARY, "dir"))
    with open(os.path.join(CANARY, "dir", "victim"), "w") as f:
        f.write("untouched\n")


def outside(jail, into):
    seen = {}
    inner = os.path.relpath(into, jail).encode()
    for root, label in ((jail, b"jail/"), (CANARY, b"absolute/")):
        for path, e in walk_outside(root, inner if root == jail else None).items():
            seen[label + path] = e
    return seen


def differs(before, now):
    """A name fewer is no change of the file: DIR may have held a hard link to it."""
    if before and now and now.get("links", 0) < before.get("links", 0) and now["type"] == "file":
        before, now = {**before, "links": 0}, {**now, "links": 0}
    return before != now


def walk_outside(root, skip):
    seen = {}
    for folder, dirs, files in os.walk(os.fsencode(root)):
        rel = os.path.relpath(folder, os.fsencode(root))
        info = os.lstat(folder)
        e = facts(info)
        e.pop("blocks"), e.pop("size")
        if skip is not None and rel == os.path.dirname(skip):
            e.pop("ns")  # DIR itself lives here: its being replaced would show by its inode
        seen[rel] = e
        for d in list(dirs):
            path = os.path.normpath(os.path.join(rel, d))
            if path == skip:
                dirs.remove(d)
                seen[path] = {"inode": os.lstat(os.path.join(folder, d)).st_ino, "type": facts(os.lstat(os.path.join(folder, d)))["type"]}
            elif os.path.islink(os.path.join(folder, d)):
                seen[path] = {"target": os.readlink(os.path.join(folder, d))}
        for name in files:
            full = os.path.join(folder, name)
            e = facts(os.lstat(full))
            if e["type"] == "file":
                with open(full, "rb") as f:
                    e["sha256"] = hashlib.sha256(f.read()).hexdigest()
            seen[os.path.normpath(os.path.join(rel, name))] = e
    return seen


def set_up(into, before):
    for e in before:
        path = os.path.join(into, e["path"])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        target = e.get("target", "").replace("{outside}", os.path.join(os.path.dirname(into), "canary-dir"))
        if e["type"] == "dir":
            os.makedirs(path, exist_ok=True)
            os.chmod(path, int(e.get("mode", "0755"), 8))
        elif e["type"] == "symlink":
            os.symlink(target, path)
        elif e["type"] == "hardlink":
            os.link(target if target.startswith("/") else os.path.join(into, target), path)
        else:
            with open(path, "w") as f:
                f.write(e.get("data", "before\n"))
            os.chmod(path, int(e.get("mode", "0644"), 8))


def run(command, cwd, file_size, seconds, scratch):
    """(exit status or -signal, stdout, stderr, peak resident bytes, hung)"""
    def limits():
        os.umask(0o022)
        if ADDRESS_SPACE:
            resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, hard), hard))

    env = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": scratch, "TMPDIR": scratch, "TZ": "UTC", "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=0", **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}}
    out_path, err_path = os.path.join(scratch, "stdout"), os.path.join(scratch, "stderr")
    with open(out_path, "wb") as out, open(err_path, "wb") as err:
        p = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                             preexec_fn=limits, start_new_session=True)
        deadline, hung = time.monotonic() + seconds, False
        pause = 0.002
        while True:
            pid, status, usage = os.wait4(p.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                hung = True
                os.killpg(p.pid, signal.SIGKILL)
                pid, status, usage = os.wait4(p.pid, 0)
                break
            time.sleep(pause)
            pause = min(pause * 1.3, 0.05)
        p.returncode = 0
        try:
            os.killpg(p.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    with open(out_path, "rb") as f:
        stdout = f.read(4 * MIB)
    with open(err_path, "rb") as f:
        stderr = f.read(4 * MIB).decode("utf-8", "replace")
    return code, stdout, stderr, usage.ru_maxrss * 1024, hung


def judge(case, archive, make_command, keep):
    """A list of what is wrong, and whether it escaped, and whether it crashed or hung."""
    jail = tempfile.mkdtemp(prefix="archives-")
    scratch = tempfile.mkdtemp(prefix="archives-scratch-")
    wrong, escaped, crashed = [], False, False
    try:
        into = prepare(jail)
        absolute_canary()
        set_up(into, case.get("before", []))
        earlier = outside(jail, into)
        code, stdout, stderr, rss, hung = run(make_command(archive, into, case["options"]), scratch,
                                              case.get("fileSize", FILE_SIZE), case.get("seconds", SECONDS), scratch)
        if hung:
            wrong.append(f"no end after {case.get('seconds', SECONDS)} s")
            crashed = True
        elif code < 0 or code in (132, 134, 135, 136, 139):
            wrong.append(f"died of signal {-code if code < 0 else code - 128}")
            crashed = True
        else:
            if code != case["expect"]["exit"]:
                wrong.append(f"exit {code}, not {case['expect']['exit']}" + (f" ({stderr.strip().splitlines()[-1][:160]})" if stderr.strip() else ""))
        if ADDRESS_SPACE and rss > case.get("resident", RESIDENT):
            wrong.append(f"used {rss // MIB} MiB of memory")
        later = outside(jail, into)
        for path in sorted(set(earlier) | set(later)):
            if differs(earlier.get(path), later.get(path)):
                escaped = True
                change = "appeared" if path not in earlier else "vanished" if path not in later else "changed"
                wrong.append(f"ESCAPE: {show(path)} {change}")
                break
        if os.path.isdir(into) and not os.path.islink(into):
            hashes = {expected_name(e) for e in case["expect"]["tree"] if "sha256" in e}
            tree = walk(into, hashes)
            disk = sum(e["blocks"] * 512 for e in tree.values())
            if disk > case.get("disk", DISK):
                wrong.append(f"left {disk // MIB} MiB on the disk")
            wrong += compare(case, tree)
        if not hung and code in (0, 1):
            lower = stderr.lower()
            for part in case["expect"].get("errorContains", []):
                if part.lower() not in lower:
                    wrong.append(f"the error does not say {part!r}: {stderr.strip()[:160]!r}")
            if code == 1 and not stderr.strip():
                wrong.append("nothing on standard error")
            if code == 0 and "--format json" in " ".join(make_command("x", "y", [])):
                try:
                    report = json.loads(stdout)
                    if report["schema"] != "simagent.extract/1":
                        wrong.append(f"schema {report['schema']!r}")
                    if "skipped" in case["expect"]:
                        names = sorted(s["member"] for s in report["skipped"])
                        if names != sorted(case["expect"]["skipped"]):
                            wrong.append(f"skipped {names}, not {sorted(case['expect']['skipped'])}")
                except (ValueError, KeyError, TypeError) as e:
                    wrong.append(f"the JSON report cannot be read: {e!r}")
        return wrong, escaped, crashed
    finally:
        if not keep:
            for folder in (jail, scratch):
                subprocess.run(["chmod", "-R", "u+rwX", folder], stderr=subprocess.DEVNULL)
                subprocess.run(["rm", "-rf", folder])


def needs_more_than_gzip(path):
    """Whether an archive is compressed otherwise, at the outside or in a second layer."""
    if not os.path.exists(path):
        return False
    with open(path, "rb") as f:
        head = f.read(6)
    return head[:3] == b"BZh" or head == b"\xfd7zXZ\0" or "bz2" in path or "xz" in path


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("runner")
    p.add_argument("--cases", required=True, help="folder of archives")
    p.add_argument("--manifest", required=True)
    p.add_argument("--class", dest="cls", action="append", help="only this class (may be repeated)")
    p.add_argument("--id", action="append", help="only this case (may be repeated)")
    p.add_argument("--only-gzip", action="store_true", help="for an extractor without bzip2 and xz: leave out what needs them")
    p.add_argument("--quiet", action="store_true", help="the summary alone")
    p.add_argument("--keep", action="store_true", help="leave the jails in the temporary directory")
    p.add_argument("--sanitized", action="store_true", help="the program was built with a sanitizer: no limits of memory")
    p.add_argument("--json", help="write {id: [what is wrong]} to this file")
    a = p.parse_args()
    if a.sanitized:
        global ADDRESS_SPACE, SECONDS
        ADDRESS_SPACE, SECONDS = 0, 10 * SECONDS
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)

    def make_command(archive, into, options):
        words = []
        program, *rest = shlex.split(a.runner)
        for word in [os.path.abspath(program) if "/" in program else program, *rest]:
            words += options if word == "{options}" else [word.replace("{archive}", archive).replace("{dir}", into)]
        return words

    with open(a.manifest) as f:
        cases = json.load(f)["cases"]
    cases = [c for c in cases if (not a.cls or c["class"] in a.cls) and (not a.id or c["id"] in a.id)]
    if a.only_gzip:
        cases = [c for c in cases if not needs_more_than_gzip(os.path.join(a.cases, c["file"]))]
    right = escapes = crashes = absent = 0
    classes, results = {}, {}
    os.makedirs(CANARY, exist_ok=True)
    with open(f"{CANARY}.{os.getuid()}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for case in cases:
            archive = os.path.abspath(os.path.join(a.cases, case["file"]))
            if not os.path.exists(archive):
                absent += 1
                if not a.quiet:
                    print(f"{case['id']}: no archive (its tool was missing)")
                continue
            wrong, escaped, crashed = judge(case, archive, make_command, a.keep)
            row = classes.setdefault(case["class"], [0, 0])
            row[1] += 1
            row[0] += not wrong
            right += not wrong
            escapes += escaped
            crashes += crashed
            if wrong:
                results[case["id"]] = wrong
                if not a.quiet:
                    print(f"{case['id']}: {'; '.join(wrong)}", flush=True)
        shutil.rmtree(CANARY, ignore_errors=True)
    total = len(cases) - absent
    print()
    for name in sorted(classes):
        print(f"  {name:24} {classes[name][0]:4}/{classes[name][1]}")
    if absent:
        print(f"  ({absent} cases without an archive)")
    print(f"archives: {right}/{total} cases right, {escapes} escapes, {crashes} crashes or hangs")
    if a.json:
        with open(a.json, "w") as f:
            json.dump(results, f, indent=1)
    sys.exit(0 if right == total and not absent and total else 1)


if __name__ == "__main__":
    main()
