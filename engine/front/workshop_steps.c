/* workshop_steps.c -- a workshop's engine: what it is asked, in both languages, and what the state machine is told.
 *
 * The session is played in one language and shown in another by asking for the same events once more.  An engine that dies
 * is replaced behind the wall, which stands meanwhile. */
#include "front/workshop_host.h"

#include <string.h>
#include <time.h>

enum { KEPT_CLOCK_MS = 60000, GONE_MOST_MS = 12 * 3600 * 1000 };

static struct text second_tag(const struct host *h)
{
    return text_eq(h->first, h->tags[0]) ? h->tags[1] : h->tags[0];
}

/* ---- beginning ---- */

static void time_now(char out[32])
{
    time_t t = time(NULL);
    struct tm tm;
    if (!gmtime_r(&t, &tm) || !strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm))
        *out = 0;
}

static void choose_tags(struct host *h)
{
    const struct client_scenario *s = client_scenario(h->opening.client);
    h->tags[0] = client_serving(s, TEXT("en"));
    h->tags[1] = client_serving(s, TEXT("zh-CN"));
    if (!h->tags[0].len && !h->tags[1].len && s->n_langs)
        h->tags[0] = s->langs[0];
    bool chinese = h->wall.tongues.zh[0] && h->tags[1].len;
    h->first = chinese || !h->tags[0].len ? h->tags[1] : h->tags[0];
}

static enum opening_end take_about(struct host *h, struct text tag)
{
    struct client_info info;
    struct client_fault fault = {0};
    if (!tag.len)
        return OPENING_FINE;
    if (client_info(h->opening.client, tag, &info, &fault) != CLIENT_OK)
        return opening_fault(&h->opening_config, &fault);
    enum opening_end end = h->opening.role.len ? OPENING_FINE : opening_role(&h->opening, &h->opening_config, &info);
    if (end == OPENING_FINE)
        about_take(&h->about, &info, tag, h->opening.role);
    client_info_done(&info);
    return end;
}

static struct client_session *begin_session(struct host *h, enum client_end *end, struct client_fault *fault)
{
    struct keeper *k = h->config->keeper;
    client_keep_fn *keep = k ? k->keep : NULL;
    char now[32];
    time_now(now);
    struct client_params params = {.seed = h->config->seed, .lang = h->first, .mode = WIRE_WORKSHOP, .roles = &h->opening.role,
                                   .n_roles = 1, .started = text_of(now)};
    if (h->config->resume)
        return client_resume(h->opening.client, h->config->resume->events, keep, k ? k->self : NULL, end, fault);
    return client_start(h->opening.client, &params, keep, k ? k->self : NULL, end, fault);
}

static enum opening_end unkept(struct host *h)
{
    struct buf why = {0};
    h->config->keeper->why(h->config->keeper, h->opening_config.words, &why);
    enum opening_end end = opening_complain(&h->opening_config, OPENING_IO, N_("%1 With --no-record it is played without records."), buf_view(&why),
                                            (struct text){0});
    buf_done(&why);
    return end;
}

/* All that was shown so far, in both languages. */
static void tell_story_again(struct host *h)
{
    struct client_answer answer;
    struct client_fault fault;
    if (client_show(h->session, 0, h->first, &answer, &fault) != CLIENT_OK)
        return;
    story_add(&h->story, &answer, h->first);
    struct text tag = second_tag(h);
    if (tag.len && client_show(h->session, 0, tag, &answer, &fault) == CLIENT_OK)
        story_beside(&h->story, 0, &answer, tag);
}

static enum opening_end start_session(struct host *h)
{
    struct client_fault fault = {0};
    enum client_end end = CLIENT_OK;
    struct keeper *k = h->config->keeper;
    if (k && !k->ready(k, h->opening.client, h->opening.origin))
        return unkept(h);
    h->session = begin_session(h, &end, &fault);
    if (!h->session && h->config->resume && end == CLIENT_REFUSED)
        return opening_complain(&h->opening_config, OPENING_DATA,
                                N_("this conversation was kept by another version of the program, which reads its scenario otherwise"),
                                (struct text){0}, (struct text){0});
    if (!h->session)
        return opening_fault(&h->opening_config, &fault);
    if (k && !k->kept(k))
        return unkept(h);
    if (h->config->resume)
        tell_story_again(h);
    return OPENING_FINE;
}

