/* telling.c -- shows a report by the screen's view, or writes it. */
#include "cmd/telling.h"

#include "front/doc_view.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int show(const struct call *call, const struct doc *d)
{
    struct screen s;
    screen_open(&s, STDOUT_FILENO, call_value(call, "plain") != NULL, call->words);
    doc_show(&s, d);
    bool ok = screen_flush(&s);
    screen_done(&s);
    return ok ? STATUS_FINE : STATUS_IO;
}

int telling_doc(const struct call *call, const struct doc *d)
{
    const char *page = call_value(call, "page");
    if (!page)
        return show(call, d);
    int error = doc_write(d, &(struct doc_look){.words = call->words}, page);
    return error ? call_fails(call, STATUS_IO, N_("%1 cannot be written: %2"), page, strerror(error)) : STATUS_FINE;
}

int telling_text(struct text t)
{
    return fwrite(t.at, 1, t.len, stdout) == t.len ? STATUS_FINE : STATUS_IO;
}

bool telling_page_fits(const struct call *call, int *status)
{
    const char *page = call_value(call, "page");
    if (!page || doc_named_well(page))
        return true;
    *status = call_fails(call, STATUS_USAGE, N_("“%1” must end in .html, .md or .txt"), page, NULL);
    return false;
}
