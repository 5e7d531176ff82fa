/* version.c -- reads a version's files from the records and hands them to an engine of its own. */
#include "cmd/version.h"

struct reading {
    struct arena *arena;
    struct handed *v;
    uint32_t n, cap;
};

static bool take_file(void *self, const struct handed *file)
{
    struct reading *r = self;
    if (r->n == r->cap) {
        r->cap = r->cap ? r->cap * 2 : 8;
        struct handed *grown = arena_array(r->arena, struct handed, r->cap);
        for (uint32_t i = 0; i < r->n; i++)
            grown[i] = r->v[i];
        r->v = grown;
    }
    r->v[r->n++] = (struct handed){.need = {.po = file->need.po, .kind = file->need.kind,
                                            .name = text_keep(r->arena, file->need.name),
                                            .lang = text_keep(r->arena, file->need.lang)},
                                   .line = text_keep(r->arena, file->line), .bytes = text_keep(r->arena, file->bytes)};
    return true;
}

bool version_files(struct keep *k, int64_t id, struct arena *a, struct handed **files, uint32_t *n, struct store_fault *f)
{
    struct reading r = {.arena = a};
    bool ok = store_files(k->store, id, take_file, &r, f);
    *files = r.v;
    *n = r.n;
    return ok;
}

bool version_open(struct version *v, struct keep *k, int64_t id)
{
    struct client_problems problems = {0};
    struct client_fault fault = {0};
    struct store_fault lost = {0};
    *v = (struct version){.id = id};
    if (!version_files(k, id, &v->arena, &v->files, &v->n_files, &lost) || !v->n_files)
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
    const struct words *w;
    for (uint32_t i = 0; i < s->n_langs; i++)
        if (words_find(s->langs[i], &w) && w == words)
            return s->langs[i];
    return s->n_langs ? s->langs[0] : (struct text){0};
}
