/* doc_file.c -- a report into a file: whole or not at all, and for its owner's eyes. */
#include "report/doc.h"

#include "wire/put.h"

#include <errno.h>
#include <string.h>

static const struct {
    const char *ending;
    void (*write)(const struct doc *d, const struct doc_look *look, struct buf *out);
} kinds[] = {{".html", doc_html}, {".htm", doc_html}, {".md", doc_markdown}, {".txt", doc_text}};
enum { KINDS = sizeof kinds / sizeof *kinds };

static int kind_of(const char *path)
{
    size_t len = strlen(path);
    for (int i = 0; i < KINDS; i++) {
        size_t n = strlen(kinds[i].ending);
        if (len > n && strcmp(path + len - n, kinds[i].ending) == 0)
            return i;
    }
    return -1;
}

bool doc_named_well(const char *path) { return kind_of(path) >= 0; }

int doc_write(const struct doc *d, const struct doc_look *look, const char *path)
{
    struct buf out = {0};
    int kind = kind_of(path);
    if (kind < 0)
        return EINVAL;
    kinds[kind].write(d, look, &out);
    int error = put_over(path, buf_view(&out), 0600);
    buf_done(&out);
    return error;
}
