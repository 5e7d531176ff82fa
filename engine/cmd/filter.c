/* filter.c -- the options that say which records are meant. */
#include "cmd/filter.h"

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

bool filter_of(const struct call *call, struct kept_filter *filter, int *status)
{
    const char *from = call_value(call, "from"), *until = call_value(call, "until");
    *filter = (struct kept_filter){.tag = text_of(call_value(call, "tag")), .department = text_of(call_value(call, "department")),
                                   .scenario = text_of(call_value(call, "scenario")), .lang = text_of(words_tag(call->words))};
    if ((!from || day_begins(from, &filter->from)) && (!until || day_begins(until, &filter->until)))
        return true;
    *status = call_fails(call, STATUS_USAGE, N_("“%1” is no day: write it as 2026-11-30"), from && !filter->from ? from : until, NULL);
    return false;
}
