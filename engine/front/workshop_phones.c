/* workshop_phones.c -- phones in a workshop that runs.
 *
 * Numbers are given out from a stock that was kept before, so that a joining phone waits for no disk and no number is ever
 * given twice.  What a phone said is kept at once, then told to it.  Nothing here draws or decides. */
#include "front/workshop_host.h"

#include "front/addresses.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { STOCK = 32, VOTERS_MOST = BALLOT_VOTERS - 1, WRITTEN_MOST = 24, ASIDE = 1 << 30 /* no phone's number */ };

static struct host *host_of(void *self) { return self; }

/* ---- kept ---- */

static bool keep_phones(struct host *h)
{
    struct room_phones *p = &h->phones;
    struct keeper *k = h->config->keeper;
    struct buf b = {0}, hex = {0};
    struct json_out o = json_to(&b);
    bool ok = true;
    if (!k || !p->has_secret)
        return true;
    for (size_t i = 0; i < sizeof p->secret; i++)
        buf_printf(&hex, "%02x", p->secret[i]);
    json_open_object(&o);
    json_put_text(&o, "secret", buf_view(&hex));
    json_put_int(&o, "numbers", p->voters + p->spare);
    json_put_int(&o, "joined", h->w.phones);
    json_put_int(&o, "desk", p->desk);
    json_put_int(&o, "port", p->config.port);
    json_put_text(&o, "address", p->taken.len ? text_of(p->taken.at) : (struct text){0});
    json_put_int(&o, "identity", p->config.identity);
    json_put_bool(&o, "locked", p->locked);
    json_put_bool(&o, "on", p->server != NULL);
    json_close_object(&o);
    if (!text_eq(buf_view(&b), buf_view(&p->kept))) {
        buf_reset(&p->kept);
        buf_text(&p->kept, buf_view(&b));
        ok = k->state(k, TEXT("phones"), buf_view(&b));
    }
    explicit_bzero(hex.at, hex.len);
    buf_done(&hex);
    buf_done(&b);
    return ok;
}

static bool read_secret(struct text hex, uint8_t out[PHONES_SECRET])
{
    for (size_t i = 0; i < hex.len && hex.len == 2 * PHONES_SECRET; i++) {
        char c = hex.at[i];
        int d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (d < 0)
            return false;
        out[i / 2] = (uint8_t)(out[i / 2] << 4 | d);
    }
    return hex.len == 2 * PHONES_SECRET;
}

static struct phone_said *said_of(struct room_phones *p, uint32_t voter, struct text item)
{
    for (uint32_t i = 0; i < p->n_said; i++)
        if (p->said[i].voter == voter && text_eq(p->said[i].item, item))
            return &p->said[i];
    return NULL;
}

static void remember(struct room_phones *p, uint32_t voter, struct text item, struct text words)
{
    struct phone_said *s = said_of(p, voter, item);
    if (!s) {
        array_room(p->said, p->n_said, p->cap_said);
        s = &p->said[p->n_said++];
        *s = (struct phone_said){voter, text_keep(&p->arena, item), {0}};
    }
    s->words = text_keep(&p->arena, words);
}

/* Whether VOTER has answered anything of the form; a sentence that was passed on is none of it. */
static bool has_written(const struct room_phones *p, uint32_t voter)
{
    for (uint32_t i = 0; i < p->n_said; i++)
        if (p->said[i].voter == voter && p->said[i].item.len && !text_is(p->said[i].item, ".sentence"))
            return true;
    return false;
}

void room_phones_take(struct room_phones *p, struct text kept, const struct phone_said *said, uint32_t n)
{
    struct arena a = {0};
    const struct json_value *v = json_parse(&a, kept);
    struct text secret = {0}, address = {0};
    int64_t numbers = 0, desk = 0, port = 0, identity = 0;
    bool on = false;
    if (json_get_text(v, "secret", &secret) && read_secret(secret, p->secret) && json_get_int(v, "numbers", 0, VOTERS_MOST + STOCK, &numbers)) {
        json_get_int(v, "desk", 0, UINT32_MAX, &desk);
        json_get_int(v, "port", 1, UINT16_MAX, &port);
        json_get_int(v, "identity", 0, PHONES_ROSTER, &identity);
        json_get_bool(v, "on", &on);
        json_get_bool(v, "locked", &p->locked);
        p->has_secret = true;
        p->voters = (uint32_t)numbers;
        p->desk = (uint32_t)desk;
        p->config.identity = identity == PHONES_ROSTER && !p->config.n_roster ? PHONES_NICK : (enum phones_identity)identity;
        p->config.on |= on;
        if (json_get_text(v, "address", &address) && address.len) {
            buf_reset(&p->taken);
            buf_text(&p->taken, address);
            buf_char(&p->taken, 0);
            if (!p->config.address)
                p->config.address = text_keep(&p->arena, address).at;
        }
        if (port && !p->config.port)
            p->config.port = (uint16_t)port;
    }
    for (uint32_t i = 0; i < n; i++) {
        p->wrote += said[i].item.len && !text_is(said[i].item, ".sentence") && !has_written(p, said[i].voter);
        remember(p, said[i].voter, said[i].item, said[i].words);
    }
    arena_done(&a);
}

