/* explore_view.c -- what a scenario can do, in sentences: how large it is, where plays end, what can be scored, and what
 * to look at.
 *
 * Every figure says whether it is exact or of a sample.  Foreign texts are cleaned here. */
#include "front/explore_view.h"

#include "base/terminal.h"
#include "report/shown.h"

#include <stdio.h>
#include <string.h>

enum { INDENT = 2, NUMBER = 32 };

/* ---- pieces ---- */

static void say(struct screen *s, const char *form, const struct text *args, size_t n, unsigned indent, enum style style)
{
    struct buf line = {0};
    words_fill(&line, form, args, n);
    screen_wrapped(s, buf_view(&line), indent, style);
    buf_done(&line);
}

static struct text clean_runs(struct runs r, struct buf *out)
{
    struct buf plain = {0};
    runs_plain(r, &plain);
    terminal_clean(buf_view(&plain), CLEAN_CHECK, out);
    buf_done(&plain);
    return buf_view(out);
}

static struct text clean_text(struct text t, struct buf *out)
{
    terminal_clean(t, CLEAN_CHECK, out);
    return buf_view(out);
}

static struct text number(char out[NUMBER], long long n)
{
    int len = snprintf(out, NUMBER, "%s%lld", n < 0 ? "\xe2\x88\x92" : "", n < 0 ? -n : n);
    return text_from(out, (size_t)len);
}

/* 12345678 as 12,345,678. */
static struct text grouped(struct text digits, struct buf *out)
{
    for (size_t i = 0; i < digits.len; i++) {
        if (i && (digits.len - i) % 3 == 0)
            buf_char(out, ',');
        buf_char(out, digits.at[i]);
    }
    return buf_view(out);
}

static struct text one_decimal(char out[NUMBER], double v)
{
    long long tenths = (long long)(v * 10 + (v < 0 ? -0.5 : 0.5));
    bool minus = tenths < 0;
    tenths = minus ? -tenths : tenths;
    return text_from(out, (size_t)snprintf(out, NUMBER, "%s%lld.%lld", minus ? "\xe2\x88\x92" : "", tenths / 10, tenths % 10));
}

static void share_of(const struct words *w, struct explore_share s, struct buf *out)
{
    char a[NUMBER], b[NUMBER], c[NUMBER];
    bool range = s.low < s.high;
    double least = range ? s.low : s.share, most = range ? s.high : s.share;
    if (most <= 0)
        buf_str(out, tr(w, "never"));
    else if (most < 0.001)
        buf_str(out, tr(w, "less than 0.1 %"));
    else if (least > 0.999 && (range || least < 1 - 1e-9))
        buf_str(out, tr(w, "more than 99.9 %"));
    else if (range) {
        struct text args[] = {one_decimal(a, 100 * s.share), one_decimal(b, 100 * s.low), one_decimal(c, 100 * s.high)};
        words_fill(out, tr(w, "%1 %% (between %2 and %3)"), args, 3);
    } else {
        struct text args[] = {one_decimal(a, 100 * s.share)};
        words_fill(out, tr(w, "%1 %%"), args, 1);
    }
}

static const char *outcome_word(enum wire_outcome o)
{
    switch (o) {
    case WIRE_AGREED: return N_("agreed");
    case WIRE_PARTLY: return N_("partly");
    case WIRE_OPEN: return N_("open");
    default: return N_("worse");
    }
}

/* ---- how large it is ---- */

static void tell_trust(struct screen *s, const struct explored *e)
{
    char n[NUMBER];
    struct buf states = {0}, sampled = {0};
    struct text args[] = {grouped(number(n, e->x->states), &states), grouped(number(n, e->x->sampled), &sampled)};
    if (e->x->kind == WIRE_EXACT)
        say(s, tr(s->words, "Every play was looked at; they pass through %1 different situations."), args, 1, 0, STYLE_NONE);
    else if (e->x->kind == WIRE_SAMPLED)
        say(s, tr(s->words, "Too large to look at every play: after %1 situations there was no end. All figures are those of %2 "
                            "random plays; the true shares lie in the ranges 19 times out of 20."), args, 2, 0, STYLE_STRONG);
    else
        say(s, tr(s->words, "Stopped after %1 situations. All figures are those of %2 random plays; the true shares lie in the "
                            "ranges 19 times out of 20."), args, 2, 0, STYLE_STRONG);
    buf_done(&states);
    buf_done(&sampled);
}

