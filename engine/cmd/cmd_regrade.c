/* cmd_regrade.c -- `rehearse regrade SCENARIO`: today's key over conversations that were played with earlier versions.
 *
 * Both gradings are kept; both are shown, with each answer that is worth something else now, and why. */
#include "cmd/commands.h"
#include "cmd/keep.h"

#include "base/json.h"
#include "front/opening.h"
#include "front/screen.h"
#include "record/grader.h"
#include "record/version_keep.h"
#include "report/shown.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct job {
    const struct call *call;
    struct keep keep;
    struct opening opening;
    struct screen screen;
    struct grader *grader;
    struct arena arena;
    struct kept_version today;
    struct kept_session *v;      /* to be regraded */
    uint32_t n, cap;
    uint32_t same, changed, unchanged;
    bool json;
    struct text lang;
    struct client_info info;     /* for the names of competencies */
};

/* What one competency came to, then and now. */
struct column {
    struct text competency;
    bool was_there, is_there;
    uint32_t was_places, places;
    int32_t was_got, was_best, got, best;
};

enum { COLUMNS_MOST = 32 };

struct table {
    struct column v[COLUMNS_MOST];
    uint32_t n;
    struct arena arena;
};

static struct column *column_of(struct table *t, struct text competency)
{
    for (uint32_t i = 0; i < t->n; i++)
        if (text_eq(t->v[i].competency, competency))
            return &t->v[i];
    if (t->n == COLUMNS_MOST)
        return &t->v[COLUMNS_MOST - 1];
    struct text kept = text_keep(&t->arena, competency);
    t->v[t->n] = (struct column){.competency = kept};
    return &t->v[t->n++];
}

static bool take_was(void *self, const struct kept_score *s)
{
    struct column *c = column_of(self, s->competency);
    c->was_there = true;
    c->was_places = s->places;
    c->was_got = s->got;
    c->was_best = s->best;
    return true;
}

static void take_now(struct table *t, const struct client_grades *g)
{
    for (uint32_t i = 0; i < g->n; i++) {
        struct column *c = column_of(t, g->v[i].competency);
        c->is_there = true;
        c->places = g->v[i].places;
        c->got = g->v[i].got;
        c->best = g->v[i].best;
    }
}

static bool column_differs(const struct column *c)
{
    return c->was_there != c->is_there || c->was_places != c->places || c->was_got != c->got || c->was_best != c->best;
}

static int points_of(const struct answer_points *v, uint32_t n, struct text competency)
{
    for (uint32_t i = 0; i < n; i++)
        if (text_eq(v[i].competency, competency))
            return v[i].points;
    return 0;
}

static bool turn_differs(const struct regrade_turn *t)
{
    bool differs = t->gone != REGRADE_STANDS;
    for (uint32_t i = 0; i < t->n_was; i++)
        differs |= points_of(t->now, t->n_now, t->was[i].competency) != t->was[i].points;
    for (uint32_t i = 0; i < t->n_now; i++)
        differs |= points_of(t->was, t->n_was, t->now[i].competency) != t->now[i].points;
    return differs;
}

/* ---- as text ---- */

static void put(struct job *j, struct text line, unsigned indent, enum style style)
{
    struct buf clean = {0};
    terminal_clean(line, CLEAN_CHECK, &clean);
    screen_wrapped(&j->screen, buf_view(&clean), indent, style);
    buf_done(&clean);
}

static void show_head(struct job *j, const struct kept_session *s)
{
    char date[32] = "";
    time_t t = (time_t)(s->started / 1000);
    struct tm tm;
    struct buf b = {0};
    if (localtime_r(&t, &tm))
        strftime(date, sizeof date, "%Y-%m-%d", &tm);
    struct text args[4] = {s->name, text_of(date), s->version, j->today.version};
    buf_text(&b, s->trainee_name);
    buf_str(&b, s->trainee_name.len ? "  " : "");
    words_fill(&b, tr(j->call->words, "%1, played on %2: version %3, now %4"), args, 4);
    screen_line_end(&j->screen);
    put(j, buf_view(&b), 0, STYLE_STRONG);
    buf_done(&b);
}

