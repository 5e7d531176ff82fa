/* recorder_file.h -- a session kept in a file of its own, because the store would not take it.
 *
 * The file is what portable.h says, and complete after every step: it can be read back into any store. */
#ifndef RECORD_RECORDER_FILE_H
#define RECORD_RECORDER_FILE_H

#include "record/portable.h"
#include "wire/client.h"

struct recorder_file {
    int fd;          /* -1: none */
    uint32_t events; /* written so far */
    char path[STORE_PLACE];
};

static inline bool recorder_file_is(const struct recorder_file *f) { return f->fd >= 0; }

/* A new file PATH with everything of S; nobody else may read it.  SESSION's roles, mode, language and seed are taken from
 * the first event. */
bool recorder_file_open(struct recorder_file *f, const char *path, const struct kept_version *v,
                        const struct kept_title *titles, uint32_t n_titles, const struct client *c,
                        const struct kept_trainee *trainee, const struct kept_session *session,
                        const struct client_session *s, int64_t now, struct store_fault *fault);
/* What S has and the file has not. */
bool recorder_file_events(struct recorder_file *f, const struct client_session *s, int64_t now, struct store_fault *fault);
/* LINES as they stand. */
bool recorder_file_add(struct recorder_file *f, struct text lines, struct store_fault *fault);
void recorder_file_close(struct recorder_file *f);

#endif
