/* phones.c -- the room's server: opened, published to, and everybody kept up to date.
 *
 * A phone that shows live pages is a listener.  When the room changes each listener's page is made anew and sent where it
 * differs from what is shown; numbers, which change with every vote, are told a few times a second and by themselves, so
 * that no button moves under a finger.  A listener that has not read the last news is not told more: it gets what holds by
 * then. */
#include "front/phones_inside.h"

#include "base/arena.h"
#include "front/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIGURES_MS = 250 };

/* ---- listeners ---- */

struct listener *listener_new(struct phones *p, uint32_t voter, bool zh)
{
    struct listener *l = mem_new(sizeof *l);
    *l = (struct listener){.phones = p, .voter = voter, .zh = zh, .dirty = true};
    return l;
}

static void on_opened(void *self, void *listener, struct http_stream *s)
{
    struct phones *p = self;
    struct listener *l = listener;
    l->stream = s;
    l->next = p->listeners;
    if (l->next)
        l->next->prev = l;
    p->listeners = l;
    if (l->voter)
        p->awake += p->voters[l->voter - 1].streams++ == 0;
    else
        p->desks++;
    p->news = true;
}

static void on_closed(void *self, void *listener, struct http_stream *s)
{
    struct phones *p = self;
    struct listener *l = listener;
    (void)s;
    if (l->voter)
        p->awake -= --p->voters[l->voter - 1].streams == 0;
    else
        p->desks--;
    if (l->next)
        l->next->prev = l->prev;
    if (l->prev)
        l->prev->next = l->next;
    else
        p->listeners = l->next;
    free(l);
}

void listeners_touch(struct phones *p, uint32_t voter)
{
    for (struct listener *l = p->listeners; l; l = l->next)
        if (l->voter == voter)
            l->dirty = p->news = true;
}

/* Sends what has changed for L; PAGE and FIGURES are for scratch. */
static void tell(struct phones *p, struct listener *l, struct buf *page, struct buf *figures)
{
    struct reader r = {.p = p, .words = l->zh ? p->zh : NULL, .zh = l->zh, .desk = l->voter == 0, .proved = l->voter == 0,
                       .who = {.voter = l->voter}, .out = page};
    uint32_t step = p->room ? p->room->step : 0;
    bool home = l->voter && p->room && p->room->state == ROOM_TAKE_HOME;
    if (l->voter)
        memcpy(r.who.random, p->voters[l->voter - 1].random, PROOF);
    buf_reset(page);
    buf_reset(figures);
    if (l->voter)
        phone_room(&r);
    else
        phone_desk(&r);
    uint64_t shown = text_hash(buf_view(page)) ^ step;
    if (shown != l->shown) /* a page to take home holds what only the phone knows: it asks for it itself */
        http_say(l->stream, home ? "page" : "room", step, home ? TEXT("") : buf_view(page));
    r.out = figures;
    if (l->voter)
        phone_count(&r);
    uint64_t counted = text_hash(buf_view(figures)) ^ step;
    if (counted != l->counted && figures->len)
        http_say(l->stream, "count", step, buf_view(figures));
    l->shown = shown;
    l->counted = counted;
    l->dirty = false;
}

/* Tells everybody what is new; ALL: also those whose pages have no news of their own. */
static void tell_all(struct phones *p, bool all)
{
    struct buf page = {0}, figures = {0};
    bool behind = false;
    for (struct listener *l = p->listeners; l; l = l->next) {
        if (!all && !l->dirty)
            continue;
        if (http_waiting(l->stream))
            behind = l->dirty = true;
        else
            tell(p, l, &page, &figures);
    }
    if (behind) {
        p->figures = true;
        p->figures_at = loop_now() + FIGURES_MS;
    }
    buf_done(&page);
    buf_done(&figures);
}

/* ---- publishing ---- */

static void soon(struct phones *p)
{
    long long now = loop_now();
    if (!p->figures && p->figures_at < now)
        p->figures_at = now;
    p->figures = true;
}

static void dirty_all(struct phones *p)
{
    for (struct listener *l = p->listeners; l; l = l->next)
        l->dirty = true;
    p->news = true;
}

void phones_publish(struct phones *p, const struct room *room)
{
    p->room = room;
    p->answered = room ? room->answered : 0;
    p->here = room ? room->here : 0;
    dirty_all(p);
}

void phones_desk(struct phones *p, const struct desk *desk)
{
    p->desk = desk;
    soon(p);
}

