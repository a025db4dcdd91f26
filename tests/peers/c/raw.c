// The limit: the system calls that each work needs, and nothing else.
//
// Works ending in -raw receive without looking at attributes; those ending in
// -walk type each attribute.

#include <poll.h>
#include <pthread.h>
#include "peer.h"
#include "../memory/src/loops.c"

#define RECEIVE (MSG_DONTWAIT | MSG_TRUNC)

// Each thread has its own.
static __thread int fd;
static __thread uint32_t sequence;
static __thread uint8_t buffer[32 * 1024];

static long dump(uint16_t type, const void *header, size_t size, long (*read)(const uint8_t *, size_t))
{
	struct {
		struct nlmsghdr header;
		uint8_t payload[16];
	} request = { { NLMSG_LENGTH(size), type, NLM_F_REQUEST | NLM_F_DUMP, ++sequence, 0 } };
	long items = 0;

	memcpy(request.payload, header, size);
	if (send(fd, &request, request.header.nlmsg_len, 0) < 0)
		return -1;
	for (;;) {
		ssize_t length = recv(fd, buffer, sizeof(buffer), RECEIVE);
		const struct nlmsghdr *first = (const void *)buffer;

		if (length < (ssize_t)sizeof(*first) || first->nlmsg_type == NLMSG_ERROR)
			return -1;
		if (first->nlmsg_type == NLMSG_DONE)
			return items;
		long found = read(buffer, (size_t)length);
		if (found < 0)
			return -1;
		items += found;
	}
}

// Only the lengths of the messages, to know how many there are.
static long count(const uint8_t *at, size_t left)
{
	long messages = 0;

	while (left >= sizeof(struct nlmsghdr)) {
		size_t step = ALIGN4(((const struct nlmsghdr *)at)->nlmsg_len);

		messages++;
		if (step < sizeof(struct nlmsghdr) || step >= left)
			break;
		at += step;
		left -= step;
	}
	return messages;
}

static long nothing(const uint8_t *at, size_t left)
{
	(void)at;
	(void)left;
	return 0;
}

static long walk_links(const uint8_t *at, size_t left)
{
	long messages = 0;

	while (left >= sizeof(struct nlmsghdr)) {
		size_t length = ((const struct nlmsghdr *)at)->nlmsg_len;

		if (length > left || c_link(at, length) < 0)
			return -1;
		messages++;
		if (ALIGN4(length) >= left)
			break;
		at += ALIGN4(length);
		left -= ALIGN4(length);
	}
	return messages;
}

static const struct rtmsg inet = { .rtm_family = AF_INET };
static const struct ifinfomsg any;

static long routes_raw(void) { return dump(RTM_GETROUTE, &inet, sizeof(inet), nothing); }
static long routes_walk(void) { return dump(RTM_GETROUTE, &inet, sizeof(inet), c_route); }
static long routes_count(void) { return dump(RTM_GETROUTE, &inet, sizeof(inet), count); }
static long links_raw(void) { return dump(RTM_GETLINK, &any, sizeof(any), nothing); }
static long links_walk(void) { return dump(RTM_GETLINK, &any, sizeof(any), walk_links); }

