// The limit: what the cases of main.rs do, written in C by hand, with the
// same checks of every length. The compiler may not see that a result goes
// unused: each is handed to `sink`.

#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdint.h>
#include <string.h>

#define ALIGN4(n) (((n) + 3u) & ~3u)

static inline void sink(const void *p)
{
	__asm__ volatile("" : : "r"(p) : "memory");
}

static inline uint32_t load32(const uint8_t *p)
{
	uint32_t v;
	memcpy(&v, p, 4);
	return v;
}

static inline uint64_t load64(const uint8_t *p)
{
	uint64_t v;
	memcpy(&v, p, 8);
	return v;
}

struct route {
	uint32_t table, dst, gateway, oif;
};

// Walks a datagram of routes and types their attributes into four fields.
// Returns how many messages it held, or -1 if a length in it cannot be.
long c_route(const uint8_t *at, size_t left)
{
	long count = 0;

	while (left) {
		struct nlmsghdr header;
		struct route route = { 0 };

		if (left < sizeof(header))
			return -1;
		memcpy(&header, at, sizeof(header));
		if (header.nlmsg_len < sizeof(header) + sizeof(struct rtmsg) ||
		    header.nlmsg_len > left)
			return -1;
		const uint8_t *attr = at + sizeof(header) + sizeof(struct rtmsg);
		size_t rest = header.nlmsg_len - sizeof(header) - sizeof(struct rtmsg);

		while (rest >= sizeof(struct nlattr)) {
			struct nlattr nla;

			memcpy(&nla, attr, sizeof(nla));
			if (nla.nla_len < sizeof(nla) || nla.nla_len > rest)
				return -1;
			size_t size = nla.nla_len - sizeof(nla);
			const uint8_t *value = attr + sizeof(nla);

			switch (nla.nla_type & NLA_TYPE_MASK) {
			case RTA_TABLE:
				if (size != 4)
					return -1;
				route.table = load32(value);
				break;
			case RTA_DST:
				if (size != 4)
					return -1;
				route.dst = load32(value);
				break;
			case RTA_GATEWAY:
				if (size != 4)
					return -1;
				route.gateway = load32(value);
				break;
			case RTA_OIF:
				if (size != 4)
					return -1;
				route.oif = load32(value);
				break;
			}
			size_t step = ALIGN4(nla.nla_len);
			if (step >= rest)
				break;
			attr += step;
			rest -= step;
		}
		sink(&route);
		count++;
		size_t step = ALIGN4(header.nlmsg_len);
		if (step >= left)
			break;
		at += step;
		left -= step;
	}
	return count;
}

struct view {
	const uint8_t *at;
	size_t size;
};

struct link {
	struct view name, qdisc, kind, address, broadcast;
	struct view stats, stats64, map;
	struct view xdp, af_spec, devlink, dpll;
};

static inline struct view string(const uint8_t *value, size_t size)
{
	return (struct view){ value, strnlen((const char *)value, size) };
}

// Looks for the kind of the link in its nest. Returns -1 if a length in front
// of it cannot be.
static inline int info(const uint8_t *attr, size_t rest, struct view *kind)
{
	while (rest >= sizeof(struct nlattr)) {
		struct nlattr nla;

		memcpy(&nla, attr, sizeof(nla));
		if (nla.nla_len < sizeof(nla) || nla.nla_len > rest)
			return -1;
		if ((nla.nla_type & NLA_TYPE_MASK) == IFLA_INFO_KIND) {
			*kind = string(attr + sizeof(nla), nla.nla_len - sizeof(nla));
			return 0;
		}
		size_t step = ALIGN4(nla.nla_len);
		if (step >= rest)
			break;
		attr += step;
		rest -= step;
	}
	return 0;
}

#define VIEW(field)                                                            \
	link.field = (struct view){ value, size };                             \
	break

