/* shelved.c -- asks an engine about each scenario, and the records about each chair. */
#include "cmd/shelved.h"

#include "cmd/version.h"
#include "front/phrase.h"
#include "front/po.h"
#include "report/progress.h"

#include <stdlib.h>

/* ---- what a scenario says ---- */

static void add_words(struct buf *b, struct arena *a, struct runs r)
{
    buf_char(b, ' ');
    buf_text(b, clean_runs(a, r));
}

/* Titles and tags in each language, so that a scenario is found by any of its names. */
static void read_search(struct shelved_all *all, struct shelved_scenario *s, struct client *c)
{
    const struct client_scenario *about = client_scenario(c);
    struct arena a = {0};
    struct buf b = {0}, folded = {0};
    buf_str(&b, s->name);
    for (uint32_t i = 0; i < about->n_langs; i++) {
        struct client_info info;
        struct client_fault fault = {0};
        if (client_info(c, about->langs[i], &info, &fault) != CLIENT_OK)
            continue;
        add_words(&b, &a, info.title);
        for (uint32_t t = 0; t < info.n_tags; t++)
            add_words(&b, &a, info.tags[t]);
        client_info_done(&info);
        about = client_scenario(c);
    }
    text_fold(buf_view(&b), &folded);
    s->search = text_keep(&all->arena, buf_view(&folded));
    buf_done(&b);
    buf_done(&folded);
    arena_done(&a);
}

static void read_chair(struct shelved_all *all, struct shelved_scenario *s, const struct info_role *r)
{
    struct next_scenario *n = &s->next;
    if (!r->playable || n->n_chairs == NEXT_CHAIRS)
        return;
    s->role_names[n->n_chairs] = clean_runs(&all->arena, r->name);
    struct next_chair *c = &n->chairs[n->n_chairs++];
    *c = (struct next_chair){.role = text_keep(&all->arena, r->id)};
    for (uint32_t i = 0; i < r->n_focus && i < NEXT_FOCUS; i++)
        c->focus[c->n_focus++] = text_keep(&all->arena, r->focus[i]);
}

static void read_competency(struct shelved_all *all, const struct info_competency *c)
{
    for (uint32_t i = 0; i < all->n_comps; i++)
        if (text_eq(all->comps[i], c->id))
            return;
    if (all->n_comps == all->cap_comps) {
        all->cap_comps = all->cap_comps ? all->cap_comps * 2 : 8;
        all->comps = mem_grow(all->comps, all->cap_comps * sizeof *all->comps);
        all->comp_titles = mem_grow(all->comp_titles, all->cap_comps * sizeof *all->comp_titles);
    }
    all->comps[all->n_comps] = text_keep(&all->arena, c->id);
    all->comp_titles[all->n_comps++] = clean_runs(&all->arena, c->title);
}

static void read_about(struct shelved_all *all, struct shelved_scenario *s, const struct client_info *info, const struct words *words)
{
    struct buf tags = {0}, about = {0};
    struct arena a = {0};
    s->id = text_keep(&all->arena, info->id);
    s->title = clean_runs(&all->arena, info->title);
    s->summary = clean_runs(&all->arena, info->summary);
    for (uint32_t i = 0; i < info->n_tags; i++) {
        buf_str(&tags, i ? trc(words, "between moves", ", ") : "");
        buf_text(&tags, clean_runs(&a, info->tags[i]));
    }
    buf_text(&about, buf_view(&tags));
    add_words(&about, &a, info->audience);
    for (uint32_t i = 0; i < info->n_roles; i++) {
        add_words(&about, &a, info->roles[i].position);
        read_chair(all, s, &info->roles[i]);
    }
    for (uint32_t i = 0; i < info->n_competencies; i++)
        read_competency(all, &info->competencies[i]);
    s->tags = text_keep(&all->arena, buf_view(&tags));
    s->next.name = text_of(s->name);
    s->next.about = text_keep(&all->arena, buf_view(&about));
    buf_done(&tags);
    buf_done(&about);
    arena_done(&a);
}

