/* paper.c -- a scenario on paper: opened, composed in one language or in both, written. */
#include "cmd/paper.h"

#include "front/opening.h"
#include "wire/put.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool paper_ends(const char *path, const char *ending)
{
    size_t len = strlen(path), n = strlen(ending);
    return len > n && strcmp(path + len - n, ending) == 0;
}

int paper_put(const struct call *call, const char *path, struct text t)
{
    if (!path)
        return fwrite(t.at, 1, t.len, stdout) == t.len && fflush(stdout) == 0 ? STATUS_FINE : STATUS_IO;
    int error = put_over(path, t, 0600);
    return error ? call_fails(call, STATUS_IO, N_("%1 cannot be written: %2"), path, strerror(error)) : STATUS_FINE;
}

/* One language of it, appended to D. */
static enum opening_end compose_in(const struct call *call, struct opening *o, const struct opening_config *config, struct text tag, paper_fn *compose,
                                   struct doc *d)
{
    const char *minutes = call_value(call, "minutes");
    struct client_info info = {0};
    struct client_outline outline = {0};
    struct client_fault fault = {0};
    struct plan plan = {0};
    struct guide_of g = {.info = &info, .outline = &outline, .plan = &plan, .scenario = call->operands[0],
                         .minutes = minutes ? (unsigned)strtoul(minutes, NULL, 10) : 0};
    words_find(tag, &g.words);
    enum opening_end end = client_info(o->client, tag, &info, &fault) == CLIENT_OK ? OPENING_FINE : opening_fault(config, &fault);
    if (end == OPENING_FINE && !o->role.len)
        end = opening_role(o, config, &info);
    if (end == OPENING_FINE && client_outline(o->client, tag, &outline, &fault) != CLIENT_OK)
        end = opening_fault(config, &fault);
    if (end == OPENING_FINE) {
        struct plan_wants wants = {.outline = &outline, .role = o->role, .minutes = g.minutes};
        for (uint32_t i = 0; i < info.n_lessons; i++)
            wants.lesson |= !info.lessons[i].opens.len;
        plan_make(&plan, &wants);
        g.role = o->role;
        if (d->n)
            doc_add(d, DOC_SHEET, (struct text){0});
        compose(d, &g);
    }
    plan_done(&plan);
    client_outline_done(&outline);
    client_info_done(&info);
    return end;
}

static int write_doc(const struct call *call, const struct doc *d, struct text tag, bool large)
{
    const char *path = call->n > 1 ? call->operands[1] : NULL;
    struct doc_look look = {.lang = tag, .large = large};
    struct buf out = {0};
    words_find(tag, &look.words);
    if (path) {
        int error = doc_write(d, &look, path);
        return error ? call_fails(call, STATUS_IO, N_("%1 cannot be written: %2"), path, strerror(error)) : STATUS_FINE;
    }
    doc_html(d, &look, &out);
    int status = paper_put(call, NULL, buf_view(&out));
    buf_done(&out);
    return status;
}

int paper_print(const struct call *call, paper_fn *compose, bool large)
{
    struct opening o = {0};
    struct doc d = {0};
    struct opening_config config = {.command = call->command->name, .words = call->words, .scenario = call->operands[0],
                                    .role = call_value(call, "role"), .no_jail = call_value(call, "no-jail") != NULL, .watch = -1};
    if (call->n > 1 && !doc_named_well(call->operands[1]))
        return call_fails(call, STATUS_USAGE, N_("“%1” must end in .html, .md or .txt"), call->operands[1], NULL);
    enum opening_end end = opening_open(&o, &config);
    struct text rest = text_of(call->lang ? call->lang : words_tag(call->words)), tag, first = {0};
    while (end == OPENING_FINE && text_split(&rest, '+', &tag)) {
        struct text serving = client_serving(client_scenario(o.client), tag);
        if (!serving.len && !first.len && !rest.len)
            serving = client_scenario(o.client)->langs[0];
        if (serving.len)
            end = compose_in(call, &o, &config, serving, compose, &d);
        first = first.len ? first : text_keep(&o.arena, serving);
    }
    int status = end == OPENING_FINE ? write_doc(call, &d, first, large) : (int)end;
    doc_done(&d);
    opening_close(&o);
    return status;
}
