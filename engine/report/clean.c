/* clean.c -- an answer is foreign: every text of it is cleaned on its way into a report. */
#include "report/clean.h"

#include "base/terminal.h"
#include "report/doc.h"

struct text clean_runs(struct arena *a, struct runs r)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < r.n; i++)
        terminal_clean(r.v[i].words, CLEAN_PLAY, &b);
    return doc_keep(a, &b);
}

struct text clean_text(struct arena *a, struct text t)
{
    struct buf b = {0};
    terminal_clean(t, CLEAN_PLAY, &b);
    return doc_keep(a, &b);
}
