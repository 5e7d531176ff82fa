/* crowd.c -- many conversations at once in one process, each kept while it is played, then looked at as another process
 * would find them.
 *
 *     crowd STORE SCENARIO SEED SESSIONS
 *
 * The conversations take turns, a step each.  At the end every one of them must be in the store as it was played, event by
 * event; and an engine that loads nothing but what the store has must show from its events, byte for byte, what was shown
 * while it was played.  Prints "SESSIONS sessions, EVENTS events". */
#include "record/recorder.h"

#include "front/po.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_MOST = 200, SESSIONS_AT_ONCE = 60, PATIENCE_MS = 20000 }; /* as many programs as here share two processors */

struct talk {
    struct recorder *recorder;
    struct client_session *session;
    struct buf shown;        /* all outputs so far */
    struct buf options;      /* of the open decision, NUL behind each */
    uint32_t n_options, steps;
    struct buf parts;        /* one of each slot */
    uint32_t n_parts;
    bool compose, over;
};

static uint64_t dice;

static uint32_t draw(uint32_t n)
{
    dice ^= dice << 13, dice ^= dice >> 7, dice ^= dice << 17;
    return (uint32_t)(dice % n);
}

static int give_up(const char *what, const struct store_fault *f)
{
    fprintf(stderr, "crowd: %s: fault %d %s (%s)\n", what, f ? (int)f->why : 0, f ? f->said : "", f ? f->place : "");
    exit(1);
}

static int no_answer(const char *what, const struct client_fault *f)
{
    fprintf(stderr, "crowd: %s: the engine: %d (%.*s)\n", what, (int)f->why, (int)f->said.len, f->said.at);
    exit(1);
}

/* ---- what is shown, as bytes ---- */

static void tell_runs(struct buf *out, struct runs r)
{
    for (uint32_t i = 0; i < r.n; i++) {
        buf_int(out, r.v[i].kind);
        buf_text(out, r.v[i].words);
    }
    buf_char(out, '\t');
}

static void tell(struct buf *out, const struct client_output *o)
{
    buf_printf(out, "%d %u %d%d%d%d %u %d %d %d %d %d ", o->kind, o->event, o->yours, o->again, o->original, o->no_answer, o->seconds,
               o->value, o->from, o->to, o->form, o->outcome);
    buf_text(out, o->who);
    buf_text(out, o->id);
    tell_runs(out, o->name);
    tell_runs(out, o->text);
    tell_runs(out, o->manner);
    tell_runs(out, o->title);
    tell_runs(out, o->hint);
    tell_runs(out, o->was);
    for (uint32_t i = 0; i < o->n_points; i++)
        buf_printf(out, "%.*s%+d ", (int)o->points[i].competency.len, o->points[i].competency.at, o->points[i].points);
    for (uint32_t i = 0; i < o->n_moves; i++)
        buf_text(out, o->moves[i].move);
    buf_text(out, o->at);
    buf_char(out, '\n');
}

/* ---- playing ---- */

static void take_offer(struct talk *t, const struct client_output *o, bool *first)
{
    if (o->kind == WIRE_OUT_ASK) {
        t->n_options = t->n_parts = 0;
        buf_reset(&t->options);
        buf_reset(&t->parts);
        t->compose = o->form == WIRE_FORM_COMPOSE;
    }
    if (o->kind == WIRE_OUT_SLOT)
        *first = true;
    if (o->kind == WIRE_OUT_OPTION) {
        buf_text(&t->options, o->id);
        buf_char(&t->options, '\0');
        t->n_options++;
    }
    if (o->kind == WIRE_OUT_PART && *first) {
        buf_text(&t->parts, o->id);
        buf_char(&t->parts, '\0');
        t->n_parts++;
        *first = false;
    }
}

static void step(struct talk *t, const struct client_input *in)
{
    struct client_answer answer = {0};
    struct client_fault fault = {0};
    bool first = false;
    if (client_step(t->session, in, &answer, &fault) != CLIENT_OK)
        no_answer("step", &fault);
    if (!answer.kept) {
        struct buf b = {0};
        struct keeper *k = recorder_keeper(t->recorder);
        k->why(k, NULL, &b);
        fprintf(stderr, "crowd: not kept: %.*s\n", (int)b.len, b.at);
        exit(1);
    }
    for (uint32_t i = 0; i < answer.n; i++) {
        tell(&t->shown, &answer.v[i]);
        take_offer(t, &answer.v[i], &first);
    }
    t->steps++;
    t->over = client_session_phase(t->session) != WIRE_ASK || t->steps >= STEPS_MOST;
}

static const char *nth(const struct buf *names, uint32_t n)
{
    const char *at = names->at;
    while (n--)
        at += strlen(at) + 1;
    return at;
}

static void answer(struct talk *t)
{
    struct client_input in = {.kind = WIRE_CHOOSE, .ms = 1000 + draw(9000)};
    struct text parts[64];
    if (t->compose) {
        in.kind = WIRE_COMPOSE;
        in.parts = parts;
        in.n_parts = t->n_parts;
        for (uint32_t i = 0; i < t->n_parts; i++)
            parts[i] = text_of(nth(&t->parts, i));
    } else
        in.option = text_of(nth(&t->options, draw(t->n_options)));
    if (t->steps % 7 == 3)
        step(t, &(struct client_input){.kind = WIRE_NOTE, .text = TEXT("a line of one's own")});
    step(t, &in);
}

