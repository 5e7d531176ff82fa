/* phones_hear.c -- what phones send: from an address and a form to one call of whoever runs the workshop.
 *
 * The order is always: who is it, is the form one of ours, may it be that fast, is it well formed; only then is it told.
 * What was done is answered by a redirect to the page, which shows what was kept; so a reload sends nothing twice.  What was
 * not done is said on the page itself.  Only /f/key steers, and only from a phone that has shown the facilitator's code. */
#include "front/phones_inside.h"

#include "base/arena.h"
#include "base/terminal.h"
#include "front/form.h"
#include "front/loop.h"

#include <string.h>

enum { BURST = 20, A_SECOND = 4, SIXTEENTHS = 16, NAME_CELLS = 40, TWICE_MS = 400 };

struct asking {
    struct phones *p;
    const struct http_request *q;
    struct http_answer *a;
    struct reader r;
    struct buf sentence;
};

/* ---- answers ---- */

static void show(struct asking *k, int status, enum notice notice)
{
    k->a->status = status;
    k->r.notice = notice;
    phone_page(&k->r);
}

static void go(struct asking *k, const char *where)
{
    k->a->status = 303;
    buf_str(&k->a->location, where);
}

static void refuse(struct asking *k, int status, enum notice notice)
{
    k->p->refused++;
    show(k, status, notice);
}

static void show_reply(struct asking *k, enum phones_reply reply, const char *where)
{
    switch (reply) {
    case PHONES_TAKEN:
        listeners_touch(k->p, k->r.who.voter);
        go(k, where);
        return;
    case PHONES_LATE: show(k, 409, NOTICE_LATE); return;
    case PHONES_IN_USE: show(k, 409, NOTICE_IN_USE); return;
    case PHONES_NOT_KEPT: break;
    }
    k->a->retry = 1;
    show(k, 503, NOTICE_NOT_KEPT);
}

/* ---- who asks ---- */

static void choose_language(struct asking *k)
{
    struct buf kept = {0};
    enum form_lang asked = form_language(k->q->language);
    const char *usual = k->p->config.lang;
    k->r.zh = asked == FORM_CHINESE || (asked == FORM_NEITHER && usual && strncmp(usual, "zh", 2) == 0);
    if (cookie_get(k->p, k->q->cookie, "lang", &kept) && kept.len == 2)
        k->r.zh = memcmp(kept.at, "zh", 2) == 0;
    k->r.words = k->r.zh ? k->p->zh : NULL;
    buf_done(&kept);
}

static void know(struct asking *k)
{
    struct phones *p = k->p;
    if (identity_read(p, k->q->cookie, &k->r.who)) {
        if (k->r.who.voter)
            memcpy(p->voters[k->r.who.voter - 1].random, k->r.who.random, PROOF);
    } else if (identity_new(&k->r.who)) {
        identity_cookie(p, &k->r.who, &k->a->cookies[0]);
    }
    if (cookie_get(p, k->q->cookie, "sentence", &k->sentence))
        k->r.sentence = buf_view(&k->sentence);
    k->r.proved = k->r.desk && desk_proved(p, k->q->cookie);
}

/* Whether the form is one that this phone was given. */
static bool own_form(struct asking *k)
{
    char token[PROOF_HEX + 1];
    struct buf came = {0};
    if (k->r.proved)
        desk_token(k->p, token);
    else
        identity_token(k->p, &k->r.who, token);
    bool own = form_field(k->q->body, "t", &came) && token_fits(token, buf_view(&came));
    buf_done(&came);
    return own;
}

/* A burst is fine, since people change their minds; a program is slowed down. */
static bool too_fast(struct asking *k)
{
    struct voter *v = &k->p->voters[k->r.who.voter - 1];
    long long now = loop_now(), paid = (now - v->spent_at) * A_SECOND * SIXTEENTHS / 1000;
    v->spent = paid >= v->spent ? 0 : v->spent - (uint32_t)paid;
    v->spent_at = now;
    if (v->spent >= BURST * SIXTEENTHS)
        return true;
    v->spent += SIXTEENTHS;
    return false;
}

/* A voter with a form of its own, not too fast; else it was answered. */
static bool may_speak(struct asking *k)
{
    if (!k->r.who.voter || !own_form(k))
        refuse(k, 403, k->a->cookies[0].len ? NOTICE_COOKIES : NOTICE_ASK);
    else if (too_fast(k)) {
        k->a->retry = 1;
        refuse(k, 429, NOTICE_FAST);
    } else
        return true;
    return false;
}

/* ---- joining ---- */