static bool asks_later(const struct client_info *info)
{
    for (uint32_t i = 0; i < info->n_surveys; i++)
        if (info->surveys[i].when == WIRE_WEEKS)
            return true;
    return false;
}

static void read_one(struct shelved_all *all, struct shelved_scenario *s, const struct words *words)
{
    static const struct files_config hands = {.po_parse = po_pairs_parse};
    struct client_problems problems = {0};
    struct client_fault fault = {0};
    struct client_info info;
    enum file_code code;
    struct files *files = files_open(s->path, &hands, &code);
    struct client_config config = {.files = files, .watch = -1};
    struct client *c = files ? client_open(&config) : NULL;
    s->broken = !c || client_load(c, &problems, &fault) != CLIENT_OK || !problems.playable;
    s->search = text_of(s->name);
    if (!s->broken && client_info(c, version_lang(c, words), &info, &fault) == CLIENT_OK) {
        read_about(all, s, &info, words);
        if (asks_later(&info))
            s->info = info;
        else
            client_info_done(&info);
        read_search(all, s, c);
    }
    if (c)
        client_close(c);
    if (files)
        files_close(files);
}

void shelved_read(struct shelved_all *all, const struct words *words)
{
    *all = (struct shelved_all){0};
    shelf_find(&all->shelf);
    all->v = arena_array(&all->arena, struct shelved_scenario, all->shelf.n + 1);
    for (size_t i = 0; i < all->shelf.n; i++) {
        struct shelved_scenario *s = &all->v[all->n++];
        *s = (struct shelved_scenario){.name = all->shelf.v[i].name, .path = all->shelf.v[i].path};
        read_one(all, s, words);
    }
}

void shelved_done(struct shelved_all *all)
{
    for (uint32_t i = 0; i < all->n; i++)
        client_info_done(&all->v[i].info);
    free(all->comps);
    free(all->comp_titles);
    shelf_done(&all->shelf);
    arena_done(&all->arena);
    *all = (struct shelved_all){0};
}

/* ---- what to practise next ---- */

struct needs {
    struct next_need *v;
    uint32_t n;
};

static bool take_total(void *self, const struct kept_total *t)
{
    struct needs *needs = self;
    for (uint32_t i = 0; i < needs->n && !t->repeats; i++)
        if (text_eq(needs->v[i].competency, t->competency)) {
            double spread = (double)t->best * 1000 - (double)t->chance;
            needs->v[i].places = t->places;
            needs->v[i].quality = spread > 0 ? ((double)t->got * 1000 - (double)t->chance) / spread : 0;
        }
    return true;
}

/* Only what some chair on the shelf shows can be needed. */
static struct needs needs_of(struct shelved_all *all)
{
    struct needs needs = {arena_array(&all->arena, struct next_need, all->n_comps + 1), 0};
    for (uint32_t c = 0; c < all->n_comps; c++) {
        bool shown = false;
        for (uint32_t i = 0; i < all->n; i++)
            for (uint32_t k = 0; k < all->v[i].next.n_chairs; k++)
                for (uint32_t f = 0; f < all->v[i].next.chairs[k].n_focus; f++)
                    shown |= text_eq(all->v[i].next.chairs[k].focus[f], all->comps[c]);
        if (shown)
            needs.v[needs.n++] = (struct next_need){.competency = all->comps[c]};
    }
    return needs;
}

static struct text comp_title(const struct shelved_all *all, struct text id)
{
    for (uint32_t i = 0; i < all->n_comps; i++)
        if (text_eq(all->comps[i], id))
            return all->comp_titles[i];
    return id;
}

