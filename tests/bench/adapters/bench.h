/* bench.h -- what the C adapters share: how choices are drawn, what is counted, clocks, memory, the line printed.
 *
 * Every adapter draws, counts and prints the same, so that equal figures mean equal plays (README.md, "An adapter"). */
#ifndef BENCH_H
#define BENCH_H

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FACTS = 3, SESSION_CHOICES = 15 };

/* ---- what is counted ---- */

struct tally {
    uint64_t choices, text; /* choices made; bytes of text shown */
    uint32_t sum;           /* over the facts at the end of each play */
};

#define TALLY_NONE ((struct tally){.sum = 2166136261u})

static inline void tally_end(struct tally *t, const int32_t facts[FACTS], uint64_t choices)
{
    for (int i = 0; i < FACTS; i++)
        t->sum = t->sum * 31 + (uint32_t)facts[i];
    t->sum = t->sum * 31 + (uint32_t)choices;
}

/* ---- how choices are drawn: xorshift32, one stream over all plays ---- */

static inline uint32_t dice_new(uint32_t seed)
{
    uint32_t state = seed * 2654435761u + 1;
    return state ? state : 1;
}

static inline uint32_t dice_below(uint32_t *state, uint32_t n)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state % n;
}

/* ---- clocks and memory ---- */

static inline double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct watch {
    double wall, cpu;
};

static inline struct watch watch_start(void)
{
    return (struct watch){seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)};
}

static inline struct watch watch_since(struct watch w)
{
    return (struct watch){seconds(CLOCK_MONOTONIC) - w.wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - w.cpu};
}

/* A row of /proc/self/status in KiB: VmRSS, VmHWM (the peak), RssAnon (without mapped files). */
static inline long memory_kb(const char *row)
{
    char line[256];
    long kb = 0;
    size_t len = strlen(row);
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, row, len) == 0 && line[len] == ':')
            kb = atol(line + len + 1);
    if (f)
        fclose(f);
    return kb;
}

/* Bytes now given out by malloc. */
static inline size_t memory_held(void)
{
    struct mallinfo2 m = mallinfo2();
    return m.uordblks + m.hblkhd;
}

/* ---- the command line and the answer ---- */

enum job { JOB_PLAY, JOB_FIRST, JOB_SESSIONS, JOB_EXPLORE };

struct order {
    const char *file;
    long plays, sessions;
    uint32_t seed;
    enum job job;
};

/* FILE PLAYS SEED [first | sessions N | explore] */
static inline struct order order_read(int argc, char **argv)
{
    struct order o = {.job = JOB_PLAY};
    if (argc < 4) {
        fprintf(stderr, "usage: %s FILE PLAYS SEED [first | sessions N | explore]\n", argv[0]);
        exit(64);
    }
    o.file = argv[1];
    o.plays = atol(argv[2]);
    o.seed = (uint32_t)strtoul(argv[3], NULL, 10);
    if (argc > 4)
        o.job = strcmp(argv[4], "first") == 0 ? JOB_FIRST : strcmp(argv[4], "explore") == 0 ? JOB_EXPLORE : JOB_SESSIONS;
    if (argc > 5)
        o.sessions = atol(argv[5]);
    return o;
}

/* What loading took, and what it left in memory, in KiB. */
struct loaded {
    struct watch took;
    long rss_before, anon_before, rss, anon, peak;
};

static inline struct loaded load_start(void)
{
    struct loaded l = {.rss_before = memory_kb("VmRSS"), .anon_before = memory_kb("RssAnon")};
    l.took = watch_start();
    return l;
}

static inline void load_end(struct loaded *l)
{
    l->took = watch_since(l->took);
    l->rss = memory_kb("VmRSS");
    l->anon = memory_kb("RssAnon");
    l->peak = memory_kb("VmHWM");
}