/* The voter whose cookie began with these bits: a button pressed twice joins once. */
static uint32_t joined_already(const struct phones *p, const uint8_t random[PROOF])
{
    for (uint32_t i = p->n_voters; i-- > 0;)
        if (memcmp(p->voters[i].random, random, PROOF) == 0)
            return i + 1;
    return 0;
}

static enum notice may_join(const struct asking *k)
{
    const struct phones *p = k->p;
    if (p->locked)
        return NOTICE_LOCKED;
    if (p->n_voters >= VOTERS_MAX ||
        (p->config.joins_per_address && k->q->peer->joins >= p->config.joins_per_address))
        return NOTICE_FULL;
    return NOTICE_NONE;
}

static uint32_t new_voter(struct asking *k)
{
    struct phones *p = k->p;
    uint32_t number = p->n_voters + 1;
    if (!p->config.hears.joined(p->config.hears.self, number))
        return 0;
    array_room(p->voters, p->n_voters, p->cap_voters);
    p->voters[p->n_voters] = (struct voter){.spent_at = loop_now()};
    memcpy(p->voters[p->n_voters++].random, k->r.who.random, PROOF);
    p->joined_here++;
    p->addresses += k->q->peer->joins == 0;
    k->q->peer->joins++;
    p->most = k->q->peer->joins > p->most ? k->q->peer->joins : p->most;
    return number;
}

static void hear_join(struct asking *k)
{
    if (k->r.who.voter) {
        go(k, "/");
        return;
    }
    if (!own_form(k)) {
        refuse(k, 403, k->a->cookies[0].len ? NOTICE_COOKIES : NOTICE_ASK);
        return;
    }
    uint32_t voter = joined_already(k->p, k->r.who.random);
    if (!voter) {
        enum notice wrong = may_join(k);
        if (wrong) {
            refuse(k, 403, wrong);
            return;
        }
        voter = new_voter(k);
    }
    if (!voter) {
        show_reply(k, PHONES_NOT_KEPT, "/");
        return;
    }
    k->r.who.voter = voter;
    identity_cookie(k->p, &k->r.who, &k->a->cookies[0]);
    go(k, "/");
}

/* ---- votes, names, answers ---- */

static void hear_vote(struct asking *k)
{
    const struct phones_hears *h = &k->p->config.hears;
    const struct room *room = k->p->room;
    uint32_t round, option;
    if (!may_speak(k))
        return;
    if (!form_number(k->q->body, "r", UINT32_MAX, &round) || !form_number(k->q->body, "o", ROOM_OPTIONS_MAX, &option))
        refuse(k, 400, NOTICE_ASK);
    else if (!room || room->state != ROOM_VOTE || round != room->round || option > room->n_options)
        show(k, 409, NOTICE_LATE);
    else
        show_reply(k, h->voted(h->self, k->r.who.voter, round, option), "/");
}

/* Line ends become blanks, however they are written. */
static void join_lines(struct buf *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->len; i++) {
        bool end = b->at[i] == '\r' || b->at[i] == '\n';
        if (!end || n == 0 || b->at[n - 1] != ' ')
            b->at[n++] = end ? ' ' : b->at[i];
    }
    b->len = n;
}

/* What people wrote, clean, composed and trimmed: the same words are the same bytes, whatever keyboard they came from. */
static void clean_words(struct text raw, struct buf *out)
{
    struct buf clean = {0}, composed = {0};
    terminal_clean(raw, CLEAN_PLAY, &clean);
    text_compose(buf_view(&clean), &composed);
    do { /* a mark whose blank was trimmed off stands alone then, which it may not */
        buf_reset(out);
        buf_text(out, text_trim(buf_view(&composed)));
        buf_reset(&composed);
        terminal_clean(buf_view(out), CLEAN_PLAY, &composed);
    } while (!text_eq(buf_view(&composed), buf_view(out)));
    buf_done(&clean);
    buf_done(&composed);
}

/* The field NAME, clean and in one line, at most MOST code points. */
static bool clean_field(struct asking *k, const char *name, size_t most, struct buf *out)
{
    struct buf raw = {0};
    bool there = form_field(k->q->body, name, &raw);
    join_lines(&raw);
    clean_words(buf_view(&raw), out);
    buf_done(&raw);
    return there && text_chars(buf_view(out)) <= most;
}

/* Whether NAME may be had: anyone, or one of the list. */
static bool on_roster(const struct phones *p, struct text name)
{
    struct buf listed = {0};
    bool on = p->config.identity != PHONES_ROSTER;
    for (uint32_t i = 0; i < p->config.n_roster && !on; i++) {
        clean_words(p->config.roster[i], &listed);
        on = text_eq(buf_view(&listed), name);
    }
    buf_done(&listed);
    return on;
}