static void tell_plays(struct screen *s, const struct explored *e)
{
    struct buf plays = {0};
    char power[NUMBER];
    if (e->x->unbounded)
        say(s, tr(s->words, "A conversation can go round in a circle, so there is no limit to how many different ones there are."),
            NULL, 0, 0, STYLE_NONE);
    else if (e->x->plays.len) {
        struct text args[] = {grouped(e->x->plays, &plays)};
        say(s, tr(s->words, "Different conversations: %1."), args, 1, 0, STYLE_NONE);
    } else if (e->x->plays_power >= 0) {
        struct text args[] = {number(power, e->x->plays_power)};
        say(s, tr(s->words, "Different conversations: more than 10 to the power of %1."), args, 1, 0, STYLE_NONE);
    }
    buf_done(&plays);
}

static void tell_length(struct screen *s, const struct explored *e)
{
    char a[NUMBER], b[NUMBER], c[NUMBER];
    struct text args[] = {number(a, e->x->shortest), one_decimal(b, e->x->mean_length), number(c, e->x->longest)};
    const char *form = e->x->unbounded ? tr(s->words, "Decisions: %1 at least, %2 on average of random clicking.")
                                       : tr(s->words, "Decisions: %1 at least, %3 at most, %2 on average of random clicking.");
    say(s, form, args, 3, 0, STYLE_NONE);
}

static void tell_endings(struct screen *s, const struct explored *e)
{
    screen_line_end(s);
    screen_wrapped(s, text_of(tr(s->words, "Where random clicking ends")), 0, STYLE_STRONG);
    for (uint32_t i = 0; i < e->x->n_endings; i++) {
        const struct explore_ending *en = &e->x->endings[i];
        struct buf title = {0}, id = {0}, share = {0};
        share_of(s->words, en->share, &share);
        struct text args[] = {clean_runs(en->title, &title), text_of(tr(s->words, outcome_word(en->outcome))), buf_view(&share)};
        say(s, tr(s->words, "%1 (%2): %3"), args, 3, INDENT, STYLE_NONE);
        buf_done(&title);
        buf_done(&id);
        buf_done(&share);
    }
    if (e->x->unended.share > 0) {
        struct buf share = {0};
        share_of(s->words, e->x->unended, &share);
        struct text args[] = {buf_view(&share)};
        say(s, tr(s->words, "comes to no ending: %1"), args, 1, INDENT, STYLE_BAD);
        buf_done(&share);
    }
}

/* ---- what can be scored ---- */

static void tell_levels(struct screen *s, const struct explore_score *sc)
{
    struct buf line = {0}, list = {0};
    char n[NUMBER], q[NUMBER];
    for (int l = 1; l <= EXPLORE_LEVELS; l++) {
        struct buf share = {0};
        struct explore_share only = {sc->levels[l].share.share, 0, 0};
        only.low = only.high = only.share;
        share_of(s->words, only, &share);
        struct text args[] = {number(n, l), buf_view(&share)};
        buf_str(&list, l > 1 ? tr(s->words, ", ") : "");
        words_fill(&list, tr(s->words, "level %1 %2"), args, 2);
        buf_done(&share);
    }
    struct text args[] = {one_decimal(q, sc->quality_random), buf_view(&list)};
    words_fill(&line, tr(s->words, "Random clicking: choice quality %1 %%; %2."), args, 2);
    screen_wrapped(s, buf_view(&line), 2 * INDENT, STYLE_QUIET);
    buf_done(&line);
    buf_done(&list);
}

