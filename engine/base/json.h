/* json.h -- JSON, written and read.
 *
 * Writing is canonical: no blanks, keys in the order written, one spelling of each string; whatever is written twice is
 * written alike.  Text is escaped so that it is also safe inside a page: < > & and U+2028/9 as \u003c …
 *
 *     struct json_out o = json_to(&buf);
 *     json_open_object(&o);
 *     json_put_text(&o, "kind", TEXT("line"));
 *     json_key(&o, "text");
 *     json_open_array(&o);
 *     json_str(&o, words);
 *     json_close_array(&o);
 *     json_close_object(&o);             {"kind":"line","text":["…"]}
 *
 * Reading gives a tree in an arena.  It is strict: one value and nothing behind it, UTF-8, no key twice, no U+0000, at
 * most JSON_DEPTH deep.  Fields are asked for by name and type; what nobody asks for is ignored. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/text.h"

/* ---- writing ---- */

struct json_out {
    struct buf *to;
    bool comma; /* a value stands before the next one */
};

static inline struct json_out json_to(struct buf *to) { return (struct json_out){to, false}; }
void json_open_object(struct json_out *o);
void json_close_object(struct json_out *o);
void json_open_array(struct json_out *o);
void json_close_array(struct json_out *o);
/* The name of the next value; NAME is one of ours and needs no escaping. */
void json_key(struct json_out *o, const char *name);
/* The same for a name that is somebody else's. */
void json_key_text(struct json_out *o, struct text name);
/* Bytes that are no UTF-8 become U+FFFD. */
void json_str(struct json_out *o, struct text t);
void json_int(struct json_out *o, int64_t n);
void json_bool(struct json_out *o, bool b);
void json_nothing(struct json_out *o);
/* A value that is JSON already. */
void json_raw(struct json_out *o, struct text json);

/* Key and value at once. */
void json_put_text(struct json_out *o, const char *name, struct text t);
void json_put_int(struct json_out *o, const char *name, int64_t n);
void json_put_bool(struct json_out *o, const char *name, bool b);

/* ---- reading ---- */

enum { JSON_DEPTH = 32 };

enum json_kind { JSON_IS_NULL, JSON_IS_BOOL, JSON_IS_INT, JSON_IS_REAL, JSON_IS_TEXT, JSON_IS_ARRAY, JSON_IS_OBJECT };

struct json_value {
    enum json_kind kind;
    uint32_t n;      /* members, elements, or bytes of text */
    struct text key; /* of a member of an object */
    union {
        bool truth;
        int64_t number;                 /* JSON_IS_REAL has none: nothing of ours is a fraction */
        const char *chars;              /* NUL behind them */
        const struct json_value *items; /* [n] */
    };
};

/* Once a process and before a jail: does what the library would do lazily (it asks for random bytes). */
void json_warm(void);

/* The tree of T, in A; NULL where T is no JSON object or array by the rules above. */
const struct json_value *json_parse(struct arena *a, struct text t);

/* The member NAME, NULL where OBJECT is NULL, no object, or has none. */
const struct json_value *json_find(const struct json_value *object, const char *name);
/* The same by type: false, and *OUT as it was, where it is missing or of another type (or an integer outside
 * LO…HI). */
bool json_get_text(const struct json_value *object, const char *name, struct text *out);
bool json_get_int(const struct json_value *object, const char *name, int64_t lo, int64_t hi, int64_t *out);
bool json_get_bool(const struct json_value *object, const char *name, bool *out);
/* NULL where it is missing or of another type. */
const struct json_value *json_get_array(const struct json_value *object, const char *name);
const struct json_value *json_get_object(const struct json_value *object, const char *name);
/* The text of V, empty where V is NULL or no text. */
struct text json_text(const struct json_value *v);

#endif
