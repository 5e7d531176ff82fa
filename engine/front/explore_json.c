/* explore_json.c -- what a scenario can do, as one JSON object for programs.  Fractions are numbers here. */
#include "front/explore_view.h"

#include <stdio.h>

static void put_real(struct json_out *o, const char *name, double v)
{
    char text[64];
    json_key(o, name);
    json_raw(o, text_from(text, (size_t)snprintf(text, sizeof text, "%.12g", v)));
}

static void put_share(struct json_out *o, const struct explore_share *s)
{
    put_real(o, "share", s->share);
    if (s->low < s->high) {
        put_real(o, "low", s->low);
        put_real(o, "high", s->high);
    }
}

static void put_runs(struct json_out *o, const char *name, struct runs r)
{
    struct buf plain = {0};
    runs_plain(r, &plain);
    if (plain.len)
        json_put_text(o, name, buf_view(&plain));
    buf_done(&plain);
}

static void put_name(struct json_out *o, const char *name, struct text t)
{
    if (t.len)
        json_put_text(o, name, t);
}

static void put_score(struct json_out *o, const struct explore_score *sc)
{
    json_open_object(o);
    json_put_text(o, "competency", sc->competency);
    put_runs(o, "title", sc->title);
    json_put_bool(o, "focus", sc->focus);
    json_put_int(o, "worst", sc->worst);
    json_put_int(o, "best", sc->best);
    json_put_int(o, "luck", sc->luck);
    put_real(o, "mean", sc->mean);
    if (sc->pieces_good >= 0)
        json_put_int(o, "pieces-good", sc->pieces_good);
    json_key(o, "bins");
    json_open_array(o);
    for (int i = 0; i < EXPLORE_BINS; i++)
        json_int(o, sc->bin[i]);
    json_close_array(o);
    if (sc->competency.len) {
        put_real(o, "quality-random", sc->quality_random);
        put_real(o, "quality-best", sc->quality_best);
        json_key(o, "levels");
        json_open_array(o);
        for (int l = 1; l <= EXPLORE_LEVELS; l++) {
            json_open_object(o);
            put_share(o, &sc->levels[l].share);
            json_put_bool(o, "attained", sc->levels[l].attained);
            json_close_object(o);
        }
        json_close_array(o);
    }
    json_close_object(o);
}

static void put_finding(struct json_out *o, const struct explore_finding *f)
{
    json_open_object(o);
    json_put_text(o, "finding", term_word(&finding_terms, f->kind));
    put_name(o, "scene", f->scene);
    put_name(o, "decision", f->decision);
    put_name(o, "option", f->option);
    put_name(o, "other", f->other);
    put_name(o, "node", f->node);
    put_name(o, "fact", f->fact);
    put_name(o, "competency", f->competency);
    put_name(o, "at", f->at);
    if (f->why)
        json_put_text(o, "why", term_word(&stuck_terms, f->why));
    if (f->kind == WIRE_FIND_SCRIPT_FAILS) {
        json_put_text(o, "code", text_of(msg_name(f->problem.code)));
        json_put_text(o, "file", f->problem.file);
        json_put_int(o, "line", f->problem.line);
    }
    if (f->kind == WIRE_FIND_THIN_EVIDENCE)
        json_put_int(o, "pieces", f->pieces);
    if (f->level)
        json_put_int(o, "level", f->level);
    if (f->kind == WIRE_FIND_LEVEL_BY_CHANCE)
        put_real(o, "share", f->share);
    if (f->kind == WIRE_FIND_REPAIR_PAYS) {
        json_put_int(o, "points", f->points);
        json_put_int(o, "other-points", f->other_points);
        json_put_int(o, "leaves", f->leaves);
        json_put_int(o, "other-leaves", f->other_leaves);
    }
    json_close_object(o);
}

void explored_put_play(struct json_out *o, const struct client_explored_play *p, struct text competency)
{
    json_key(o, "best-play");
    json_open_object(o);
    json_put_text(o, "competency", competency);
    json_key(o, "play");
    json_open_array(o);
    for (uint32_t i = 0; i < p->n; i++) {
        const struct explore_step *st = &p->v[i];
        json_open_object(o);
        put_name(o, "option", st->option);
        if (st->n_parts) {
            json_key(o, "parts");
            json_open_array(o);
            for (uint32_t k = 0; k < st->n_parts; k++)
                json_str(o, st->parts[k].part);
            json_close_array(o);
        }
        if (st->of) {
            json_put_int(o, "drawn", st->drawn);
            json_put_int(o, "of", st->of);
        } else {
            json_put_bool(o, "engine", st->engine);
            json_put_int(o, "points", st->points);
        }
        json_close_object(o);
    }
    json_close_array(o);
    json_put_int(o, "total", p->total);
    json_put_text(o, "ending", p->ending);
    json_close_object(o);
}

void explored_put(struct json_out *o, const struct explored *e)
{
    const struct client_explored *x = e->x;
    json_open_object(o);
    json_put_text(o, "scenario", e->info->id);
    json_put_text(o, "role", e->role);
    json_put_text(o, "kind", term_word(&study_terms, x->kind));
    json_put_int(o, "seed", (int64_t)e->seed);
    json_put_int(o, "states", x->states);
    put_name(o, "plays", x->plays);
    if (x->plays_power >= 0)
        json_put_int(o, "plays-power", x->plays_power);
    json_put_bool(o, "unbounded", x->unbounded);
    json_put_int(o, "shortest", x->shortest);
    if (!x->unbounded)
        json_put_int(o, "longest", x->longest);
    put_real(o, "mean-length", x->mean_length);
    json_put_int(o, "sampled", x->sampled);
    put_real(o, "unended", x->unended.share);
    json_key(o, "scores");
    json_open_array(o);
    for (uint32_t i = 0; i < x->n_scores; i++)
        put_score(o, &x->scores[i]);
    json_close_array(o);
    json_key(o, "endings");
    json_open_array(o);
    for (uint32_t i = 0; i < x->n_endings; i++) {
        json_open_object(o);
        json_put_text(o, "ending", x->endings[i].ending);
        put_runs(o, "title", x->endings[i].title);
        json_put_text(o, "outcome", term_word(&outcome_terms, x->endings[i].outcome));
        put_share(o, &x->endings[i].share);
        json_close_object(o);
    }
    json_close_array(o);
    if (x->sketch)
        json_put_bool(o, "sketch", true);
    if (x->chairs_open)
        json_put_bool(o, "chairs-open", true);
    json_key(o, "findings");
    json_open_array(o);
    for (uint32_t i = 0; i < x->n_findings; i++)
        put_finding(o, &x->findings[i]);
    json_close_array(o);
}
