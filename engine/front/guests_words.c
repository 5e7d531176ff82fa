/* guests_words.c -- names and answers of phones: what they are told again after a reload, and what remains of it.
 *
 * Each phone's stand in a state of its own, {"name":"Ana","answers":{".plus":"He asked first."}}, so that a phone shows them
 * again after an accident; and answers go to the records, where they are read.  A sentence that somebody passes on goes to
 * the records alone, under a number that is no phone's: it was promised to come without a name. */
#include "front/guests_inside.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static struct guest *guest_of(struct guests *g, uint32_t voter)
{
    while (g->n < voter) {
        array_room(g->v, g->n, g->cap);
        g->v[g->n++] = (struct guest){0};
    }
    return &g->v[voter - 1];
}

static struct buf *answers_of(const struct guests *g, struct guest *one)
{
    if (!one->answers) {
        one->answers = mem_new((g->n_items + 1) * sizeof *one->answers);
        memset(one->answers, 0, (g->n_items + 1) * sizeof *one->answers);
    }
    return one->answers;
}

/* The number of ITEM; n_items: there is none. */
static uint32_t item_number(const struct guests *g, struct text item)
{
    uint32_t i = 0;
    while (i < g->n_items && !text_eq(g->items[i].id, item))
        i++;
    return i;
}

static void set(struct buf *b, struct text t)
{
    buf_reset(b);
    buf_text(b, t);
}

/* ---- kept, and taken up again ---- */

static void put_guest(const struct guests *g, const struct guest *one, struct buf *out)
{
    struct json_out o = json_to(out);
    json_open_object(&o);
    if (one->name.len)
        json_put_text(&o, "name", buf_view(&one->name));
    json_key(&o, "answers");
    json_open_object(&o);
    for (uint32_t i = 0; one->answers && i < g->n_items; i++)
        if (one->answers[i].len) {
            json_key_text(&o, g->items[i].id);
            json_str(&o, buf_view(&one->answers[i]));
        }
    json_close_object(&o);
    json_close_object(&o);
}

static bool keep_guest(struct guests *g, uint32_t voter)
{
    struct buf kind = {0}, body = {0};
    if (!g->config.keeper)
        return true;
    buf_printf(&kind, "phone %u", voter);
    put_guest(g, guest_of(g, voter), &body);
    bool kept = g->config.keeper->state(g->config.keeper, buf_view(&kind), buf_view(&body));
    buf_done(&kind);
    buf_done(&body);
    return kept;
}

bool guests_take(struct guests *g, struct text kind, struct text body)
{
    struct arena a = {0};
    struct text words = kind, phone = {0}, name = {0};
    long voter = 0;
    const struct json_value *v = NULL;
    if (text_split(&words, ' ', &phone) && text_is(phone, "phone") && text_int(words, 1, BALLOT_VOTERS - 1, &voter))
        v = json_parse(&a, body);
    const struct json_value *answers = json_get_object(v, "answers");
    for (uint32_t i = 0; answers && i < answers->n; i++) {
        uint32_t item = item_number(g, answers->items[i].key);
        if (item < g->n_items)
            set(&answers_of(g, guest_of(g, (uint32_t)voter))[item], json_text(&answers->items[i]));
    }
    if (json_get_text(v, "name", &name))
        set(&guest_of(g, (uint32_t)voter)->name, name);
    arena_done(&a);
    return answers != NULL;
}

/* ---- names ---- */

/* Whether somebody else has NAME, however it is written. */
static bool in_use(const struct guests *g, uint32_t voter, struct text name)
{
    struct buf wanted = {0}, other = {0};
    bool used = false;
    text_fold(name, &wanted);
    for (uint32_t i = 0; i < g->n && !used; i++) {
        buf_reset(&other);
        text_fold(buf_view(&g->v[i].name), &other);
        struct text theirs = buf_view(&g->v[i].name);
        used = i + 1 != voter && theirs.len && text_eq(buf_view(&other), buf_view(&wanted)) && (wanted.len || text_eq(theirs, name));
    }
    buf_done(&wanted);
    buf_done(&other);
    return used;
}

