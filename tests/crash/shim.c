/* A disk that fails on demand (SQLite's method): every call by which Python or one of its git
 * children changes a file under `root` is numbered by one counter that all of them share, and
 * call number `target` goes wrong. Loaded with LD_PRELOAD; armed through a file they all map. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum mode { COUNT, KILL, TORN, SHORT, ENOSPC_ONCE, ENOSPC_ON, EIO_ONCE };
enum { MAX_STEPS = 4096 };

/* The driver writes this layout with struct.pack: see harness.py. */
struct control {
    _Atomic int count;
    int target;
    int mode;
    _Atomic int fired;
    char root[1024];
    char trace[1024]; /* a file to which each step is written: kind, path, TAB, second path */
    char kinds[MAX_STEPS];
    /* w write, c creating open, m mkdir, r rename, l link, u unlink, f fsync, t truncate */
};

static struct control *control;
static int trace = -1;
static _Thread_local char seen[PATH_MAX]; /* the path that was looked at last */

void swm_shim_arm(const char *path)
{
    control = NULL;
    int fd = (int)openat(AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return;
    void *memory = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (memory == MAP_FAILED)
        return;
    struct control *found = memory;
    trace = *found->trace ? openat(AT_FDCWD, found->trace, O_WRONLY | O_APPEND | O_CLOEXEC) : -1;
    control = found;
}

__attribute__((constructor)) static void load(void)
{
    const char *path = getenv("SWM_SHIM");
    if (path && *path)
        swm_shim_arm(path);
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* Put the absolute form of a path into `seen`; 0 when there is none. */
static int look_at(int dirfd, const char *path)
{
    char folder[PATH_MAX] = "";
    if (path[0] != '/') {
        if (dirfd == AT_FDCWD) {
            if (!getcwd(folder, sizeof folder))
                return 0;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd);
            ssize_t length = readlink(link, folder, sizeof folder - 1);
            if (length < 0)
                return 0;
            folder[length] = 0;
        }
    }
    if (!*path)
        return snprintf(seen, sizeof seen, "%s", folder) > 0;
    return snprintf(seen, sizeof seen, "%s%s%s", folder, *folder ? "/" : "", path) < PATH_MAX;
}

static int path_counts(int dirfd, const char *path)
{
    if (!control || !path || !look_at(dirfd, path))
        return 0;
    size_t length = strlen(control->root);
    return strncmp(seen, control->root, length) == 0 && (seen[length] == '/' || !seen[length]);
}

static int fd_counts(int fd)
{
    return path_counts(fd, "");
}

static void die(void)
{
    kill(0, SIGKILL);
    for (;;)
        pause();
}

static void note(char kind, const char *second)
{
    char line[2 * PATH_MAX + 8];
    int length = snprintf(line, sizeof line, "%c%s\t%s\n", kind, seen, second ? second : "");
    if (trace >= 0)
        syscall(SYS_write, trace, line, (size_t)length);
}

/* 0: go on. 1: write half. Otherwise the errno to fail with. */
static int step(char kind, const char *second)
{
    int number = atomic_fetch_add(&control->count, 1) + 1;
    if (number < MAX_STEPS)
        control->kinds[number] = kind;
    note(kind, second);
    int here = number == control->target;
    int takes_space = kind != 'u';
    if (control->mode == ENOSPC_ON ? number < control->target || !takes_space : !here)
        return 0;
    if (control->mode == COUNT || (control->mode == ENOSPC_ONCE && !takes_space))
        return 0;
    if (control->mode == SHORT && kind != 'w')
        return 0;
    atomic_store(&control->fired, 1);
    switch (control->mode) {
    case KILL: die(); break;
    case TORN: if (kind != 'w') die(); return 1;
    case SHORT: return 1;
    case EIO_ONCE: return EIO;
    }
    return ENOSPC;
}

#define FAIL_AS(kind) FAIL_AS_TO(kind, NULL)
#define FAIL_AS_TO(kind, to) \
    do { int fault = step(kind, to); if (fault > 1) { errno = fault; return -1; } } while (0)

static ssize_t half_then(ssize_t written)
{
    if (control->mode == TORN)
        die();
    return written;
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    REAL(write);
    if (!fd_counts(fd))
        return real(fd, bytes, size);
    int fault = step('w', NULL);
    if (fault > 1) { errno = fault; return -1; }
    return fault ? half_then(real(fd, bytes, size > 1 ? size / 2 : size)) : real(fd, bytes, size);
}

#define PWRITE(name) \
    ssize_t name(int fd, const void *bytes, size_t size, off64_t at) \
    { \
        REAL(name); \
        if (!fd_counts(fd)) return real(fd, bytes, size, at); \
        int fault = step('w', NULL); \
        if (fault > 1) { errno = fault; return -1; } \
        size_t half = fault && size > 1 ? size / 2 : size; \
        return fault ? half_then(real(fd, bytes, half, at)) : real(fd, bytes, size, at); \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    REAL(writev);
    if (!fd_counts(fd))
        return real(fd, parts, count);
    int fault = step('w', NULL);
    if (fault > 1) { errno = fault; return -1; }
    return fault ? half_then(real(fd, parts, 1)) : real(fd, parts, count);
}

static int creates(int dirfd, const char *path, int flags)
{
    return (flags & (O_CREAT | O_TRUNC)) && path_counts(dirfd, path);
}

static mode_t mode_of(int flags, va_list rest)
{
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        REAL(name); \
        va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest); \
        if (creates(AT_FDCWD, path, flags)) FAIL_AS('c'); \
        return real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int dirfd, const char *path, int flags, ...) \
    { \
        REAL(name); \
        va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest); \
        if (creates(dirfd, path, flags)) FAIL_AS('c'); \
        return real(dirfd, path, flags, mode); \
    }
