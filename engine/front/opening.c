/* opening.c -- files, engine, load; and a complaint for everything that can be wrong with them. */
#include "front/opening.h"

#include "front/phrase.h"
#include "front/po.h"

#include <stdio.h>
#include <stdlib.h>

enum opening_end opening_complain(const struct opening_config *c, enum opening_end end, const char *form, struct text a1, struct text a2)
{
    struct arena a = {0};
    struct text t = doc_fill(&a, tr(c->words, form), clean_text(&a, a1), clean_text(&a, a2));
    fprintf(stderr, "rehearse %s: %.*s\n", c->command, (int)t.len, t.at);
    arena_done(&a);
    return end;
}

enum opening_end opening_fault(const struct opening_config *c, const struct client_fault *f)
{
    const struct text none = {0};
    switch (f->why) {
    case WHY_NOT_FOUND: return opening_complain(c, OPENING_NO_ENGINE, N_("the engine is missing: %1"), f->place, none);
    case WHY_NO_JAIL:
        return opening_complain(c, OPENING_NO_ENGINE,
                                N_("this system cannot shut the engine in; --no-jail plays all the same, with scenarios you trust"), none, none);
    case WHY_VERSION: return opening_complain(c, OPENING_NO_ENGINE, N_("the engine is of another version"), none, none);
    case WHY_NOT_STARTED: return opening_complain(c, OPENING_NO_ENGINE, N_("the engine cannot be started: %1"), f->place, none);
    default: break;
    }
    if (f->said.len)
        return opening_complain(c, OPENING_NO_ENGINE, N_("the engine stopped: %1"), f->said, none);
    return opening_complain(c, OPENING_NO_ENGINE, N_("the engine stopped without a word"), none, none);
}

static enum opening_end load(struct opening *o, const struct opening_config *c)
{
    struct client_problems problems = {0};
    struct client_fault fault = {0};
    enum client_end end = client_load(o->client, &problems, &fault);
    if (end == CLIENT_INTERRUPTED)
        return OPENING_INTERRUPTED;
    if (end != CLIENT_OK)
        return opening_complain(c, OPENING_NO_ENGINE, N_("the engine stopped while it read the scenario (%1)"), fault.place, (struct text){0});
    if (problems.playable)
        return OPENING_FINE;
    struct message_look look = {.words = c->words};
    struct buf out = {0};
    for (uint32_t i = 0; i < problems.n; i++)
        if (msg_severity(problems.v[i].code) == SEV_ERROR)
            message_show(&problems.v[i], &look, &out);
    fprintf(stderr, "%.*s", (int)out.len, out.at ? out.at : "");
    buf_done(&out);
    return opening_complain(c, OPENING_DATA, N_("this scenario has errors and cannot be played: rehearse check %1"), text_of(c->scenario),
                            (struct text){0});
}

static void find_origin(struct opening *o)
{
    struct buf b = {0};
    char *folder = o->files ? realpath(files_folder(o->files), NULL) : NULL;
    if (folder)
        buf_printf(&b, "%s/%s", folder, files_scenario(o->files));
    o->origin = text_keep(&o->arena, buf_view(&b));
    free(folder);
    buf_done(&b);
}

enum opening_end opening_open(struct opening *o, const struct opening_config *c)
{
    static const struct files_config hands = {.po_parse = po_pairs_parse};
    enum file_code code = FILE_OK;
    struct client_fault fault = {0};
    o->files = c->kept ? NULL : files_open(c->scenario, &hands, &code);
    if (!o->files && !c->kept)
        return opening_complain(c, OPENING_NO_FILE, N_("there is no scenario called “%1”; rehearse alone lists those there are"),
                                text_of(c->scenario), (struct text){0});
    struct client_config config = {.no_jail = c->no_jail, .notes = c->notes, .files = o->files, .kept = c->kept, .n_kept = c->n_kept, .watch = c->watch,
                                   .interrupted = c->interrupted, .self = c->self};
    o->client = client_open(&config);
    if (client_ready(o->client, &fault) != CLIENT_OK)
        return opening_fault(c, &fault);
    find_origin(o);
    return load(o, c);
}

void opening_close(struct opening *o)
{
    if (o->client)
        client_close(o->client);
    if (o->files)
        files_close(o->files);
    arena_done(&o->arena);
    *o = (struct opening){0};
}

enum opening_end opening_role(struct opening *o, const struct opening_config *c, const struct client_info *info)
{
    struct buf list = {0};
    for (uint32_t i = 0; i < info->n_roles && !o->role.len; i++) {
        const struct info_role *r = &info->roles[i];
        if (r->playable && (!c->role || text_is(r->id, c->role)))
            o->role = text_keep(&o->arena, r->id);
        buf_str(&list, r->playable && list.len ? ", " : "");
        buf_text(&list, r->playable ? r->id : (struct text){0});
    }
    enum opening_end end = o->role.len ? OPENING_FINE
                                       : opening_complain(c, OPENING_USAGE, N_("nobody can play “%1”; this scenario has: %2"),
                                                          text_of(c->role), buf_view(&list));
    buf_done(&list);
    return end;
}
