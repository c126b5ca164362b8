package dev.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What is left of network namespaces that are deleted.
@Lab
class NamespacesLabTest {

    private static final String USERS_OF_RR = "awk '$1 == \"ip_vs_rr\" { print $3 }' /proc/modules";
    private static final String NONE = "0\n";

    /// The kernel takes a while for it, but not the minutes for which it would send a FIN again.
    @Test
    void aConnectionThatNobodyAnswersHoldsNoModule() throws InterruptedException {
        Guest guest = Guest.shared();
        guest.sh("modprobe ip_vs_rr");
        awaitNoUserOfRr(guest); // namespaces of other tests may be on their way out
        guest.sh(
                """
                ip netns add near
                ip netns add far
                ip link add near netns near type veth peer name far netns far
                for name in near far; do
                    ip -n $name link set $name up
                    ip -n $name link set lo up
                done
                ip -n near address add 10.8.0.1/24 dev near
                ip -n far address add 10.8.0.2/24 dev far
                ip netns exec near ipvsadm -A -t 10.8.0.1:80 -s rr
                ip netns exec far perl -MIO::Socket::INET -e '
                    $server = IO::Socket::INET->new(Listen => 1, LocalPort => 7000) or die;
                    $one = $server->accept; sleep 1000' >/dev/null 2>&1 &
                ip netns exec near perl -MIO::Socket::INET -e '
                    until ($one = IO::Socket::INET->new("10.8.0.2:7000")) { select undef, undef, undef, 0.1 }
                    sleep 1000' >/dev/null 2>&1 &
                until ip netns exec near ss -Htn state established | grep -q 7000; do sleep 0.1; done
                """);
        assertThat(guest.sh(USERS_OF_RR)).isEqualTo("1\n");
        guest.sh("ip -n far link del far");

        Namespaces.delete(guest, List.of("near", "far"));

        awaitNoUserOfRr(guest);
    }

    private static void awaitNoUserOfRr(Guest guest) throws InterruptedException {
        for (int i = 0; i < 60 && !guest.sh(USERS_OF_RR).equals(NONE); i++) {
            Thread.sleep(500);
        }
        assertThat(guest.sh(USERS_OF_RR)).isEqualTo(NONE);
    }
}
