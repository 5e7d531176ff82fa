/* calendar.c -- lines of RFC 5545: escaped (3.3.11), folded at 75 octets without cutting a character (3.1), ended by CRLF. */
#include "report/calendar.h"

#include <time.h>

enum { FOLD = 75 };

static void put_line(struct buf *out, struct text line)
{
    size_t room = FOLD;
    while (line.len > room) {
        size_t cut = room;
        while (cut > 1 && ((unsigned char)line.at[cut] & 0xC0) == 0x80)
            cut--;
        buf_text(out, text_from(line.at, cut));
        buf_str(out, "\r\n ");
        line = text_from(line.at + cut, line.len - cut);
        room = FOLD - 1; /* the blank counts */
    }
    buf_text(out, line);
    buf_str(out, "\r\n");
}

static void put(struct buf *out, const char *name, struct text value)
{
    struct buf b = {0};
    buf_str(&b, name);
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];
        if (c == '\n') {
            buf_str(&b, "\\n");
            continue;
        }
        if (c == '\\' || c == ';' || c == ',')
            buf_char(&b, '\\');
        if ((unsigned char)c >= ' ')
            buf_char(&b, c);
    }
    put_line(out, buf_view(&b));
    buf_done(&b);
}

static void put_stamp(struct buf *out, int64_t at)
{
    char text[32] = "";
    time_t t = (time_t)(at / 1000);
    struct tm tm;
    if (gmtime_r(&t, &tm))
        strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &tm);
    put(out, "DTSTAMP:", text_of(text));
}

static void put_date(struct buf *out, int64_t at)
{
    char text[16] = "";
    time_t t = (time_t)(at / 1000);
    struct tm tm;
    if (localtime_r(&t, &tm))
        strftime(text, sizeof text, "%Y%m%d", &tm);
    put(out, "DTSTART;VALUE=DATE:", text_of(text));
}

static void put_day(const struct calendar_day *d, int64_t stamp, struct buf *out)
{
    put(out, "BEGIN:", TEXT("VEVENT"));
    put(out, "UID:", d->id);
    put_stamp(out, stamp);
    put_date(out, d->at);
    put(out, "SUMMARY:", d->summary);
    put(out, "DESCRIPTION:", d->description);
    put(out, "TRANSP:", TEXT("TRANSPARENT"));
    put(out, "END:", TEXT("VEVENT"));
}

void calendar_put(const struct calendar_day *v, uint32_t n, int64_t stamp, struct text lang, struct buf *out)
{
    put(out, "BEGIN:", TEXT("VCALENDAR"));
    put(out, "VERSION:", TEXT("2.0"));
    put(out, "PRODID:-//Rehearse//", lang);
    for (uint32_t i = 0; i < n; i++)
        put_day(&v[i], stamp, out);
    put(out, "END:", TEXT("VCALENDAR"));
}
