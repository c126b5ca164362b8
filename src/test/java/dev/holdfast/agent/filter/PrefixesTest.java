package dev.holdfast.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrefixesTest {

    @Test
    void whatLiesWithinAnotherGoesAndHalvesBecomeOne() {
        assertThat(merged("10.1.0.0/16", "10.0.0.0/8", "10.0.0.0/8")).containsExactly("10.0.0.0/8");
        assertThat(merged("10.0.1.0/25", "10.0.1.128/25", "10.0.0.0/24"))
                .containsExactly("10.0.0.0/23");
        assertThat(merged("0.0.0.0/1", "128.0.0.0/1")).containsExactly("0.0.0.0/0");
        assertThat(merged("8000::/1", "::/1")).containsExactly("::/0");
    }

    @Test
    void neighboursThatAreNotHalvesStayApart() {
        assertThat(merged("10.0.1.0/24", "10.0.2.0/24"))
                .containsExactly("10.0.1.0/24", "10.0.2.0/24");
    }

    @Test
    void theSameAddressesAreInTheMergedListAsInTheGivenOne() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            boolean six = random.nextBoolean();
            List<Prefix> given = new ArrayList<>();
            int count = random.nextInt(40);
            for (int i = 0; i < count; i++) {
                given.add(small(random, six));
            }
            List<Prefix> merged = Prefixes.merge(given);
            for (int last = 0; last < 256; last++) {
                IpAddress address = address(six, last);
                assertThat(holding(merged, address))
                        .as("seed %d, %s in %s as in %s", seed, address, merged, given)
                        .isEqualTo(Math.min(1, holding(given, address)));
            }
            assertThat(merged).as("seed %d", seed).isSorted();
            assertThat(Prefixes.merge(merged)).as("seed %d", seed).isEqualTo(merged);
        }
    }

    private static long holding(List<Prefix> prefixes, IpAddress address) {
        return prefixes.stream().filter(prefix -> prefix.contains(address)).count();
    }

    /// One of the 511 prefixes within the 256 addresses that the test looks at.
    private static Prefix small(Random random, boolean six) {
        int hostBits = random.nextInt(random.nextBoolean() ? 3 : 9);
        int last = random.nextInt(256) >> hostBits << hostBits;
        return new Prefix(address(six, last), (six ? 128 : 32) - hostBits);
    }

    private static IpAddress address(boolean six, int last) {
        return IpAddress.parse((six ? "2001:db8::" : "10.255.0.0")).plus(last);
    }

    private static List<String> merged(String... prefixes) {
        return Prefixes.merge(Stream.of(prefixes).map(Prefix::parse).toList()).stream()
                .map(Prefix::toString)
                .toList();
    }
}
