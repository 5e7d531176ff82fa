/* rehearse.c -- Rehearse through its one door, with every check, fence and event on.
 *
 * As a front end would: a reader hands over bytes, a session is stepped, and what is counted is what is shown.  --lua
 * runs in Lua even what the engine would run by itself. */
#include "bench.h"
#include "reader.h"

enum { OPTIONS = 26 };

static const struct text fact_names[FACTS] = {TEXT("listening"), TEXT("feedback"), TEXT("conflict")};

/* ---- play ---- */

/* What was shown since the last step, and what may be chosen now. */
struct screen {
    option_id open[OPTIONS];
    uint32_t n;
};

static void take_in(struct rehearse_session *p, uint32_t from, struct tally *t, struct screen *screen)
{
    const struct outputs *o = rehearse_show(p, from);
    screen->n = 0;
    for (uint32_t i = 0; i < o->n; i++) {
        const struct output *out = &o->v[i];
        if (out->kind == OUT_LINE) {
            t->text += out->words.len;
        } else if (out->kind == OUT_OPTION) {
            t->text += out->words.len;
            screen->open[screen->n++] = out->option;
        } else if (out->kind == OUT_PROBLEM) {
            fail("play", out->err);
        }
    }
}

static void act(struct rehearse_session *p, const struct input *in, struct tally *t, struct screen *screen)
{
    struct err err = {0};
    uint32_t from = rehearse_session_of(p)->n_events;
    if (!rehearse_step(p, in, &err))
        fail("step", &err);
    take_in(p, from, t, screen);
}

static struct rehearse_session *begin(struct rehearse_scenario *s, struct tally *t, struct screen *screen)
{
    struct err err = {0};
    struct rehearse_session *p = rehearse_start(s, &(struct session_params){.seed = 1}, &err);
    if (!p)
        fail("start", &err);
    act(p, &(struct input){.kind = IN_BEGIN}, t, screen);
    return p;
}

static bool step(struct rehearse_session *p, struct tally *t, struct screen *screen, uint32_t *dice)
{
    if (screen->n == 0)
        return false;
    t->choices++;
    act(p, &(struct input){.kind = IN_CHOOSE, .option = screen->open[dice_below(dice, screen->n)], .by = BY_TRAINEE}, t,
        screen);
    return true;
}

static void plays(struct rehearse_scenario *s, const char *engine, const struct order *o, const struct loaded *l,
                  uint32_t *dice)
{
    struct tally t = TALLY_NONE;
    struct screen screen;
    fact_id fact[FACTS];
    for (int i = 0; i < FACTS; i++)
        fact[i] = scenario_fact(s->model, fact_names[i]);
    struct watch w = watch_start();
    for (long i = 0; i < o->plays; i++) {
        uint64_t before = t.choices;
        struct rehearse_session *p = begin(s, &t, &screen);
        while (step(p, &t, &screen, dice))
            ;
        const int32_t *now = state_facts(rehearse_session_of(p)->state);
        tally_end(&t, (int32_t[]){now[fact[0].i], now[fact[1].i], now[fact[2].i]}, t.choices - before);
        rehearse_end(p);
    }
    play_report(engine, o->plays, &t, l, watch_since(w));
}

/* ---- many at once ---- */

/* Bytes of the events of P: their log, where each begins, and their texts. */
static size_t events_held(const struct rehearse_session *p)
{
    const struct session *se = rehearse_session_of(p);
    return se->log_cap + se->cap_events * sizeof *se->at + se->texts.cap;
}

/* Bytes of P as it is kept: the canonical encoding, a line an event. */
static size_t kept(const struct rehearse_session *p)
{
    struct buf json = {0};
    const struct session *se = rehearse_session_of(p);
    for (uint32_t i = 0; i < se->n_events; i++) {
        event_json(se, i, &json);
        buf_char(&json, '\n');
    }
    size_t n = json.len;
    buf_done(&json);
    return n;
}

