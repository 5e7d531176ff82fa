/* example.c -- the library in one page: plays the first option everywhere and prints what is said.
 *
 *     cc -std=c17 -Iengine docs/example.c build/librehearse.a -lxml2 -llua5.4 -lunistring -ljansson -lmd -lm */
#include "rehearse.h"

#include <stdio.h>

static const char *folder;
static char bytes[5 << 20], name[512];

static enum read_answer read_file(void *self, enum file_kind kind, struct text what, struct file_bytes *out)
{
    static const char *const before[] = {"", "/scenario.xml", "/local.xml", "/../rubrics/", "/../../scripts/", "/"};
    static const char *const after[] = {"", "", "", ".xml", ".lua", ""};
    (void)self;
    if (kind > FILE_SCRIPT_SRC)
        return READ_NONE;
    snprintf(name, sizeof name, "%s%s%.*s%s", folder, before[kind], (int)what.len, what.at, after[kind]);
    FILE *f = fopen(name, "rb");
    if (!f)
        return READ_NONE;
    *out = (struct file_bytes){text_of(name), text_from(bytes, fread(bytes, 1, sizeof bytes, f))};
    fclose(f);
    return READ_OK;
}

int main(int argc, char **argv)
{
    struct reader reader = {.read = read_file};
    struct err err;
    folder = argc > 1 ? argv[1] : "scenarios/late-handover";
    rehearse_warm();
    struct rehearse_scenario *s = rehearse_load(&reader, NULL);
    struct rehearse_session *p = rehearse_start(s, &(struct session_params){.seed = 7}, &err);
    struct input in = {.kind = IN_BEGIN, .by = BY_TRAINEE};
    for (uint32_t seen = 0; p && rehearse_step(p, &in, &err); in.kind = IN_CHOOSE) {
        const struct outputs *o = rehearse_show(p, seen);
        seen = rehearse_session_of(p)->n_events;
        in.option = (option_id){0};
        for (uint32_t i = o->n; i-- > 0;) {
            if (o->v[i].kind == OUT_OPTION)
                in.option = o->v[i].option;
            if (o->v[i].kind == OUT_ENDED)
                printf("The end: %.*s\n", (int)o->v[i].words.len, o->v[i].words.at);
        }
        if (!in.option.i)
            break;
    }
    rehearse_end(p);
    rehearse_unload(s);
    return p ? 0 : 1;
}
