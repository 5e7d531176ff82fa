/* titles.c -- asks for a scenario's title, language by language. */
#include "record/titles.h"

struct kept_title *titles_take(struct client *c, struct arena *a, uint32_t *n)
{
    const struct client_scenario *s = client_scenario(c);
    struct kept_title *v = arena_array(a, struct kept_title, s->n_langs + 1);
    *n = 0;
    for (uint32_t i = 0; i < s->n_langs; i++) {
        struct client_info info;
        struct client_fault fault;
        struct buf plain = {0};
        if (client_info(c, s->langs[i], &info, &fault) != CLIENT_OK)
            continue;
        runs_plain(info.title, &plain);
        v[(*n)++] = (struct kept_title){text_keep(a, s->langs[i]), text_keep(a, buf_view(&plain))};
        buf_done(&plain);
        client_info_done(&info);
    }
    return v;
}