static double creation_us(struct rehearse_scenario *s)
{
    enum { TIMES = 100000 };
    struct err err = {0};
    struct watch w = watch_start();
    for (int i = 0; i < TIMES; i++)
        rehearse_end(rehearse_start(s, &(struct session_params){.seed = 1}, &err));
    return watch_since(w).cpu * 1e6 / TIMES;
}

static void sessions(struct rehearse_scenario *s, const char *engine, long n, uint32_t *dice)
{
    struct tally t = TALLY_NONE;
    struct screen screen;
    size_t events = 0, saved = 0;
    struct rehearse_session **v = calloc((size_t)n, sizeof(struct rehearse_session *));
    long rss = memory_kb("VmRSS");
    size_t held = memory_held();
    for (long i = 0; i < n; i++) {
        v[i] = begin(s, &t, &screen);
        for (int k = 0; k < SESSION_CHOICES && step(v[i], &t, &screen, dice); k++)
            ;
    }
    sessions_report(engine, n, &t, rss, held);
    for (long i = 0; i < n; i++) {
        events += events_held(v[i]);
        saved += kept(v[i]);
        rehearse_end(v[i]);
    }
    free(v);
    printf(",\"events_per_session_b\":%zu,\"kept_per_session_b\":%zu,\"create_us\":%.3f}\n", events / (size_t)n,
           saved / (size_t)n, creation_us(s));
}

static void first(struct rehearse_scenario *s)
{
    struct tally t = TALLY_NONE;
    struct screen screen;
    struct rehearse_session *p = begin(s, &t, &screen);
    const struct outputs *o = rehearse_show(p, 0);
    for (uint32_t i = 0; i < o->n; i++)
        if (o->v[i].kind == OUT_LINE)
            printf("%.*s\n", (int)o->v[i].words.len, o->v[i].words.at);
    rehearse_end(p);
}

/* ---- every play ---- */

/* From the chair of ROLE, or the first there is, with so many random plays; 0: as many as people get. */
static void explore(struct rehearse_scenario *s, const char *engine, const char *role, long plays)
{
    struct session_params params = {.seed = 1};
    struct study_budget budget = {.plays = (uint32_t)plays, .memory = (size_t)1 << 32};
    struct err err = {0};
    if (role) {
        params.roles[0] = scenario_role(s->model, text_of(role));
        params.n_roles = 1;
    }
    struct watch w = watch_start();
    struct study *st = rehearse_study(s, &params, &budget, &err);
    if (!st)
        fail("explore", &err);
    while (!study_run(st, 100000))
        continue;
    double cpu = watch_since(w).cpu;
    const struct study_result *r = study_result(st);
    printf("{\"engine\":\"%s\",\"exact\":%s,\"states\":%u,\"transitions\":%llu,\"plays\":%llu,\"explore_cpu_s\":%.6f,\"shares\":[",
           engine, r->kind == STUDY_EXACT ? "true" : "false", r->states, (unsigned long long)r->transitions,
           (unsigned long long)r->plays, cpu);
    for (uint32_t i = 0; i < r->n_endings; i++)
        printf("%s%.12f", i ? "," : "", r->endings[i].share.share);
    puts("]}");
    study_free(st);
}

int main(int argc, char **argv)
{
    bool lua_only = argc > 1 && strcmp(argv[1], "--lua") == 0;
    const char *engine = lua_only ? "rehearse-lua" : "rehearse";
    struct order o = order_read(argc - lua_only, argv + lua_only);
    rehearse_warm();
    struct loaded l = load_start();
    struct rehearse_scenario *s = story_load(o.file, lua_only);
    load_end(&l);
    uint32_t dice = dice_new(o.seed);
    if (o.job == JOB_FIRST)
        first(s);
    else if (o.job == JOB_SESSIONS)
        sessions(s, engine, o.sessions, &dice);
    else if (o.job == JOB_EXPLORE)
        explore(s, engine, argc - lua_only > 5 ? argv[lua_only + 5] : NULL, o.plays);
    else
        plays(s, engine, &o, &l, &dice);
    rehearse_unload(s);
    return 0;
}