OPENAT(openat)
OPENAT(openat64)

int mkdir(const char *path, mode_t mode)
{
    REAL(mkdir);
    if (path_counts(AT_FDCWD, path)) FAIL_AS('m');
    return real(path, mode);
}

int mkdirat(int dirfd, const char *path, mode_t mode)
{
    REAL(mkdirat);
    if (path_counts(dirfd, path)) FAIL_AS('m');
    return real(dirfd, path, mode);
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    if (path_counts(AT_FDCWD, from)) FAIL_AS_TO('r', to);
    return real(from, to);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    REAL(renameat);
    if (path_counts(from_dir, from)) FAIL_AS_TO('r', to);
    return real(from_dir, from, to_dir, to);
}

int link(const char *from, const char *to)
{
    REAL(link);
    if (path_counts(AT_FDCWD, from)) FAIL_AS_TO('l', to);
    return real(from, to);
}

int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
    REAL(linkat);
    if (path_counts(from_dir, from)) FAIL_AS_TO('l', to);
    return real(from_dir, from, to_dir, to, flags);
}

int unlink(const char *path)
{
    REAL(unlink);
    if (path_counts(AT_FDCWD, path)) FAIL_AS('u');
    return real(path);
}

int unlinkat(int dirfd, const char *path, int flags)
{
    REAL(unlinkat);
    if (path_counts(dirfd, path)) FAIL_AS('u');
    return real(dirfd, path, flags);
}

int rmdir(const char *path)
{
    REAL(rmdir);
    if (path_counts(AT_FDCWD, path)) FAIL_AS('u');
    return real(path);
}

int fsync(int fd)
{
    REAL(fsync);
    if (fd_counts(fd)) FAIL_AS('f');
    return real(fd);
}

int fdatasync(int fd)
{
    REAL(fdatasync);
    if (fd_counts(fd)) FAIL_AS('f');
    return real(fd);
}

#define FTRUNCATE(name) \
    int name(int fd, off64_t size) \
    { \
        REAL(name); \
        if (fd_counts(fd)) FAIL_AS('t'); \
        return real(fd, size); \
    }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)
