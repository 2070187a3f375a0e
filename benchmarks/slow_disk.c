/* Every commit takes SLOW_DISK_MS longer, as on an old disk: cc -shared -fPIC -O2 slow_disk.c -o slow_disk.so -ldl */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_for_the_disk(void) {
    const char *written = getenv("SLOW_DISK_MS");
    if (written)
        usleep((useconds_t)(atof(written) * 1000));
}

int fsync(int file) {
    static int (*real)(int);
    if (!real)
        real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    int done = real(file);
    wait_for_the_disk();
    return done;
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real)
        real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    int done = real(file);
    wait_for_the_disk();
    return done;
}
