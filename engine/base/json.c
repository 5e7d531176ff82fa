/* json.c -- JSON, read by jansson, whose header lives here alone.
 *
 * The library's tree is copied into an arena at once and given back: whoever reads an answer then owns nothing, and
 * sees integers, texts and lists in the order written.  Its names begin with json_ as ours do; none of ours may be one
 * of its (nm -D libjansson.so), or the library would call us.
 * Knows no protocol and no event. */
#include "base/json.h"

#include "base/arena.h"

#include <jansson.h>
#include <stdlib.h>

void json_warm(void)
{
    json_object_seed(0);
}

static bool convert(struct arena *a, json_t *from, unsigned depth, struct json_value *to);

static bool convert_array(struct arena *a, json_t *from, unsigned depth, struct json_value *to)
{
    size_t n = json_array_size(from);
    struct json_value *items = arena_array(a, struct json_value, n);
    for (size_t i = 0; i < n; i++) {
        if (!convert(a, json_array_get(from, i), depth, &items[i])) {
            return false;
        }
    }
    to->kind = JSON_IS_ARRAY;
    to->n = (uint32_t)n;
    to->items = items;
    return true;
}

static bool convert_object(struct arena *a, json_t *from, unsigned depth, struct json_value *to)
{
    struct json_value *items = arena_array(a, struct json_value, json_object_size(from));
    uint32_t n = 0;
    for (void *it = json_object_iter(from); it; it = json_object_iter_next(from, it)) {
        items[n].key = text_keep(a, text_from(json_object_iter_key(it), json_object_iter_key_len(it)));
        if (!convert(a, json_object_iter_value(it), depth, &items[n])) {
            return false;
        }
        n++;
    }
    to->kind = JSON_IS_OBJECT;
    to->n = n;
    to->items = items;
    return true;
}

/* Recursion is bounded by JSON_DEPTH. */
static bool convert(struct arena *a, json_t *from, unsigned depth, struct json_value *to)
{
    switch (json_typeof(from)) {
    case JSON_OBJECT:
        return depth < JSON_DEPTH && convert_object(a, from, depth + 1, to);
    case JSON_ARRAY:
        return depth < JSON_DEPTH && convert_array(a, from, depth + 1, to);
    case JSON_STRING:
        to->kind = JSON_IS_TEXT;
        to->n = (uint32_t)json_string_length(from);
        to->chars = arena_copy(a, json_string_value(from), to->n);
        return true;
    case JSON_INTEGER:
        to->kind = JSON_IS_INT;
        to->number = json_integer_value(from);
        return true;
    case JSON_REAL:
        to->kind = JSON_IS_REAL;
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = JSON_IS_BOOL;
        to->truth = json_is_true(from);
        return true;
    case JSON_NULL:
        to->kind = JSON_IS_NULL;
        return true;
    }
    return false;
}

const struct json_value *json_parse(struct arena *a, struct text t)
{
    if (t.len == 0 || t.len > UINT32_MAX) {
        return NULL;
    }
    json_set_alloc_funcs(mem_new, free); /* no memory is not the same as no JSON */
    json_t *root = json_loadb(t.at, t.len, JSON_REJECT_DUPLICATES, NULL);
    if (!root) {
        return NULL;
    }
    struct json_value *v = arena_array(a, struct json_value, 1);
    bool ok = convert(a, root, 0, v);
    json_decref(root);
    return ok ? v : NULL;
}

const struct json_value *json_find(const struct json_value *object, const char *name)
{
    if (!object || object->kind != JSON_IS_OBJECT) {
        return NULL;
    }
    struct text wanted = text_of(name);
    for (uint32_t i = 0; i < object->n; i++) {
        if (text_eq(object->items[i].key, wanted)) {
            return &object->items[i];
        }
    }
    return NULL;
}

static const struct json_value *find_kind(const struct json_value *object, const char *name, enum json_kind kind)
{
    const struct json_value *v = json_find(object, name);
    return v && v->kind == kind ? v : NULL;
}

bool json_get_text(const struct json_value *object, const char *name, struct text *out)
{
    const struct json_value *v = find_kind(object, name, JSON_IS_TEXT);
    if (v) {
        *out = text_from(v->chars, v->n);
    }
    return v != NULL;
}

bool json_get_int(const struct json_value *object, const char *name, int64_t lo, int64_t hi, int64_t *out)
{
    const struct json_value *v = find_kind(object, name, JSON_IS_INT);
    if (!v || v->number < lo || v->number > hi) {
        return false;
    }
    *out = v->number;
    return true;
}

bool json_get_bool(const struct json_value *object, const char *name, bool *out)
{
    const struct json_value *v = find_kind(object, name, JSON_IS_BOOL);
    if (v) {
        *out = v->truth;
    }
    return v != NULL;
}

const struct json_value *json_get_array(const struct json_value *object, const char *name)
{
    return find_kind(object, name, JSON_IS_ARRAY);
}

const struct json_value *json_get_object(const struct json_value *object, const char *name)
{
    return find_kind(object, name, JSON_IS_OBJECT);
}

struct text json_text(const struct json_value *v)
{
    return v && v->kind == JSON_IS_TEXT ? text_from(v->chars, v->n) : (struct text){0};
}
