/* cmd_forget.c -- `rehearse forget NAME` and `--older-than DAYS`: erases, and says what went and what is left elsewhere. */
#include "cmd/commands.h"
#include "cmd/keep.h"

#include "front/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say(struct screen *s, const char *form, struct text a1, struct text a2)
{
    struct buf line = {0}, clean = {0};
    struct text args[2] = {a1, a2};
    words_fill(&line, tr(s->words, form), args, 2);
    terminal_clean(buf_view(&line), CLEAN_CHECK, &clean);
    screen_wrapped(s, buf_view(&clean), 0, STYLE_NONE);
    buf_done(&line);
    buf_done(&clean);
}

/* "2 conversations, 80 events, …": what there was of it. */
static void list_gone(const struct words *w, const struct store_erased *e, struct buf *out)
{
    const struct {
        uint32_t n;
        const char *form;
    } rows[] = {
        {e->trainees, trn(w, "%1 person", "%1 people", e->trainees)},
        {e->sessions, trn(w, "%1 conversation", "%1 conversations", e->sessions)},
        {e->events, trn(w, "%1 event", "%1 events", e->events)},
        {e->words, trn(w, "%1 line of own words", "%1 lines of own words", e->words)},
        {e->answers, trn(w, "%1 answer to a survey", "%1 answers to surveys", e->answers)},
        {e->votes, trn(w, "%1 vote", "%1 votes", e->votes)},
        {e->versions, trn(w, "%1 scenario version that nobody needs any more", "%1 scenario versions that nobody needs any more", e->versions)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char digits[16];
        if (!rows[i].n)
            continue;
        snprintf(digits, sizeof digits, "%u", rows[i].n);
        struct text number[1] = {text_of(digits)};
        buf_str(out, out->len ? trc(w, "between things", ", ") : "");
        words_fill(out, rows[i].form, number, 1);
    }
}

/* What a person who wants to be forgotten has to know. */
static void say_left(struct screen *s, const struct keep *k, const struct store_erased *e)
{
    struct buf why = {0}, n = {0};
    uint32_t aside = store_count_moved(k->store);
    if (e->scrubbed)
        say(s, N_("The bytes are gone from the records, too."), (struct text){0}, (struct text){0});
    else {
        store_say(s->words, &e->why, &why);
        say(s, N_("Bytes of it may be left in the records until something is erased again: %1"), buf_view(&why), (struct text){0});
    }
    if (store_kind(k->store) == STORE_SERVER)
        say(s, N_("The server's own log and its backups keep what they have until they are replaced."), (struct text){0}, (struct text){0});
    else
        say(s, N_("Backups, exported files and pages keep what they have."), (struct text){0}, (struct text){0});
    buf_printf(&n, "%u", aside);
    if (aside)
        say(s, N_("Damaged records that were moved aside were not looked into: %1 beside %2"), buf_view(&n), store_place(k->store));
    buf_done(&why);
    buf_done(&n);
}

static int tell(const struct call *call, struct keep *k, const struct store_erased *e)
{
    struct screen s;
    struct buf gone = {0};
    screen_open(&s, STDOUT_FILENO, false, call->words);
    list_gone(call->words, e, &gone);
    if (gone.len)
        say(&s, N_("Erased: %1."), buf_view(&gone), (struct text){0});
    else if (call->n)
        say(&s, N_("Erased: the name, where it stood in a room."), (struct text){0}, (struct text){0});
    else
        say(&s, N_("There was nothing that old."), (struct text){0}, (struct text){0});
    say_left(&s, k, e);
    bool ok = screen_flush(&s);
    screen_done(&s);
    buf_done(&gone);
    return ok ? STATUS_FINE : STATUS_IO;
}

/* Asked of whoever types. */
static bool is_sure(const struct call *call)
{
    char line[64] = "";
    struct buf b = {0};
    struct text what[1] = {text_of(call->n ? call->operands[0] : call_value(call, "older-than"))};
    words_fill(&b, call->n ? tr(call->words, N_("This erases every conversation of %1, for good. Type yes to go on."))
                           : tr(call->words, N_("This erases every conversation that ended more than %1 days ago, for good. Type yes to go on.")),
               what, 1);
    printf("%.*s\n> ", (int)b.len, b.at);
    fflush(stdout);
    buf_done(&b);
    if (!fgets(line, sizeof line, stdin))
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return strcmp(line, "yes") == 0 || strcmp(line, tr(call->words, "yes")) == 0;
}

static int run(const struct call *call)
{
    const char *days = call_value(call, "older-than");
    struct keep k;
    struct store_erased erased;
    struct store_fault fault = {0};
    int status = STATUS_FINE;
    if ((call->n == 1) == (days != NULL))
        return call_fails(call, STATUS_USAGE, N_("say whom to forget, or how old things must be: --older-than DAYS"), NULL, NULL);
    if (!call_value(call, "yes") && isatty(STDIN_FILENO) && !is_sure(call))
        return call_fails(call, STATUS_WARNINGS, N_("nothing was erased"), NULL, NULL);
    if (!call_value(call, "yes") && !isatty(STDIN_FILENO))
        return call_fails(call, STATUS_USAGE, N_("nothing was erased; --yes says that you are sure"), NULL, NULL);
    if (keep_open_store(&k, call, false, &status)) {
        bool ok = days ? store_forget_older(k.store, keep_now() - strtoll(days, NULL, 10) * 86400000, &erased, &fault)
                       : store_forget(k.store, text_of(call->operands[0]), &erased, &fault);
        if (ok)
            status = tell(call, &k, &erased);
        else if (fault.why == STORE_MISSING)
            status = call_fails(call, STATUS_NO_INPUT, N_("nobody is called “%1” in the records"), call->operands[0], NULL);
        else
            status = keep_fails(call, &fault);
    }
    keep_close(&k);
    return status;
}

static const struct option_row options[] = {
    {"older-than", N_("DAYS"), TAKES_NUMBER, NULL, N_("erases conversations that nobody went on with for so many days")},
    {"yes", NULL, TAKES_NOTHING, NULL, N_("does not ask whether you are sure")},
    OPTION_STORE,
    OPTION_LANG,
    OPTION_HELP,
    {0}};

const struct command command_forget = {
    .name = "forget",
    .operands = N_("[NAME]"),
    .most = 1,
    .operand = OPERAND_NAME,
    .summary = N_("erases what is kept of somebody, or what is old"),
    .about = N_("Erases everything that is kept of a trainee: every conversation, what was written, what it showed; and their name, "
                "where it stood in a room. With --older-than, everybody's conversations of that age.\n\n"
                "What is erased is gone from the file and from its log, and cannot be brought back. It says what went, and where else "
                "something may be left."),
    .examples = "rehearse forget wei\nrehearse forget --older-than 365 --yes",
    .options = options,
    .run = run,
};
