/* store.c -- Rehearse's records: the same events, with columns beside them, the session's row, and every check.
 *
 *     store FILE EVENTS SESSIONS */
#include "store.h"

#include "record/store.h"

int main(int argc, char **argv)
{
    static struct play p;
    unsigned long events = 0, commits = 0, body = 0;
    struct store_fault f = {0};
    struct arena a = {0};
    struct kept_trainee who;
    int64_t version;
    struct store *s = argc == 4 ? store_open(&(struct store_config){.where = argv[1]}, &f) : NULL;
    const struct kept_version v = {.scenario = TEXT("bench"), .version = TEXT("1"), .digest = TEXT("0"), .lang = TEXT("en")};
    if (!s || !store_trainee(s, TEXT("bench"), true, 1, &a, &who, &f) ||
        !store_version_keep(s, &v, NULL, 0, NULL, 0, 1, &version, &f))
        return 2;
    play_read(&p, argv[2]);
    store_close(s);
    long empty = size_of(argv[1]);
    s = store_open(&(struct store_config){.where = argv[1]}, &f);
    for (char *c = p.bytes; *c; c++)
        body += *c != '\n';
    double began = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    for (int k = 0; k < atoi(argv[3]); k++) {
        struct store_writer w = {0};
        for (unsigned i = 0; i < p.steps; i++, commits++) {
            struct text part = text_from(p.at[i], (size_t)(p.at[i + 1] - p.at[i]));
            struct store_standing st = {.phase = i + 1 < p.steps ? WIRE_ASK : WIRE_ENDED, .turn = i, .now = 1};
            struct store_begin begin = {.trainee = who.id, .version = version, .roles = TEXT("you"), .lang = TEXT("en"),
                                        .mode = WIRE_PRACTICE, .seed = 7, .started = 1, .before = -1};
            if (!(i ? store_append(s, &w, part, &st, &f) : store_begin(s, &begin, part, &st, &w, &f)))
                return 1;
        }
        events += w.events;
    }
    double took = now(CLOCK_MONOTONIC) - began;
    cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    store_close(s);
    tell("rehearse", events, commits, body * (unsigned long)atoi(argv[3]), took, cpu, argv[1], empty);
}