/* What failed to be kept before is tried once more when a phone has something to keep; its owner waits for that, not the wall
 * for a key. */
static bool can_keep(struct host *h)
{
    struct keeper *k = h->config->keeper;
    return !k || k->kept(k) || (!h->held.held && host_keep_again(h));
}

/* ---- heard ---- */

static bool on_joined(void *self, uint32_t voter)
{
    struct host *h = host_of(self);
    struct room_phones *p = &h->phones;
    if (voter > VOTERS_MOST)
        return false;
    if (!p->spare) {
        p->spare = STOCK;
        if (!can_keep(h) || !keep_phones(h)) {
            p->spare = 0;
            return false;
        }
    }
    p->voters = voter;
    p->spare--;
    h->w.phones++;
    h->dirty = true;
    return true;
}

static enum phones_reply on_voted(void *self, uint32_t voter, uint32_t round, uint32_t option)
{
    struct host *h = host_of(self);
    uint32_t before = workshop_voted(&h->w, voter, round);
    if (workshop_vote(&h->w, voter, round, option) != CAST_TAKEN)
        return PHONES_LATE;
    h->dirty = true;
    if (can_keep(h) && host_keep(h))
        return PHONES_TAKEN;
    workshop_vote(&h->w, voter, round, before);
    return PHONES_NOT_KEPT;
}

static bool has_name(struct room_phones *p, uint32_t voter, struct text name)
{
    struct buf wanted = {0}, other = {0};
    bool found = false;
    text_fold(name, &wanted);
    for (uint32_t i = 0; i < p->n_said && !found; i++) {
        if (p->said[i].item.len || p->said[i].voter == voter)
            continue;
        buf_reset(&other);
        text_fold(p->said[i].words, &other);
        found = text_eq(name, p->said[i].words) || (wanted.len && text_eq(buf_view(&wanted), buf_view(&other)));
    }
    buf_done(&wanted);
    buf_done(&other);
    return found;
}

static enum phones_reply on_named(void *self, uint32_t voter, struct text name)
{
    struct host *h = host_of(self);
    struct keeper *k = h->config->keeper;
    if (has_name(&h->phones, voter, name))
        return PHONES_IN_USE;
    if (!can_keep(h) || (k && !k->voter(k, &(struct kept_voter){.voter = voter, .nick = name, .joined = host_wall_ms()})))
        return PHONES_NOT_KEPT;
    remember(&h->phones, voter, (struct text){0}, name);
    return PHONES_TAKEN;
}

static const struct about_item *item_of(const struct host *h, struct text id)
{
    for (uint32_t i = 0; i < h->about.n_after; i++)
        if (text_eq(h->about.after[i].id, id))
            return &h->about.after[i];
    return NULL;
}

/* The number that a passed-on sentence is kept under: where phones have names, one that leads to nobody. */
static uint32_t unnamed(struct room_phones *p, uint32_t voter)
{
    uint32_t number;
    if (p->config.identity == PHONES_ANONYMOUS)
        return voter;
    for (uint32_t i = 0; i < p->n_aside; i++)
        if (p->aside[i].voter == voter)
            return p->aside[i].number;
    if (getrandom(&number, sizeof number, 0) != sizeof number)
        return 0;
    array_room(p->aside, p->n_aside, p->cap_aside);
    number = (number & (ASIDE - 1)) | ASIDE;
    p->aside[p->n_aside++] = (struct phone_aside){voter, number};
    return number;
}

static bool keep_said(struct host *h, uint32_t voter, struct text item, struct text words)
{
    struct keeper *k = h->config->keeper;
    const struct about_item *x = item_of(h, item);
    struct kept_answer answer = {.item = item, .when = WIRE_AFTER, .voter = voter};
    long n;
    if (!k)
        return true;
    if (text_is(item, ".sentence"))
        return k->words(k, KEPT_SENTENCE, unnamed(&h->phones, voter), words);
    if (!x)
        return k->words(k, text_is(item, ".plus") ? KEPT_PLUS : KEPT_DELTA, voter, words);
    if (x->kind == WIRE_TEXT)
        answer.text = words;
    else if (text_int(words, 1, INT32_MAX, &n))
        answer.value = (int32_t)n;
    return k->answer(k, &answer);
}

