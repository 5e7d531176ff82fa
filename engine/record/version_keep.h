/* version_keep.h -- a scenario that an engine has loaded, kept; and loaded again from what was kept. */
#ifndef RECORD_VERSION_KEEP_H
#define RECORD_VERSION_KEEP_H

#include "record/store.h"
#include "wire/client.h"

/* The version that C has loaded, with its files and its titles in every language, kept where it is not yet.  Outside of any
 * call of C; OUT lives in A. */
bool version_keep(struct store *s, struct client *c, int64_t now, struct arena *a, struct kept_version *out,
                  struct store_fault *f);
/* What VERSION was loaded from, in A: for client_config.kept. */
struct handed *version_files(struct store *s, int64_t version, struct arena *a, uint32_t *n, struct store_fault *f);

#endif
