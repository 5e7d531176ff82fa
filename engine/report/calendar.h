/* calendar.h -- days on which something is to be practised, as an iCalendar file (RFC 5545), for whatever calendar one uses. */
#ifndef REPORT_CALENDAR_H
#define REPORT_CALENDAR_H

#include "base/text.h"

struct calendar_day {
    int64_t at;              /* milliseconds since 1970: the day, in the machine's time zone */
    struct text id;          /* the same for the same thing, so that a calendar replaces it */
    struct text summary, description;
};

/* Appends a whole VCALENDAR of all-day events.  STAMP: when it is made. */
void calendar_put(const struct calendar_day *v, uint32_t n, int64_t stamp, struct text lang, struct buf *out);

#endif
