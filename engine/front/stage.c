/* stage.c -- ncurses: a canvas put on a terminal, and keys read from it.
 *
 * Colours are set for every cell, background too, because a projector shows whatever the terminal's own are.  An ink is told
 * by a weight as well as by a colour where it matters, and a terminal without colours has weights alone.  How wide it draws
 * ambiguous characters is asked once, before ncurses has it: one such character is written and the terminal says where the
 * cursor stands.  Knows nothing of workshops. */
#include "front/stage.h"

#include "base/terminal.h"

#include <curses.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { ASKED_MS = 250, EARLY = 32, ESCAPE_MS = 40, COLOURS_MANY = 256 };

struct stage {
    SCREEN *screen;
    enum theme theme;
    bool wide, all;
    unsigned w, h;
    unsigned char early[EARLY]; /* keys pressed while the terminal was asked */
    unsigned n_early, next_early;
};

/* ---- how inks look ---- */

struct look {
    short fg, bg;   /* of 256; -1: the theme's own */
    short fg8, bg8; /* of 8 */
    attr_t weight, alone; /* with colours, and where there are none */
};

static const struct look looks[2][INKS] = {
    [THEME_DARK] = {
        [INK_PLAIN] = {231, -1, 7, -1, 0, 0},
        [INK_STRONG] = {231, -1, 7, -1, A_BOLD, A_BOLD},
        [INK_QUIET] = {248, -1, 7, -1, 0, A_DIM},
        [INK_NAME] = {123, -1, 6, -1, A_BOLD, A_BOLD},
        [INK_ASIDE] = {223, -1, 3, -1, 0, 0},
        [INK_OTHER] = {252, -1, 7, -1, 0, 0},
        [INK_WARN] = {227, -1, 3, -1, A_BOLD, A_BOLD | A_UNDERLINE},
        [INK_BAR] = {123, -1, 6, -1, 0, A_BOLD},
        [INK_BAR_BEFORE] = {246, -1, 7, -1, 0, 0},
        [INK_REST] = {240, -1, 7, -1, 0, A_DIM},
        [INK_FIELD] = {16, 227, 0, 3, A_BOLD, A_REVERSE},
        [INK_LIGHT] = {231, 231, 7, 7, 0, A_REVERSE},
        [INK_DARK] = {16, 16, 0, 0, 0, 0},
        [INK_HALF] = {16, 231, 0, 7, 0, 0},
        [INK_TILE + 0] = {231, 25, 7, 4, A_BOLD, A_REVERSE | A_BOLD},
        [INK_TILE + 1] = {16, 214, 7, 1, A_BOLD, A_REVERSE | A_BOLD},
        [INK_TILE + 2] = {231, 29, 0, 2, A_BOLD, A_REVERSE | A_BOLD},
        [INK_TILE + 3] = {231, 97, 7, 5, A_BOLD, A_REVERSE | A_BOLD},
        [INK_TILE + 4] = {16, 227, 0, 3, A_BOLD, A_REVERSE | A_BOLD},
        [INK_TILE + 5] = {16, 250, 0, 7, A_BOLD, A_REVERSE | A_BOLD},
    },
    [THEME_PAPER] = {
        [INK_PLAIN] = {16, -1, 0, -1, 0, 0},
        [INK_STRONG] = {16, -1, 0, -1, A_BOLD, A_BOLD},
        [INK_QUIET] = {240, -1, 0, -1, 0, A_DIM},
        [INK_NAME] = {25, -1, 4, -1, A_BOLD, A_BOLD},
        [INK_ASIDE] = {94, -1, 5, -1, 0, 0},
        [INK_OTHER] = {236, -1, 0, -1, 0, 0},
        [INK_WARN] = {124, -1, 1, -1, A_BOLD, A_BOLD | A_UNDERLINE},
        [INK_BAR] = {25, -1, 4, -1, 0, A_BOLD},
        [INK_BAR_BEFORE] = {244, -1, 0, -1, 0, 0},
        [INK_REST] = {250, -1, 0, -1, 0, A_DIM},
        [INK_FIELD] = {231, 124, 7, 1, A_BOLD, A_REVERSE},
        [INK_LIGHT] = {231, 231, 7, 7, 0, A_REVERSE},
        [INK_DARK] = {16, 16, 0, 0, 0, 0},
        [INK_HALF] = {16, 231, 0, 7, 0, 0},
        [INK_TILE + 0] = {231, 25, 7, 4, A_BOLD, A_REVERSE | A_BOLD},
        [INK_TILE + 1] = {16, 214, 7, 1, A_BOLD, A_REVERSE | A_BOLD},
        [INK_TILE + 2] = {231, 29, 0, 2, A_BOLD, A_REVERSE | A_BOLD},
        [INK_TILE + 3] = {231, 97, 7, 5, A_BOLD, A_REVERSE | A_BOLD},
        [INK_TILE + 4] = {16, 227, 0, 3, A_BOLD, A_REVERSE | A_BOLD},
        [INK_TILE + 5] = {16, 250, 0, 0, A_BOLD, A_REVERSE | A_BOLD},
    },
};
/* Black and white as the theme's ground: of 256, of 8. */
static const short grounds[2][2] = {{16, 0}, {231, 7}};