static void tell_bins(struct screen *s, const struct explore_score *sc)
{
    static const char *const bars[] = {"\xe2\x96\x81", "\xe2\x96\x82", "\xe2\x96\x83", "\xe2\x96\x84",
                                       "\xe2\x96\x85", "\xe2\x96\x86", "\xe2\x96\x87", "\xe2\x96\x88"};
    struct buf b = {0};
    uint32_t most = 1, plays = 0;
    char n[NUMBER];
    for (int i = 0; i < EXPLORE_BINS; i++) {
        most = sc->bin[i] > most ? sc->bin[i] : most;
        plays += sc->bin[i];
    }
    for (int i = 0; i < EXPLORE_BINS; i++)
        buf_str(&b, sc->bin[i] ? bars[(uint64_t)sc->bin[i] * 7 / most] : " ");
    struct text args[] = {buf_view(&b), number(n, plays)};
    say(s, tr(s->words, "From worst to best, %2 random plays: |%1|"), args, 2, 2 * INDENT, STYLE_QUIET);
    buf_done(&b);
}

/* Whether any random play came to an end: else nothing is known of those. */
static bool ended(const struct explore_score *sc)
{
    bool any = false;
    for (int i = 0; i < EXPLORE_BINS; i++)
        any |= sc->bin[i] > 0;
    return any;
}

static void tell_score(struct screen *s, const struct explored *e, const struct explore_score *sc)
{
    struct buf title = {0};
    char a[NUMBER], b[NUMBER], c[NUMBER], d[NUMBER];
    bool exact = e->x->kind == WIRE_EXACT;
    if (sc->competency.len)
        clean_runs(sc->title, &title);
    else
        buf_str(&title, tr(s->words, "All together"));
    struct text args[] = {buf_view(&title), number(a, sc->worst), number(b, sc->best), one_decimal(c, sc->mean)};
    say(s, exact && sc->worst == sc->best ? tr(s->words, "%1: not scored here, since every play comes to %2 points.")
        : exact ? tr(s->words, "%1: from %2 to %3 points can be reached; random clicking gets %4.")
                 : tr(s->words, "%1: from %2 to %3 points were seen; random clicking gets %4."), args, 4, INDENT, STYLE_NONE);
    if (sc->luck) {
        struct text luck[] = {number(d, sc->luck)};
        say(s, tr(s->words, "Chance alone can take up to %1 of these."), luck, 1, 2 * INDENT, STYLE_QUIET);
    }
    if (ended(sc))
        tell_bins(s, sc);
    buf_done(&title);
    if (!sc->focus || e->x->sketch)
        return;
    if (sc->pieces_good >= 0) {
        struct text pieces[] = {number(d, sc->pieces_good)};
        say(s, tr(s->words, "Pieces of evidence on the way to an agreed ending: %1 at least."), pieces, 1, 2 * INDENT, STYLE_QUIET);
    }
    if (ended(sc))
        tell_levels(s, sc);
}

static void tell_scores(struct screen *s, const struct explored *e)
{
    screen_line_end(s);
    screen_wrapped(s, text_of(tr(s->words, "What can be scored")), 0, STYLE_STRONG);
    for (int focus = 1; focus >= 0; focus--)
        for (uint32_t i = 0; i < e->x->n_scores; i++)
            if (e->x->scores[i].focus == focus && e->x->scores[i].competency.len)
                tell_score(s, e, &e->x->scores[i]);
    for (uint32_t i = 0; i < e->x->n_scores; i++)
        if (!e->x->scores[i].competency.len)
            tell_score(s, e, &e->x->scores[i]);
}

/* ---- what to look at ---- */

uint32_t explored_findings(const struct explored *e) { return e->x->n_findings + e->x->more_findings; }

static const char *finding_form(const struct explore_finding *f)
{
    switch (f->kind) {
    case WIRE_FIND_STUCK:
        return f->why == WIRE_NO_OPTION ? N_("At “%1” it can come to where nothing can be chosen.")
                                        : N_("Scene “%2” can run out of places to go.");
    case WIRE_FIND_ENDLESS: return N_("Once it comes to “%1” in this way, no ending can be reached any more.");
    case WIRE_FIND_OPTION: return N_("No play can take the option “%3”.");
    case WIRE_FIND_DECISION: return N_("No play comes to the decision “%1”.");
    case WIRE_FIND_SCENE: return N_("No play comes to the scene “%2”.");
    case WIRE_FIND_ENDING: return N_("No play comes to the ending “%2”.");
    case WIRE_FIND_NODE: return N_("No play shows “%5”.");
    case WIRE_FIND_FACT_UNREAD: return N_("Nothing ever asks about “%6”.");
    case WIRE_FIND_FACT_UNCHANGED: return N_("No play ever changes “%6”.");
    case WIRE_FIND_NO_ENDING: return N_("No play comes to an ending.");
    case WIRE_FIND_THIN_EVIDENCE:
        return N_("%7: a play can come to an agreed ending with %8 pieces of evidence; it takes 5 to say something.");
    case WIRE_FIND_REPAIR_PAYS: return NULL; /* two sentences of its own */
    case WIRE_FIND_KINDEST_WINS: return N_("Always taking the kindest option wins everything: people learn to click the kindest.");
    case WIRE_FIND_LEVEL_UNATTAINED:
        return f->impossible ? N_("%7: no play can reach level %8: it asks for a move that no option makes here (%6).")
                             : N_("%7: no play that was tried reaches level %8, not even the best ones.");
    case WIRE_FIND_LEVEL_BY_CHANCE: return N_("%7: random clicking comes to level %8 or higher in %9 of 100 plays.");
    default: return "";
    }
}

