package dev.holdfast.agent.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.IpAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VipRoutesTest {

    private static VipRoutes routes(String... addresses) {
        return VipRoutes.of(Stream.of(addresses).map(IpAddress::parse).toList());
    }

    @Test
    void theFileHasAProtocolForEachFamilyAndIsTheSameWhateverTheOrder() {
        VipRoutes routes = routes("2001:db8:100::1", "198.51.100.9", "198.51.100.1");

        assertThat(routes.text().lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "protocol static holdfast_vips4 {",
                        "  ipv4;",
                        "  route 198.51.100.1/32 blackhole;",
                        "  route 198.51.100.9/32 blackhole;",
                        "}",
                        "protocol static holdfast_vips6 {",
                        "  ipv6;",
                        "  route 2001:db8:100::1/128 blackhole;",
                        "}");
        assertThat(routes("198.51.100.1", "198.51.100.9", "2001:db8:100::1").text())
                .isEqualTo(routes.text());
    }

    @Test
    void whatWasWrittenIsReadAndWhatElseStandsThereIsNot() {
        VipRoutes routes = routes("198.51.100.1", "2001:db8:100::1");

        assertThat(VipRoutes.parse(routes.text())).isEqualTo(routes);
        assertThat(VipRoutes.parse(VipRoutes.of(List.of()).text())).isEqualTo(routes());
        assertThat(
                        VipRoutes.parse(
                                """
                                # route 198.51.100.7/32 blackhole;
                                route 999.1.1.1/32 blackhole;
                                route 198.51.100.8/32 via 10.0.0.1;
                                """))
                .isEqualTo(routes());
    }
}
