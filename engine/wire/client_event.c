/* client_event.c -- an event's line taken apart. */
#include "wire/client_event.h"

#include "base/json.h"

#include <string.h>

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

/* The end of the JSON string that begins at FROM, behind its closing quote. */
static size_t string_end(struct text t, size_t from)
{
    size_t i = from + 1;
    while (i < t.len && t.at[i] != '"')
        i += t.at[i] == '\\' ? 2 : 1;
    return i < t.len ? i + 1 : t.len;
}

bool client_event_withhold(struct text line, struct buf *out)
{
    static const char key[] = ",\"text\":\"";
    struct arena a = {0};
    struct client_event e;
    bool own = client_event_read(&a, line, &e) && (text_is(e.kind, "noted") || text_is(e.kind, "proposed")) && e.text.len;
    /* what stands before it are names, in which there is no quote */
    const char *at = own ? memmem(line.at, line.len, key, sizeof key - 1) : NULL;
    if (at) {
        size_t from = (size_t)(at - line.at), end = string_end(line, from + sizeof key - 2);
        buf_add(out, line.at, from);
        buf_str(out, ",\"withheld\":true");
        buf_add(out, line.at + end, line.len - end);
    } else {
        buf_text(out, line);
    }
    arena_done(&a);
    return at != NULL;
}