enum opening_end host_open_scenario(struct host *h)
{
    struct client_fault fault = {0};
    enum opening_end end = opening_open(&h->opening, &h->opening_config);
    if (end != OPENING_FINE)
        return end;
    choose_tags(h);
    end = take_about(h, h->first);
    if (end == OPENING_FINE)
        end = take_about(h, second_tag(h));
    for (int i = 0; i < 2 && end == OPENING_FINE; i++)
        if (h->tags[i].len && client_outline(h->opening.client, h->tags[i], &h->outlines[i], &fault) != CLIENT_OK)
            end = opening_fault(&h->opening_config, &fault);
    return end == OPENING_FINE ? start_session(h) : end;
}

/* ---- steps ---- */

static enum remark remark_of(enum client_end end)
{
    return end == CLIENT_AVOIDED ? REMARK_AVOIDED : REMARK_STOPPED;
}

/* The beats of events FROM on in the other language, beside those from FIRST on. */
static void show_beside(struct host *h, uint32_t first, uint32_t from)
{
    struct client_answer answer;
    struct client_fault fault;
    struct text tag = second_tag(h);
    if (tag.len && client_show(h->session, from, tag, &answer, &fault) == CLIENT_OK)
        story_beside(&h->story, first, &answer, tag);
}

/* One step; false where it was refused. */
static bool step_once(struct host *h)
{
    struct client_input in;
    struct client_answer answer;
    struct client_fault fault = {0};
    uint32_t from = client_session_n_events(h->session);
    arena_reset(&h->scratch);
    workshop_input(&h->w, &h->scratch, &in);
    enum client_end end = client_step(h->session, &in, &answer, &fault);
    if (end != CLIENT_OK) {
        workshop_refused(&h->w, remark_of(end));
        return false;
    }
    bool kept = answer.kept;
    uint32_t first = story_add(&h->story, &answer, h->first);
    show_beside(h, first, from);
    h->held = (struct held_step){first, from, client_session_offered(h->session), !kept};
    if (!kept) {
        h->w.remark = REMARK_NOT_KEPT;
        return false;
    }
    workshop_told(&h->w, first, from, h->held.open);
    if (client_session_phase(h->session) == WIRE_ENDED)
        host_look_back(h);
    return true;
}

void host_step(struct host *h)
{
    while (step_once(h) && h->w.step != STEP_NONE)
        continue;
}

/* ---- keeping ---- */

bool host_keep(struct host *h)
{
    struct keeper *k = h->config->keeper;
    struct buf now = {0};
    bool ok = true;
    if (!k)
        return true;
    if (h->held.held)
        return false;
    h->beside.events = client_session_n_events(h->session);
    long long clock = h->w.now_ms;
    h->w.now_ms -= clock % KEPT_CLOCK_MS; /* time alone is no reason to write */
    workshop_put(&h->w, &h->beside, &now);
    h->w.now_ms = clock;
    if (!text_eq(buf_view(&now), buf_view(&h->kept))) {
        buf_reset(&h->kept);
        buf_text(&h->kept, buf_view(&now));
        ok = k->state(k, TEXT("workshop"), buf_view(&now));
        if (!ok)
            h->w.remark = REMARK_NOT_KEPT;
    }
    buf_done(&now);
    return ok;
}

bool host_keep_again(struct host *h)
{
    struct keeper *k = h->config->keeper;
    if (!k || k->kept(k))
        return true;
    if (!k->again(k, h->session)) {
        h->w.remark = REMARK_NOT_KEPT;
        return false;
    }
    h->w.remark = REMARK_NONE;
    if (!h->held.held)
        return true;
    h->held.held = false;
    workshop_told(&h->w, h->held.first, h->held.event, h->held.open);
    if (client_session_phase(h->session) == WIRE_ENDED)
        host_look_back(h);
    return true;
}

/* The events from number N on. */
static struct text events_from(const struct client_session *s, uint32_t n)
{
    struct text rest = client_session_events(s), line;
    while (n-- && text_split(&rest, '\n', &line))
        continue;
    return rest;
}