static bool many(void) { return COLORS >= COLOURS_MANY; }

static void set_inks(struct stage *s)
{
    short ground = grounds[s->theme][many() ? 0 : 1];
    for (short i = 0; has_colors() && i < INKS; i++) {
        const struct look *l = &looks[s->theme][i];
        short fg = many() ? l->fg : l->fg8, bg = many() ? l->bg : l->bg8;
        init_pair((short)(i + 1), fg, bg < 0 ? ground : bg);
    }
    bkgdset(has_colors() ? (chtype)(' ' | COLOR_PAIR(INK_PLAIN + 1)) : (chtype)' ');
}

static void ink_on(const struct stage *s, const struct cell *cell)
{
    const struct look *l = &looks[s->theme][cell->ink < INKS ? cell->ink : INK_PLAIN];
    attr_t weight = has_colors() ? l->weight : l->alone;
    attr_set(weight | (cell->em ? A_UNDERLINE : 0), has_colors() ? (short)(cell->ink + 1) : 0, NULL);
}

/* ---- asking the terminal ---- */

/* The column of a cursor report, 0 where PIECE holds none; what is no report is kept as keys. */
static int report_column(struct stage *s, const char *piece, size_t n)
{
    int column = 0;
    for (size_t i = 0; i < n; i++) {
        int row, col, end = 0;
        char copy[24] = {0};
        memcpy(copy, piece + i, n - i < sizeof copy - 1 ? n - i : sizeof copy - 1);
        if (sscanf(copy, "\033[%d;%dR%n", &row, &col, &end) == 2 && end) {
            column = col;
            i += (size_t)end - 1;
        } else if (s->n_early < EARLY && (unsigned char)piece[i] >= ' ' && (unsigned char)piece[i] < 0x7f) {
            s->early[s->n_early++] = (unsigned char)piece[i];
        }
    }
    return column;
}

static bool asked_wide(struct stage *s)
{
    static const char ask[] = "\r\xc2\xb7\033[6n"; /* a middle dot: ambiguous */
    struct termios before, raw;
    char piece[128];
    size_t n = 0;
    int column = 0;
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return false;
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    if (write(STDOUT_FILENO, ask, sizeof ask - 1) == (ssize_t)(sizeof ask - 1))
        while (n < sizeof piece && poll(&(struct pollfd){.fd = STDIN_FILENO, .events = POLLIN}, 1, ASKED_MS) > 0) {
            ssize_t got = read(STDIN_FILENO, piece + n, sizeof piece - n);
            if (got <= 0)
                break;
            n += (size_t)got;
            if (memchr(piece, 'R', n))
                break;
        }
    column = report_column(s, piece, n);
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
    return column == 3;
}

/* ---- opening and closing ---- */

static unsigned clamp(unsigned n, unsigned lo, unsigned hi) { return n < lo ? lo : n > hi ? hi : n; }

static void measure(struct stage *s)
{
    struct winsize ws;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col && ws.ws_row;
    s->w = known ? clamp(ws.ws_col, 20, 500) : 80;
    s->h = known ? clamp(ws.ws_row, 5, 500) : 24;
}

