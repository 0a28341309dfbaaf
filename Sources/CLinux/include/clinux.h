/// System calls and constants that Swift's Glibc module lacks, because it is built without
/// `_GNU_SOURCE`.
#pragma once

#include <stdint.h>

extern const int clinux_o_path;
extern const int clinux_o_tmpfile;
extern const int clinux_at_empty_path;
extern const long clinux_utime_omit;
extern const uint64_t clinux_resolve_beneath;
extern const uint64_t clinux_resolve_no_magiclinks;
extern const uint64_t clinux_resolve_no_symlinks;

/// `openat2(2)` (Linux 5.6); -1 and `errno`, `ENOSYS` where the kernel lacks it.
int clinux_openat2(int directory, const char *path, uint64_t flags, uint64_t mode,
                   uint64_t resolve);

/// `renameat2(2)` with `RENAME_NOREPLACE`.
int clinux_rename_no_replace(int from_directory, const char *from, int to_directory,
                             const char *to);

/// The width of the terminal behind a descriptor, 0 where there is none: `ioctl` is variadic.
int clinux_terminal_columns(int descriptor);
