/* workshop_steps.c -- a workshop's engine: what it is asked, in both languages, and what the state machine is told.
 *
 * The session is played in one language and shown in another by asking for the same events once more.  An engine that dies
 * is replaced behind the wall, which stands meanwhile. */
#include "front/workshop_host.h"

#include <string.h>
#include <time.h>

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

static enum opening_end start_session(struct host *h)
{
    struct client_fault fault = {0};
    enum client_end end = CLIENT_OK;
    char now[32];
    time_now(now);
    struct client_params params = {.seed = h->config->seed, .lang = h->first, .mode = WIRE_WORKSHOP, .roles = &h->opening.role,
                                   .n_roles = 1, .started = text_of(now)};
    h->session = client_start(h->opening.client, &params, NULL, NULL, &end, &fault);
    return h->session ? OPENING_FINE : opening_fault(&h->opening_config, &fault);
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
    if (end == OPENING_FINE && client_outline(h->opening.client, h->first, &h->outline, &fault) != CLIENT_OK)
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
    uint32_t first = story_add(&h->story, &answer, h->first);
    show_beside(h, first, from);
    workshop_told(&h->w, first, from, client_session_offered(h->session));
    if (client_session_phase(h->session) == WIRE_ENDED)
        host_look_back(h);
    return true;
}

void host_step(struct host *h)
{
    while (step_once(h) && h->w.step != STEP_NONE)
        continue;
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
    client_outline_done(&h->outline);
    for (int i = 0; i < 2; i++)
        minutes_done(&h->minutes[i]);
    canvas_done(&h->canvas);
    arena_done(&h->scratch);
    opening_close(&h->opening);
}
