package dev.holdfast.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterDutyTest {

    /// Keeps the last table it was given, and notes each of its runs.
    private static final String NFT =
            """
            #!/bin/sh
            cd "$(dirname "$0")"
            echo "$*" >>calls
            case "$*" in
                *list*) [ -e table ] || { echo 'No such file or directory' >&2; exit 1; }; cat table ;;
                *-f*) [ ! -e refuse ] || { echo 'no room' >&2; exit 1; }; sed 1,2d >table ;;
            esac
            """;

    @TempDir Path directory;
    private final SiteModel site = new SiteModel("e1").putService("shop", 2);
    private FilterDuty duty = new FilterDuty(new PacketFilter(FilterEngine.NONE, Path.of("none")));

    @BeforeEach
    void install() throws IOException {
        Path nft = directory.resolve("nft");
        Files.writeString(nft, NFT);
        assertThat(nft.toFile().setExecutable(true)).isTrue();
        duty =
                new FilterDuty(
                        new PacketFilter(
                                new Nftables(new Tool(nft.toString(), "nftables")),
                                directory.resolve("filter")));
    }

    @Test
    void aServiceIsLetInBeforeTablesChange() throws IOException {
        assertThat(duty.before(site.desired())).isEmpty();
        assertThat(Files.readString(directory.resolve("table")))
                .contains(site.vip("shop") + " . tcp . 80");
    }

    @Test
    void aChangeOfBackendsIsNoReasonToLookAtTheFilter() throws IOException {
        duty.before(site.desired());
        long before = calls();
        assertThat(duty.before(site.putService("shop", 5).desired())).isEmpty();
        assertThat(calls()).isEqualTo(before);
    }

    @Test
    void theSameStateAgainIsLookedAtAndDriftIsMendedAndCounted() throws IOException {
        NodeDesired state = site.desired();
        duty.before(state);
        Files.delete(directory.resolve("table"));
        assertThat(duty.before(state)).isEmpty();
        assertThat(directory.resolve("table")).exists();
        Findings findings = new Findings();
        duty.tell(findings);
        assertThat(findings.repaired()).isEqualTo(Map.of(Drift.GONE, 1L));
    }

    @Test
    void whatIsRefusedIsToldAndTriedAgainWithTheNextRevision() throws IOException {
        Files.createFile(directory.resolve("refuse"));
        List<Failure> failures = duty.before(site.desired());
        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst().resource()).isEqualTo("packet filter");
        assertThat(failures.getFirst().error()).contains("no room");
        Files.delete(directory.resolve("refuse"));
        assertThat(duty.before(site.putService("shop", 3).desired())).isEmpty();
        assertThat(directory.resolve("table")).exists();
    }

    private long calls() throws IOException {
        try (var lines = Files.lines(directory.resolve("calls"))) {
            return lines.count();
        }
    }
}