static inline void play_report(const char *engine, long plays, const struct tally *t, const struct loaded *l,
                               struct watch took)
{
    printf("{\"engine\":\"%s\",\"plays\":%ld,\"choices\":%llu,\"checksum\":\"%08x\",\"text_bytes\":%llu,"
           "\"load_s\":%.6f,\"load_cpu_s\":%.6f,\"play_s\":%.6f,\"play_cpu_s\":%.6f,"
           "\"rss_load_kb\":%ld,\"content_kb\":%ld,\"load_peak_kb\":%ld,\"peak_rss_kb\":%ld}\n",
           engine, plays, (unsigned long long)t->choices, t->sum, (unsigned long long)t->text, l->took.wall, l->took.cpu,
           took.wall, took.cpu, l->rss, l->anon - l->anon_before, l->peak - l->rss_before, memory_kb("VmHWM"));
}

static inline void sessions_report(const char *engine, long n, const struct tally *t, long rss_before, size_t held_before)
{
    printf("{\"engine\":\"%s\",\"sessions\":%ld,\"choices\":%llu,\"rss_per_session_b\":%ld,\"heap_per_session_b\":%zu", engine,
           n, (unsigned long long)t->choices, (memory_kb("VmRSS") - rss_before) * 1024 / n, (memory_held() - held_before) / (size_t)n);
}

/* ---- exploring ---- */

/* The counters of a conversation to be explored (gen.py, BOUNDED_FACT), and how many values three of them have. */
enum { FACT_MOST = 12, FACT_START = 6, VALUES = FACT_MOST + 1, COMBINED = VALUES * VALUES * VALUES };

static inline int32_t held(int32_t v)
{
    return v < 0 ? 0 : v > FACT_MOST ? FACT_MOST : v;
}

static inline uint32_t combined(const int32_t fact[FACTS])
{
    return (uint32_t)((fact[0] * VALUES + fact[1]) * VALUES + fact[2]);
}

static inline void apart(uint32_t n, int32_t fact[FACTS])
{
    fact[2] = (int32_t)(n % VALUES);
    fact[1] = (int32_t)(n / VALUES % VALUES);
    fact[0] = (int32_t)(n / VALUES / VALUES);
}

/* What can have happened before a scene with the counters as they are: a random play's odds, and how many plays. */
struct situation {
    double odds;
    uint64_t plays;
};

/* By scene and counters; what was found. */
struct explored {
    struct situation *v;
    uint64_t states, transitions, plays;
};

static inline struct explored explore_start(uint32_t scenes)
{
    struct explored x = {.v = calloc((size_t)scenes * COMBINED, sizeof *x.v)};
    x.v[combined((int32_t[]){FACT_START, FACT_START, FACT_START})] = (struct situation){1, 1};
    return x;
}

/* From situation FROM an answer, one of N, leads to SCENE with the counters FACT. */
static inline void explore_lead(struct explored *x, struct situation from, uint32_t n, uint32_t scene, const int32_t fact[FACTS])
{
    struct situation *to = &x->v[(size_t)scene * COMBINED + combined(fact)];
    to->odds += from.odds / n;
    to->plays += from.plays;
    x->transitions++;
}

/* What random plays come to at SCENE, an ending. */
static inline double explore_end(struct explored *x, uint32_t scene)
{
    double odds = 0;
    for (uint32_t i = 0; i < COMBINED; i++) {
        odds += x->v[(size_t)scene * COMBINED + i].odds;
        x->plays += x->v[(size_t)scene * COMBINED + i].plays;
    }
    return odds;
}

static inline void explore_report(const char *engine, const struct explored *x, const double *shares, uint32_t endings, double cpu)
{
    printf("{\"engine\":\"%s\",\"states\":%llu,\"transitions\":%llu,\"plays\":%llu,\"explore_cpu_s\":%.6f,\"shares\":[", engine,
           (unsigned long long)x->states, (unsigned long long)x->transitions, (unsigned long long)x->plays, cpu);
    for (uint32_t i = 0; i < endings; i++)
        printf("%s%.12f", i ? "," : "", shares[i]);
    puts("]}");
}

#endif
