#define _GNU_SOURCE
#include "clinux.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

const int clinux_o_path = O_PATH;
const int clinux_o_tmpfile = O_TMPFILE;
const int clinux_at_empty_path = AT_EMPTY_PATH;
const long clinux_utime_omit = UTIME_OMIT;
const uint64_t clinux_resolve_beneath = RESOLVE_BENEATH;
const uint64_t clinux_resolve_no_magiclinks = RESOLVE_NO_MAGICLINKS;
const uint64_t clinux_resolve_no_symlinks = RESOLVE_NO_SYMLINKS;

int clinux_openat2(int directory, const char *path, uint64_t flags, uint64_t mode,
                   uint64_t resolve) {
    struct open_how how = {.flags = flags, .mode = mode, .resolve = resolve};
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

int clinux_rename_no_replace(int from_directory, const char *from, int to_directory,
                             const char *to) {
    return renameat2(from_directory, from, to_directory, to, RENAME_NOREPLACE);
}

int clinux_terminal_columns(int descriptor) {
    struct winsize size = {0};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
