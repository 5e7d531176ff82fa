/* filter.c -- the options that say which records are meant. */
#include "cmd/filter.h"

#include "base/terminal.h"

#include <time.h>

/* Midnight before DAY, "2026-11-01", here; false where it is none. */
static bool day_begins(const char *day, int64_t *out)
{
    struct tm tm = {.tm_isdst = -1};
    const char *end = strptime(day, "%Y-%m-%d", &tm);
    if (!end || *end)
        return false;
    *out = (int64_t)mktime(&tm) * 1000;
    return true;
}

bool filter_name(const struct call *call, const char *option, struct text *out, int *status)
{
    struct buf clean = {0};
    *out = text_of(call_value(call, option));
    terminal_clean(*out, CLEAN_CHECK, &clean);
    bool fits = out->len <= KEPT_NAME_BYTES && text_eq(buf_view(&clean), *out);
    buf_done(&clean);
    if (!fits)
        *status = call_fails(call, STATUS_USAGE, N_("--%1 takes a short name that can be read, not “%2”"), option, call_value(call, option));
    return fits;
}

bool filter_of(const struct call *call, struct kept_filter *filter, int *status)
{
    const char *from = call_value(call, "from"), *until = call_value(call, "until");
    *filter = (struct kept_filter){.lang = text_of(words_tag(call->words))};
    if (!filter_name(call, "tag", &filter->tag, status) || !filter_name(call, "department", &filter->department, status) ||
        !filter_name(call, "scenario", &filter->scenario, status))
        return false;
    if ((!from || day_begins(from, &filter->from)) && (!until || day_begins(until, &filter->until)))
        return true;
    *status = call_fails(call, STATUS_USAGE, N_("“%1” is no day: write it as 2026-11-30"), from && !filter->from ? from : until, NULL);
    return false;
}