int64_t host_wall_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What it was begun with that is in no event. */
static void keep_settings(struct host *h)
{
    struct keeper *k = h->config->keeper;
    struct buf b = {0};
    buf_printf(&b, "lang=%s theme=%s", h->config->lang ? h->config->lang : "en", h->config->theme == THEME_PAPER ? "paper" : "dark");
    if (k)
        k->state(k, TEXT("settings"), buf_view(&b));
    buf_done(&b);
}

void host_take_up(struct host *h)
{
    const struct workshop_resume *r = h->config->resume;
    uint32_t open = client_session_offered(h->session);
    long long gone = 0;
    h->phones.config = h->config->phones;
    if (!r) {
        h->beside.began = host_wall_ms();
        keep_settings(h);
    } else if (!workshop_take(&h->w, r->state, &h->beside)) {
        workshop_stand_at_end(&h->w, open);
        h->beside.began = host_wall_ms();
    } else {
        long long since = host_wall_ms() - h->beside.began;
        gone = since > h->w.now_ms && since < GONE_MOST_MS ? since : h->w.now_ms;
        h->w.asked_ms = gone;
        if (h->beside.events < client_session_n_events(h->session))
            workshop_catch_up(&h->w, events_from(h->session, h->beside.events), h->beside.events, open);
    }
    if (r)
        room_phones_take(&h->phones, r->phones, r->said, r->n_said);
    h->w.now_ms = gone;
    h->began = loop_now() - gone;
    if (h->w.now.n_endings)
        host_look_back(h);
    workshop_plan(&h->w);
}

void host_engine_gone(struct host *h)
{
    struct client_fault fault;
    client_ready(h->opening.client, &fault);
}

/* ---- looking back ---- */

static bool fill_minutes(struct host *h, struct minutes *m, struct text tag)
{
    struct client_info info;
    struct client_debrief d;
    struct client_turning t;
    struct client_fault fault;
    const struct words *words = NULL;
    words_find(tag, &words);
    minutes_done(m);
    minutes_begin(m, words, tag);
    if (client_info(h->opening.client, tag, &info, &fault) != CLIENT_OK)
        return false;
    minutes_take_info(m, &info, h->opening.role);
    client_info_done(&info);
    if (client_debrief(h->session, tag, &d, &fault) != CLIENT_OK)
        return false;
    minutes_take_debrief(m, &d);
    if (client_turning(h->session, tag, false, &t, &fault) == CLIENT_OK)
        minutes_take_turning(m, &t);
    return true;
}

/* The decision to go back to: one where another way lay open, else the first that it turned on. */
static void suggest(struct host *h, const struct minutes *m)
{
    h->w.suggested = 0;
    for (uint32_t i = m->n_turning; i-- > 0;)
        for (uint32_t k = 0; k < h->w.now.n_road; k++)
            if (h->w.now.road[k].chose == m->turns[m->turning[i].turn].event && (m->turning[i].kind != WIRE_TURN_GOOD || !h->w.suggested))
                h->w.suggested = h->w.now.road[k].event;
}

void host_look_back(struct host *h)
{
    const struct minutes *had[2] = {NULL, NULL};
    for (int i = 0; i < 2; i++)
        if (h->tags[i].len && fill_minutes(h, &h->minutes[i], h->tags[i]))
            had[i] = &h->minutes[i];
    if (had[0] && had[1] && !minutes_same(had[0], had[1]))
        had[1] = NULL;
    h->wall.en = had[0];
    h->wall.zh = had[1];
    h->w.debrief_pages = wall_debrief_pages(&h->wall, &h->w);
    if (had[0] || had[1])
        suggest(h, had[0] ? had[0] : had[1]);
}

void host_done(struct host *h)
{
    if (h->session)
        client_session_end(h->session);
    workshop_done(&h->w);
    about_done(&h->about);
    story_done(&h->story);
    for (int i = 0; i < 2; i++) {
        client_outline_done(&h->outlines[i]);
        minutes_done(&h->minutes[i]);
    }
    room_phones_done(&h->phones);
    desk_done(&h->desk);
    door_close(h->door);
    buf_done(&h->told);
    buf_done(&h->kept);
    canvas_done(&h->canvas);
    arena_done(&h->scratch);
    opening_close(&h->opening);
}