static void hear_name(struct asking *k)
{
    struct buf name = {0};
    const struct phones_hears *h = &k->p->config.hears;
    if (!may_speak(k))
        return;
    bool ok = k->p->config.identity != PHONES_ANONYMOUS && clean_field(k, "n", 2 * NAME_CELLS, &name) && name.len &&
              terminal_width(buf_view(&name), false) <= NAME_CELLS && on_roster(k->p, buf_view(&name));
    if (!ok)
        refuse(k, 400, NOTICE_NO_NAME);
    else
        show_reply(k, h->named(h->self, k->r.who.voter, buf_view(&name)), "/");
    buf_done(&name);
}

/* What was sent for ITEM, as it is told; false where it cannot be. */
static bool item_words(struct asking *k, const struct room_item *item, struct buf *out)
{
    struct buf field = {0};
    uint32_t n, most = item->kind == ITEM_SCALE ? item->steps : item->n_choices;
    buf_str(&field, "i-");
    buf_text(&field, item->id);
    buf_char(&field, 0);
    bool ok;
    if (item->kind == ITEM_TEXT) {
        ok = clean_field(k, field.at, ROOM_WORDS_MAX, out);
    } else {
        buf_reset(out);
        ok = !form_field(k->q->body, field.at, out) || form_number(k->q->body, field.at, most, &n);
        ok = ok && !text_is(buf_view(out), "0");
    }
    buf_done(&field);
    return ok;
}

static enum phones_reply tell_items(struct asking *k)
{
    const struct phones_hears *h = &k->p->config.hears;
    const struct room *room = k->p->room;
    enum phones_reply reply = PHONES_TAKEN;
    struct buf words = {0};
    for (uint32_t i = 0; i < room->n_items && i < ROOM_ITEMS_MAX && reply == PHONES_TAKEN; i++)
        if (item_words(k, &room->items[i], &words))
            reply = h->said(h->self, k->r.who.voter, room->items[i].id, buf_view(&words));
    buf_done(&words);
    return reply;
}

static bool on_this_step(const struct asking *k)
{
    uint32_t step;
    return form_number(k->q->body, "s", UINT32_MAX, &step) && k->p->room && step == k->p->room->step;
}

static void hear_items(struct asking *k)
{
    if (!may_speak(k))
        return;
    if (!on_this_step(k) || k->p->room->state != ROOM_FORM)
        show(k, 409, NOTICE_LATE);
    else
        show_reply(k, tell_items(k), "/");
}

static void hear_sentence(struct asking *k)
{
    struct buf words = {0};
    uint32_t pass = 0;
    const struct phones_hears *h = &k->p->config.hears;
    if (!may_speak(k))
        return;
    if (clean_field(k, "w", SENTENCE_MAX, &words)) {
        enum phones_reply reply = PHONES_TAKEN;
        if (form_number(k->q->body, "pass", 1, &pass) && pass && words.len)
            reply = h->said(h->self, k->r.who.voter, TEXT(".sentence"), buf_view(&words));
        cookie_put(k->p, "sentence", buf_view(&words), &k->a->cookies[1]);
        show_reply(k, reply, "/");
    } else {
        refuse(k, 400, NOTICE_ASK);
    }
    buf_done(&words);
}

/* ---- the facilitator ---- */

static void hear_code(struct asking *k, struct text code, bool typed)
{
    long long now = loop_now();
    if (!peer_may_guess(k->q->peer, now)) {
        k->a->retry = (uint32_t)((k->q->peer->until - now) / 1000 + 1);
        refuse(k, 429, NOTICE_WAIT);
    } else if (desk_code_fits(k->p, code)) {
        k->q->peer->failures = 0;
        desk_cookie(k->p, &k->a->cookies[1]);
        go(k, "/f");
    } else {
        peer_guessed_wrong(k->q->peer, now);
        k->p->guesses++;
        show(k, typed ? 403 : 404, NOTICE_CODE);
    }
}

static void hear_typed_code(struct asking *k)
{
    struct buf code = {0};
    if (form_field(k->q->body, "code", &code))
        hear_code(k, buf_view(&code), true);
    else
        refuse(k, 400, NOTICE_ASK);
    buf_done(&code);
}

/* A finger that taps twice has pressed once. */
static bool pressed_again(struct phones *p, char key)
{
    long long now = loop_now();
    bool again = key == p->pressed && p->room->step == p->pressed_step && now - p->pressed_at < TWICE_MS;
    p->pressed = key;
    p->pressed_step = p->room->step;
    p->pressed_at = now;
    return again;
}

