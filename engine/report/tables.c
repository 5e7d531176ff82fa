/* tables.c -- rows filled in. */
#include "report/tables.h"

#include "base/csv.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { CELLS = 40, DIGITS = 24 };

/* A row being filled, with room for what is made on the way. */
struct filling {
    struct arena arena;
    struct text v[CELLS];
    size_t n;
};

static void cell(struct filling *f, struct text t) { f->v[f->n++] = t; }

static void number(struct filling *f, int64_t n)
{
    char digits[DIGITS];
    snprintf(digits, sizeof digits, "%lld", (long long)n);
    cell(f, text_keep(&f->arena, text_of(digits)));
}

/* "yes", or nothing. */
static void yes(struct filling *f, bool is) { cell(f, is ? TEXT("yes") : (struct text){0}); }

static void moment(struct filling *f, int64_t at)
{
    char text[32] = "";
    time_t seconds = (time_t)(at / 1000);
    struct tm tm;
    if (at && gmtime_r(&seconds, &tm))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    cell(f, text_keep(&f->arena, text_of(text)));
}

static void words(struct filling *f, struct runs r)
{
    struct buf b = {0};
    runs_plain(r, &b);
    cell(f, text_keep(&f->arena, buf_view(&b)));
    buf_done(&b);
}

static void end(struct filling *f, struct buf *out)
{
    csv_row(out, f->v, f->n);
    arena_done(&f->arena);
    *f = (struct filling){.n = 0};
}

static void heads(const char *names, struct buf *out)
{
    struct filling f = {.n = 0};
    struct text rest = text_of(names), name;
    while (text_split(&rest, ',', &name))
        cell(&f, name);
    end(&f, out);
}

/* ---- what all rows begin with ---- */

#define WHO "session,trainee,department,role,cohorts,scenario,version,mode,chair,language,started,play"

static void who(struct filling *f, const struct table_row *r)
{
    const struct kept_session *s = r->session;
    const struct kept_trainee *t = r->trainee;
    cell(f, s->name);
    cell(f, s->trainee_name);
    cell(f, t ? t->department : (struct text){0});
    cell(f, t ? t->role : (struct text){0});
    cell(f, s->tags);
    cell(f, s->scenario);
    cell(f, s->version);
    cell(f, term_word(&mode_terms, s->mode));
    cell(f, s->roles);
    cell(f, s->lang);
    moment(f, s->started);
    number(f, (int64_t)s->before + 1);
}

/* ---- sessions ---- */

void table_sessions_head(struct buf *out) { heads(WHO ",last,answers,state,ending,outcome,shared", out); }

void table_session(const struct table_row *r, struct buf *out)
{
    const struct kept_session *s = r->session;
    struct filling f = {.n = 0};
    who(&f, r);
    moment(&f, s->last);
    number(&f, s->turn);
    cell(&f, s->phase == WIRE_ENDED ? TEXT("ended") : s->phase == WIRE_STUCK ? TEXT("stuck") : TEXT("unfinished"));
    cell(&f, s->ending);
    cell(&f, s->outcome ? term_word(&outcome_terms, s->outcome) : (struct text){0});
    yes(&f, s->shared);
    end(&f, out);
}

/* ---- choices ---- */

void table_choices_head(struct buf *out)
{
    heads(WHO ",event,at,decision,option,prompt,said,moves,points,because,again,taken back,timed out,self-placed,own words", out);
}

/* "listen:reflect-feeling conf:interest" */
static void moves(struct filling *f, const struct client_turn *t)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < t->n_moves; i++) {
        buf_str(&b, i ? " " : "");
        buf_text(&b, t->moves[i].move);
    }
    cell(f, text_keep(&f->arena, buf_view(&b)));
    buf_done(&b);
}

/* "listening 2, conflict -1"; what a trainee placed is worth none. */
static void points(struct filling *f, const struct client_turn *t)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < t->n_evidence && !t->self; i++) {
        buf_str(&b, i ? ", " : "");
        buf_text(&b, t->evidence[i].competency);
        buf_printf(&b, " %d", t->evidence[i].points);
    }
    cell(f, text_keep(&f->arena, buf_view(&b)));
    buf_done(&b);
}

/* What was said; a trainee's own words are theirs, so where they may not be told nothing is. */
static void said(struct filling *f, const struct table_row *r, const struct client_turn *t)
{
    if (t->self && !r->words)
        cell(f, (struct text){0});
    else
        words(f, t->said.n ? t->said : t->said_manner);
}

void table_choices(const struct table_row *r, const struct client_debrief *d, const int64_t *times, uint32_t n_times, struct buf *out)
{
    for (uint32_t i = 0; i < d->n_turns; i++) {
        const struct client_turn *t = &d->turns[i];
        struct filling f = {.n = 0};
        who(&f, r);
        number(&f, t->event);
        moment(&f, t->event < n_times ? times[t->event] : 0);
        cell(&f, t->decision);
        cell(&f, t->option);
        words(&f, t->prompt);
        said(&f, r, t);
        moves(&f, t);
        points(&f, t);
        words(&f, t->because);
        yes(&f, t->again);
        yes(&f, t->taken_back);
        yes(&f, t->timed_out);
        yes(&f, t->self);
        cell(&f, r->words ? t->own : (struct text){0});
        end(&f, out);
    }
}

/* ---- evidence ---- */

void table_evidence_head(struct buf *out) { heads(WHO ",event,decision,option,slot,competency,points,best,chance", out); }

void table_piece(const struct table_row *r, const struct kept_piece *p, struct buf *out)
{
    char chance[DIGITS];
    struct filling f = {.n = 0};
    who(&f, r);
    number(&f, p->turn);
    cell(&f, p->decision);
    cell(&f, p->option);
    cell(&f, p->slot);
    cell(&f, p->competency);
    number(&f, p->points);
    number(&f, p->best);
    snprintf(chance, sizeof chance, "%.3f", p->chance / 1000.0);
    cell(&f, text_keep(&f.arena, text_of(chance)));
    end(&f, out);
}

/* ---- surveys ---- */

void table_surveys_head(struct buf *out) { heads(WHO ",item,when,voter,at,value,words", out); }

void table_answer(const struct table_row *r, const struct kept_answer *a, struct buf *out)
{
    struct filling f = {.n = 0};
    if (!a->value && !(a->text.len && r->words))
        return;
    who(&f, r);
    cell(&f, a->item);
    cell(&f, term_word(&survey_when_terms, a->when));
    if (a->voter)
        number(&f, a->voter);
    else
        cell(&f, (struct text){0});
    moment(&f, a->at);
    if (a->value)
        number(&f, a->value);
    else
        cell(&f, (struct text){0});
    cell(&f, r->words ? a->text : (struct text){0});
    end(&f, out);
}
