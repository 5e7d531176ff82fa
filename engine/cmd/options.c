/* options.c -- command lines through argp; the only file that sees its header.
 *
 * argp parses; help and complaints are our own, because argp knows one language a process, and counts bytes where
 * Chinese needs cells.  A complaint names the option as it was typed and the nearest that exists. */
#include "cmd/options.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_FIRST = 1000 }; /* beyond all characters: no option has a single letter */

struct reading {
    struct call *call;
    bool said; /* the complaint was made */
};

/* The locales C and POSIX, with or without a character set. */
static bool says_no_language(const char *locale)
{
    size_t len = strcspn(locale, ".@");
    return (len == 1 && *locale == 'C') || (len == 5 && strncmp(locale, "POSIX", 5) == 0);
}

const char *options_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (int i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return says_no_language(value) ? NULL : value;
    }
    return NULL;
}

const struct words *options_words(const char *option)
{
    return words_choose(option, getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"));
}

static void complain_option(struct reading *r, const char *typed)
{
    struct text names[OPTIONS_MAX] = {{0}};
    size_t n = 0;
    const struct option_row *rows = r->call->command->options;
    struct text name = text_of(typed);
    while (name.len && *name.at == '-')
        name = text_from(name.at + 1, name.len - 1);
    const char *eq = name.len ? memchr(name.at, '=', name.len) : NULL;
    if (eq)
        name.len = (size_t)(eq - name.at);
    for (; rows[n].name; n++) {
        names[n] = text_of(rows[n].name);
        if (text_eq(names[n], name)) { /* it exists: then its value is missing, or one too many */
            call_fails(r->call, 0, rows[n].takes == TAKES_NOTHING ? N_("--%1 takes no value")
                                                                  : N_("--%1 needs a value: %2"),
                       rows[n].name, rows[n].value ? tr(r->call->words, rows[n].value) : "");
            return;
        }
    }
    struct text near = text_nearest(name, names, n);
    if (near.len)
        call_fails(r->call, 0, N_("there is no option “%1”; did you mean --%2?"), typed, near.at);
    else
        call_fails(r->call, 0, N_("there is no option “%1”; --help lists what there is"), typed, "");
}

static bool is_choice(const char *choices, const char *value)
{
    struct text rest = text_of(choices), word;
    while (text_word(&rest, &word))
        if (text_is(word, value))
            return true;
    return false;
}

static bool is_number(const char *value)
{
    return *value && strlen(value) <= 18 && strspn(value, "0123456789") == strlen(value);
}

/* Keeps the value of row I; false, after a complaint, where it does not fit. */
static bool take_value(struct reading *r, int i, const char *value)
{
    struct call *call = r->call;
    const struct option_row *row = &call->command->options[i];
    const struct words *known;
    call->values[i] = value ? value : "";
    if (row->takes == TAKES_CHOICE && !is_choice(row->choices, value)) {
        call_fails(call, 0, N_("--%1 is one of: %2"), row->name, row->choices);
        return false;
    }
    if (row->takes == TAKES_NUMBER && !is_number(value)) {
        call_fails(call, 0, N_("--%1 needs a whole number, not “%2”"), row->name, value);
        return false;
    }
    if (row->takes == TAKES_LANG) {
        struct text rest = text_of(value), first = rest;
        text_split(&rest, '+', &first); /* a wall may show two */
        call->lang = value;
        if (words_find(first, &known))
            call->words = known;
    }
    return true;
}

static error_t on_key(int key, char *value, struct argp_state *state)
{
    struct reading *r = state->input;
    struct call *call = r->call;
    switch (key) {
    case ARGP_KEY_ARG:
        if (call->n >= call->command->most) {
            call_fails(call, 0, N_("“%1” is one too many; --help shows what goes where"), value, "");
            r->said = true;
            return EINVAL;
        }
        call->operands[call->n++] = value;
        return 0;
    case ARGP_KEY_ERROR:
        if (!r->said) {
            int at = state->next > 1 ? state->next - 1 : 1;
            complain_option(r, at < state->argc ? state->argv[at] : "");
        }
        r->said = true;
        return 0;
    default:
        if (key < KEY_FIRST || key >= KEY_FIRST + OPTIONS_MAX)
            return ARGP_ERR_UNKNOWN;
        if (take_value(r, key - KEY_FIRST, value))
            return 0;
        r->said = true;
        return EINVAL;
    }
}

bool options_read(struct call *call, int argc, char **argv)
{
    struct argp_option table[OPTIONS_MAX + 1] = {{0}};
    const struct option_row *rows = call->command->options;
    struct reading r = {.call = call};
    for (int i = 0; i < OPTIONS_MAX && rows[i].name; i++)
        table[i] = (struct argp_option){.name = rows[i].name, .key = KEY_FIRST + i, .arg = rows[i].value, .doc = ""};
    const struct argp argp = {.options = table, .parser = on_key};
    if (argp_parse(&argp, argc, argv, ARGP_SILENT, NULL, &r) == 0)
        return true;
    if (!r.said)
        complain_option(&r, argc > 1 ? argv[argc - 1] : "");
    return false;
}
