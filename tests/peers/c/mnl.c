// The works with libmnl, as its examples do them.

#include "peer.h"
#include <libmnl/libmnl.h>

static struct mnl_socket *nl;
static unsigned int sequence, port;
static char buffer[32 * 1024];

static int attribute(const struct nlattr *attr, void *data)
{
	const struct nlattr **table = data;
	int type = mnl_attr_get_type(attr);

	if (mnl_attr_type_valid(attr, RTA_MAX) < 0)
		return MNL_CB_OK;
	switch (type) {
	case RTA_TABLE: case RTA_DST: case RTA_GATEWAY: case RTA_OIF: case RTA_PRIORITY:
		if (mnl_attr_validate(attr, MNL_TYPE_U32) < 0)
			return MNL_CB_ERROR;
	}
	table[type] = attr;
	return MNL_CB_OK;
}

static int route(const struct nlmsghdr *header, void *data)
{
	const struct nlattr *table[RTA_MAX + 1] = { 0 };
	volatile uint32_t fields[4];

	if (mnl_attr_parse(header, sizeof(struct rtmsg), attribute, table) < 0)
		return MNL_CB_ERROR;
	if (table[RTA_TABLE]) fields[0] = mnl_attr_get_u32(table[RTA_TABLE]);
	if (table[RTA_DST]) fields[1] = mnl_attr_get_u32(table[RTA_DST]);
	if (table[RTA_GATEWAY]) fields[2] = mnl_attr_get_u32(table[RTA_GATEWAY]);
	if (table[RTA_OIF]) fields[3] = mnl_attr_get_u32(table[RTA_OIF]);
	(void)fields;
	++*(long *)data;
	return MNL_CB_OK;
}

// Sends what is in `buffer` and runs the callbacks up to the end or the ack.
static int exchange(struct nlmsghdr *header, mnl_cb_t callback, void *data)
{
	header->nlmsg_seq = ++sequence;
	if (mnl_socket_sendto(nl, header, header->nlmsg_len) < 0)
		return -1;
	for (;;) {
		ssize_t length = mnl_socket_recvfrom(nl, buffer, sizeof(buffer));
		int result = length < 0 ? -1 : mnl_cb_run(buffer, (size_t)length, sequence, port, callback, data);

		if (result <= MNL_CB_STOP)
			return result;
	}
}

static long routes(void)
{
	struct nlmsghdr *header = mnl_nlmsg_put_header(buffer);
	struct rtmsg *rtm = mnl_nlmsg_put_extra_header(header, sizeof(*rtm));
	long count = 0;

	header->nlmsg_type = RTM_GETROUTE;
	header->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	rtm->rtm_family = AF_INET;
	return exchange(header, route, &count) < 0 ? -1 : count;
}

static long round_trips(uint16_t type)
{
	for (int i = 0; i < ROUND_TRIPS; i++) {
		struct nlmsghdr *header = mnl_nlmsg_put_header(buffer);

		header->nlmsg_type = type;
		header->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
		if (type == RTM_GETLINK) {
			struct ifinfomsg *link = mnl_nlmsg_put_extra_header(header, sizeof(*link));
			link->ifi_index = 1;
		}
		if (exchange(header, NULL, NULL) < 0)
			return -1;
	}
	return ROUND_TRIPS;
}

static long encode(void)
{
	for (uint32_t i = 0; i < ENCODED; i++) {
		struct nlmsghdr *header = mnl_nlmsg_put_header(buffer);
		struct rtmsg *rtm = mnl_nlmsg_put_extra_header(header, sizeof(*rtm));

		header->nlmsg_type = RTM_NEWROUTE;
		header->nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE;
		rtm->rtm_family = 2;
		rtm->rtm_dst_len = 32;
		rtm->rtm_table = RT_TABLE_MAIN;
		rtm->rtm_protocol = RTPROT_STATIC;
		rtm->rtm_type = RTN_UNICAST;
		if (!mnl_attr_put_u32_check(header, sizeof(buffer), RTA_DST, i) ||
		    !mnl_attr_put_u32_check(header, sizeof(buffer), RTA_GATEWAY, i ^ 1) ||
		    !mnl_attr_put_u32_check(header, sizeof(buffer), RTA_OIF, 2) ||
		    !mnl_attr_put_u32_check(header, sizeof(buffer), RTA_PRIORITY, 100) ||
		    !mnl_attr_put_u32_check(header, sizeof(buffer), RTA_TABLE, RT_TABLE_MAIN))
			return -1;
		__asm__ volatile("" : : "r"(buffer) : "memory");
	}
	return ENCODED;
}

static long noop(void) { return round_trips(NLMSG_NOOP); }
static long getlink(void) { return round_trips(RTM_GETLINK); }

int main(int argc, char **argv)
{
	static const struct work works[] = {
		{ "routes", routes }, { "noop", noop }, { "getlink", getlink }, { "encode", encode }, { 0 },
	};

	nl = mnl_socket_open(NETLINK_ROUTE);
	if (argc != 2 || !nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0)
		return 2;
	port = mnl_socket_get_portid(nl);
	return serve(works, argv[1]);
}
