package dev.holdfast.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.filter.Listing.Line;
import org.junit.jupiter.api.Test;

class NftablesListingTest {

    // nft 1.0.6 on Linux 6.18: nft -s list table inet holdfast
    private static final String LISTED =
            """
            table inet holdfast {
            \tset sources4-A {
            \t\ttype ipv4_addr
            \t\tflags interval
            \t\telements = { 0.0.0.0, 1.0.0.0/8,
            \t\t\t     10.0.0.0/24, 255.255.255.255 }
            \t}

            \tmap services4 {
            \t\ttype ipv4_addr . inet_proto . inet_service : verdict
            \t\telements = { 198.51.100.2 . tcp . 80 comment "b" : goto service-b,
            \t\t\t     198.51.100.1 . tcp . 443 comment "a" : accept }
            \t}

            \tchain service-b {
            \t\tip saddr @sources4-A counter accept comment "hf:abc_-x b"
            \t\ticmp type { destination-unreachable, time-exceeded } accept
            \t}
            }
            """;

    @Test
    void rulesKeepTheirOrderAndElementsAreSorted() {
        assertThat(NftablesListing.parse(LISTED).lines())
                .containsExactly(
                        new Line("table inet holdfast", "", "exists"),
                        new Line("set sources4-A", "", "exists"),
                        new Line("set sources4-A", "", "type ipv4_addr"),
                        new Line("set sources4-A", "", "flags interval"),
                        element("sources4-A", "0.0.0.0"),
                        element("sources4-A", "1.0.0.0/8"),
                        element("sources4-A", "10.0.0.0/24"),
                        element("sources4-A", "255.255.255.255"),
                        new Line("map services4", "", "exists"),
                        new Line(
                                "map services4",
                                "",
                                "type ipv4_addr . inet_proto . inet_service : verdict"),
                        new Line(
                                "map services4",
                                "198.51.100.1 . tcp . 443",
                                "198.51.100.1 . tcp . 443 comment \"a\" : accept"),
                        new Line(
                                "map services4",
                                "198.51.100.2 . tcp . 80",
                                "198.51.100.2 . tcp . 80 comment \"b\" : goto service-b"),
                        new Line("chain service-b", "", "exists"),
                        new Line(
                                "chain service-b",
                                "hf:abc_-x",
                                "ip saddr @sources4-A counter accept comment \"hf:abc_-x b\""),
                        new Line(
                                "chain service-b",
                                "",
                                "icmp type { destination-unreachable, time-exceeded } accept"));
    }

    @Test
    void anIpv6ElementIsItsOwnKey() {
        assertThat(
                        NftablesListing.parse(
                                        """
                                        table inet holdfast {
                                        \tset ranges6 {
                                        \t\telements = { ::/1,
                                        \t\t\t     2001:db8::/32 }
                                        """)
                                .lines())
                .contains(element("ranges6", "::/1"), element("ranges6", "2001:db8::/32"));
    }

    private static Line element(String set, String text) {
        return new Line("set " + set, text, text);
    }
}