struct stage *stage_open(enum theme theme)
{
    struct stage *s = mem_new(sizeof *s);
    *s = (struct stage){.theme = theme};
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
        s->wide = asked_wide(s);
        s->screen = newterm(NULL, stdout, stdin);
    }
    if (!s->screen) {
        free(s);
        return NULL;
    }
    set_term(s->screen);
    if (has_colors())
        start_color();
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(ESCAPE_MS);
    curs_set(0);
    measure(s);
    set_inks(s);
    return s;
}

void stage_close(struct stage *s)
{
    if (!s)
        return;
    endwin();
    delscreen(s->screen);
    free(s);
}

void stage_size(const struct stage *s, unsigned *w, unsigned *h)
{
    *w = s->w;
    *h = s->h;
}

bool stage_wide(const struct stage *s) { return s->wide; }

void stage_resize(struct stage *s)
{
    measure(s);
    resizeterm((int)s->h, (int)s->w);
    s->all = true;
}

void stage_theme(struct stage *s, enum theme theme)
{
    s->theme = theme;
    s->all = true;
    set_inks(s);
}

void stage_redraw(struct stage *s) { s->all = true; }

void stage_pause(struct stage *s)
{
    (void)s;
    def_prog_mode();
    endwin();
}

void stage_go_on(struct stage *s)
{
    reset_prog_mode();
    curs_set(0);
    stage_resize(s);
}

/* ---- drawing ---- */

static void draw_row(const struct stage *s, const struct canvas *c, unsigned y)
{
    bool doubtful = false;
    for (unsigned x = 0; x < c->w; x++) {
        const struct cell *cell = &c->v[(size_t)y * c->w + x];
        if (!cell->cells)
            continue;
        struct text cluster = text_from(c->bytes.at + cell->at, cell->len), rest = cluster;
        uint32_t code = ' ';
        ink_on(s, cell);
        if (!cell->len)
            mvaddch((int)y, (int)x, ' ');
        else
            mvaddnstr((int)y, (int)x, cluster.at, (int)cluster.len);
        doubtful |= cell->len && text_next(&rest, &code) && (rest.len || (code >= 0x80 && terminal_ambiguous(code)));
    }
    if (doubtful)
        wredrawln(stdscr, (int)y, 1); /* ncurses may believe that a part of it stands where it does not */
}

void stage_draw(struct stage *s, const struct canvas *c)
{
    if (s->all)
        clearok(stdscr, TRUE);
    s->all = false;
    attr_set(0, has_colors() ? INK_PLAIN + 1 : 0, NULL);
    erase();
    for (unsigned y = 0; y < c->h && y < s->h; y++)
        draw_row(s, c, y);
    attr_set(0, 0, NULL);
    refresh();
}

/* ---- keys ---- */

static uint32_t named_press(wint_t key)
{
    switch (key) {
    case KEY_ENTER: return PRESS_ENTER;
    case KEY_BACKSPACE:
    case KEY_DC: return PRESS_BACKSPACE;
    case KEY_NPAGE: return PRESS_PAGE_DOWN;
    case KEY_PPAGE: return PRESS_PAGE_UP;
    case KEY_LEFT: return PRESS_LEFT;
    case KEY_RIGHT: return PRESS_RIGHT;
    case KEY_UP: return PRESS_UP;
    case KEY_DOWN: return PRESS_DOWN;
    case KEY_F(5): return PRESS_F5;
    default: return PRESS_NONE;
    }
}

static uint32_t plain_press(wint_t key)
{
    switch (key) {
    case '\r':
    case '\n': return PRESS_ENTER;
    case '\b':
    case 0x7f: return PRESS_BACKSPACE;
    case 0x1b: return PRESS_ESCAPE;
    case 0x0c: return PRESS_REDRAW;
    default: return key >= ' ' && key < PRESS_ENTER ? (uint32_t)key : PRESS_NONE;
    }
}

uint32_t stage_press(struct stage *s)
{
    wint_t key;
    if (s->next_early < s->n_early)
        return s->early[s->next_early++];
    for (;;) {
        int kind = get_wch(&key);
        uint32_t press = kind == KEY_CODE_YES ? named_press(key) : kind == OK ? plain_press(key) : PRESS_NONE;
        if (kind == ERR || press)
            return press;
    }
}
