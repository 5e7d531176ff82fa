/* test_wifi.c -- the password of a Wi-Fi: from a file, and typed unseen on a real terminal. */
#include "unit.h"

#include "front/wifi.h"

#include <errno.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void from_a_file(void **state)
{
    (void)state;
    static const struct {
        const char *file, *password;
        enum wifi_read got;
    } rows[] = {
        {"secret\n", "secret", WIFI_READ}, {"secret", "secret", WIFI_READ}, {"secret\r\nmore\n", "secret", WIFI_READ}, {"", "", WIFI_READ}, {"\n", "", WIFI_READ},
        {" a b \n", " a b ", WIFI_READ},
        {"0123456789012345678901234567890123456789012345678901234567890123", "", WIFI_TOO_LONG},
    };
    char path[] = "/tmp/rehearse-wifi-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    for each (i, rows) {
        struct buf b = {0};
        assert_int_equal(ftruncate(fd, 0), 0);
        assert_int_equal(pwrite(fd, rows[i].file, strlen(rows[i].file), 0), (ssize_t)strlen(rows[i].file));
        expect_number(wifi_password(path, "", &b), rows[i].got, rows[i].file);
        if (rows[i].got == WIFI_READ)
            expect_text(buf_view(&b), rows[i].password, rows[i].file);
        buf_done(&b);
    }
    close(fd);
    unlink(path);
    struct buf b = {0};
    expect_number(wifi_password(path, "", &b), WIFI_NOT_READ, "no file");
    assert_int_equal(errno, ENOENT);
    buf_done(&b);
}

/* Everything the terminal shows until the other side ends. */
static size_t shown_by(int terminal, char *out, size_t size)
{
    size_t n = 0;
    ssize_t got;
    while (n + 1 < size && (got = read(terminal, out + n, size - 1 - n)) > 0)
        n += (size_t)got;
    out[n] = 0;
    return n;
}

static void on_a_terminal(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *says;
    } rows[] = {{"correct horse\n", "<1:correct horse>"}, {"\n", "<1:>"}, {"\x04", "<4:>"}};
    for each (i, rows) {
        int terminal;
        char shown[2000];
        pid_t child = forkpty(&terminal, NULL, NULL, NULL);
        assert_true(child >= 0);
        if (child == 0) {
            struct buf b = {0};
            enum wifi_read got = wifi_password(NULL, "Password: ", &b);
            printf("<%d:%.*s>\n", got, (int)b.len, b.len ? b.at : "");
            fflush(stdout);
            _exit(0);
        }
        size_t n = 0; /* types only once it is asked: what comes before is thrown away */
        while (n < 10 && read(terminal, shown + n, 1) == 1)
            n++;
        usleep(50000);
        assert_true(write(terminal, rows[i].typed, strlen(rows[i].typed)) > 0);
        shown_by(terminal, shown, sizeof shown);
        assert_non_null(strstr(shown, rows[i].says));
        char *first = strstr(shown, "correct horse");
        assert_true(!first || first[-1] == ':'); /* only as the answer, never as it was typed */
        assert_int_equal(waitpid(child, NULL, 0), child);
        close(terminal);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(from_a_file), cmocka_unit_test(on_a_terminal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