static enum phones_reply on_said(void *self, uint32_t voter, struct text item, struct text words)
{
    struct host *h = host_of(self);
    struct room_phones *p = &h->phones;
    bool known = text_is(item, ".plus") || text_is(item, ".delta") || text_is(item, ".sentence") || item_of(h, item);
    if (!known)
        return PHONES_LATE;
    if (!can_keep(h) || !keep_said(h, voter, item, words))
        return PHONES_NOT_KEPT;
    p->wrote += !text_is(item, ".sentence") && !has_written(p, voter);
    remember(p, voter, item, words);
    h->dirty = true;
    return PHONES_TAKEN;
}

static void on_pressed(void *self, char key, struct text words) { host_pressed(host_of(self), (unsigned char)key, words); }

static uint32_t chosen(void *self, uint32_t voter, uint32_t round) { return workshop_voted(&host_of(self)->w, voter, round); }

static struct text answer_of(void *self, uint32_t voter, struct text item)
{
    const struct phone_said *s = said_of(&host_of(self)->phones, voter, item);
    return s ? s->words : (struct text){0};
}

static struct text name_of(void *self, uint32_t voter) { return answer_of(self, voter, (struct text){0}); }

/* ---- on and off ---- */

static const char *best_address(struct room_phones *p)
{
    struct address found[ADDRESSES_MAX];
    size_t n = addresses_find(found);
    for (size_t i = 0; i < n; i++)
        if (address_reaches(found[i].kind))
            return text_keep(&p->arena, text_of(found[i].text)).at;
    return NULL;
}

static void make_codes(struct room_phones *p)
{
    struct buf b = {0};
    buf_reset(&p->address);
    phones_address(p->server, &p->address);
    phones_url(p->server, &b);
    if (!qr_make(buf_view(&b), &p->code))
        p->code.side = 0;
    buf_reset(&b);
    p->join.side = 0;
    if (p->config.wifi) {
        qr_wifi(text_of(p->config.wifi), p->config.wifi_password, &b);
        if (!qr_make(buf_view(&b), &p->join))
            p->join.side = 0;
    }
    buf_done(&b);
}

static bool listen_on(struct host *h, const char *address, int *error)
{
    struct room_phones *p = &h->phones;
    struct phones_config c = {.address = address, .port = p->config.port ? p->config.port : PHONES_PORT, .host = p->config.host,
                              .secret = p->has_secret ? p->secret : NULL, .voters = p->voters, .desk = p->desk, .joins_per_address = p->config.joins_per_address,
                              .identity = p->config.identity, .roster = p->config.roster, .n_roster = p->config.n_roster,
                              .lang = p->config.lang, .hears = {h, on_joined, on_voted, on_named, on_said, on_pressed, chosen, name_of, answer_of}};
    *error = 0;
    p->server = address ? phones_open(&c, error) : NULL;
    if (!p->server)
        return false;
    buf_reset(&p->taken);
    buf_add(&p->taken, address, strlen(address) + 1);
    return true;
}

/* Browsers keep who they are for one address: at another they join anew.  What is still open they will answer again. */
static void forget_elsewhere(struct host *h)
{
    uint32_t round = workshop_round(&h->w);
    for (uint32_t voter = 1; voter <= h->phones.voters; voter++)
        if (workshop_voted(&h->w, voter, round))
            workshop_vote(&h->w, voter, round, 0);
    h->w.phones = 0;
    h->dirty = true;
}

bool room_phones_open(struct host *h, int *error)
{
    struct room_phones *p = &h->phones;
    const char *asked = p->config.address;
    struct buf before = {0};
    buf_text(&before, buf_view(&p->taken));
    bool open = listen_on(h, asked ? asked : best_address(p), error);
    if (!open && asked && *error == EADDRNOTAVAIL && h->config->resume) /* the network has given another one since */
        open = listen_on(h, best_address(p), error);
    if (open && before.len && !text_eq(buf_view(&before), buf_view(&p->taken)))
        forget_elsewhere(h);
    buf_done(&before);
    if (!open)
        return false;
    memcpy(p->secret, phones_secret(p->server), sizeof p->secret);
    p->has_secret = true;
    p->spare = 0;
    if (!p->desk)
        p->desk = phones_desk_renew(p->server);
    p->config.port = p->config.port ? p->config.port : PHONES_PORT;
    make_codes(p);
    phones_lock(p->server, p->locked);
    p->mark = (struct room_mark){0};
    h->wall.address = buf_view(&p->address);
    h->wall.named = p->config.identity != PHONES_ANONYMOUS;
    h->wall.code = p->code.side ? &p->code : NULL;
    h->wall.wifi = p->config.wifi ? text_of(p->config.wifi) : (struct text){0};
    h->wall.join = p->join.side ? &p->join : NULL;
    h->w.codes_turn = h->wall.join && h->wall.code;
    return keep_phones(h);
}