// Sends what is asked for with an acknowledgement, and receives up to it.
static int round_trip(struct nlmsghdr *request)
{
	request->nlmsg_seq = ++sequence;
	if (send(fd, request, request->nlmsg_len, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		return -1;
	for (;;) {
		ssize_t length = recv(fd, buffer, sizeof(buffer), RECEIVE);
		const struct nlmsghdr *reply = (const void *)buffer;

		if (length < (ssize_t)sizeof(*reply) || reply->nlmsg_seq != sequence)
			return -1;
		if (reply->nlmsg_type == NLMSG_ERROR)
			return *(const int *)NLMSG_DATA(reply) ? -1 : 0;
	}
}

static long noop(void)
{
	struct nlmsghdr request = { NLMSG_LENGTH(0), NLMSG_NOOP, NLM_F_REQUEST | NLM_F_ACK, 0, 0 };

	for (int i = 0; i < ROUND_TRIPS; i++)
		if (round_trip(&request))
			return -1;
	return ROUND_TRIPS;
}

static long getlink(void)
{
	struct {
		struct nlmsghdr header;
		struct ifinfomsg link;
	} request = {
		{ sizeof(request), RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK, 0, 0 },
		{ .ifi_index = 1 },
	};

	for (int i = 0; i < ROUND_TRIPS; i++)
		if (round_trip(&request.header))
			return -1;
	return ROUND_TRIPS;
}

// One send, and a receive for each acknowledgement.
static long batch(const void *requests, size_t length, uint32_t last)
{
	if (send(fd, requests, length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		return -1;
	for (;;) {
		const struct nlmsghdr *reply = (const void *)buffer;

		if (recv(fd, buffer, sizeof(buffer), RECEIVE) < (ssize_t)sizeof(*reply) ||
		    reply->nlmsg_type != NLMSG_ERROR || *(const int *)NLMSG_DATA(reply))
			return -1;
		if (reply->nlmsg_seq == last)
			return 0;
	}
}

static long batch_noop(void)
{
	static struct nlmsghdr requests[BATCH_NOOPS];

	for (int turn = 0; turn < BATCH_TURNS; turn++) {
		for (int i = 0; i < BATCH_NOOPS; i++)
			requests[i] = (struct nlmsghdr){
				NLMSG_LENGTH(0), NLMSG_NOOP, NLM_F_REQUEST | NLM_F_ACK, ++sequence, 0,
			};
		if (batch(requests, sizeof(requests), sequence))
			return -1;
	}
	return BATCH_NOOPS * BATCH_TURNS;
}

static long change_routes(uint16_t type, uint16_t flags, int every)
{
	static uint8_t requests[BATCH_ROUTES * 52];
	size_t length = 0;

	for (uint32_t i = 0; i < BATCH_ROUTES; i++) {
		int ack = every || i == BATCH_ROUTES - 1;
		struct {
			struct nlmsghdr header;
			struct rtmsg route;
			struct nlattr dst, oif;
		} *request = (void *)(requests + length);
		struct writer w = { requests + length, sizeof(requests) - length,
				    sizeof(struct nlmsghdr) + sizeof(struct rtmsg) };

		request->route = (struct rtmsg){
			.rtm_family = AF_INET, .rtm_dst_len = 32, .rtm_table = RT_TABLE_MAIN,
			.rtm_protocol = RTPROT_STATIC, .rtm_scope = RT_SCOPE_LINK, .rtm_type = RTN_UNICAST,
		};
		if (put32(&w, RTA_DST, __builtin_bswap32(0x0c000000 | i)) || put32(&w, RTA_OIF, 2))
			return -1;
		request->header = (struct nlmsghdr){
			(uint32_t)w.length, type,
			(uint16_t)(NLM_F_REQUEST | flags | (ack ? NLM_F_ACK : 0)), ++sequence, 0,
		};
		length += w.length;
	}
	return batch(requests, length, sequence) ? -1 : BATCH_ROUTES;
}

static long batch_routes(void)
{
	if (change_routes(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, 1) < 0 ||
	    change_routes(RTM_DELROUTE, 0, 1) < 0)
		return -1;
	return 2 * BATCH_ROUTES;
}

static long batch_routes_last(void)
{
	if (change_routes(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, 0) < 0 ||
	    change_routes(RTM_DELROUTE, 0, 0) < 0)
		return -1;
	return 2 * BATCH_ROUTES;
}

// With the options that nlsock sets: what the kernel does depends on them.
static int kernel(void)
{
	static const int options[] = { NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK };
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	int on = 1;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	for (unsigned i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (setsockopt(fd, SOL_NETLINK, options[i], &on, sizeof(on)))
			return -1;
	return connect(fd, (struct sockaddr *)&kernel, sizeof(kernel));
}

static void *dump_alone(void *items)
{
	*(long *)items = kernel() ? -1 : routes_raw();
	close(fd);
	return items;
}

// A dump in each of so many threads.
static long dump_by(int threads)
{
	pthread_t thread[2];
	long items[2] = { 0 };

	for (int i = 0; i < threads; i++)
		if (pthread_create(&thread[i], NULL, dump_alone, &items[i]))
			return -1;
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	return items[0] < 0 || items[1] < 0 ? -1 : items[0] + items[1];
}

static long thread_1(void) { return dump_by(1); }
static long thread_2(void) { return dump_by(2); }

// Makes events: routes come and go.
static long churn(void)
{
	for (int i = 0; i < CHURNS; i++)
		if (batch_routes_last() < 0)
			return -1;
	return CHURNS * 2 * BATCH_ROUTES;
}

// Reads events up to the one that ends them, and says how many there were and
// what the thread took for them.
static long burst(void)
{
	struct sockaddr_nl name = {
		.nl_family = AF_NETLINK, .nl_groups = 1u << (RTNLGRP_IPV4_ROUTE - 1),
	};
	int events = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	long items = 0;

	if (events < 0 || bind(events, (struct sockaddr *)&name, sizeof(name)))
		return -1;
	from_thread();
	for (;;) {
		ssize_t length = recv(events, buffer, sizeof(buffer), RECEIVE);

		if (length < 0 && errno == EAGAIN) {
			struct pollfd wait = { .fd = events, .events = POLLIN };
			poll(&wait, 1, -1);
			continue;
		}
		if (length < 0 && errno == ENOBUFS)
			continue;
		if (length < (ssize_t)(sizeof(struct nlmsghdr) + sizeof(struct rtmsg)))
			return -1;
		const struct rtmsg *route = NLMSG_DATA(buffer);
		if (route->rtm_protocol == LAST_EVENT)
			break;
		items++;
	}
	close(events);
	return items;
}

static long encode(void)
{
	for (uint32_t i = 0; i < ENCODED; i++) {
		size_t capacity = 1024;

		// Else the compiler leaves the checks of it out. In memory, as Rust's
		// black_box has it.
		__asm__ volatile("" : "+m"(capacity));
		if (c_encode_route(buffer, capacity, i) != 68)
			return -1;
		sink(buffer);
	}
	return ENCODED;
}

int main(int argc, char **argv)
{
	static const struct work works[] = {
		{ "routes-raw", routes_raw },
		{ "routes-walk", routes_walk },
		{ "routes-count", routes_count },
		{ "links-raw", links_raw },
		{ "links-walk", links_walk },
		{ "noop", noop },
		{ "getlink", getlink },
		{ "batch-noop", batch_noop },
		{ "batch-routes", batch_routes },
		{ "batch-routes-last", batch_routes_last },
		{ "thread-1", thread_1 },
		{ "threads-2", thread_2 },
		{ "churn", churn },
		{ "burst", burst },
		{ "encode", encode },
		{ 0 },
	};

	if (argc != 2 || kernel())
		return 2;
	return serve(works, argv[1]);
}
