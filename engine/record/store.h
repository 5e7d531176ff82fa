/* store.h -- where records are kept, and everything that can be asked of it.
 *
 *     struct store *s = store_open(&(struct store_config){.where = NULL}, &fault);
 *     store_begin(s, &begin, &writer, &fault);
 *     store_append(s, &writer, events, &standing, &fault);     kept, once this has said true
 *
 * The same on every database (sql.h).  Events are only ever added, numbered from 0 in each session; what was committed is
 * there after any crash.  Whatever fails has changed nothing, but for STORE_GONE and STORE_IO, where nobody knows: asking
 * once more with the same events is harmless.  After STORE_IO, STORE_GONE, STORE_DAMAGED and STORE_VANISHED the store has to
 * be opened anew (store_reopen).  STORE_ERASED: what a row belongs to is not there, or not any more.
 *
 * Functions that hand out rows call FN for each, in the order said, and stop where it returns false; FN may ask the same
 * store.  Memory is bounded by one row on SQLite, by the rows of one question on PostgreSQL.  The store knows no clock:
 * times come in, as milliseconds since 1970 UTC.  Texts are UTF-8; nothing here is cleaned for any sink. */
#ifndef RECORD_STORE_H
#define RECORD_STORE_H

#include "base/arena.h"
#include "record/schema.h"
#include "report/records.h"

/* ---- opening ---- */

struct store_config {
    const char *where;      /* file, folder, or postgresql://…; NULL: the user's own file under XDG_DATA_HOME */
    bool existing;          /* do not make one where there is none: STORE_MISSING */
    bool check;             /* look whether all is whole, however it was left */
    store_wait_fn *wait;    /* see sql.h; NULL: just waits */
    void *self;
    int patience;           /* milliseconds a server may take to answer; 0: as short as a trainee's screen needs it */
    const struct schema *schema; /* NULL: store_schema; another for tests */
    const char *plugin;     /* path of PostgreSQL's plug-in; NULL: where it is installed */
};

struct store;

/* The records at config.where, brought to this version's schema.  NULL with F.  A damaged file that was ours is moved
 * aside and a new one begun: store_moved tells. */
struct store *store_open(const struct store_config *config, struct store_fault *f);
void store_close(struct store *s);
/* Closes what is open, and opens it again, looking whether it is whole.  False with F: the store is closed, and may be
 * reopened later; any other call says STORE_GONE meanwhile. */
bool store_reopen(struct store *s, struct store_fault *f);

/* False after a store_reopen that failed. */
bool store_is_open(const struct store *s);

/* The file or server, without a password; for people. */
struct text store_place(const struct store *s);
enum store_kind { STORE_OWN, STORE_FILE, STORE_NETWORK, STORE_SERVER };
/* Whose it is: the user's own file, a file that was named, one on a network drive, a server. */
enum store_kind store_kind(const struct store *s);
/* Where a damaged file was moved to when this was opened; empty: it was whole. */
struct text store_moved(const struct store *s);
/* Damaged files that were ever moved aside and still stand there. */
uint32_t store_count_moved(const struct store *s);

/* ---- who practises ---- */

/* The trainee called NAME (case and width do not matter), made where there is none and MAKE; OUT in A.  False with
 * STORE_MISSING. */
bool store_trainee(struct store *s, struct text name, bool make, int64_t now, struct arena *a, struct kept_trainee *out,
                   struct store_fault *f);
/* Department and role of T, and that they were asked for; and the cohorts that T's new sessions belong to. */
bool store_trainee_set(struct store *s, const struct kept_trainee *t, struct store_fault *f);
typedef bool store_trainee_fn(void *self, const struct kept_trainee *t);
/* By name.  FILTER: tag and department. */
bool store_trainees(struct store *s, const struct kept_filter *filter, store_trainee_fn *fn, void *self,
                    struct store_fault *f);

/* ---- scenarios as they were ---- */

/* The version with this digest; false with STORE_MISSING where it was never kept. */
bool store_version(struct store *s, struct text digest, struct arena *a, struct kept_version *out, struct store_fault *f);
/* Keeps V with its FILES, in the order they were handed over (client_handed), and its titles by language; ID is its id.
 * Nothing happens where it is there already. */
struct kept_title {
    struct text lang, title;
};
bool store_version_keep(struct store *s, const struct kept_version *v, const struct handed *files, uint32_t n_files,
                        const struct kept_title *titles, uint32_t n_titles, int64_t now, int64_t *id,
                        struct store_fault *f);
typedef bool store_file_fn(void *self, const struct handed *file);
bool store_files(struct store *s, int64_t version, store_file_fn *fn, void *self, struct store_fault *f);
typedef bool store_title_fn(void *self, const struct kept_title *title);
bool store_titles(struct store *s, int64_t version, store_title_fn *fn, void *self, struct store_fault *f);

/* ---- writing a session ---- */

