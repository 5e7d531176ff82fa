/* xapi.h -- a kept conversation as xAPI statements (IEEE 9274.1.1, as 1.0.3), one a line.
 *
 *     {"id":"…","actor":{"account":{"homePage":"https://example.org/","name":"wei"}},"verb":{"id":"…/answered"},
 *      "object":{"id":"https://example.org/rehearse/late-handover/first-reply","definition":{…}},
 *      "result":{"response":"reflect","extensions":{"urn:rehearse:xapi:points":{"listening":2},…}},…}
 *
 * Each answer of a person is `answered`, each conversation that came to an ending `completed`, and `passed` or `failed`
 * where the scenario sets a mark on reach and the operator asks.  An identifier is made from what happened, so that sending
 * twice, from any machine, is sending once.  What trainees placed themselves in own words has no points, and no word that
 * they wrote is in any statement. */
#ifndef REPORT_XAPI_H
#define REPORT_XAPI_H

#include "report/records.h"
#include "wire/client.h"

/* What a version of a scenario says, in each of its languages. */
struct xapi_scenario {
    struct text id, version, digest;
    const struct text *langs;
    const struct client_info *infos;        /* by language */
    const struct client_outline *outlines;
    uint32_t n_langs;
};

/* An event as it was kept. */
struct xapi_event {
    int64_t at;
    struct text body;
};

/* How far a play got of what was within reach, with a pass mark. */
struct xapi_mark {
    bool known;                             /* else nothing below is meant */
    bool passed;
    int32_t got, worst, best;
};

struct xapi_session {
    const struct kept_session *kept;
    const struct xapi_event *events;        /* by number */
    uint32_t n_events;
    const struct client_debrief *debrief;
    struct xapi_mark mark;
};

/* Appends the statements of S, whose actor's account is at HOME ("https://example.org/").  How many. */
uint32_t xapi_put(const struct xapi_scenario *sc, const struct xapi_session *s, struct text home, struct buf *out);

#endif