static void add_title(const struct job *j, struct text competency, struct buf *out)
{
    for (uint32_t i = 0; i < j->info.n_competencies; i++)
        if (text_eq(j->info.competencies[i].id, competency)) {
            runs_plain(j->info.competencies[i].title, out);
            return;
        }
    buf_text(out, competency);
}

static void show_column(struct job *j, const struct column *c)
{
    struct buf b = {0}, title = {0}, was = {0}, now = {0};
    add_title(j, c->competency, &title);
    if (c->was_there)
        buf_printf(&was, "%d/%d", c->was_got, c->was_best);
    else
        buf_str(&was, "–");
    if (c->is_there)
        buf_printf(&now, "%d/%d", c->got, c->best);
    else
        buf_str(&now, "–");
    struct text args[3] = {buf_view(&title), buf_view(&was), buf_view(&now)};
    words_fill(&b, tr(j->call->words, "%1: then %2, now %3"), args, 3);
    put(j, buf_view(&b), 2, STYLE_NONE);
    buf_done(&b);
    buf_done(&title);
    buf_done(&was);
    buf_done(&now);
}

/* "Listening +2 → +1, …": the competencies in which an answer differs. */
static void add_difference(const struct job *j, struct text competency, int was, int now, struct buf *out)
{
    if (was == now)
        return;
    buf_str(out, out->len ? trc(j->call->words, "between moves", ", ") : "");
    add_title(j, competency, out);
    shown_points(out, was);
    buf_str(out, " →");
    shown_points(out, now);
}

static void show_turn(struct job *j, const struct regrade_turn *x)
{
    struct buf said = {0}, points = {0}, b = {0};
    const char *form = x->gone == REGRADE_NO_DECISION ? N_("%1: that decision is no longer asked; it does not count now")
                       : x->gone == REGRADE_NO_OPTION ? N_("%1: what was said there is no longer offered; it does not count now")
                                                      : "“%1”: %2";
    runs_plain(x->said, &said);
    for (uint32_t i = 0; i < x->n_was; i++)
        add_difference(j, x->was[i].competency, x->was[i].points, points_of(x->now, x->n_now, x->was[i].competency), &points);
    for (uint32_t i = 0; i < x->n_now; i++)
        if (!points_of(x->was, x->n_was, x->now[i].competency))
            add_difference(j, x->now[i].competency, 0, x->now[i].points, &points);
    struct text args[2] = {said.len ? buf_view(&said) : x->decision, buf_view(&points)};
    words_fill(&b, tr(j->call->words, form), args, 2);
    put(j, buf_view(&b), 4, STYLE_QUIET);
    buf_done(&said);
    buf_done(&points);
    buf_done(&b);
}

static void show(struct job *j, const struct kept_session *s, const struct table *t, const struct client_regrade *r)
{
    show_head(j, s);
    for (uint32_t i = 0; i < t->n; i++)
        show_column(j, &t->v[i]);
    for (uint32_t i = 0; i < r->n_turns; i++)
        if (turn_differs(&r->turns[i]))
            show_turn(j, &r->turns[i]);
}

/* ---- as JSON Lines ---- */

static void put_figures(struct json_out *o, const char *key, const struct table *t, bool then)
{
    json_key(o, key);
    json_open_array(o);
    for (uint32_t i = 0; i < t->n; i++) {
        const struct column *c = &t->v[i];
        if (!(then ? c->was_there : c->is_there))
            continue;
        json_open_object(o);
        json_put_text(o, "competency", c->competency);
        json_put_int(o, "places", then ? c->was_places : c->places);
        json_put_int(o, "got", then ? c->was_got : c->got);
        json_put_int(o, "best", then ? c->was_best : c->best);
        json_close_object(o);
    }
    json_close_array(o);
}