// Walks the attributes of one link: each is matched, each number is added to
// the sum, a string is measured to its end, structs and nests are kept as
// views. Returns the sum, or -1 if a length cannot be.
static inline long link_sum(const uint8_t *attr, size_t rest)
{
	struct link link = { 0 };
	uint64_t sum = 0;

	while (rest >= sizeof(struct nlattr)) {
		struct nlattr nla;

		memcpy(&nla, attr, sizeof(nla));
		if (nla.nla_len < sizeof(nla) || nla.nla_len > rest)
			return -1;
		size_t size = nla.nla_len - sizeof(nla);
		const uint8_t *value = attr + sizeof(nla);

		switch (nla.nla_type & NLA_TYPE_MASK) {
		case 1: VIEW(address);
		case 2: VIEW(broadcast);
		case 3:
			link.name = string(value, size);
			break;
		case 6:
			link.qdisc = string(value, size);
			break;
		case 7: VIEW(stats);
		case 14: VIEW(map);
		case 18:
			if (info(value, size, &link.kind))
				return -1;
			break;
		case 23: VIEW(stats64);
		case 26: VIEW(af_spec);
		case 43: VIEW(xdp);
		case 62: VIEW(devlink);
		case 65: VIEW(dpll);
		case 16: case 17: case 33: case 39: case 67:
			if (size != 1)
				return -1;
			sum += *value;
			break;
		case 68: case 69:
			if (size != 2)
				return -1;
			sum += (uint16_t)(value[0] | value[1] << 8);
			break;
		case 4: case 5: case 13: case 27: case 30: case 31: case 32:
		case 35: case 40: case 41: case 47: case 48: case 50: case 51:
		case 58: case 59: case 60: case 61: case 63: case 64:
			if (size != 4)
				return -1;
			sum += load32(value);
			break;
		case 66:
			if (size == 4)
				sum += load32(value);
			else if (size == 8)
				sum += load64(value);
			else
				return -1;
			break;
		}
		size_t step = ALIGN4(nla.nla_len);
		if (step >= rest)
			break;
		attr += step;
		rest -= step;
	}
	sink(&link);
	return (long)sum;
}

// Walks a datagram of links. Returns what their numbers add up to, or -1 if a
// length in it cannot be.
long c_link(const uint8_t *at, size_t left)
{
	long sum = 0;

	while (left) {
		struct nlmsghdr header;

		if (left < sizeof(header))
			return -1;
		memcpy(&header, at, sizeof(header));
		if (header.nlmsg_len < sizeof(header) + sizeof(struct ifinfomsg) ||
		    header.nlmsg_len > left)
			return -1;
		const size_t start = sizeof(header) + sizeof(struct ifinfomsg);
		long numbers = link_sum(at + start, header.nlmsg_len - start);
		if (numbers < 0)
			return -1;
		sum += numbers;
		size_t step = ALIGN4(header.nlmsg_len);
		if (step >= left)
			break;
		at += step;
		left -= step;
	}
	return sum;
}

struct writer {
	uint8_t *buffer;
	size_t capacity, length;
};

// Puts an attribute behind a check of the bounds, and zeroes its padding.
static inline int put(struct writer *w, uint16_t kind, const void *value, size_t size)
{
	size_t total = sizeof(struct nlattr) + size, padded = ALIGN4(total);

	if (total > UINT16_MAX || padded > w->capacity - w->length)
		return -1;
	struct nlattr nla = { .nla_len = (uint16_t)total, .nla_type = kind };
	uint8_t *at = w->buffer + w->length;

	memcpy(at, &nla, sizeof(nla));
	memcpy(at + sizeof(nla), value, size);
	memset(at + total, 0, padded - total);
	w->length += padded;
	return 0;
}

static inline int put32(struct writer *w, uint16_t kind, uint32_t value)
{
	return put(w, kind, &value, sizeof(value));
}

// Puts eight numbers. Returns the length of the block.
long c_encode(uint8_t *buffer, size_t capacity, uint32_t first)
{
	struct writer w = { buffer, capacity, 0 };

	if (put32(&w, 1, first) || put32(&w, 2, first + 1) ||
	    put32(&w, 3, first + 2) || put32(&w, 4, first + 3) ||
	    put32(&w, 5, first + 4) || put32(&w, 6, first + 5) ||
	    put32(&w, 7, first + 6) || put32(&w, 8, first + 7))
		return -1;
	return (long)w.length;
}

// Writes RTM_NEWROUTE with five attributes. Returns the message's length.
long c_encode_route(uint8_t *buffer, size_t capacity, uint32_t destination)
{
	struct writer w = { buffer, capacity, sizeof(struct nlmsghdr) + sizeof(struct rtmsg) };
	struct nlmsghdr header = {
		.nlmsg_type = RTM_NEWROUTE,
		.nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE,
	};
	struct rtmsg rtm = {
		.rtm_family = 2, .rtm_dst_len = 32, .rtm_table = RT_TABLE_MAIN,
		.rtm_protocol = RTPROT_STATIC, .rtm_type = RTN_UNICAST,
	};

	if (w.length > capacity)
		return -1;
	memcpy(buffer + sizeof(header), &rtm, sizeof(rtm));
	if (put32(&w, RTA_DST, destination) || put32(&w, RTA_GATEWAY, destination ^ 1) ||
	    put32(&w, RTA_OIF, 2) || put32(&w, RTA_PRIORITY, 100) ||
	    put32(&w, RTA_TABLE, RT_TABLE_MAIN))
		return -1;
	header.nlmsg_len = (uint32_t)w.length;
	memcpy(buffer, &header, sizeof(header));
	return (long)w.length;
}