static void hear_key(struct asking *k)
{
    struct buf words = {0};
    uint32_t key = 0;
    const struct phones_hears *h = &k->p->config.hears;
    const struct desk *d = k->p->desk;
    const struct desk_key *found = NULL;
    if (!k->r.proved || !own_form(k)) {
        refuse(k, 403, NOTICE_ASK);
        return;
    }
    bool read = form_number(k->q->body, "k", 127, &key);
    for (uint32_t i = 0; read && d && i < d->n_keys; i++)
        if ((unsigned char)d->keys[i].key == key)
            found = &d->keys[i];
    if (!found || (found->field && !clean_field(k, "w", ROOM_WORDS_MAX, &words))) {
        refuse(k, 400, NOTICE_ASK);
    } else if (!on_this_step(k)) {
        show(k, 409, NOTICE_MOVED_ON);
    } else {
        if (!pressed_again(k->p, found->key))
            h->pressed(h->self, found->key, buf_view(&words));
        go(k, "/f");
    }
    buf_done(&words);
}

/* ---- what is only shown ---- */

static const char ICON[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"7\" "
                           "fill=\"#0b5c7a\"/><path d=\"M7 8h12v8h-7l-3 3v-3H7z\" fill=\"#fff\"/><path d=\"M14 18h11v7h-2v3l-3-3h-6z\" "
                           "fill=\"#9fd3e4\"/></svg>\n";

static void show_file(struct asking *k, const char *type, const void *bytes, size_t n)
{
    k->a->type = type;
    k->a->lasting = true;
    buf_add(&k->a->body, bytes, n);
    buf_reset(&k->a->cookies[0]);
}

static void show_keep(struct asking *k)
{
    k->a->file = "rehearse.html";
    phone_keep_file(&k->r);
    if (!k->a->body.len) {
        k->a->file = NULL;
        show(k, 404, NOTICE_MISSING);
    }
}

static void choose(struct asking *k, const char *lang)
{
    cookie_put(k->p, "lang", text_of(lang), &k->a->cookies[1]);
    go(k, text_is(k->q->query, "f") ? "/f" : "/");
}

static void show_live(struct asking *k)
{
    const struct phones *p = k->p;
    bool may = k->q->method != HTTP_GET ? false : k->r.desk ? k->r.proved && p->desks < STREAMS_PER_VOTER * 4
                         : k->r.who.voter && p->voters[k->r.who.voter - 1].streams < STREAMS_PER_VOTER;
    if (may)
        k->a->listener = listener_new(k->p, k->r.desk ? 0 : k->r.who.voter, k->r.zh);
    else
        k->a->status = 204; /* a browser then asks no more by itself; the page's script looks again now and then */
}

static void get(struct asking *k, struct text path)
{
    if (text_is(path, "/") || text_is(path, "/f"))
        show(k, 200, NOTICE_NONE);
    else if (text_is(path, "/live") || text_is(path, "/f/live"))
        show_live(k);
    else if (text_is(path, k->p->css))
        show_file(k, "text/css; charset=utf-8", phones_css, phones_css_len);
    else if (text_is(path, k->p->js))
        show_file(k, "text/javascript; charset=utf-8", phones_js, phones_js_len);
    else if (text_is(path, "/icon.svg"))
        show_file(k, "image/svg+xml; charset=utf-8", ICON, sizeof ICON - 1);
    else if (text_is(path, "/zh") || text_is(path, "/en"))
        choose(k, text_is(path, "/zh") ? "zh" : "en");
    else if (text_is(path, "/keep") && k->r.who.voter)
        show_keep(k);
    else if (text_starts(path, "/F/") && path.len > 3)
        hear_code(k, text_from(path.at + 3, path.len - 3), false);
    else
        show(k, 404, NOTICE_MISSING);
}

static void post(struct asking *k, struct text path)
{
    static const struct {
        const char *path;
        void (*hear)(struct asking *);
    } rows[] = {{"/join", hear_join},         {"/vote", hear_vote}, {"/name", hear_name}, {"/say", hear_items},
                {"/sentence", hear_sentence}, {"/f", hear_typed_code}, {"/f/key", hear_key}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (text_is(path, rows[i].path)) {
            rows[i].hear(k);
            return;
        }
    refuse(k, 404, NOTICE_MISSING);
}

void phones_asked(void *self, const struct http_request *q, struct http_answer *a)
{
    struct asking k = {.p = self, .q = q, .a = a, .r = {.p = self, .out = &a->body}};
    k.r.desk = text_is(q->path, "/f") || text_starts(q->path, "/f/") || text_starts(q->path, "/F/");
    choose_language(&k);
    know(&k);
    if (q->method == HTTP_POST)
        post(&k, q->path);
    else
        get(&k, q->path);
    buf_done(&k.sentence);
}