static void put_points(struct json_out *o, const char *key, const struct answer_points *v, uint32_t n)
{
    json_key(o, key);
    json_open_array(o);
    for (uint32_t i = 0; i < n; i++) {
        json_open_object(o);
        json_put_text(o, "competency", v[i].competency);
        json_put_int(o, "points", v[i].points);
        json_close_object(o);
    }
    json_close_array(o);
}

static void show_json(struct job *j, const struct kept_session *s, const struct table *t, const struct client_regrade *r)
{
    static const char *const gone[] = {[REGRADE_STANDS] = NULL, [REGRADE_NO_OPTION] = "option", [REGRADE_NO_DECISION] = "decision"};
    struct json_out o = json_to(&j->screen.out);
    json_open_object(&o);
    json_put_text(&o, "session", s->name);
    json_put_text(&o, "version", s->version);
    json_put_text(&o, "now-version", j->today.version);
    put_figures(&o, "then", t, true);
    put_figures(&o, "now", t, false);
    json_key(&o, "answers");
    json_open_array(&o);
    for (uint32_t i = 0; i < r->n_turns; i++) {
        const struct regrade_turn *x = &r->turns[i];
        if (!turn_differs(x))
            continue;
        json_open_object(&o);
        json_put_int(&o, "event", x->event);
        json_put_text(&o, "decision", x->decision);
        json_put_text(&o, "option", x->option);
        if (gone[x->gone])
            json_put_text(&o, "gone", text_of(gone[x->gone]));
        put_points(&o, "then", x->was, x->n_was);
        put_points(&o, "now", x->now, x->n_now);
        json_close_object(&o);
    }
    json_close_array(&o);
    json_close_object(&o);
    screen_line_end(&j->screen);
}

/* ---- one session ---- */

static bool regrade(struct job *j, const struct kept_session *s, struct store_fault *f)
{
    struct table t = {0};
    struct client_regrade r;
    struct client_fault fault = {0};
    struct kept_filter own = {.session = s->id};
    bool ok = store_scores(j->keep.store, &own, take_was, &t, f) &&
              grader_again(j->grader, s, j->opening.client, j->today.id, j->lang, keep_now(), &r, f, &fault);
    bool differs = false;
    if (ok)
        take_now(&t, &r.grades);
    for (uint32_t i = 0; ok && i < t.n; i++)
        differs |= column_differs(&t.v[i]);
    for (uint32_t i = 0; ok && i < r.n_turns; i++)
        differs |= turn_differs(&r.turns[i]);
    *(ok && differs ? &j->changed : &j->unchanged) += ok;
    if (ok && j->json)
        show_json(j, s, &t, &r);
    else if (ok && differs)
        show(j, s, &t, &r);
    arena_done(&t.arena);
    if (ok || f->why != STORE_FINE)
        return ok;
    call_fails(j->call, 0, N_("“%1” cannot be graded by this scenario"), s->name.at, NULL); /* a role that is gone, say */
    return true;
}

/* ---- all of them ---- */

static bool take_session(void *self, const struct kept_session *s)
{
    struct job *j = self;
    const char *wanted = call_value(j->call, "session");
    if (!s->turn || (wanted && !text_is(s->name, wanted)))
        return true;
    if (s->version_id == j->today.id) {
        j->same++;
        return true;
    }
    array_room(j->v, j->n, j->cap);
    struct kept_session *k = &j->v[j->n++];
    *k = *s;
    k->name = text_keep(&j->arena, s->name);
    k->trainee_name = text_keep(&j->arena, s->trainee_name);
    k->version = text_keep(&j->arena, s->version);
    k->ending = text_keep(&j->arena, s->ending);
    return true;
}

static void say_count(struct job *j, const char *form, uint32_t n)
{
    struct buf b = {0}, digits = {0};
    buf_printf(&digits, "%u", n);
    struct text args[1] = {buf_view(&digits)};
    words_fill(&b, form, args, 1);
    if (n)
        put(j, buf_view(&b), 0, STYLE_NONE);
    buf_done(&b);
    buf_done(&digits);
}

