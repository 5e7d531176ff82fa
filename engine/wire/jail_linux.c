/* jail_linux.c -- the jail: resource limits, no new privileges, and a seccomp filter.
 *
 * The filter allows what a warmed-up engine was seen to use and nothing else; every other call, and every other
 * descriptor in read and write, kills the process at once (SIGSYS), so that a fault cannot be swallowed by whatever
 * code made it.  New in a library is found by tests/jail and by the transcripts of tests/wire, which run under the real
 * filter.  Must not know the protocol. */
#include "wire/jail.h"

#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

const char *jail_name(void) { return "seccomp"; }

static bool limit_to(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit now;
    if (getrlimit(what, &now) != 0)
        return false;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
        most = now.rlim_max;
    return setrlimit(what, &(struct rlimit){.rlim_cur = most, .rlim_max = most}) == 0;
}

struct rule {
    int call;
    bool narrow;             /* only where ARG holds */
    struct scmp_arg_cmp arg;
};

static const struct rule rules[] = {
    {SCMP_SYS(read), true, {0, SCMP_CMP_EQ, STDIN_FILENO, 0}},
    {SCMP_SYS(write), true, {0, SCMP_CMP_EQ, STDOUT_FILENO, 0}},
    {SCMP_SYS(write), true, {0, SCMP_CMP_EQ, STDERR_FILENO, 0}},
    {SCMP_SYS(writev), true, {0, SCMP_CMP_EQ, STDERR_FILENO, 0}}, /* glibc says why it aborts */
    {SCMP_SYS(mmap), true, {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0}},
    {SCMP_SYS(brk), false, {0}},
    {SCMP_SYS(munmap), false, {0}},
    {SCMP_SYS(mremap), false, {0}},
    {SCMP_SYS(madvise), false, {0}},
    {SCMP_SYS(futex), false, {0}},
    {SCMP_SYS(rt_sigreturn), false, {0}},
    {SCMP_SYS(rt_sigprocmask), false, {0}},
    {SCMP_SYS(clock_gettime), false, {0}},
    {SCMP_SYS(getpid), false, {0}},
    {SCMP_SYS(gettid), false, {0}},
    {SCMP_SYS(exit), false, {0}},
    {SCMP_SYS(exit_group), false, {0}},
};

static int rules_add(scmp_filter_ctx ctx)
{
    int bad = 0;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        bad |= seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, rules[i].call, rules[i].narrow, &rules[i].arg);
    /* abort() sends its signal to itself: without it our own fault would look like a forbidden call. */
    const struct scmp_arg_cmp self[] = {{0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0}, {2, SCMP_CMP_EQ, SIGABRT, 0}};
    return bad | seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 2, self);
}

static bool filter_load(void)
{
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!ctx)
        return false;
    int bad = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    bad |= rules_add(ctx);
    bool loaded = bad == 0 && seccomp_load(ctx) == 0;
    seccomp_release(ctx);
    return loaded;
}

/* The parent may have died before it was asked for its pid; then the pipes are closed, and the first read ends. */
static bool dies_with_parent(void)
{
    pid_t parent = getppid();
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
}

bool jail_enter(size_t memory, const char **step)
{
    *step = "close_range";
    if (close_range(STDERR_FILENO + 1, ~0U, 0) != 0)
        return false;
    *step = "setrlimit";
    if (!limit_to(RLIMIT_CORE, 0) || !limit_to(RLIMIT_FSIZE, 0) || !limit_to(RLIMIT_AS, memory))
        return false;
    *step = "PR_SET_PDEATHSIG";
    if (!dies_with_parent())
        return false;
    *step = "PR_SET_NO_NEW_PRIVS";
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    *step = "seccomp";
    return filter_load();
}