/* The right to add to one session, and how far it has come.  Whoever took it last has it; an earlier holder's next
 * store_append says STORE_ELSEWHERE. */
struct store_writer {
    int64_t session;
    int64_t token;
    uint32_t events;        /* kept so far */
    char name[KEPT_SESSION_NAME + 1];
};

struct store_begin {
    int64_t trainee;        /* 0: a room's */
    int64_t version;
    struct text name;       /* of an imported session; empty: one is made */
    struct text origin, roles, lang, tags;
    enum wire_mode mode;
    uint64_t seed;
    int64_t started;
    bool shared;
    int32_t before;         /* of an imported session; -1: counted */
};

/* How a session stands behind the events given. */
struct store_standing {
    enum wire_phase phase;
    uint32_t turn;
    int64_t now;
};

/* A new session and its first EVENTS (whole lines), in one commit. */
bool store_begin(struct store *s, const struct store_begin *begin, struct text events,
                 const struct store_standing *standing, struct store_writer *w, struct store_fault *f);
/* Takes the right to go on with SESSION. */
bool store_take(struct store *s, int64_t session, struct store_writer *w, struct store_fault *f);
/* Adds EVENTS (whole lines, from number w->events on) in one commit.  Events that are there already, byte for byte, are
 * no fault.  STORE_ELSEWHERE: others stand there, or somebody else has the right now. */
bool store_append(struct store *s, struct store_writer *w, struct text events, const struct store_standing *standing,
                  struct store_fault *f);
/* What a front end has to know to go on, one text a KIND, replaced each time; empty: forgotten. */
bool store_state_set(struct store *s, int64_t session, struct text kind, struct text body, struct store_fault *f);
bool store_state(struct store *s, int64_t session, struct text kind, struct buf *out, struct store_fault *f);
typedef bool store_state_fn(void *self, struct text kind, struct text body);
/* All of them, by kind. */
bool store_states(struct store *s, int64_t session, store_state_fn *fn, void *self, struct store_fault *f);
bool store_share(struct store *s, int64_t session, bool shared, struct store_fault *f);

/* ---- reading sessions ---- */

/* The session called NAME, as a person types it: case, blanks and hyphens do not matter, o is 0, i and l are 1. */
bool store_session(struct store *s, struct text name, struct text lang, struct arena *a, struct kept_session *out,
                   struct store_fault *f);
typedef bool store_session_fn(void *self, const struct kept_session *session);
bool store_sessions(struct store *s, const struct kept_filter *filter, store_session_fn *fn, void *self,
                    struct store_fault *f);
typedef bool store_event_fn(void *self, const struct kept_event *event);
/* Events of SESSION from number FROM on, in order. */
bool store_events(struct store *s, int64_t session, uint32_t from, store_event_fn *fn, void *self, struct store_fault *f);
/* All of them, canonical, one a line, appended. */
bool store_events_text(struct store *s, int64_t session, struct buf *out, struct store_fault *f);
/* Scenarios that TRAINEE played, the one played last first. */
typedef bool store_played_fn(void *self, const struct kept_played *played);
bool store_played(struct store *s, int64_t trainee, struct text lang, store_played_fn *fn, void *self,
                  struct store_fault *f);

/* ---- own words and answers ---- */

/* Empty TEXT takes them back. */
bool store_words_set(struct store *s, int64_t session, enum kept_word_kind kind, uint32_t voter, struct text text,
                     int64_t now, struct store_fault *f);
typedef bool store_words_fn(void *self, const struct kept_words *words);
/* By session, then kind. */
bool store_words(struct store *s, const struct kept_filter *filter, store_words_fn *fn, void *self, struct store_fault *f);
/* The newest sentence of TRAINEE that was not followed up (KEPT_DID); false with STORE_MISSING where there is none. */
bool store_intent(struct store *s, int64_t trainee, struct text lang, struct arena *a, struct kept_intent *out,
                  struct store_fault *f);
bool store_answer_set(struct store *s, int64_t session, const struct kept_answer *answer, struct store_fault *f);
typedef bool store_answer_fn(void *self, const struct kept_answer *answer);
bool store_answers(struct store *s, const struct kept_filter *filter, store_answer_fn *fn, void *self,
                   struct store_fault *f);

/* ---- grades ---- */

/* What one grading found, in place of an earlier one by the same key.  Of the rows, `session`, `key` and `own` are not
 * looked at. */
struct store_grades {
    struct kept_grading grading;
    const struct kept_score *scores;
    const struct kept_piece *pieces;
    const struct kept_move *moves;
    const struct kept_conflict *conflicts;
    uint32_t n_scores, n_pieces, n_moves, n_conflicts;
};
bool store_grade(struct store *s, int64_t session, int64_t key, const struct store_grades *grades, struct store_fault *f);

