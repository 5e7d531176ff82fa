/* test_wire_jail.c -- what a jailed process can do, and that everything else ends it.
 *
 * Each row is tried in a child that entered the jail: a forbidden call must end it with SIGSYS, an allowed one must not.
 * A build without a jail has nothing to try. */
#include "unit.h"

#include "wire/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MEMORY = 128 << 20, FINE = 42, REFUSED = 43 };

static int spare; /* a descriptor that is open before the jail */

/* ---- what is tried; each returns an exit status where it is allowed to go on ---- */

static int try_open(void) { return open("/etc/passwd", O_RDONLY) >= 0 ? FINE : REFUSED; }
static int try_openat(void) { return openat(AT_FDCWD, "/etc/passwd", O_RDONLY) >= 0 ? FINE : REFUSED; }
static int try_stat(void)
{
    struct stat st;
    return stat("/", &st) == 0 ? FINE : REFUSED;
}
static int try_unlink(void) { return unlink("/tmp/rehearse-nothing") == 0 ? FINE : REFUSED; }
static int try_socket(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? FINE : REFUSED; }
static int try_socket_unix(void) { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? FINE : REFUSED; }
static int try_fork(void) { return fork() >= 0 ? FINE : REFUSED; }
static int try_vfork(void) { return syscall(SYS_vfork) >= 0 ? FINE : REFUSED; }
static int try_clone(void) { return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) >= 0 ? FINE : REFUSED; }
static int try_exec(void)
{
    char *argv[] = {NULL, NULL};
    return execve("/bin/true", argv, argv);
}
static int try_kill(void) { return kill(getppid(), 0) == 0 ? FINE : REFUSED; }
static int try_kill_others(void) { return syscall(SYS_tgkill, 1, 1, SIGABRT) == 0 ? FINE : REFUSED; }
static int try_kill_self_otherwise(void) { return syscall(SYS_tgkill, getpid(), gettid(), SIGTERM) == 0 ? FINE : REFUSED; }
static int try_ptrace(void) { return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? FINE : REFUSED; }
static int try_executable(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ? FINE : REFUSED;
}
static int try_mprotect(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mprotect(p, 4096, PROT_READ | PROT_EXEC) == 0 ? FINE : REFUSED;
}
static int try_ioctl(void) { return ioctl(0, TIOCSTI, "x") == 0 ? FINE : REFUSED; }
static int try_dup(void) { return dup(1) >= 0 ? FINE : REFUSED; }
static int try_poll(void)
{
    struct pollfd p = {.fd = 0};
    return poll(&p, 1, 0) >= 0 ? FINE : REFUSED;
}
static int try_unshare(void) { return unshare(CLONE_NEWUSER) == 0 ? FINE : REFUSED; }
static int try_getrandom(void)
{
    char c;
    return syscall(SYS_getrandom, &c, 1, 0) == 1 ? FINE : REFUSED;
}
static int try_limits(void)
{
    return setrlimit(RLIMIT_AS, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY}) == 0 ? FINE : REFUSED;
}
static int try_io_uring(void) { return syscall(SYS_io_uring_setup, 1, NULL) >= 0 ? FINE : REFUSED; }
static int try_read_spare(void)
{
    char c;
    return read(spare, &c, 1) >= 0 ? FINE : REFUSED;
}
static int try_write_spare(void) { return write(spare, "x", 1) == 1 ? FINE : REFUSED; }
static int try_write_input(void) { return write(0, "x", 1) == 1 ? FINE : REFUSED; }
static int try_read_output(void)
{
    char c;
    return read(1, &c, 1) == 1 ? FINE : REFUSED;
}
static int try_writev_output(void)
{
    struct iovec v = {.iov_base = (char[]){"x"}, .iov_len = 1};
    return writev(1, &v, 1) == 1 ? FINE : REFUSED;
}

static int try_write(void) { return write(1, "x", 1) == 1 && write(2, "x", 1) == 1 ? FINE : REFUSED; }
static int try_read(void)
{
    char c;
    return read(0, &c, 1) == 1 ? FINE : REFUSED;
}
static int try_malloc(void)
{
    for (size_t n = 1; n < 32 << 20; n *= 2) {
        void *volatile p = malloc(n);
        if (!p)
            return REFUSED;
        memset(p, 1, n);
        free(p);
    }
    return FINE;
}
static int try_clock(void)
{
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? FINE : REFUSED;
}
static int try_too_much(void)
{
    void *volatile p = malloc((size_t)MEMORY * 2);
    return p ? REFUSED : FINE;
}
static int try_abort(void) { abort(); }

