package dev.holdfast.control.explain;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.wire.IpAddress;

/// A client as people write it: `203.0.113.7:51514` or `[2001:db8::7]:51514`.
record Client(IpAddress address, int port) {

    static Client parse(String text) {
        int colon = text.lastIndexOf(':');
        String port = colon < 0 ? "" : text.substring(colon + 1);
        String host = colon < 0 ? text : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (!port.matches("[1-9][0-9]{0,4}")
                || Integer.parseInt(port) > 65535
                || host.contains(":") != bracketed) {
            throw refusal(text);
        }
        try {
            return new Client(IpAddress.parse(host), Integer.parseInt(port));
        } catch (IllegalArgumentException e) {
            throw refusal(text);
        }
    }

    private static Refusal refusal(String text) {
        return new Refusal(
                Problem.INVALID,
                "client",
                text,
                "address:port such as 203.0.113.7:51514 or [2001:db8::7]:51514");
    }

    @Override
    public String toString() {
        return address.toString().contains(":")
                ? "[" + address + "]:" + port
                : address + ":" + port;
    }
}
