/* version_keep.c -- between the engine's client and the store: which files, which titles. */
#include "record/version_keep.h"

#include "record/titles.h"

bool version_keep(struct store *s, struct client *c, int64_t now, struct arena *a, struct kept_version *out,
                  struct store_fault *f)
{
    const struct client_scenario *sc = client_scenario(c);
    struct arena scratch = {0};
    struct store_fault found = {0};
    uint32_t n_files, n_titles;
    if (store_version(s, sc->digest, a, out, &found))
        return true;
    if (found.why != STORE_MISSING) {
        if (f)
            *f = found;
        return false;
    }
    const struct kept_title *titles = titles_take(c, &scratch, &n_titles);
    const struct handed *files = client_handed(c, &n_files);
    *out = (struct kept_version){.scenario = text_keep(a, sc->id), .version = text_keep(a, sc->version),
                                 .digest = text_keep(a, sc->digest),
                                 .lang = text_keep(a, sc->n_langs ? sc->langs[0] : (struct text){0})};
    bool ok = store_version_keep(s, out, files, n_files, titles, n_titles, now, &out->id, f);
    arena_done(&scratch);
    return ok;
}

struct gathering {
    struct arena *a;
    struct handed *v;
    uint32_t n, cap;
};

static bool take_file(void *self, const struct handed *file)
{
    struct gathering *g = self;
    if (g->n == g->cap) {
        uint32_t cap = g->cap ? g->cap * 2 : 16;
        struct handed *v = arena_array(g->a, struct handed, cap);
        for (uint32_t i = 0; i < g->n; i++)
            v[i] = g->v[i];
        g->v = v;
        g->cap = cap;
    }
    g->v[g->n++] = (struct handed){.need = {.po = file->need.po, .kind = file->need.kind, .name = text_keep(g->a, file->need.name),
                                            .lang = text_keep(g->a, file->need.lang)},
                                   .line = text_keep(g->a, file->line), .bytes = text_keep(g->a, file->bytes)};
    return true;
}

struct handed *version_files(struct store *s, int64_t version, struct arena *a, uint32_t *n, struct store_fault *f)
{
    struct gathering g = {.a = a};
    *n = 0;
    if (!store_files(s, version, take_file, &g, f))
        return NULL;
    *n = g.n;
    return g.v ? g.v : arena_array(a, struct handed, 1);
}
