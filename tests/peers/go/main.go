// The works with mdlayher/netlink.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/mdlayher/netlink"
)

const roundTrips = 1000

func routes(c *netlink.Conn) (int, error) {
	request := netlink.Message{
		Header: netlink.Header{Type: 26, Flags: netlink.Request | netlink.Dump},
		Data:   []byte{2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
	}
	messages, err := c.Execute(request)
	if err != nil {
		return 0, err
	}
	for _, message := range messages {
		attributes, err := netlink.NewAttributeDecoder(message.Data[12:])
		if err != nil {
			return 0, err
		}
		var fields [4]uint32
		for attributes.Next() {
			switch attributes.Type() {
			case 15:
				fields[0] = attributes.Uint32()
			case 1:
				fields[1] = attributes.Uint32()
			case 5:
				fields[2] = attributes.Uint32()
			case 4:
				fields[3] = attributes.Uint32()
			}
		}
		if err := attributes.Err(); err != nil {
			return 0, err
		}
		runtime.KeepAlive(fields)
	}
	return len(messages), nil
}

func requests(c *netlink.Conn, kind netlink.HeaderType, data []byte) (int, error) {
	for i := 0; i < roundTrips; i++ {
		header := netlink.Header{Type: kind, Flags: netlink.Request | netlink.Acknowledge}
		if _, err := c.Execute(netlink.Message{Header: header, Data: data}); err != nil {
			return 0, err
		}
	}
	return roundTrips, nil
}

func main() {
	link := make([]byte, 16)
	binary.LittleEndian.PutUint32(link[4:], 1)
	work, ok := map[string]func(*netlink.Conn) (int, error){
		"routes":  routes,
		"noop":    func(c *netlink.Conn) (int, error) { return requests(c, 1, nil) },
		"getlink": func(c *netlink.Conn) (int, error) { return requests(c, 18, link) },
	}[os.Args[1]]
	if !ok {
		os.Exit(2)
	}
	conn, err := netlink.Dial(0, nil)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		items, err := work(conn)
		elapsed := time.Since(start)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		runtime.ReadMemStats(&after)
		fmt.Println(elapsed.Nanoseconds(), items, after.Mallocs-before.Mallocs, "-")
	}
}