void room_phones_close(struct host *h)
{
    struct room_phones *p = &h->phones;
    phones_close(p->server);
    p->server = NULL;
    buf_reset(&p->address);
    h->wall.address = (struct text){0};
    h->wall.code = h->wall.join = NULL;
    h->wall.wifi = (struct text){0};
    h->w.codes_turn = false;
}

void room_phones_switch(struct host *h)
{
    int error;
    if (h->phones.server) {
        room_phones_close(h);
        h->phones.desk++; /* the facilitator's own phone is asked for a new code */
        h->w.remark = REMARK_PHONES_GONE;
    } else {
        h->w.remark = room_phones_open(h, &error) ? REMARK_PHONES_HERE : REMARK_PHONES_NOT;
    }
    keep_phones(h);
    h->dirty = true;
}

void room_phones_lock(struct host *h)
{
    struct room_phones *p = &h->phones;
    p->locked = !p->locked;
    if (p->server)
        phones_lock(p->server, p->locked);
    h->w.remark = p->locked ? REMARK_LOCKED : REMARK_UNLOCKED;
    keep_phones(h);
}

/* ---- shown ---- */

void room_phones_show(struct host *h)
{
    struct room_phones *p = &h->phones;
    struct room_wants wants = {.w = &h->w, .set = &h->wall, .step = p->step, .wrote = p->wrote};
    struct room_mark mark;
    uint32_t answered, here;
    if (!p->server)
        return;
    keep_phones(h);
    room_mark(&wants, &mark);
    if (memcmp(&mark, &p->mark, sizeof mark) != 0) {
        p->mark = mark;
        wants.step = ++p->step;
        room_make(&p->room, &wants);
        phones_publish(p->server, &p->room.room);
    } else {
        room_counts(&wants, &answered, &here);
        phones_count(p->server, answered, here);
    }
    p->shown = h->desk.desk;
    phones_desk(p->server, &p->shown);
}

void room_phones_run(struct host *h)
{
    if (h->phones.server)
        phones_run(h->phones.server);
}

static struct both figures(const struct host *h, struct arena *a)
{
    struct phones_seen seen;
    phones_look(h->phones.server, &seen);
    struct both args[4] = {both_number(a, h->w.phones), both_number(a, seen.awake), both_number(a, seen.most), both_number(a, seen.refused + seen.guesses)};
    return both_fill(a, h->phones.locked ? N_("Phones: %1 joined, %2 awake, at most %3 from one address; %4 requests refused. Nobody more may join.")
                                         : N_("Phones: %1 joined, %2 awake, at most %3 from one address; %4 requests refused."), args, 4);
}

/* What phones wrote, newest first: what went well, what to change; or the sentences that were passed on. */
static const struct both *written(const struct host *h, struct arena *a, uint32_t *n)
{
    const struct room_phones *p = &h->phones;
    bool home = h->w.now.stage >= STAGE_TAKE_HOME;
    struct both *list = arena_array(a, struct both, WRITTEN_MOST);
    for (uint32_t i = p->n_said; i-- > 0 && *n < WRITTEN_MOST;) {
        struct text item = p->said[i].item;
        const char *sign = text_is(item, ".plus") ? "+ " : text_is(item, ".delta") ? "> " : "";
        if (!p->said[i].words.len || (home ? !text_is(item, ".sentence") : !*sign))
            continue;
        struct buf b = {0};
        buf_str(&b, sign);
        buf_text(&b, p->said[i].words);
        list[(*n)++] = both_same(text_keep(a, buf_view(&b)));
        buf_done(&b);
    }
    return list;
}

void room_phones_tell(const struct host *h, struct arena *a, struct desk_wants *wants)
{
    struct buf own = {0};
    if (h->w.now.stage >= STAGE_DEBRIEF)
        wants->written = written(h, a, &wants->n_written);
    if (!h->phones.server)
        return;
    wants->phones = figures(h, a);
    phones_desk_url(h->phones.server, &own);
    wants->own = text_keep(a, buf_view(&own));
    buf_done(&own);
}

void room_phones_done(struct room_phones *p)
{
    phones_close(p->server);
    room_done(&p->room);
    buf_done(&p->address);
    buf_done(&p->taken);
    buf_done(&p->kept);
    free(p->said);
    free(p->aside);
    arena_done(&p->arena);
    explicit_bzero(p->secret, sizeof p->secret);
}
