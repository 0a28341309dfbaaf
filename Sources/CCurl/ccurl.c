#define _GNU_SOURCE
#include "ccurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int available;
static char loading_error[256];

// The pointers are `dlsym`'s, set once by `load` before anybody can hold a handle.
static CURLcode (*global_init)(long);
static char *(*version)(void);
static CURL *(*easy_init)(void);
static void (*easy_cleanup)(CURL *);
static CURLcode (*easy_perform)(CURL *);
static CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
static CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
static struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
static void (*slist_free_all)(struct curl_slist *);

static int resolve(void *library, const char *name, void **target) {
    *target = dlsym(library, name);
    if (*target) return 1;
    snprintf(loading_error, sizeof loading_error, "libcurl has no %s", name);
    return 0;
}

static void load(void) {
    // Debian builds the same library with OpenSSL and with GnuTLS; either will do.
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const char *reason = dlerror();
        snprintf(loading_error, sizeof loading_error, "%s", reason ? reason : "libcurl.so.4");
        library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
        if (!library) return;
        loading_error[0] = 0;
    }
    if (!resolve(library, "curl_global_init", (void **)&global_init) ||
        !resolve(library, "curl_version", (void **)&version) ||
        !resolve(library, "curl_easy_init", (void **)&easy_init) ||
        !resolve(library, "curl_easy_cleanup", (void **)&easy_cleanup) ||
        !resolve(library, "curl_easy_perform", (void **)&easy_perform) ||
        !resolve(library, "curl_easy_setopt", (void **)&easy_setopt) ||
        !resolve(library, "curl_easy_getinfo", (void **)&easy_getinfo) ||
        !resolve(library, "curl_slist_append", (void **)&slist_append) ||
        !resolve(library, "curl_slist_free_all", (void **)&slist_free_all))
        return;
    CURLcode code = global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) {
        snprintf(loading_error, sizeof loading_error, "libcurl cannot start (code %d)", (int)code);
        return;
    }
    available = 1;
}

int ccurl_is_available(void) {
    pthread_once(&once, load);
    return available;
}

const char *ccurl_loading_error(void) { return loading_error; }

const char *ccurl_version(void) { return ccurl_is_available() ? version() : ""; }

CURL *ccurl_easy_init(void) { return ccurl_is_available() ? easy_init() : NULL; }

// OpenSSL writes without MSG_NOSIGNAL, and libcurl is told to leave signals alone because that is
// not safe with threads: a server that hangs up would end the whole program by SIGPIPE. So the
// signal is blocked in this thread for the length of a call, and taken away if it came.
struct pipe_guard {
    sigset_t before;
    int was_pending;
};

static sigset_t only_sigpipe(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

static struct pipe_guard block_sigpipe(void) {
    struct pipe_guard guard;
    sigset_t pending, blocked = only_sigpipe();
    sigpending(&pending);
    guard.was_pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &blocked, &guard.before);
    return guard;
}

static void restore_sigpipe(struct pipe_guard guard) {
    sigset_t blocked = only_sigpipe();
    struct timespec at_once = {0, 0};
    if (!guard.was_pending) sigtimedwait(&blocked, NULL, &at_once);
    pthread_sigmask(SIG_SETMASK, &guard.before, NULL);
}

void ccurl_easy_cleanup(CURL *handle) {
    struct pipe_guard guard = block_sigpipe();
    easy_cleanup(handle);
    restore_sigpipe(guard);
}

CURLcode ccurl_easy_perform(CURL *handle) {
    struct pipe_guard guard = block_sigpipe();
    CURLcode code = easy_perform(handle);
    restore_sigpipe(guard);
    return code;
}

CURLcode ccurl_setopt_long(CURL *handle, CURLoption option, long value) {
    return easy_setopt(handle, option, value);
}

CURLcode ccurl_setopt_offset(CURL *handle, CURLoption option, int64_t value) {
    return easy_setopt(handle, option, (curl_off_t)value);
}

CURLcode ccurl_setopt_string(CURL *handle, CURLoption option, const char *value) {
    return easy_setopt(handle, option, value);
}

CURLcode ccurl_setopt_pointer(CURL *handle, CURLoption option, const void *value) {
    return easy_setopt(handle, option, value);
}

CURLcode ccurl_setopt_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return easy_setopt(handle, option, value);
}

CURLcode ccurl_setopt_bytes_callback(CURL *handle, CURLoption option, ccurl_bytes_callback value) {
    return easy_setopt(handle, option, value);
}

CURLcode ccurl_setopt_progress_callback(CURL *handle, ccurl_progress_callback value) {
    return easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

CURLcode ccurl_set_protocols(CURL *handle, const char *names, const char *redirect_names,
                             long mask, long redirect_mask) {
    CURLcode code = easy_setopt(handle, CURLOPT_PROTOCOLS_STR, names);
    if (code == CURLE_OK) return easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, redirect_names);
    if (code != CURLE_UNKNOWN_OPTION) return code;
    code = easy_setopt(handle, CURLOPT_PROTOCOLS, mask);
    return code == CURLE_OK ? easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS, redirect_mask) : code;
}

CURLcode ccurl_getinfo_long(CURL *handle, CURLINFO info, long *value) {
    return easy_getinfo(handle, info, value);
}

CURLcode ccurl_getinfo_offset(CURL *handle, CURLINFO info, int64_t *value) {
    curl_off_t offset = 0;
    CURLcode code = easy_getinfo(handle, info, &offset);
    *value = offset;
    return code;
}

CURLcode ccurl_getinfo_string(CURL *handle, CURLINFO info, const char **value) {
    return easy_getinfo(handle, info, value);
}

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text) {
    return slist_append(list, text);
}

void ccurl_slist_free_all(struct curl_slist *list) { slist_free_all(list); }
