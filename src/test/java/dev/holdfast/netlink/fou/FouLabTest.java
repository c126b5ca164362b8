package dev.holdfast.netlink.fou;

import static dev.holdfast.netlink.Commands.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lab.InGuest;
import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The kernel listens where it is asked to, and `ip fou` sees the same.
@InGuest
class FouLabTest {

    private static final FouListener FOU =
            new FouListener(AddressFamily.INET, 5555, new FouListener.Content.Packets(4));

    private FouClient fou;

    @BeforeEach
    void open() throws NetlinkException {
        fou = FouClient.open();
    }

    @AfterEach
    void deleteAll() throws NetlinkException {
        for (FouListener listener : fou.listeners()) {
            fou.delete(listener.family(), listener.port());
        }
        fou.close();
    }

    @Test
    void listenersOfEveryKindComeAndGo() throws Exception {
        assertThat(fou.listeners()).isEmpty();
        List<FouListener> listeners =
                List.of(
                        FOU,
                        new FouListener(AddressFamily.INET, 6080, new FouListener.Content.Gue()),
                        new FouListener(
                                AddressFamily.INET6, 5556, new FouListener.Content.Packets(41)),
                        new FouListener(AddressFamily.INET6, 6081, new FouListener.Content.Gue()));
        for (FouListener listener : listeners) {
            fou.add(listener);
        }

        assertThat(fou.listeners()).containsExactlyInAnyOrderElementsOf(listeners);
        assertThat(table("ip fou show").lines())
                .containsExactlyInAnyOrder(
                        "port 5555 ipproto 4",
                        "port 6080 gue",
                        "port 5556 ipproto 41 -6",
                        "port 6081 gue -6");

        fou.delete(AddressFamily.INET6, 6081);
        assertThat(fou.listeners()).doesNotContain(listeners.getLast()).hasSize(3);
    }

    @Test
    void refusalsSayWhatAndWhy() throws NetlinkException {
        fou.add(FOU);
        NetlinkException taken = catchThrowableOfType(NetlinkException.class, () -> fou.add(FOU));
        assertThat(taken.errno()).isEqualTo(Errno.EADDRINUSE);
        assertThat(taken)
                .hasMessage(
                        "netlink: add fou listener INET 5555: EADDRINUSE: Address already in use");
        NetlinkException gone =
                catchThrowableOfType(
                        NetlinkException.class, () -> fou.delete(AddressFamily.INET, 5557));
        assertThat(gone.errno()).isEqualTo(Errno.EINVAL);
    }
}
