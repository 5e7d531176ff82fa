/* cmd_due.c -- `rehearse due`: what is to be practised again, for people, for cron and for calendars. */
#include "cmd/commands.h"
#include "cmd/later.h"
#include "cmd/telling.h"

#include "report/calendar.h"
#include "wire/put.h"

#include <stdio.h>
#include <string.h>

enum { CHAIRS_MOST = 256, STATUS_NOTHING_DUE = 1 };

/* A chair with a plan. */
struct due {
    const struct shelved_scenario *scenario;
    uint32_t chair;
    struct practice plan;
};

struct dues {
    struct due v[CHAIRS_MOST];
    uint32_t n;
};

/* By day; what is due first comes first. */
static void add(struct dues *d, struct due one)
{
    uint32_t i = d->n;
    if (d->n == CHAIRS_MOST)
        return;
    for (; i && d->v[i - 1].plan.due > one.plan.due; i--)
        d->v[i] = d->v[i - 1];
    d->v[i] = one;
    d->n++;
}

static void find(struct dues *d, struct shelved_all *all, const struct trainee_plays *plays)
{
    for (uint32_t i = 0; i < all->n; i++)
        for (uint32_t c = 0; c < all->v[i].next.n_chairs; c++) {
            struct practice plan = trainee_plan(plays, all->v[i].id, all->v[i].next.chairs[c].role, all->v[i].next.n_chairs);
            if (plan.due)
                add(d, (struct due){&all->v[i], c, plan});
        }
}

/* "rehearse play third-return --role he --own-words all": what would be typed. */
static struct text command_of(const struct due *d, struct arena *a)
{
    const struct next_scenario *n = &d->scenario->next;
    struct buf b = {0};
    uint32_t chair = d->plan.how == PRACTICE_OTHER_CHAIR ? (d->chair + 1) % n->n_chairs : d->chair;
    buf_printf(&b, "rehearse play %s", d->scenario->name);
    if (n->n_chairs > 1) {
        buf_str(&b, " --role ");
        buf_text(&b, n->chairs[chair].role);
    }
    if (d->plan.how == PRACTICE_OWN_WORDS)
        buf_str(&b, " --own-words all");
    return doc_keep(a, &b);
}

/* "The third return, as Shen Jie" */
static struct text title_of(const struct due *d, const struct words *w, struct arena *a)
{
    if (d->scenario->next.n_chairs < 2)
        return d->scenario->title;
    return doc_fill(a, tr(w, "%1, as %2"), d->scenario->title, d->scenario->role_names[d->chair]);
}

/* Conversations that a question is open about; each is named once. */
static void tell_later(const struct call *call, struct doc *d, const struct home_later *later, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!i || later[i].session != later[i - 1].session) {
            doc_moment(d, 0, doc_fill(&d->arena, tr(call->words, "A question about “%1”: what became of it?"), later[i].title, (struct text){0}));
            doc_item(d, (struct text){0}, text_of("rehearse"));
        }
}

static int tell_people(const struct call *call, const struct dues *dues, const struct home_later *later, uint32_t n_later, int64_t now)
{
    struct doc d = {0};
    const struct words *w = call->words;
    uint32_t due = 0;
    for (uint32_t i = 0; i < dues->n; i++)
        due += practice_is_due(&dues->v[i].plan, now);
    due += n_later;
    doc_title(&d, text_of(due ? tr(w, "To practise now") : dues->n ? tr(w, "Nothing to practise today") : tr(w, "Nothing to practise again")));
    for (uint32_t i = 0; i < dues->n; i++) {
        char day[16];
        progress_day(dues->v[i].plan.due, day);
        struct text when = practice_is_due(&dues->v[i].plan, now) ? text_of(tr(w, "now")) : text_keep(&d.arena, text_of(day));
        doc_moment(&d, 0, doc_fill(&d.arena, tr(w, "%1: %2"), title_of(&dues->v[i], w, &d.arena), when));
        doc_item(&d, (struct text){0}, command_of(&dues->v[i], &d.arena));
    }
    tell_later(call, &d, later, n_later);
    int status = telling_doc(call, &d);
    doc_done(&d);
    return status ? status : due ? STATUS_FINE : STATUS_NOTHING_DUE;
}

static int tell_calendar(const struct call *call, const struct keep *k, const struct dues *dues, int64_t now, const char *path)
{
    struct arena a = {0};
    struct buf out = {0};
    struct calendar_day *v = arena_array(&a, struct calendar_day, dues->n + 1);
    for (uint32_t i = 0; i < dues->n; i++) {
        const struct due *d = &dues->v[i];
        struct buf id = {0};
        buf_text(&id, d->scenario->id);
        buf_char(&id, '.');
        buf_text(&id, d->scenario->next.chairs[d->chair].role);
        buf_printf(&id, ".%016llx@rehearse", (unsigned long long)text_hash(k->trainee.name));
        v[i] = (struct calendar_day){d->plan.due, doc_keep(&a, &id),
                                     doc_fill(&a, tr(call->words, "Practise: %1"), title_of(d, call->words, &a), (struct text){0}),
                                     command_of(d, &a)};
    }
    calendar_put(v, dues->n, now, text_of(words_tag(call->words)), &out);
    int error = strcmp(path, "-") == 0 ? 0 : put_over(path, buf_view(&out), 0600);
    int status = strcmp(path, "-") == 0 ? telling_text(buf_view(&out)) : STATUS_FINE;
    if (error)
        status = call_fails(call, STATUS_IO, N_("%1 cannot be written: %2"), path, strerror(error));
    buf_done(&out);
    arena_done(&a);
    return status;
}

static int run(const struct call *call)
{
    struct keep k;
    struct shelved_all all;
    struct trainee_plays plays = {0};
    struct store_fault fault = {0};
    struct dues dues = {.n = 0};
    int status = STATUS_FINE;
    const char *ics = call_value(call, "ics");
    int64_t now = keep_now();
    struct home_later *later = NULL;
    uint32_t n_later = 0;
    shelved_read(&all, call->words);
    if (keep_open_if_there(&k, call, &status)) {
        bool ok = (!k.trainee.id || trainee_plays(&k, k.trainee.id, &plays, &fault)) && later_find(&all, &k, now, &later, &n_later, &fault);
        find(&dues, &all, &plays);
        status = !ok ? keep_fails(call, &fault) : ics ? tell_calendar(call, &k, &dues, now, ics) : tell_people(call, &dues, later, n_later, now);
    }
    trainee_plays_done(&plays);
    shelved_done(&all);
    keep_close(&k);
    return status;
}

static const struct option_row options[] = {
    OPTION_LANG,
    {"ics", N_("FILE"), TAKES_FILE, NULL, N_("writes all days to come to a calendar file; - is standard output")},
    OPTION_PAGE,
    OPTION_STORE,
    OPTION_AS,
    OPTION_PLAIN,
    OPTION_HELP,
    {0}};

const struct command command_due = {
    .name = "due",
    .operands = "",
    .summary = N_("shows what is to be practised again, and when"),
    .about = N_("A conversation in which a decision went wrong comes back after 1 day, and while it goes well after 3, 7, 16 and 35. "
                "The second time you say it in your own words first, the third time you sit in the other chair.\n\n"
                "The exit status is 0 where something is due, 1 where nothing is: `rehearse due >/dev/null && notify-send Rehearse` "
                "does for cron."),
    .examples = "rehearse due\nrehearse due --ics practice.ics",
    .options = options,
    .run = run,
};
