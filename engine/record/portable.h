/* portable.h -- records outside of any database: JSON Lines, complete, in an order that can be read back at once.
 *
 *     {"rehearse":"records","format":1,"ends":true}
 *     {"version":{"digest":"76d1…","scenario":"late-handover","version":"1.0","lang":"zh-CN","titles":[{"lang":"en","title":"…"}]}}
 *     {"file":{"version":"76d1…","need":"file","kind":"scenario","line":"…","text":"<scenario …"}}
 *     {"trainee":{"name":"Wei","department":"ops","role":"lead","asked":true,"tags":"autumn","since":1795600000000}}
 *     {"session":{"name":"k7m3qx","trainee":"Wei","digest":"76d1…","roles":"cheng","mode":"practice",…}}
 *     {"at":1795600000000,"event":{"n":0,"e":"began",…}}
 *     {"state":{"kind":"play","body":"…"}}   {"words":{…}}   {"answer":{…}}   of the session above them
 *     {"voter":{…}}   {"round":{…}}   {"vote":{…}}   {"hands":{…}}            where it was a room's
 *
 *     {"end":{"sessions":1}}
 *
 * A file that is added to has neither `ends` nor an end, and its sessions do not know how many events will follow.  An event stands there in its canonical bytes.  A version comes before its files and before any session of it, a trainee
 * before theirs.  Nothing derived is written.  Each function appends one line, or as many as are needed. */
#ifndef RECORD_PORTABLE_H
#define RECORD_PORTABLE_H

#include "record/store.h"

enum { PORTABLE_FORMAT = 1 };

/* ENDS: portable_end will close it, so that a file that was cut short is found out. */
void portable_head(bool ends, struct buf *out);
void portable_version(const struct kept_version *v, const struct kept_title *titles, uint32_t n_titles, struct buf *out);
/* DIGEST is the version's. */
void portable_file(struct text digest, const struct handed *file, struct buf *out);
void portable_trainee(const struct kept_trainee *t, struct buf *out);
/* With the number of its events and of plays before it; events 0: neither is known yet. */
void portable_session(const struct kept_session *s, struct buf *out);
/* LINES are whole canonical lines. */
void portable_events(struct text lines, int64_t at, struct buf *out);
void portable_state(struct text kind, struct text body, struct buf *out);
void portable_words(enum kept_word_kind kind, uint32_t voter, int64_t at, struct text words, struct buf *out);
void portable_answer(const struct kept_answer *a, struct buf *out);
/* Without the phone's secret, which lets nobody in elsewhere. */
void portable_voter(const struct kept_voter *v, struct buf *out);
void portable_round(const struct kept_round *r, struct buf *out);
void portable_vote(const struct kept_vote *v, struct buf *out);
void portable_hands(const struct kept_hands *h, struct buf *out);

void portable_end(uint32_t sessions, struct buf *out);

/* The words for kinds of written words, by enum kept_word_kind. */
extern const struct terms portable_word_terms;

#endif
