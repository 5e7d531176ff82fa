/* limit_c.c -- the limit: the same conversation by hand, in flat arrays, without XML, scripts, events or checks.
 *
 * What it shows is how fast choosing, testing and adding can be on this machine; nothing that serves people can be as
 * fast.  The file is trusted. */
#include "bench.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HIGH = 1, LOW = 2, OPTIONS = 8 };

struct choice {
    uint32_t text, len, to;
    int16_t a, b, c, bound;
    uint8_t way, cond, fact;
};

struct node {
    uint32_t text, len, first, n;
};

struct story {
    char *bytes;
    size_t len;
    uint32_t n_nodes;
    struct node *nodes;
    struct choice *choices;
};

struct session {
    uint32_t at;
    int32_t fact[FACTS];
};

static volatile char seen; /* so that a line shown is a line read */

static long number(const char **at)
{
    long v = 0;
    bool minus = **at == '-';
    *at += minus;
    while (**at >= '0')
        v = v * 10 + (*(*at)++ - '0');
    (*at)++;
    return minus ? -v : v;
}

static uint32_t words(const char **at, const char *end)
{
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    uint32_t len = (uint32_t)(stop - *at);
    *at = stop + 1;
    return len;
}

static void choice_read(struct choice *c, const struct story *s, const char **at, const char *end)
{
    c->to = (uint32_t)number(at);
    c->way = (uint8_t)number(at);
    c->a = (int16_t)number(at);
    c->b = (int16_t)number(at);
    c->c = (int16_t)number(at);
    c->cond = (uint8_t)number(at);
    c->fact = (uint8_t)number(at);
    c->bound = (int16_t)number(at);
    c->text = (uint32_t)(*at - s->bytes);
    c->len = words(at, end);
}

static struct story story_load(const char *file)
{
    struct story s;
    struct stat st;
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        perror(file);
        exit(66);
    }
    s.len = (size_t)st.st_size;
    s.bytes = mmap(NULL, s.len, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    close(fd);
    const char *at = s.bytes, *end = s.bytes + s.len;
    size_t n = (size_t)number(&at), node = 0, choice = 0;
    s.n_nodes = (uint32_t)n;
    s.nodes = malloc(n * sizeof *s.nodes);
    s.choices = malloc(3 * n * sizeof *s.choices);
    while (at < end) {
        bool is_node = *at == 'N';
        at += 2;
        if (is_node) {
            struct node *x = &s.nodes[node++];
            x->n = (uint32_t)number(&at);
            x->first = (uint32_t)choice;
            x->text = (uint32_t)(at - s.bytes);
            x->len = words(&at, end);
        } else {
            choice_read(&s.choices[choice++], &s, &at, end);
        }
    }
    return s;
}

static void story_free(struct story *s)
{
    free(s->nodes);
    free(s->choices);
    munmap(s->bytes, s->len);
}

static inline bool offered(const struct choice *c, const struct session *se)
{
    return c->cond == 0 || (c->cond == HIGH ? se->fact[c->fact] >= c->bound : se->fact[c->fact] < c->bound);
}

static inline void effect(const struct choice *c, struct session *se)
{
    se->fact[0] += c->a;
    se->fact[1] += c->way == 1 ? 2 * c->b : c->b;
    se->fact[2] += c->way == 0 ? c->c : c->way == 1 ? -c->c : (se->fact[0] - se->fact[1]) * c->c;
}

/* Shows where SE stands and makes one choice; false at an ending. */
static inline bool step(const struct story *s, struct session *se, struct tally *t, uint32_t *dice)
{
    const struct node *node = &s->nodes[se->at];
    const struct choice *open[OPTIONS];
    uint32_t n = 0;
    t->text += node->len;
    seen = s->bytes[node->text];
    for (uint32_t i = 0; i < node->n; i++) {
        const struct choice *c = &s->choices[node->first + i];
        if (!offered(c, se))
            continue;
        t->text += c->len;
        open[n++] = c;
    }
    if (n == 0)
        return false;
    const struct choice *c = open[dice_below(dice, n)];
    t->choices++;
    effect(c, se);
    se->at = c->to;
    return true;
}

static void sessions(const struct story *s, long n, uint32_t *dice)
{
    struct tally t = TALLY_NONE;
    long rss = memory_kb("VmRSS");
    size_t held = memory_held();
    struct session *se = calloc((size_t)n, sizeof *se);
    for (long i = 0; i < n; i++)
        for (int k = 0; k < SESSION_CHOICES && step(s, &se[i], &t, dice); k++)
            ;
    sessions_report("limit", n, &t, rss, held);
    puts("}");
    free(se);
}

/* ---- every play: scene by scene, since none leads back ---- */

static void situation_explore(const struct story *s, struct explored *x, uint32_t scene, uint32_t values)
{
    const struct node *node = &s->nodes[scene];
    const struct choice *open[OPTIONS];
    struct situation from = x->v[(size_t)scene * COMBINED + values];
    struct session se;
    uint32_t n = 0;
    apart(values, se.fact);
    for (uint32_t i = 0; i < node->n; i++)
        if (offered(&s->choices[node->first + i], &se))
            open[n++] = &s->choices[node->first + i];
    x->states++;
    for (uint32_t i = 0; i < n; i++) {
        apart(values, se.fact);
        effect(open[i], &se);
        for (int f = 0; f < FACTS; f++)
            se.fact[f] = held(se.fact[f]);
        explore_lead(x, from, n, open[i]->to, se.fact);
    }
}

static void explore(const struct story *s)
{
    struct watch w = watch_start();
    struct explored x = explore_start(s->n_nodes);
    double shares[OPTIONS];
    uint32_t endings = 0;
    for (uint32_t scene = 0; scene < s->n_nodes; scene++) {
        if (s->nodes[scene].n == 0)
            shares[endings++] = explore_end(&x, scene);
        for (uint32_t i = 0; s->nodes[scene].n && i < COMBINED; i++)
            if (x.v[(size_t)scene * COMBINED + i].plays)
                situation_explore(s, &x, scene, i);
    }
    explore_report("limit", &x, shares, endings, watch_since(w).cpu);
    free(x.v);
}

static void plays(const struct story *s, const struct order *o, const struct loaded *l, uint32_t *dice)
{
    struct tally t = TALLY_NONE;
    struct watch w = watch_start();
    for (long i = 0; i < o->plays; i++) {
        struct session se = {0};
        uint64_t before = t.choices;
        while (step(s, &se, &t, dice))
            ;
        tally_end(&t, se.fact, t.choices - before);
    }
    play_report("limit", o->plays, &t, l, watch_since(w));
}

int main(int argc, char **argv)
{
    struct order o = order_read(argc, argv);
    struct loaded l = load_start();
    struct story s = story_load(o.file);
    load_end(&l);
    uint32_t dice = dice_new(o.seed);
    if (o.job == JOB_FIRST)
        printf("%.*s\n", (int)s.nodes[0].len, s.bytes + s.nodes[0].text);
    else if (o.job == JOB_SESSIONS)
        sessions(&s, o.sessions, &dice);
    else if (o.job == JOB_EXPLORE)
        explore(&s);
    else
        plays(&s, &o, &l, &dice);
    story_free(&s);
    return 0;
}