/* %1 … %9: words_fill knows four at a time, so the one that a sentence needs is put in its place. */
static void finding_words(struct screen *s, const struct explore_finding *f, struct buf *out)
{
    char n[NUMBER], share[NUMBER];
    struct text all[9] = {f->decision, f->scene, f->option, f->other, f->node, f->fact, {0},
                          number(n, f->kind == WIRE_FIND_THIN_EVIDENCE ? f->pieces : f->level), one_decimal(share, 100 * f->share)};
    struct buf title = {0}, raw = {0}, moves = {0};
    all[6] = clean_runs(f->competency_title, &title);
    for (uint32_t i = 0; i < f->n_moves; i++) { /* a finding about a level names no fact */
        buf_str(&moves, i ? ", " : "");
        buf_text(&moves, f->moves[i]);
    }
    all[5] = f->n_moves ? buf_view(&moves) : f->fact;
    for (const char *at = tr(s->words, finding_form(f)); *at; at++) {
        if (at[0] == '%' && at[1] >= '1' && at[1] <= '9')
            buf_text(&raw, all[*++at - '1']);
        else
            buf_char(&raw, *at);
    }
    terminal_clean(buf_view(&raw), CLEAN_CHECK, out);
    buf_done(&raw);
    buf_done(&title);
    buf_done(&moves);
}

static void tell_repair(struct screen *s, const struct explore_finding *f)
{
    char a[NUMBER], b[NUMBER], c[NUMBER], d[NUMBER];
    struct buf title = {0}, option = {0}, other = {0};
    struct text args[] = {clean_runs(f->competency_title, &title), clean_text(f->option, &option), number(a, f->points),
                          number(b, f->leaves)};
    struct text more[] = {clean_text(f->other, &other), number(c, f->other_points), number(d, f->other_leaves)};
    say(s, tr(s->words, "%1: doing worse pays. “%2” scores %3 there and leaves %4 within reach,"), args, 4, INDENT, STYLE_NONE);
    say(s, tr(s->words, "while “%1” scores %2 and leaves %3."), more, 3, 2 * INDENT, STYLE_NONE);
    buf_done(&title);
    buf_done(&option);
    buf_done(&other);
}

static void tell_script(struct screen *s, const struct explore_finding *f)
{
    struct message_look look = {.words = s->words, .width = s->columns};
    screen_wrapped(s, text_of(tr(s->words, "A script fails in some plays:")), INDENT, STYLE_NONE);
    message_show(&f->problem, &look, &s->out);
}

static void tell_way(struct screen *s, const struct explore_finding *f)
{
    struct buf list = {0}, clean = {0};
    if (f->n_play == 0)
        return;
    for (uint32_t i = 0; i < f->n_play; i++) {
        buf_str(&list, i ? ", " : "");
        buf_text(&list, f->play[i]);
    }
    terminal_clean(buf_view(&list), CLEAN_CHECK, &clean);
    struct text args[] = {buf_view(&clean)};
    say(s, tr(s->words, "For instance by: %1"), args, 1, 2 * INDENT, STYLE_QUIET);
    buf_done(&list);
    buf_done(&clean);
}

