/*
 * Preloaded into a process, keeps a log of what it does to a database's files and to a file of acknowledgements: writes,
 * truncations, removals, and syncs, in the order in which they took effect. Nothing is really synced; the log says what was.
 *
 * A record: one byte what (W, T, U, S), one byte which file, eight bytes offset or size, four bytes length, the bytes.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 65536

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char kinds[MOST];
static int out = -1;

static char kind_of(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (!strcmp(name, "power.db")) return 'd';
    if (!strcmp(name, "power.db-wal")) return 'w';
    if (!strcmp(name, "power.db-journal")) return 'j';
    if (!strcmp(name, "acks")) return 'a';
    const char *folder = getenv("CLEW_WRITE_FOLDER");
    if (folder && !strcmp(path, folder)) return 'D';
    return 0;
}

static void all(const void *bytes, size_t length) {
    const char *from = bytes;
    while (length > 0) {
        ssize_t done = syscall(SYS_write, out, from, length);
        if (done <= 0) abort();
        from += done;
        length -= done;
    }
}

static void keep(char what, char kind, int64_t offset, const void *bytes, int32_t length) {
    if (out < 0) {
        const char *log = getenv("CLEW_WRITE_LOG");
        if (!log) abort();
        out = syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
        if (out < 0) abort();
    }
    char head[14];
    head[0] = what;
    head[1] = kind;
    memcpy(head + 2, &offset, 8);
    memcpy(head + 10, &length, 4);
    all(head, sizeof head);
    all(bytes, length);
}

static int opened(int fd, const char *path) {
    if (fd >= 0 && fd < MOST) kinds[fd] = kind_of(path);
    return fd;
}

static char kept(int fd) { return fd >= 0 && fd < MOST ? kinds[fd] : 0; }

#define OPEN(NAME)                                                                  \
    int NAME(const char *path, int flags, ...) {                                    \
        va_list more;                                                               \
        va_start(more, flags);                                                      \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;     \
        va_end(more);                                                               \
        return opened(syscall(SYS_openat, AT_FDCWD, path, flags, mode), path);      \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    if (fd >= 0 && fd < MOST) kinds[fd] = 0;
    return syscall(SYS_close, fd);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    char kind = kept(fd);
    if (!kind) return syscall(SYS_write, fd, bytes, length);
    pthread_mutex_lock(&lock);
    int64_t offset = kind == 'a' ? 0 : lseek(fd, 0, SEEK_CUR);
    ssize_t done = syscall(SYS_write, fd, bytes, length);
    if (done > 0) keep('W', kind, offset, bytes, done);
    pthread_mutex_unlock(&lock);
    return done;
}

#define PWRITE(NAME)                                                                \
    ssize_t NAME(int fd, const void *bytes, size_t length, off_t offset) {          \
        char kind = kept(fd);                                                       \
        if (!kind) return syscall(SYS_pwrite64, fd, bytes, length, offset);         \
        pthread_mutex_lock(&lock);                                                  \
        ssize_t done = syscall(SYS_pwrite64, fd, bytes, length, offset);            \
        if (done > 0) keep('W', kind, offset, bytes, done);                         \
        pthread_mutex_unlock(&lock);                                                \
        return done;                                                                \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

#define TRUNCATE(NAME)                                                              \
    int NAME(int fd, off_t size) {                                                  \
        char kind = kept(fd);                                                       \
        if (!kind) return syscall(SYS_ftruncate, fd, size);                         \
        pthread_mutex_lock(&lock);                                                  \
        int done = syscall(SYS_ftruncate, fd, size);                                \
        if (done == 0) keep('T', kind, size, "", 0);                                \
        pthread_mutex_unlock(&lock);                                                \
        return done;                                                                \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define SYNC(NAME, CALL)                                                            \
    int NAME(int fd) {                                                              \
        char kind = kept(fd);                                                       \
        if (!kind) return syscall(CALL, fd);                                        \
        pthread_mutex_lock(&lock);                                                  \
        keep('S', kind, 0, "", 0);                                                  \
        pthread_mutex_unlock(&lock);                                                \
        return 0;                                                                   \
    }
SYNC(fsync, SYS_fsync)
SYNC(fdatasync, SYS_fdatasync)

int unlink(const char *path) {
    char kind = kind_of(path);
    pthread_mutex_lock(&lock);
    int done = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (kind && done == 0) keep('U', kind, 0, "", 0);
    pthread_mutex_unlock(&lock);
    return done;
}