static const struct row {
    const char *name;
    int (*try)(void);
    int signal; /* 0: goes on to FINE */
} rows[] = {
    {"write to output and errors", try_write, 0},
    {"read input", try_read, 0},
    {"malloc and free", try_malloc, 0},
    {"clock", try_clock, 0},
    {"more memory than allowed", try_too_much, 0},
    {"abort", try_abort, SIGABRT},
    {"open", try_open, SIGSYS},
    {"openat", try_openat, SIGSYS},
    {"stat", try_stat, SIGSYS},
    {"unlink", try_unlink, SIGSYS},
    {"socket", try_socket, SIGSYS},
    {"unix socket", try_socket_unix, SIGSYS},
    {"fork", try_fork, SIGSYS},
    {"vfork", try_vfork, SIGSYS},
    {"clone", try_clone, SIGSYS},
    {"execve", try_exec, SIGSYS},
    {"kill", try_kill, SIGSYS},
    {"tgkill of somebody else", try_kill_others, SIGSYS},
    {"tgkill with another signal", try_kill_self_otherwise, SIGSYS},
    {"ptrace", try_ptrace, SIGSYS},
    {"executable memory", try_executable, SIGSYS},
    {"mprotect", try_mprotect, SIGSYS},
    {"ioctl", try_ioctl, SIGSYS},
    {"dup", try_dup, SIGSYS},
    {"poll", try_poll, SIGSYS},
    {"unshare", try_unshare, SIGSYS},
    {"getrandom", try_getrandom, SIGSYS},
    {"setrlimit", try_limits, SIGSYS},
    {"io_uring", try_io_uring, SIGSYS},
    {"read of another descriptor", try_read_spare, SIGSYS},
    {"write to another descriptor", try_write_spare, SIGSYS},
    {"write to input", try_write_input, SIGSYS},
    {"read of output", try_read_output, SIGSYS},
    {"writev to output", try_writev_output, SIGSYS},
};

/* Enters the jail and tries; pipes with something to read stand at 0 to 2.  Does not return. */
static void child(const struct row *row)
{
    int ends[2];
    const char *step;
    free(malloc(1)); /* the first malloc of a process asks for random bytes */
    if (pipe(ends) != 0 || write(ends[1], "abc", 3) != 3 || dup2(ends[0], 0) < 0 || dup2(ends[1], 1) < 0 ||
        dup2(ends[1], 2) < 0)
        _exit(1);
    spare = fcntl(ends[1], F_DUPFD, 20);
    if (!jail_enter(MEMORY, &step))
        _exit(2);
    _exit(row->try());
}

static int outcome(const struct row *row)
{
    int status;
    pid_t pid = fork();
    if (pid == 0)
        child(row);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return status;
}

static void calls(void **state)
{
    (void)state;
    if (strcmp(jail_name(), "none") == 0)
        return;
    for each (i, rows) {
        int status = outcome(&rows[i]);
        if (rows[i].signal)
            expect_number(WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status), rows[i].signal, rows[i].name);
        else
            expect_number(WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), FINE, rows[i].name);
    }
}

/* Every descriptor that was open is closed: nothing is left to read or write but 0 to 2.  Seen from outside, in /proc. */
static void descriptors_and_limits(void **state)
{
    (void)state;
    if (strcmp(jail_name(), "none") == 0)
        return;
    int ends[2], ready[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        const char *step;
        char c;
        dup2(ends[0], 0);
        dup2(ready[1], 1);
        if (!jail_enter(MEMORY, &step))
            _exit(2);
        if (write(1, "x", 1) == 1)
            _exit(read(0, &c, 1) == 1 ? FINE : REFUSED);
        _exit(3);
    }
    char c, path[64];
    assert_int_equal(read(ready[0], &c, 1), 1);
    for (int fd = 3; fd < 64; fd++) {
        snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
        assert_int_not_equal(access(path, F_OK), 0);
    }
    struct rlimit limit;
    assert_int_equal(prlimit(pid, RLIMIT_AS, NULL, &limit), 0);
    assert_int_equal(limit.rlim_max, MEMORY);
    assert_int_equal(prlimit(pid, RLIMIT_CORE, NULL, &limit), 0);
    assert_int_equal(limit.rlim_max, 0);
    assert_int_equal(prlimit(pid, RLIMIT_FSIZE, NULL, &limit), 0);
    assert_int_equal(limit.rlim_max, 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), FINE);
    for (int i = 0; i < 2; i++) {
        close(ends[i]);
        close(ready[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls),
        cmocka_unit_test(descriptors_and_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
