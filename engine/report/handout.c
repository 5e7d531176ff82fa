/* handout.c -- a role-play in threes, on paper: two play, one watches.
 *
 * Each role has a sheet of its own, to be given to one person and shown to no other.  The observer ticks the moves that this
 * scenario is about, each time it is heard, and writes the sentence down: a tick without a sentence convinces nobody. */
#include "report/guide.h"

#include "report/clean.h"

#include <string.h>

/* As many as one can listen for while two others talk. */
enum { MOVES_MOST = 64, TICKED_MOST = 10 };

struct sheet {
    struct doc *d;
    struct arena *a;
    const struct guide_of *g;
    const struct words *w;
};

static struct text words_of(struct sheet *p, struct runs r) { return clean_runs(p->a, r); }

/* ---- the roles ---- */

static void put_role(struct sheet *p, const struct info_role *r)
{
    struct text name = words_of(p, r->name), position = words_of(p, r->position);
    const struct client_outline *o = p->g->outline;
    doc_title(p->d, position.len ? doc_fill(p->a, trc(p->w, "name, position", "%1, %2"), name, position) : name);
    doc_quiet(p->d, doc_fill(p->a, tr(p->w, "%1 · role card · for your eyes only"), words_of(p, p->g->info->title), (struct text){0}));
    doc_paragraph(p->d, words_of(p, r->brief));
    if (o->n_scenes)
        doc_labelled(p->d, text_of(tr(p->w, "It begins")), words_of(p, o->scenes[0].text));
    doc_item(p->d, (struct text){0}, text_of(tr(p->w, "Play it as yourself in this person's place; react to what you hear, not to what you expected.")));
    doc_item(p->d, (struct text){0}, text_of(tr(p->w, "If a sentence does you good, let it show; if it does not, let that show, too.")));
    doc_item(p->d, (struct text){0}, text_of(tr(p->w, "Say stop at any time, and you are out of the part.")));
    doc_add(p->d, DOC_SHEET, (struct text){0});
}

/* ---- what to listen for ---- */

struct watched {
    struct text id, title;
    int points;     /* what it is worth where it stands first, all together */
    uint32_t times; /* how often it stands first */
};

struct moves {
    struct watched v[MOVES_MOST];
    uint32_t n;
};

static void watch(struct sheet *p, struct moves *m, const struct answer_move *move, int points)
{
    uint32_t i = 0;
    while (i < m->n && !text_eq(m->v[i].id, move->move))
        i++;
    if (i == MOVES_MOST)
        return;
    if (i == m->n)
        m->v[m->n++] = (struct watched){move->move, words_of(p, move->title), 0, 0};
    m->v[i].points += points;
    m->v[i].times++;
}

static int main_points(const struct outline_option *o)
{
    for (uint32_t i = 0; i < o->n_points && o->n_moves; i++)
        if (text_eq(o->points[i].competency, o->moves[0].competency))
            return o->points[i].points;
    return 0;
}

/* Every move that an option or a part of the scenario makes, as the first of its moves. */
static void gather(struct sheet *p, struct moves *m)
{
    const struct client_outline *o = p->g->outline;
    for (uint32_t i = 0; i < o->n_scenes; i++)
        for (uint32_t k = 0; k < o->scenes[i].n_nodes; k++) {
            const struct outline_node *n = &o->scenes[i].nodes[k];
            for (uint32_t j = 0; j < n->n_options; j++)
                if (n->options[j].n_moves)
                    watch(p, m, &n->options[j].moves[0], main_points(&n->options[j]));
            for (uint32_t j = 0; j < n->n_slots; j++)
                for (uint32_t q = 0; q < n->slots[j].n_parts; q++)
                    if (n->slots[j].parts[q].n_moves)
                        watch(p, m, &n->slots[j].parts[q].moves[0], n->slots[j].parts[q].worth);
        }
}

/* Whether V is of the kind that is wanted, and the one that comes next: most often first, then as the scenario has them. */
static const struct watched *most_often(const struct moves *m, bool good, const bool *taken)
{
    const struct watched *best = NULL;
    for (uint32_t i = 0; i < m->n; i++)
        if (!taken[i] && (m->v[i].points >= 0) == good && (!best || m->v[i].times > best->times))
            best = &m->v[i];
    return best;
}

/* Boxes for the moves that this story turns on; the others are named below. */
static void put_moves(struct sheet *p, const struct moves *m, const char *title, bool good)
{
    struct text columns[] = {text_of(title), text_of(tr(p->w, "Heard")), text_of(tr(p->w, "The sentence, word for word"))};
    struct buf others = {0};
    bool taken[MOVES_MOST] = {false};
    const struct watched *next;
    uint32_t n = 0;
    doc_row(p->d, DOC_TABLE, columns, 3);
    while ((next = most_often(m, good, taken))) {
        struct text cells[] = {next->title, TEXT("\xe2\x98\x90 \xe2\x98\x90 \xe2\x98\x90"), {0}};
        taken[next - m->v] = true;
        if (n++ < TICKED_MOST) {
            doc_row(p->d, DOC_ROW, cells, 3);
            continue;
        }
        buf_str(&others, others.len ? trc(p->w, "between moves", ", ") : "");
        buf_text(&others, next->title);
    }
    if (others.len)
        doc_quiet(p->d, doc_fill(p->a, tr(p->w, "And now and then: %1"), buf_view(&others), (struct text){0}));
    buf_done(&others);
}

static void put_observer(struct sheet *p)
{
    struct moves m = {.n = 0};
    gather(p, &m);
    doc_title(p->d, text_of(tr(p->w, "The observer's sheet")));
    doc_quiet(p->d, words_of(p, p->g->info->title));
    doc_item(p->d, (struct text){0}, text_of(tr(p->w, "Six minutes of talk, four minutes of looking back, then change places. You keep the time and say nothing.")));
    doc_item(p->d, (struct text){0}, text_of(tr(p->w, "Tick a box each time you hear it, and write the sentence beside it.")));
    put_moves(p, &m, tr(p->w, "Look for"), true);
    put_moves(p, &m, tr(p->w, "Watch out for"), false);
    doc_line(p->d, tr(p->w, "The moment it turned"), (struct text){0});
    doc_line(p->d, tr(p->w, "What the other's face and body said"), (struct text){0});
    doc_line(p->d, tr(p->w, "One sentence to say otherwise next time"), (struct text){0});
    doc_footer(p->d, text_of(tr(p->w, "First the one who played says what went well, then you; then what to change, in the same order. You describe sentences, not people.")));
}

void handout_compose(struct doc *d, const struct guide_of *g)
{
    struct sheet p = {.d = d, .a = &d->arena, .g = g, .w = g->words};
    for (uint32_t i = 0; i < g->info->n_roles; i++)
        if (g->info->roles[i].brief.n)
            put_role(&p, &g->info->roles[i]);
    put_observer(&p);
}
