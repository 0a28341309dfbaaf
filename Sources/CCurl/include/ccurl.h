/// libcurl's declarations and typed shims for what Swift cannot call.
///
/// The library itself is opened on first use: its thirty dependencies cost every start of a
/// program 6 ms otherwise, and a machine that only unpacks needs none of them.
#pragma once

#define CURL_DISABLE_TYPECHECK
#define CURL_DISABLE_DEPRECATION
#include <curl/curl.h>
#include <stdint.h>

/// A body or header callback of libcurl: returns how many bytes it took.
typedef size_t (*ccurl_bytes_callback)(char *bytes, size_t size, size_t count, void *context);
/// A progress callback of libcurl: anything but 0 ends the transfer.
typedef int (*ccurl_progress_callback)(void *context, curl_off_t download_total,
                                       curl_off_t downloaded, curl_off_t upload_total,
                                       curl_off_t uploaded);

/// Opens and initialises libcurl once; 1 when it is there, 0 when it is not.
int ccurl_is_available(void);
/// Why it is not there; an empty text when it is.
const char *ccurl_loading_error(void);
/// The version that was opened, as text.
const char *ccurl_version(void);

CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *handle);
CURLcode ccurl_easy_perform(CURL *handle);

// `curl_easy_setopt` and `curl_easy_getinfo` are variadic: one function per type of argument.
CURLcode ccurl_setopt_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_setopt_offset(CURL *handle, CURLoption option, int64_t value);
CURLcode ccurl_setopt_string(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_setopt_pointer(CURL *handle, CURLoption option, const void *value);
CURLcode ccurl_setopt_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode ccurl_setopt_bytes_callback(CURL *handle, CURLoption option, ccurl_bytes_callback value);
CURLcode ccurl_setopt_progress_callback(CURL *handle, ccurl_progress_callback value);
/// The schemes that may be asked and redirected to, also where libcurl is older than 7.85.
CURLcode ccurl_set_protocols(CURL *handle, const char *names, const char *redirect_names,
                             long mask, long redirect_mask);
CURLcode ccurl_getinfo_long(CURL *handle, CURLINFO info, long *value);
CURLcode ccurl_getinfo_offset(CURL *handle, CURLINFO info, int64_t *value);
CURLcode ccurl_getinfo_string(CURL *handle, CURLINFO info, const char **value);

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text);
void ccurl_slist_free_all(struct curl_slist *list);
