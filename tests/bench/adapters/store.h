/* store.h -- what both sides of the measurement of records share: the steps of a real play, and the figures. */
#ifndef BENCH_STORE_H
#define BENCH_STORE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { STEPS_MOST = 1000 };

/* The events of one play, cut where somebody answered: at[i] … at[i + 1] is kept in one commit. */
struct play {
    char *bytes;
    char *at[STEPS_MOST + 1];
    unsigned steps;
};

static void play_read(struct play *p, const char *path)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (!f || fstat(fileno(f), &st) != 0)
        exit(1);
    p->bytes = calloc(1, (size_t)st.st_size + 1);
    if (fread(p->bytes, 1, (size_t)st.st_size, f) != (size_t)st.st_size)
        exit(1);
    fclose(f);
    p->at[p->steps++] = p->bytes;
    for (char *line = strchr(p->bytes, '\n') + 1; *line; line = strchr(line, '\n') + 1)
        if ((strstr(line, "\"e\":\"chose\"") == line + 7 || strstr(line, "\"e\":\"chose\"") == line + 8 || p->steps == 1) && p->steps < STEPS_MOST)
            p->at[p->steps++] = line;
    p->at[p->steps] = p->bytes + st.st_size;
}

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long size_of(const char *file)
{
    struct stat st;
    if (stat(file, &st) != 0)
        exit(1);
    return (long)st.st_size;
}

/* EMPTY: bytes of the file before there were events. */
static void tell(const char *engine, unsigned long events, unsigned long commits, unsigned long body, double took, double cpu,
                 const char *file, long empty)
{
    printf("{\"engine\":\"%s\",\"events\":%lu,\"commits\":%lu,\"events_per_s\":%.1f,\"commits_per_s\":%.1f,\"cpu_us_per_event\":%.2f,"
           "\"bytes_per_event\":%.1f,\"body_bytes\":%.1f}\n",
           engine, events, commits, (double)events / took, (double)commits / took, cpu * 1e6 / (double)events,
           (double)(size_of(file) - empty) / (double)events, (double)body / (double)events);
}

#endif