void phones_count(struct phones *p, uint32_t answered, uint32_t here)
{
    p->answered = answered;
    p->here = here;
    soon(p);
}

void phones_lock(struct phones *p, bool locked) { p->locked = locked; }

/* ---- running ---- */

int phones_descriptor(const struct phones *p) { return http_descriptor(p->http); }

int phones_timeout(const struct phones *p)
{
    int ms = http_timeout(p->http);
    long long left = p->news ? 0 : p->figures ? p->figures_at - loop_now() : ms;
    left = left < 0 ? 0 : left;
    return ms >= 0 && ms < left ? ms : (int)left;
}

void phones_run(struct phones *p)
{
    http_run(p->http);
    bool due = p->figures && loop_now() >= p->figures_at;
    if (!p->news && !due)
        return;
    p->news = false;
    if (due) {
        p->figures = false;
        p->figures_at = loop_now() + FIGURES_MS;
    }
    tell_all(p, due);
    http_run(p->http);
}

/* ---- opening ---- */

static bool take_secret(struct phones *p, const uint8_t *kept)
{
    if (kept)
        memcpy(p->secret, kept, sizeof p->secret);
    return kept || random_bytes(p->secret, sizeof p->secret);
}

static void name_file(char out[48], const char *ending, const void *bytes, size_t n)
{
    snprintf(out, 48, "/r-%016llx.%s", (unsigned long long)text_hash(text_from(bytes, n)), ending);
}

struct phones *phones_open(const struct phones_config *config, int *error)
{
    struct phones *p = mem_new(sizeof *p);
    *p = (struct phones){.config = *config, .desk_serial = config->desk};
    struct http_config http = {.address = config->address, .port = config->port, .host = config->host, .limits = config->limits,
                               .hears = {p, phones_asked, on_opened, on_closed}};
    words_find(TEXT("zh-CN"), &p->zh);
    name_file(p->css, "css", phones_css, phones_css_len);
    name_file(p->js, "js", phones_js, phones_js_len);
    p->n_voters = p->cap_voters = config->voters < VOTERS_MAX ? config->voters : VOTERS_MAX;
    p->voters = mem_new((p->cap_voters + 1) * sizeof *p->voters);
    memset(p->voters, 0, (p->cap_voters + 1) * sizeof *p->voters);
    p->http = take_secret(p, config->secret) ? http_open(&http, error) : NULL;
    if (!p->http) {
        free(p->voters);
        free(p);
        return NULL;
    }
    return p;
}

void phones_close(struct phones *p)
{
    if (!p)
        return;
    http_close(p->http);
    free(p->voters);
    explicit_bzero(p->secret, sizeof p->secret);
    free(p);
}

/* ---- what it is called, and how it stands ---- */

const uint8_t *phones_secret(const struct phones *p) { return p->secret; }

void phones_put_address(const char *address, uint16_t port, struct buf *out)
{
    buf_printf(out, strchr(address, ':') ? "[%s]" : "%s", address);
    if (port != 80)
        buf_printf(out, ":%u", port);
}

/* Capitals, which a code holds in fewer cells. */
void phones_put_url(const char *address, uint16_t port, struct buf *out)
{
    size_t from = out->len;
    buf_str(out, "HTTP://");
    phones_put_address(address, port, out);
    buf_char(out, '/');
    for (size_t i = from; i < out->len; i++)
        out->at[i] = out->at[i] >= 'a' && out->at[i] <= 'z' ? (char)(out->at[i] - 32) : out->at[i];
}

void phones_address(const struct phones *p, struct buf *out) { phones_put_address(p->config.address, http_port(p->http), out); }
void phones_url(const struct phones *p, struct buf *out) { phones_put_url(p->config.address, http_port(p->http), out); }

void phones_desk_url(const struct phones *p, struct buf *out)
{
    phones_url(p, out);
    buf_str(out, "F/");
    desk_code(p, out);
}

uint32_t phones_desk_renew(struct phones *p)
{
    p->desk_serial++;
    for (struct listener *l = p->listeners; l; l = l->next)
        if (!l->voter)
            http_end(l->stream);
    return p->desk_serial;
}

void phones_look(const struct phones *p, struct phones_seen *out)
{
    *out = (struct phones_seen){.voters = p->n_voters, .awake = p->awake, .addresses = p->addresses, .most = p->most,
                                .desks = p->desks, .refused = p->refused + http_refused(p->http), .guesses = p->guesses};
}
