package dev.holdfast.agent.filter;

import static dev.holdfast.agent.filter.Sample.prefixes;
import static dev.holdfast.agent.filter.Sample.rules;
import static dev.holdfast.agent.filter.Sample.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import dev.holdfast.wire.VipAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterRulesTest {

    @Test
    void theSameWishInAnotherOrderIsTheSame() {
        FilteredService a =
                service("a", "198.51.100.1", List.of("tcp/80", "udp/53"), prefixes("10.0.0.0/8"));
        FilteredService same =
                service(
                        "a",
                        "198.51.100.1",
                        List.of("udp/53", "tcp/80"),
                        prefixes("10.128.0.0/9", "10.0.0.0/9"));
        FilteredService b = service("b", "198.51.100.2", List.of("tcp/80"), null);
        assertThat(rules(a, b)).isEqualTo(rules(b, same));
    }

    @Test
    void aListThatHoldsAllAddressesIsEveryone() {
        assertThat(service("a", "198.51.100.1", List.of(), prefixes("0.0.0.0/0")).allowedSources())
                .isNull();
    }

    @Test
    void sourcesOfTheOtherFamilyLetNobodyIn() {
        assertThat(service("a", "198.51.100.1", List.of(), prefixes("::/0")).allowedSources())
                .isEmpty();
    }

    @Test
    void aVipOutsideOfEveryRangeIsGuardedToo() {
        FilterRules rules = rules(service("a", "203.0.113.9", List.of("tcp/80"), null));
        assertThat(rules.vipRanges(Family.IPV4))
                .isEqualTo(prefixes("198.51.100.0/24", "203.0.113.9/32"));
    }

    @Test
    void twoServicesCannotClaimTheSame() {
        FilteredService a = service("a", "198.51.100.1", List.of("tcp/80", "tcp/81"), null);
        FilteredService b = service("b", "198.51.100.1", List.of("tcp/81"), null);
        assertThatThrownBy(() -> rules(b, a))
                .hasMessage(
                        "service b claims 198.51.100.1 TCP 81 (expected: nobody else's; a has it)");
    }

    @Test
    void whatCouldBeReadAsACommandIsNoName() {
        for (String name : List.of("a\"b", "a b", "", "a;b", "A", "x".repeat(64), "a\n")) {
            assertThatThrownBy(() -> service(name, "198.51.100.1", List.of(), null))
                    .as(name)
                    .hasMessageContaining("expected: a name of [a-z0-9-]{1,63}");
        }
    }

    @Test
    void aPortWithoutItsProtocolOrNumberIsRefused() {
        assertThatThrownBy(() -> FilteredService.of(state(new ServicePort(null, 80))))
                .hasMessageContaining("expected: a protocol and a port");
        assertThatThrownBy(() -> service("a", "198.51.100.1", List.of("tcp/0"), null))
                .hasMessage("port: 0 (expected: 1 to 65535)");
    }

    private static ServiceState state(ServicePort port) {
        return new ServiceState(
                "a",
                new VipAddress("a", IpAddress.parse("198.51.100.1")),
                List.of(port),
                Affinity.CONNECTION,
                null,
                null,
                true,
                List.of());
    }
}
