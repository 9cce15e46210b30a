// pause: the process that holds a pod's namespaces open.
//
// It does three things: it waits, it collects the orphans that PID 1 of a
// shared PID namespace inherits, and it leaves at once when asked to. There is
// no libc under it and it has no variables of its own: code, constants and the
// stack the kernel hands over are all, since every pod of a node pays for it.

#include <asm/errno.h>
#include <asm/signal.h>
#include <asm/unistd.h>
#include <linux/wait.h>

#include "arch.h"

#ifndef VERSION
#error "give the version: -DVERSION='\"1.2\"'"
#endif

enum { STDOUT = 1, STDERR = 2 };

// The kernel's struct sigaction, which is not the one of the C library. An
// architecture has the restorer field exactly when its headers have the flag.
struct action {
    void (*handler)(int);
    unsigned long flags;
#ifdef SA_RESTORER
    void (*restorer)(void);
#endif
    struct mask {
        unsigned long bits[8 / sizeof(long)];
    } mask;
};

// Only for string literals: the length is the compiler's, so nothing scans.
#define SAY(fd, text) \
    ((void)system_call(__NR_write, fd, (long)(text), sizeof(text) - 1, 0))

__attribute__((noreturn)) static void leave(int status)
{
    for (;;)
        system_call(__NR_exit_group, status, 0, 0, 0);
}

static void on_shutdown(int signal)
{
    if (signal == SIGINT)
        SAY(STDERR, "pause: got SIGINT, shutting down\n");
    else
        SAY(STDERR, "pause: got SIGTERM, shutting down\n");
    leave(0);
}

// Pending SIGCHLDs merge into one, so one delivery may stand for many deaths:
// go on until no dead child is left.
static void on_child(int signal)
{
    (void)signal;
    while (system_call(__NR_wait4, -1, 0, WNOHANG, 0) > 0)
        ;
}

static void handle(int signal, void (*handler)(int), unsigned long flags)
{
    struct action action = {
        .handler = handler,
        // Some architectures have two frame layouts, each with its own
        // return call. SA_SIGINFO picks the one rt_sigreturn undoes.
        .flags = flags | SA_SIGINFO,
    };
#ifdef SIGNAL_RETURN
    action.flags |= SA_RESTORER;
    action.restorer = signal_return;
#endif
    if (system_call(__NR_rt_sigaction, signal, (long)&action, 0,
            sizeof(action.mask)) < 0) {
        SAY(STDERR, "pause: cannot install a signal handler\n");
        leave(1);
    }
}

static int is_version_flag(const char *argument)
{
    return argument[0] == '-' && argument[1] == 'v' && argument[2] == 0;
}

// Called by _start with the stack as the kernel laid it out: the argument
// count, then the arguments up to a null pointer.
__attribute__((noreturn, used)) void begin(const long *stack)
{
    const char *const *arguments = (const char *const *)(stack + 1);

    for (long i = 1; i < stack[0]; i++)
        if (is_version_flag(arguments[i])) {
            SAY(STDOUT, "pause.c " VERSION "\n");
            leave(0);
        }

    handle(SIGINT, on_shutdown, 0);
    handle(SIGTERM, on_shutdown, 0);
    // A stopped child is not a dead one. This handler comes last: whoever
    // sees it installed knows that all of them are.
    handle(SIGCHLD, on_child, SA_NOCLDSTOP);

    // Odd, but useful when trying things out, so no reason to refuse.
    if (system_call(__NR_getpid, 0, 0, 0, 0) != 1)
        SAY(STDERR, "pause: warning: not running as PID 1\n");

    // Every architecture has rt_sigsuspend, unlike pause, and its empty
    // mask opens signals that whoever started this may have left blocked.
    const struct mask none = { { 0 } };
    while (system_call(__NR_rt_sigsuspend, (long)&none, sizeof(none), 0,
               0) == -EINTR)
        ;

    // Only a kernel or a filter that denies the call gets here. Ending is
    // better than spinning.
    SAY(STDERR, "pause: cannot wait for signals\n");
    leave(1);
}
