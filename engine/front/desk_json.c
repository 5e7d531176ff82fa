/* desk_json.c -- a desk on its way to another process of the same user, and back.
 *
 *     {"where":{"en":"Vote","zh":"投票"},"clock":…,"notes":[…],"plan":[…],"options":[{"words":…,"does":…,"votes":3}],
 *      "keys":[{"key":"h","label":…,"field":true}],"spoken":…,"now":…,"remark":…,"field":…,"typed":"a12","wall":["Vote",…]} */
#include "front/desk.h"

#include "front/phrase.h"

enum { LIST_MOST = 64 };

/* ---- written ---- */

static void put_both(struct json_out *o, struct both b)
{
    json_open_object(o);
    if (b.en.len)
        json_put_text(o, "en", b.en);
    if (b.zh.len)
        json_put_text(o, "zh", b.zh);
    json_close_object(o);
}

static void put_named(struct json_out *o, const char *name, struct both b)
{
    json_key(o, name);
    put_both(o, b);
}

static void put_list(struct json_out *o, const char *name, const struct both *v, uint32_t n)
{
    json_key(o, name);
    json_open_array(o);
    for (uint32_t i = 0; i < n; i++)
        put_both(o, v[i]);
    json_close_array(o);
}

static void put_options(struct json_out *o, const struct desk *d)
{
    json_key(o, "options");
    json_open_array(o);
    for (uint32_t i = 0; i < d->n_options; i++) {
        json_open_object(o);
        put_named(o, "words", d->options[i].words);
        put_named(o, "does", d->options[i].does);
        json_put_int(o, "votes", d->options[i].votes);
        json_close_object(o);
    }
    json_close_array(o);
}

static void put_keys(struct json_out *o, const struct desk *d)
{
    json_key(o, "keys");
    json_open_array(o);
    for (uint32_t i = 0; i < d->n_keys; i++) {
        json_open_object(o);
        json_put_text(o, "key", text_from(&d->keys[i].key, 1));
        put_named(o, "label", d->keys[i].label);
        json_put_bool(o, "field", d->keys[i].field);
        json_close_object(o);
    }
    json_close_array(o);
}

void desk_put(struct json_out *o, const struct desk_made *d)
{
    json_open_object(o);
    put_named(o, "where", d->desk.where);
    put_named(o, "clock", d->desk.clock);
    put_list(o, "notes", d->desk.notes, d->desk.n_notes);
    put_list(o, "plan", d->desk.plan, d->desk.n_plan);
    put_options(o, &d->desk);
    put_keys(o, &d->desk);
    put_named(o, "spoken", d->spoken);
    put_named(o, "now", d->now);
    put_named(o, "remark", d->remark);
    put_named(o, "field", d->field);
    json_put_text(o, "typed", d->typed);
    put_named(o, "phones", d->phones);
    if (d->own.len)
        json_put_text(o, "own", d->own);
    json_key(o, "wall");
    json_open_array(o);
    for (uint32_t i = 0; i < d->n_wall; i++)
        json_str(o, d->wall[i]);
    json_close_array(o);
    json_close_object(o);
}

/* ---- read ---- */

static struct both take_both(struct arena *a, const struct json_value *v)
{
    struct both b = {{0}, {0}};
    json_get_text(v, "en", &b.en);
    json_get_text(v, "zh", &b.zh);
    return (struct both){clean_text(a, b.en), clean_text(a, b.zh)};
}

static struct both take_named(struct arena *a, const struct json_value *v, const char *name)
{
    return take_both(a, json_get_object(v, name));
}

static uint32_t length(const struct json_value *list) { return !list ? 0 : list->n < LIST_MOST ? list->n : LIST_MOST; }

static const struct both *take_list(struct arena *a, const struct json_value *v, const char *name, uint32_t *n)
{
    const struct json_value *list = json_get_array(v, name);
    *n = length(list);
    struct both *out = arena_array(a, struct both, *n + 1);
    for (uint32_t i = 0; i < *n; i++)
        out[i] = take_both(a, &list->items[i]);
    return out;
}

static void take_options(struct arena *a, const struct json_value *v, struct desk *d)
{
    const struct json_value *list = json_get_array(v, "options");
    d->n_options = length(list);
    struct desk_option *out = arena_array(a, struct desk_option, d->n_options + 1);
    for (uint32_t i = 0; i < d->n_options; i++) {
        int64_t votes = 0;
        json_get_int(&list->items[i], "votes", 0, INT32_MAX, &votes);
        out[i] = (struct desk_option){take_named(a, &list->items[i], "words"), take_named(a, &list->items[i], "does"), (uint32_t)votes};
    }
    d->options = out;
}

static void take_keys(struct arena *a, const struct json_value *v, struct desk *d)
{
    const struct json_value *list = json_get_array(v, "keys");
    uint32_t n = length(list);
    struct desk_key *out = arena_array(a, struct desk_key, n + 1);
    d->n_keys = 0;
    for (uint32_t i = 0; i < n; i++) {
        struct text key = {0};
        bool field = false;
        json_get_text(&list->items[i], "key", &key);
        json_get_bool(&list->items[i], "field", &field);
        if (key.len == 1)
            out[d->n_keys++] = (struct desk_key){*key.at, take_named(a, &list->items[i], "label"), field};
    }
    d->keys = out;
}

static void take_wall(struct arena *a, const struct json_value *v, struct desk_made *out)
{
    const struct json_value *list = json_get_array(v, "wall");
    uint32_t n = length(list);
    struct text *lines = arena_array(a, struct text, n + 1);
    out->wall = lines;
    for (uint32_t i = 0; i < n; i++)
        if (list->items[i].kind == JSON_IS_TEXT)
            lines[out->n_wall++] = clean_text(a, text_from(list->items[i].chars, list->items[i].n));
}

bool desk_take(const struct json_value *v, struct arena *a, struct desk_made *out)
{
    struct text typed = {0}, own = {0};
    *out = (struct desk_made){.arena = out->arena};
    if (!json_get_object(v, "where"))
        return false;
    out->desk.where = take_named(a, v, "where");
    out->desk.clock = take_named(a, v, "clock");
    out->desk.notes = take_list(a, v, "notes", &out->desk.n_notes);
    out->desk.plan = take_list(a, v, "plan", &out->desk.n_plan);
    take_options(a, v, &out->desk);
    take_keys(a, v, &out->desk);
    out->spoken = take_named(a, v, "spoken");
    out->now = take_named(a, v, "now");
    out->remark = take_named(a, v, "remark");
    out->field = take_named(a, v, "field");
    json_get_text(v, "typed", &typed);
    out->typed = clean_text(a, typed);
    out->phones = take_named(a, v, "phones");
    json_get_text(v, "own", &own);
    out->own = clean_text(a, own);
    take_wall(a, v, out);
    return true;
}
