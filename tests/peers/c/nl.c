// The works with libnl-3: its parser and its socket, without its caches.

#include "peer.h"
#include <netlink/msg.h>
#include <netlink/netlink.h>

static struct nl_sock *sk;

static int route(struct nl_msg *message, void *data)
{
	static const struct nla_policy policy[RTA_MAX + 1] = {
		[RTA_TABLE] = { .type = NLA_U32 }, [RTA_DST] = { .type = NLA_U32 },
		[RTA_GATEWAY] = { .type = NLA_U32 }, [RTA_OIF] = { .type = NLA_U32 },
	};
	struct nlattr *table[RTA_MAX + 1];
	volatile uint32_t fields[4];

	if (nlmsg_parse(nlmsg_hdr(message), sizeof(struct rtmsg), table, RTA_MAX, (void *)policy) < 0)
		return NL_STOP;
	if (table[RTA_TABLE]) fields[0] = nla_get_u32(table[RTA_TABLE]);
	if (table[RTA_DST]) fields[1] = nla_get_u32(table[RTA_DST]);
	if (table[RTA_GATEWAY]) fields[2] = nla_get_u32(table[RTA_GATEWAY]);
	if (table[RTA_OIF]) fields[3] = nla_get_u32(table[RTA_OIF]);
	(void)fields;
	++*(long *)data;
	return NL_OK;
}

static long routes(void)
{
	struct rtmsg inet = { .rtm_family = AF_INET };
	long count = 0;

	nl_socket_modify_cb(sk, NL_CB_VALID, NL_CB_CUSTOM, route, &count);
	if (nl_send_simple(sk, RTM_GETROUTE, NLM_F_DUMP, &inet, sizeof(inet)) < 0 || nl_recvmsgs_default(sk) < 0)
		return -1;
	return count;
}

static long getlink(void)
{
	struct ifinfomsg link = { .ifi_index = 1 };

	nl_socket_modify_cb(sk, NL_CB_VALID, NL_CB_DEFAULT, NULL, NULL);
	for (int i = 0; i < ROUND_TRIPS; i++)
		if (nl_send_simple(sk, RTM_GETLINK, NLM_F_ACK, &link, sizeof(link)) < 0 ||
		    nl_recvmsgs_default(sk) < 0 || nl_wait_for_ack(sk) < 0)
			return -1;
	return ROUND_TRIPS;
}

int main(int argc, char **argv)
{
	static const struct work works[] = { { "routes", routes }, { "getlink", getlink }, { 0 } };

	sk = nl_socket_alloc();
	if (argc != 2 || !sk || nl_connect(sk, NETLINK_ROUTE) < 0)
		return 2;
	nl_socket_set_msg_buf_size(sk, 32 * 1024);
	return serve(works, argv[1]);
}
