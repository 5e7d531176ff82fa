/* client_event.c -- an event's line taken apart. */
#include "wire/client_event.h"

#include "base/json.h"

static struct text words_of(struct arena *a, const struct json_value *list)
{
    struct buf b = {0};
    for (uint32_t i = 0; list && i < list->n; i++) {
        buf_str(&b, i ? " " : "");
        buf_text(&b, json_text(&list->items[i]));
    }
    struct text t = text_keep(a, buf_view(&b));
    buf_done(&b);
    return t;
}

static uint32_t number(const struct json_value *v, const char *name)
{
    int64_t n = 0;
    json_get_int(v, name, 0, UINT32_MAX, &n);
    return (uint32_t)n;
}

static void read_began(struct arena *a, const struct json_value *v, struct client_event *e)
{
    struct text mode = {0};
    int64_t seed = 0;
    json_get_text(v, "scenario", &e->scenario);
    json_get_text(v, "version", &e->version);
    json_get_text(v, "digest", &e->digest);
    json_get_text(v, "started", &e->started);
    e->roles = words_of(a, json_get_array(v, "roles"));
    json_get_text(v, "mode", &mode);
    e->mode = (enum wire_mode)term_find(&mode_terms, mode);
    json_get_int(v, "seed", 0, INT64_MAX, &seed);
    /* a seed beyond what JSON's numbers hold exactly is written in digits */
    struct text digits = json_text(json_find(v, "seed"));
    for (size_t i = 0; i < digits.len && digits.at[i] >= '0' && digits.at[i] <= '9'; i++)
        seed = (int64_t)((uint64_t)seed * 10 + (uint64_t)(digits.at[i] - '0'));
    e->seed = (uint64_t)seed;
}

bool client_event_read(struct arena *a, struct text line, struct client_event *e)
{
    const struct json_value *v = json_parse(a, line);
    int64_t n;
    *e = (struct client_event){0};
    if (!v || !json_get_int(v, "n", 0, UINT32_MAX, &n) || !json_get_text(v, "e", &e->kind))
        return false;
    e->n = (uint32_t)n;
    if (text_is(e->kind, "began"))
        read_began(a, v, e);
    if (!json_get_text(v, "scene", &e->place))
        json_get_text(v, "ending", &e->place);
    json_get_text(v, "decision", &e->decision);
    json_get_text(v, "option", &e->option);
    json_get_text(v, "by", &e->by);
    json_get_text(v, "text", &e->text);
    json_get_text(v, "lang", &e->lang);
    e->parts = words_of(a, json_get_array(v, "parts"));
    e->ms = number(v, "ms");
    e->to = number(v, "to");
    json_get_bool(v, "again", &e->again);
    json_get_bool(v, "self", &e->self);
    return true;
}