typedef bool store_grading_fn(void *self, const struct kept_grading *grading);
typedef bool store_score_fn(void *self, const struct kept_score *score);
typedef bool store_piece_fn(void *self, const struct kept_piece *piece);
typedef bool store_move_fn(void *self, const struct kept_move *move);
typedef bool store_conflict_fn(void *self, const struct kept_conflict *conflict);
/* By session in the filter's order, then as they came. */
bool store_gradings(struct store *s, const struct kept_filter *filter, store_grading_fn *fn, void *self,
                    struct store_fault *f);
bool store_scores(struct store *s, const struct kept_filter *filter, store_score_fn *fn, void *self, struct store_fault *f);
bool store_pieces(struct store *s, const struct kept_filter *filter, store_piece_fn *fn, void *self, struct store_fault *f);
bool store_moves(struct store *s, const struct kept_filter *filter, store_move_fn *fn, void *self, struct store_fault *f);
bool store_conflicts(struct store *s, const struct kept_filter *filter, store_conflict_fn *fn, void *self,
                     struct store_fault *f);
/* Sessions that were answered and not graded by their own key since: their grades have to be made (again). */
bool store_ungraded(struct store *s, const struct kept_filter *filter, store_session_fn *fn, void *self,
                    struct store_fault *f);

/* ---- added up by the database ---- */

/* People the filter's sessions are of. */
bool store_people(struct store *s, const struct kept_filter *filter, uint32_t *people, uint32_t *sessions,
                  struct store_fault *f);
typedef bool store_total_fn(void *self, const struct kept_total *total);
typedef bool store_move_total_fn(void *self, const struct kept_move_total *total);
typedef bool store_option_fn(void *self, const struct kept_option *option);
/* A scenario that was played, and the newest of its versions that are kept. */
typedef bool store_latest_fn(void *self, struct text scenario, int64_t version);
typedef bool store_ending_fn(void *self, const struct kept_ending *ending);
bool store_totals(struct store *s, const struct kept_filter *filter, store_total_fn *fn, void *self, struct store_fault *f);
bool store_move_totals(struct store *s, const struct kept_filter *filter, store_move_total_fn *fn, void *self,
                       struct store_fault *f);
bool store_options(struct store *s, const struct kept_filter *filter, store_option_fn *fn, void *self,
                   struct store_fault *f);
bool store_latest(struct store *s, const struct kept_filter *filter, store_latest_fn *fn, void *self, struct store_fault *f);
bool store_endings(struct store *s, const struct kept_filter *filter, store_ending_fn *fn, void *self,
                   struct store_fault *f);

/* ---- a room ---- */

/* A voter, new or as they are now. */
bool store_voter_set(struct store *s, int64_t session, const struct kept_voter *v, struct store_fault *f);
typedef bool store_voter_fn(void *self, const struct kept_voter *v);
bool store_voters(struct store *s, int64_t session, store_voter_fn *fn, void *self, struct store_fault *f);
bool store_round_set(struct store *s, int64_t session, const struct kept_round *r, struct store_fault *f);
typedef bool store_round_fn(void *self, const struct kept_round *r);
bool store_rounds(struct store *s, int64_t session, store_round_fn *fn, void *self, struct store_fault *f);
/* One a round and voter; a later one replaces it; an empty option takes it back. */
bool store_vote(struct store *s, int64_t session, const struct kept_vote *v, struct store_fault *f);
typedef bool store_vote_fn(void *self, const struct kept_vote *v);
bool store_votes(struct store *s, int64_t session, uint32_t round, store_vote_fn *fn, void *self, struct store_fault *f);
bool store_hands(struct store *s, int64_t session, const struct kept_hands *h, struct store_fault *f);
typedef bool store_hands_fn(void *self, const struct kept_hands *h);
bool store_hands_all(struct store *s, int64_t session, uint32_t round, store_hands_fn *fn, void *self,
                     struct store_fault *f);

/* ---- several at once ---- */

/* From here to store_together_end everything is one commit: all of it is there afterwards, or nothing.  Others that write
 * wait meanwhile. */
bool store_together(struct store *s, struct store_fault *f);
/* Keeps what was done where OK, else takes it back.  OK once it is on the disk. */
bool store_together_end(struct store *s, bool ok, struct store_fault *f);

/* ---- erasing ---- */

/* What went. */
struct store_erased {
    uint32_t trainees, sessions, events, words, answers, votes, versions;
    bool scrubbed;          /* the bytes are gone from file and log, too; else WHY tells what was in the way */
    struct store_fault why;
};

/* The trainee NAME with everything of theirs, and their name in rooms.  STORE_MISSING where there is none. */
bool store_forget(struct store *s, struct text name, struct store_erased *out, struct store_fault *f);
/* Sessions whose newest event is older than BEFORE, and trainees and versions nothing is left of. */
bool store_forget_older(struct store *s, int64_t before, struct store_erased *out, struct store_fault *f);

#endif
