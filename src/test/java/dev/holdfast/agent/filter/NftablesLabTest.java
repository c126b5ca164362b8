package dev.holdfast.agent.filter;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.lab.InGuest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

@InGuest
class NftablesLabTest extends PacketFilterLabTest {

    @Override
    Engine engine() {
        return new Nftables();
    }

    @Override
    Engine withABadCommand(Path directory) throws IOException {
        Path nft =
                wrapper(
                        directory,
                        "nft",
                        """
                        case "$1" in
                            -f) { cat; echo 'add rule inet holdfast nowhere drop'; } | nft -f - ;;
                            *) exec nft "$@" ;;
                        esac
                        """);
        return new Nftables(new Tool(nft.toString(), "nftables"));
    }

    @Override
    Map<String, String> tampering() {
        String handle =
                "h=$(nft -a list chain inet holdfast service-shop"
                        + " | sed -n '/10.1.0.0/s/.*handle //p');";
        String named =
                "name() { nft list table inet holdfast | sed -n \"s/.* \\($1-[^ ]*\\) {/\\1/p\"; };";
        String rule = "nft %s rule inet holdfast service-shop ";
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put(handle + rule.formatted("delete") + "handle $h", Drift.DELETED);
        kinds.put(
                handle
                        + "c=$(nft list chain inet holdfast service-shop"
                        + " | sed -n '/10.1.0.0/s/.*comment //p');"
                        + rule.formatted("replace")
                        + "handle $h ip saddr 10.0.0.0/8 counter accept comment \"$c\"",
                Drift.EDITED);
        kinds.put(
                handle
                        + "r=$(nft -s list chain inet holdfast service-shop | grep 10.1.0.0);"
                        + rule.formatted("delete")
                        + "handle $h;"
                        + rule.formatted("add")
                        + "\"$r\"",
                Drift.MOVED);
        kinds.put(rule.formatted("insert") + "ip saddr 10.2.0.0/16 accept", Drift.ADDED);
        kinds.put(
                named
                        + "nft delete element inet holdfast $(name services4) '{ 198.51.100.2 . udp . 8080 }'",
                Drift.DELETED);
        kinds.put(
                named + "nft delete element inet holdfast $(name vips6) '{ 2001:db8:1::1 }'",
                Drift.DELETED);
        kinds.put(
                named
                        + "nft add element inet holdfast $(name services4) '{ 198.51.100.1 . tcp . 22 : accept }'",
                Drift.ADDED);
        kinds.put("nft add chain inet holdfast input '{ policy drop; }'", Drift.EDITED);
        kinds.put("nft delete table inet holdfast", Drift.GONE);
        return kinds;
    }
}