static struct text reason(struct shelved_all *all, const struct next_pick *p, const struct words *w)
{
    char day[16];
    const struct next_chair *c = &all->v[p->scenario].next.chairs[p->chair];
    struct buf weak = {0};
    switch (p->why) {
    case NEXT_NEEDED:
        return doc_fill(&all->arena, p->unknown ? tr(w, "new to you; it shows %1, of which least was seen so far")
                                                   : tr(w, "new to you; it shows %1, which needs it most"), comp_title(all, p->need), (struct text){0});
    case NEXT_NEW: return text_of(tr(w, "new to you"));
    case NEXT_LATER:
        progress_day(p->due, day);
        return doc_fill(&all->arena, tr(w, "again on %1"), text_of(day), (struct text){0});
    case NEXT_DUE: break;
    }
    buf_printf(&weak, trn(w, "%lu decision to practise again", "%lu decisions to practise again", c->practice.weak), (unsigned long)c->practice.weak);
    struct text what = doc_keep(&all->arena, &weak);
    return doc_fill(&all->arena, p->how == PRACTICE_OTHER_CHAIR ? tr(w, "it is time: %1, this time from the other chair")
                                                                   : tr(w, "it is time: %1, in your own words first"), what, (struct text){0});
}

/* From the other chair means: whoever sits in the next of them. */
static uint32_t chair_of(const struct shelved_all *all, const struct next_pick *p)
{
    uint32_t n = all->v[p->scenario].next.n_chairs;
    return p->why == NEXT_DUE && p->how == PRACTICE_OTHER_CHAIR && n ? (p->chair + 1) % n : p->chair;
}

static void propose(struct shelved_all *all, struct proposal *out, const struct words *w)
{
    const struct shelved_scenario *s = &all->v[out->pick.scenario];
    struct text why = reason(all, &out->pick, w);
    out->pick.chair = chair_of(all, &out->pick);
    struct text args[] = {s->title, s->role_names[out->pick.chair], why};
    struct buf b = {0};
    words_fill(&b, s->next.n_chairs > 1 ? tr(w, "%1, as %2: %3") : tr(w, "%1: %3"), args, 3);
    out->words = doc_keep(&all->arena, &b);
}

bool shelved_propose(struct shelved_all *all, struct keep *k, const struct words *words, struct proposal out[NEXT_MOST], uint32_t *n,
                     struct store_fault *f)
{
    struct trainee_plays plays = {0};
    struct kept_filter mine = {.trainee = k->trainee.id};
    struct needs needs = needs_of(all);
    struct next_scenario *v = arena_array(&all->arena, struct next_scenario, all->n + 1);
    struct next_pick picks[NEXT_MOST];
    bool known = k->trainee.id != 0;
    bool ok = !known || (trainee_plays(k, k->trainee.id, &plays, f) && store_totals(k->store, &mine, take_total, &needs, f));
    for (uint32_t i = 0; i < all->n; i++) {
        struct next_scenario *s = &all->v[i].next;
        for (uint32_t c = 0; c < s->n_chairs && known; c++) {
            s->chairs[c].played = trainee_played(&plays, all->v[i].id, s->chairs[c].role);
            s->chairs[c].practice = trainee_plan(&plays, all->v[i].id, s->chairs[c].role, s->n_chairs);
        }
        v[i] = *s;
    }
    trainee_plays_done(&plays);
    *n = 0;
    if (!ok)
        return false;
    struct next_wish wish = {k->trainee.department, k->trainee.role, needs.v, needs.n, keep_now()};
    *n = next_pick(v, all->n, &wish, picks);
    for (uint32_t i = 0; i < *n; i++) {
        out[i] = (struct proposal){.pick = picks[i]};
        propose(all, &out[i], words);
    }
    return true;
}

bool shelved_next(struct shelved_all *all, struct keep *k, const struct words *words, struct doc *d, struct store_fault *f)
{
    struct proposal v[NEXT_MOST];
    uint32_t n = 0;
    bool ok = shelved_propose(all, k, words, v, &n, f);
    if (n)
        doc_heading(d, tr(words, "What to practise next"));
    for (uint32_t i = 0; i < n; i++)
        doc_item(d, (struct text){0}, text_keep(&d->arena, v[i].words));
    return ok;
}