enum phones_reply guest_named(void *self, uint32_t voter, struct text name)
{
    struct guests *g = self;
    if (in_use(g, voter, name))
        return PHONES_IN_USE;
    set(&guest_of(g, voter)->name, name);
    return keep_guest(g, voter) ? PHONES_TAKEN : PHONES_NOT_KEPT;
}

struct text guest_name(void *self, uint32_t voter)
{
    const struct guests *g = self;
    return voter && voter <= g->n ? buf_view(&g->v[voter - 1].name) : (struct text){0};
}

/* ---- answers ---- */

static bool keep_words(struct guests *g, enum kept_word_kind kind, uint32_t voter, struct text words)
{
    struct keeper *k = g->config.keeper;
    return !k || k->words(k, kind, voter, words);
}

static bool keep_answer(struct guests *g, uint32_t voter, const struct room_item *item, struct text words)
{
    struct keeper *k = g->config.keeper;
    struct kept_answer a = {.item = item->id, .when = WIRE_AFTER, .voter = voter};
    long value = 0;
    if (text_is(item->id, ROOM_PLUS))
        return keep_words(g, KEPT_PLUS, voter, words);
    if (text_is(item->id, ROOM_DELTA))
        return keep_words(g, KEPT_DELTA, voter, words);
    if (item->kind == ITEM_TEXT)
        a.text = words;
    else if (text_int(words, 1, ROOM_ITEMS_MAX, &value))
        a.value = (int32_t)value;
    return !k || k->answer(k, &a);
}

static enum phones_reply keep_sentence(struct guests *g, struct guest *one, struct text words)
{
    while (!one->pen && getrandom(&one->pen, sizeof one->pen, 0) == (ssize_t)sizeof one->pen) {
        one->pen &= INT32_MAX;
        one->pen = one->pen >= BALLOT_VOTERS ? one->pen : 0;
    }
    return one->pen && keep_words(g, KEPT_SENTENCE, one->pen, words) ? PHONES_TAKEN : PHONES_NOT_KEPT;
}

enum phones_reply guest_said(void *self, uint32_t voter, struct text item, struct text words)
{
    struct guests *g = self;
    struct guest *one = guest_of(g, voter);
    if (text_is(item, ROOM_SENTENCE))
        return keep_sentence(g, one, words);
    uint32_t i = item_number(g, item);
    if (i == g->n_items)
        return PHONES_LATE;
    if (text_eq(buf_view(&answers_of(g, one)[i]), words)) /* forms bring all they hold, each time */
        return !g->config.keeper || g->config.keeper->kept(g->config.keeper) ? PHONES_TAKEN : PHONES_NOT_KEPT;
    set(&answers_of(g, one)[i], words);
    g->changed = true;
    return keep_guest(g, voter) && keep_answer(g, voter, &g->items[i], words) ? PHONES_TAKEN : PHONES_NOT_KEPT;
}

struct text guest_answer(void *self, uint32_t voter, struct text item)
{
    const struct guests *g = self;
    uint32_t i = item_number(g, item);
    bool has = voter && voter <= g->n && g->v[voter - 1].answers && i < g->n_items;
    return has ? buf_view(&g->v[voter - 1].answers[i]) : (struct text){0};
}

bool guest_answered(const struct guests *g, const struct guest *one)
{
    bool any = false;
    for (uint32_t i = 0; one->answers && i < g->n_items; i++)
        any |= one->answers[i].len > 0;
    return any;
}

void guest_all_done(struct guests *g)
{
    for (uint32_t k = 0; k < g->n; k++) {
        buf_done(&g->v[k].name);
        for (uint32_t i = 0; g->v[k].answers && i < g->n_items; i++)
            buf_done(&g->v[k].answers[i]);
        free(g->v[k].answers);
    }
    free(g->v);
}