static void say_counts(struct job *j)
{
    const struct words *w = j->call->words;
    screen_line_end(&j->screen);
    say_count(j, trn(w, "%1 conversation comes to something else by today's key.", "%1 conversations come to something else by today's key.", j->changed), j->changed);
    say_count(j, trn(w, "%1 conversation comes to the same.", "%1 conversations come to the same.", j->unchanged), j->unchanged);
    say_count(j, trn(w, "%1 conversation was played with this very version.", "%1 conversations were played with this very version.", j->same), j->same);
    if (!j->changed && !j->unchanged && !j->same)
        put(j, text_of(tr(w, "There is no conversation of this scenario.")), 0, STYLE_NONE);
    else
        put(j, text_of(tr(w, "Both gradings are kept; what a trainee was shown stays as it was.")), 0, STYLE_QUIET);
}

static int regrade_all(struct job *j)
{
    struct store_fault fault = {0};
    uint32_t made;
    struct kept_filter all = {.scenario = client_scenario(j->opening.client)->id, .order = KEPT_OLDEST_FIRST};
    bool ok = version_keep(j->keep.store, j->opening.client, keep_now(), &j->arena, &j->today, &fault);
    all.scenario = j->today.scenario; /* the engine's text lives no longer than its next load */
    ok = ok && grader_missing(j->grader, &all, keep_now(), &made, &fault) &&
         store_sessions(j->keep.store, &all, take_session, j, &fault);
    for (uint32_t i = 0; ok && i < j->n; i++) {
        ok = regrade(j, &j->v[i], &fault) && screen_flush(&j->screen);
    }
    if (!ok && fault.why != STORE_FINE)
        return keep_fails(j->call, &fault);
    if (!j->json)
        say_counts(j);
    return screen_flush(&j->screen) ? STATUS_FINE : STATUS_IO;
}

static int run(const struct call *call)
{
    struct job j = {.call = call, .json = call_value(call, "json") != NULL};
    int status = STATUS_FINE;
    struct opening_config config = {.command = "regrade", .words = call->words, .scenario = call->operands[0],
                                    .no_jail = call_value(call, "no-jail") != NULL, .watch = -1};
    screen_open(&j.screen, STDOUT_FILENO, call_value(call, "plain") != NULL, call->words);
    if (keep_open_store(&j.keep, call, false, &status)) {
        status = (int)opening_open(&j.opening, &config);
        if (status == STATUS_FINE) {
            j.lang = text_keep(&j.arena, client_serving(client_scenario(j.opening.client), text_of(words_tag(call->words))));
            struct client_fault fault;
            client_info(j.opening.client, j.lang, &j.info, &fault); /* without it, names are ids */
            j.grader = grader_open(j.keep.store, NULL, config.no_jail);
            status = regrade_all(&j);
            grader_close(j.grader);
        }
    }
    client_info_done(&j.info);
    opening_close(&j.opening);
    keep_close(&j.keep);
    screen_done(&j.screen);
    arena_done(&j.arena);
    free(j.v);
    return status;
}

static const struct option_row options[] = {
    {"session", N_("SESSION"), TAKES_WORD, NULL, N_("this conversation only")},
    {"json", NULL, TAKES_NOTHING, NULL, N_("one JSON object a line, for programs")},
    OPTION_STORE,
    OPTION_LANG,
    OPTION_PLAIN,
    OPTION_NO_JAIL_PLAYS,
    OPTION_HELP,
    {0}};

const struct command command_regrade = {
    .name = "regrade",
    .operands = N_("SCENARIO"),
    .least = 1,
    .most = 1,
    .operand = OPERAND_SCENARIO,
    .summary = N_("grades kept conversations by a scenario's key as it is now"),
    .about = N_("Puts today's points to what was chosen when a scenario had another version: nothing is played again, and no script "
                "runs. It shows what each conversation came to then and comes to now, and each answer that made the difference. "
                "Answers that the scenario no longer has do not count. Both gradings are kept."),
    .examples = "rehearse regrade late-handover\nrehearse regrade late-handover --session k7m3qx",
    .options = options,
    .run = run,
};
