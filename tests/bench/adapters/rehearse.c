/* rehearse.c -- Rehearse through its one door, with every check, fence and event on.
 *
 * As a front end would: a reader hands over bytes, a session is stepped, and what is counted is what is shown.  --lua
 * runs in Lua even what the engine would run by itself. */
#include "bench.h"

#include "rehearse.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPTIONS = 26 };

static const struct text fact_names[FACTS] = {TEXT("listening"), TEXT("feedback"), TEXT("conflict")};

/* ---- the host's hands ---- */

struct folder {
    const char *scenario;
    struct text map; /* what was handed over last */
};

static void unmap(struct folder *f)
{
    if (f->map.len)
        munmap((void *)(uintptr_t)f->map.at, f->map.len);
    f->map = (struct text){0};
}

static enum read_answer map_file(struct folder *f, const char *path, struct file_bytes *out)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0)
        return READ_NONE;
    unmap(f);
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    close(fd);
    if (at == MAP_FAILED)
        return READ_FAILED;
    f->map = text_from(at, (size_t)st.st_size);
    out->bytes = f->map;
    return READ_OK;
}

static enum read_answer hand_over(void *self, enum file_kind kind, struct text name, struct file_bytes *out)
{
    struct folder *f = self;
    char path[4096];
    const char *slash = strrchr(f->scenario, '/');
    int folder = slash ? (int)(slash - f->scenario) : 0;
    switch (kind) {
    case FILE_SCENARIO:
        out->name = TEXT("scenario.xml");
        return map_file(f, f->scenario, out);
    case FILE_RUBRIC:
        snprintf(path, sizeof path, "%.*s/rubrics/%.*s.xml", folder, f->scenario, (int)name.len, name.at);
        out->name = TEXT("rubric.xml");
        return map_file(f, path, out);
    case FILE_LOCAL:
    case FILE_SCRIPT_USE:
    case FILE_SCRIPT_SRC:
    case FILE_PO:
        break;
    }
    return READ_NONE;
}

/* As large as a facilitator may allow for a scenario of their own. */
static struct limits large(bool lua_only)
{
    struct limits l = LIMITS_DEFAULT;
    l.file_bytes = 1u << 30;
    l.elements = 50000000;
    l.scenes = 10000000;
    l.script_memory = 1u << 30;
    l.lua_only = lua_only;
    return l;
}

static void fail(const char *what, const struct err *err)
{
    fprintf(stderr, "%s: %s [%s]\n", what, msg_what(err->code), msg_name(err->code));
    exit(65);
}

static struct rehearse_scenario *story_load(const char *file, bool lua_only)
{
    struct folder f = {.scenario = file};
    struct reader reader = {.self = &f, .read = hand_over};
    struct limits limits = large(lua_only);
    struct rehearse_scenario *s = rehearse_load(&reader, &limits);
    unmap(&f);
    for (uint32_t i = 0; i < s->problems.n && s->problems.errors; i++)
        if (msg_severity(s->problems.v[i].code) == SEV_ERROR)
            fail(file, &s->problems.v[i]);
    return s;
}

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
    else
        plays(s, engine, &o, &l, &dice);
    rehearse_unload(s);
    return 0;
}
