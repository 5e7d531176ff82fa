/* story.c -- beats, taken from answers. */
#include "front/story.h"

#include "base/words.h"
#include "front/phrase.h"

#include <stdlib.h>

static bool is_chinese(struct text tag) { return tag.len >= 2 && tag.at[0] == 'z' && tag.at[1] == 'h'; }

/* ---- texts in both languages ---- */

struct both both_of(struct text tag, struct text t)
{
    return is_chinese(tag) ? (struct both){.zh = t} : (struct both){.en = t};
}

struct both both_same(struct text t) { return (struct both){t, t}; }

static const struct words *chinese(void)
{
    const struct words *w = NULL;
    words_find(TEXT("zh-CN"), &w);
    return w;
}

struct both both_tr(const char *english) { return (struct both){text_of(english), text_of(tr(chinese(), english))}; }

static struct text filled(struct arena *a, const char *form, const struct both args[], uint32_t n, bool zh)
{
    struct buf b = {0};
    struct text v[4] = {{0}};
    for (uint32_t i = 0; i < n && i < 4; i++)
        v[i] = zh && args[i].zh.len ? args[i].zh : args[i].en.len ? args[i].en : args[i].zh;
    words_fill(&b, form, v, n);
    struct text t = text_keep(a, buf_view(&b));
    buf_done(&b);
    return t;
}

struct both both_fill(struct arena *a, const char *english, const struct both args[], uint32_t n)
{
    return (struct both){filled(a, english, args, n, false), filled(a, tr(chinese(), english), args, n, true)};
}

struct both both_number(struct arena *a, unsigned long n)
{
    struct buf b = {0};
    buf_printf(&b, "%lu", n);
    struct text t = text_keep(a, buf_view(&b));
    buf_done(&b);
    return both_same(t);
}

struct both both_count(struct arena *a, const char *one, const char *many, unsigned long n)
{
    struct both number = both_number(a, n);
    return (struct both){filled(a, trn(NULL, one, many, n), &number, 1, false), filled(a, trn(chinese(), one, many, n), &number, 1, true)};
}

/* ---- beats ---- */

void story_done(struct story *s)
{
    arena_done(&s->arena);
    free(s->v);
    *s = (struct story){0};
}

static void put(struct both *to, struct text tag, struct text t)
{
    *(is_chinese(tag) ? &to->zh : &to->en) = t;
}

/* "clarifying, apologising" */
static struct text move_names(struct story *s, const struct client_output *o, struct text tag)
{
    const struct words *w = is_chinese(tag) ? chinese() : NULL;
    struct buf b = {0};
    for (uint32_t i = 0; i < o->n_moves; i++) {
        if (b.len)
            buf_str(&b, trc(w, "between moves", ", "));
        buf_text(&b, clean_runs(&s->arena, o->moves[i].title));
    }
    struct text t = text_keep(&s->arena, buf_view(&b));
    buf_done(&b);
    return t;
}

/* What leaves out the subjects that are left has no words of its own: behind the ask of B. */
static bool is_way_on(const struct story *s, const struct beat *b, const struct client_output *o)
{
    const struct beat *ask = b;
    while (ask > s->v && ask->kind == WIRE_OUT_OPTION)
        ask--;
    return o->kind == WIRE_OUT_OPTION && !o->text.n && ask->kind == WIRE_OUT_ASK && ask->form == WIRE_FORM_TOPICS;
}

static void put_words(struct story *s, struct beat *b, const struct client_output *o, struct text tag)
{
    put(&b->name, tag, clean_runs(&s->arena, o->name));
    put(&b->words, tag, is_way_on(s, b, o) ? text_of(tr(is_chinese(tag) ? chinese() : NULL, "(nothing more; go on)")) : phrase(&s->arena, o->text));
    put(&b->manner, tag, phrase(&s->arena, o->kind == WIRE_OUT_LESSON ? o->title : o->kind == WIRE_OUT_CHECKED ? o->was : o->manner));
    put(&b->to, tag, clean_runs(&s->arena, o->to_name));
    if (o->kind == WIRE_OUT_COMMENT)
        put(&b->why, tag, move_names(s, o, tag));
}

uint32_t story_add(struct story *s, const struct client_answer *answer, struct text tag)
{
    uint32_t first = s->n;
    for (uint32_t i = 0; i < answer->n; i++) {
        const struct client_output *o = &answer->v[i];
        array_room(s->v, s->n, s->cap);
        struct beat *b = &s->v[s->n++];
        *b = (struct beat){.kind = o->kind, .event = o->event, .form = o->form, .room = o->room, .groups = o->groups,
                           .outcome = o->outcome, .seconds = o->seconds, .wanted = o->words, .no_answer = o->no_answer,
                           .may_be_empty = o->may_be_empty, .right = o->right, .yours = o->yours, .value = o->value,
                           .from = o->from, .to_value = o->to};
        b->who = text_keep(&s->arena, o->who);
        b->id = text_keep(&s->arena, o->id);
        b->at = clean_text(&s->arena, o->at);
        put_words(s, b, o, tag);
    }
    return first;
}

bool story_beside(struct story *s, uint32_t first, const struct client_answer *answer, struct text tag)
{
    if (first + answer->n != s->n)
        return false;
    for (uint32_t i = 0; i < answer->n; i++)
        if (answer->v[i].kind != s->v[first + i].kind || !text_eq(answer->v[i].id, s->v[first + i].id))
            return false;
    for (uint32_t i = 0; i < answer->n; i++)
        put_words(s, &s->v[first + i], &answer->v[i], tag);
    return true;
}