static void begin(struct talk *t, struct client *c, struct store *s, const struct kept_trainee *who)
{
    enum client_end end;
    struct client_fault fault = {0};
    t->recorder = recorder_open(&(struct recorder_config){.store = s, .trainee = who});
    struct keeper *k = recorder_keeper(t->recorder);
    struct buf why = {0};
    if (!k->ready(k, c, TEXT("crowd")))
        k->why(k, NULL, &why), fprintf(stderr, "crowd: %.*s\n", (int)why.len, why.at), exit(1);
    t->session = client_start(c, &(struct client_params){.seed = draw(1u << 30)}, k->keep, k->self, &end, &fault);
    if (!t->session || !k->kept(k))
        k->why(k, NULL, &why), fprintf(stderr, "crowd: not begun: %.*s\n", (int)why.len, why.at), exit(1);
    step(t, &(struct client_input){.kind = WIRE_BEGIN});
}

/* ---- looking ---- */

static bool take_file(void *self, const struct handed *h)
{
    struct handed **at = self;
    static struct arena a;
    *(*at)++ = (struct handed){.need = {h->need.po, h->need.kind, text_keep(&a, h->need.name), text_keep(&a, h->need.lang)},
                               .line = text_keep(&a, h->line), .bytes = text_keep(&a, h->bytes)};
    return true;
}

static void look(struct talk *t, struct store *s, struct client *c)
{
    struct store_fault fault = {0};
    struct client_fault cf = {0};
    struct arena a = {0};
    struct kept_session k;
    struct buf events = {0}, shown = {0};
    enum client_end end;
    struct client_answer answer = {0};
    struct keeper *keeper = recorder_keeper(t->recorder);
    if (!store_session(s, keeper->name(keeper), (struct text){0}, &a, &k, &fault) || !store_events_text(s, k.id, &events, &fault))
        give_up("look", &fault);
    if (!text_eq(buf_view(&events), client_session_events(t->session)) || k.events != client_session_n_events(t->session))
        give_up("kept otherwise than played", NULL);
    struct client_session *again = client_resume(c, buf_view(&events), NULL, NULL, &end, &cf);
    if (!again || client_show(again, 0, (struct text){0}, &answer, &cf) != CLIENT_OK)
        no_answer("cannot be resumed", &cf);
    for (uint32_t i = 0; i < answer.n; i++)
        tell(&shown, &answer.v[i]);
    if (!text_eq(buf_view(&shown), buf_view(&t->shown)))
        give_up("shown otherwise than played", NULL);
    client_session_end(again);
    buf_done(&events);
    buf_done(&shown);
    arena_done(&a);
}

int main(int argc, char **argv)
{
    static const struct files_config hands = {.po_parse = po_pairs_parse};
    static struct talk talks[SESSIONS_AT_ONCE];
    static struct handed files[200];
    struct store_fault fault = {0};
    struct client_problems problems;
    struct client_fault cf;
    struct arena a = {0};
    struct kept_trainee who;
    enum file_code code;
    if (argc != 5)
        return 2;
    uint32_t n = (uint32_t)atoi(argv[4]), events = 0, left;
    dice = strtoull(argv[3], NULL, 10) * 0x9E3779B97F4A7C15u + 1;
    struct store *s = store_open(&(struct store_config){.where = argv[1], .plugin = getenv("REHEARSE_TEST_PLUGIN"),
                                                      .patience = PATIENCE_MS}, &fault);
    if (!s || n > SESSIONS_AT_ONCE || !store_trainee(s, text_of(argv[3]), true, 1, &a, &who, &fault))
        return give_up("open", &fault);
    struct client *c = client_open(&(struct client_config){.engine = getenv("REHEARSE_TEST_ENGINE"), .watch = -1,
                                                           .deadline = PATIENCE_MS,
                                                           .files = files_open(argv[2], &hands, &code)});
    if (client_load(c, &problems, &cf) != CLIENT_OK || !problems.playable)
        return no_answer("load", &cf);
    for (uint32_t i = 0; i < n; i++)
        begin(&talks[i], c, s, &who);
    do {
        left = 0;
        for (uint32_t i = 0; i < n; i++)
            if (!talks[i].over)
                answer(&talks[i]), left++;
    } while (left);
    struct kept_version v;
    struct handed *end = files;
    if (!store_version(s, client_scenario(c)->digest, &a, &v, &fault) || !store_files(s, v.id, take_file, &end, &fault))
        return give_up("files", &fault);
    struct client *other = client_open(&(struct client_config){.engine = getenv("REHEARSE_TEST_ENGINE"), .watch = -1,
                                                               .deadline = PATIENCE_MS, .kept = files,
                                                               .n_kept = (uint32_t)(end - files)});
    if (client_load(other, &problems, &cf) != CLIENT_OK || !problems.playable)
        return no_answer("load what was kept", &cf);
    for (uint32_t i = 0; i < n; i++) {
        events += client_session_n_events(talks[i].session);
        look(&talks[i], s, other);
    }
    printf("%u sessions, %u events\n", n, events);
    fflush(stdout);
    _Exit(0); /* the system tidies up */
}
