/* version.c -- reads a version's files from the records and hands them to an engine of its own. */
#include "cmd/version.h"

#include "record/version_keep.h"

bool version_open(struct version *v, struct keep *k, int64_t id)
{
    struct client_problems problems = {0};
    struct client_fault fault = {0};
    struct store_fault lost = {0};
    *v = (struct version){.id = id};
    v->files = version_files(k->store, id, &v->arena, &v->n_files, &lost);
    if (!v->n_files)
        return false;
    struct client_config config = {.kept = v->files, .n_kept = v->n_files, .watch = -1};
    v->client = client_open(&config);
    return client_load(v->client, &problems, &fault) == CLIENT_OK && problems.playable;
}

void version_close(struct version *v)
{
    if (v->client)
        client_close(v->client);
    arena_done(&v->arena);
    *v = (struct version){0};
}

struct text version_lang(const struct client *c, const struct words *words)
{
    const struct client_scenario *s = client_scenario(c);
    struct text lang = client_serving(s, text_of(words_tag(words)));
    return lang.len || !s->n_langs ? lang : s->langs[0];
}
