// What every contestant in C shares: see ../README.md for the protocol.

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// How often a turn of the small works repeats them.
#define ROUND_TRIPS 1000
#define BATCH_NOOPS 64
#define BATCH_TURNS 20
#define BATCH_ROUTES 256
#define ENCODED 1000000
// So many of these make a burst of 100,352 events.
#define CHURNS 196
// The protocol of the route whose event ends a burst.
#define LAST_EVENT 250

struct work {
	const char *name;
	// Does the work once and returns how many items it met, -1 for an error.
	long (*turn)(void);
};

// Allocations are counted in front of those of the C library.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

static unsigned long allocations;
static size_t live, peak;

static void *counted(void *block)
{
	allocations++;
	live += malloc_usable_size(block);
	if (live > peak)
		peak = live;
	return block;
}

void *malloc(size_t size)
{
	return counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
	return counted(__libc_calloc(count, size));
}

void *realloc(void *block, size_t size)
{
	live -= block ? malloc_usable_size(block) : 0;
	return counted(__libc_realloc(block, size));
}

void free(void *block)
{
	live -= block ? malloc_usable_size(block) : 0;
	__libc_free(block);
}

static struct timespec from, to;
static clockid_t measured;

// From here on the time of this thread alone counts.
static inline void from_thread(void)
{
	measured = CLOCK_THREAD_CPUTIME_ID;
	clock_gettime(measured, &from);
}

static int serve(const struct work *works, const char *name)
{
	char line[16];

	while (works->name && strcmp(works->name, name))
		works++;
	if (!works->name)
		return 2;
	while (fgets(line, sizeof(line), stdin)) {
		unsigned long before = allocations;

		peak = live;
		measured = CLOCK_MONOTONIC;
		clock_gettime(measured, &from);
		long items = works->turn();
		clock_gettime(measured, &to);
		if (items < 0) {
			fprintf(stderr, "%s: %s\n", name, strerror(errno));
			return 1;
		}
		printf("%lld %ld %lu %zu\n",
		       (to.tv_sec - from.tv_sec) * 1000000000LL + to.tv_nsec - from.tv_nsec,
		       items, allocations - before, peak);
		fflush(stdout);
	}
	return 0;
}