static void tell_finding(struct screen *s, const struct explore_finding *f)
{
    struct buf line = {0};
    if (f->kind == WIRE_FIND_REPAIR_PAYS)
        tell_repair(s, f);
    else if (f->kind == WIRE_FIND_SCRIPT_FAILS)
        tell_script(s, f);
    else {
        finding_words(s, f, &line);
        if (f->at.len) {
            buf_str(&line, " [");
            terminal_clean(f->at, CLEAN_CHECK, &line);
            buf_str(&line, "]");
        }
        screen_wrapped(s, buf_view(&line), INDENT, STYLE_NONE);
        tell_way(s, f);
    }
    buf_done(&line);
}

static void tell_findings(struct screen *s, const struct explored *e)
{
    if (e->x->n_findings) {
        screen_line_end(s);
        screen_wrapped(s, text_of(tr(s->words, "What to look at")), 0, STYLE_STRONG);
    }
    for (uint32_t i = 0; i < e->x->n_findings; i++)
        tell_finding(s, &e->x->findings[i]);
    screen_line_end(s);
    if (e->x->sketch)
        screen_wrapped(s, text_of(tr(s->words, "So few decisions show nothing about anybody yet; evidence and levels are looked at from eight on.")),
                       0, STYLE_NONE);
    if (e->x->chairs_open)
        screen_wrapped(s, text_of(tr(s->words, "The other chairs were not looked at to the end, so what nobody ever meets is not told.")), 0,
                       STYLE_NONE);
    if (explored_findings(e) == 0)
        screen_wrapped(s, text_of(tr(s->words, "Nothing to look at.")), 0, STYLE_STRONG);
}

void explored_tell(struct screen *s, const struct explored *e)
{
    struct buf title = {0}, role = {0};
    struct text name = e->role;
    clean_runs(e->info->title, &title);
    for (uint32_t i = 0; i < e->info->n_roles; i++)
        if (text_eq(e->info->roles[i].id, e->role))
            name = clean_runs(e->info->roles[i].name, &role);
    struct text args[] = {buf_view(&title), name};
    say(s, tr(s->words, "%1, played as %2"), args, 2, 0, STYLE_STRONG);
    tell_trust(s, e);
    if (e->x->kind == WIRE_EXACT)
        tell_plays(s, e);
    tell_length(s, e);
    tell_endings(s, e);
    tell_scores(s, e);
    tell_findings(s, e);
    buf_done(&title);
    buf_done(&role);
}

/* The words of an answer; of one without words, its name. */
static struct text said(const struct explore_step *st, struct buf *out)
{
    clean_runs(st->says, out);
    for (uint32_t k = 0; k < st->n_parts; k++) {
        buf_str(out, out->len ? " " : "");
        clean_runs(st->parts[k].says, out);
    }
    return out->len ? buf_view(out) : clean_text(st->option, out);
}

void explored_tell_play(struct screen *s, const struct client_explored_play *p, struct text competency)
{
    char total[NUMBER];
    struct buf title = {0}, what = {0};
    if (competency.len)
        clean_text(competency, &what);
    else
        buf_str(&what, tr(s->words, "All together"));
    struct text args[] = {buf_view(&what), number(total, p->total), clean_runs(p->title, &title)};
    screen_line_end(s);
    say(s, tr(s->words, "%1: a play that reaches the best, %2 points, and ends with “%3”"), args, 3, 0, STYLE_STRONG);
    for (uint32_t i = 0; i < p->n; i++) {
        const struct explore_step *st = &p->v[i];
        struct buf who = {0}, says = {0}, line = {0};
        char a[NUMBER], b[NUMBER];
        if (st->of) {
            struct text drawn[] = {number(a, st->drawn), number(b, st->of)};
            say(s, tr(s->words, "(by chance: %1 of %2)"), drawn, 2, INDENT, STYLE_QUIET);
            continue;
        }
        struct text words[] = {clean_runs(st->name, &who), said(st, &says)};
        words_fill(&line, who.len ? tr(s->words, "%1: %2") : "%2", words, 2);
        if (!st->engine && st->points)
            shown_points(&line, st->points);
        screen_wrapped(s, buf_view(&line), INDENT, st->engine ? STYLE_QUIET : STYLE_NONE);
        buf_done(&who);
        buf_done(&says);
        buf_done(&line);
    }
    buf_done(&title);
    buf_done(&what);
}
