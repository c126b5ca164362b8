package dev.holdfast.netlink.fou;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Capture;
import dev.holdfast.netlink.Fuzz;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkMessage;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.Replies;
import dev.holdfast.netlink.ScriptedKernel;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Our requests are those of `ip fou`, and we read what the kernel answered it.
class FouClientTest {

    // Any family will do: the commands are what is compared.
    private static final Capture FAMILY = Capture.of("ipvs-find-family");
    private static final FouListener FOU =
            new FouListener(AddressFamily.INET, 5555, new FouListener.Content.Packets(4));
    private static final FouListener GUE =
            new FouListener(AddressFamily.INET, 6080, new FouListener.Content.Gue());
    private static final FouListener FOU6 =
            new FouListener(AddressFamily.INET6, 5666, new FouListener.Content.Packets(41));

    @Test
    void listenersAreAskedForAsIpDoes() throws NetlinkException {
        ScriptedKernel kernel =
                ScriptedKernel.withFamily(FAMILY, request -> List.of(Replies.ack(request)));
        FouClient fou = FouClient.over(NetlinkSocket.over(kernel));

        fou.add(FOU);
        assertThat(kernel.lastSent().body()).isEqualTo(body("fou-add"));
        fou.add(GUE);
        assertThat(kernel.lastSent().body()).isEqualTo(body("fou-add-gue"));
        fou.add(FOU6);
        assertThat(kernel.lastSent().body()).isEqualTo(body("fou-add-v6"));
    }

    @Test
    void aListenerIsDeletedByFamilyAndPort() throws NetlinkException {
        ScriptedKernel kernel =
                ScriptedKernel.withFamily(FAMILY, request -> List.of(Replies.ack(request)));
        FouClient.over(NetlinkSocket.over(kernel)).delete(AddressFamily.INET6, 5666);

        NetlinkMessage theirs = Capture.of("fou-delete").request();
        NetlinkMessage ours = kernel.lastSent();
        assertThat(ours.header(4)).isEqualTo(theirs.header(4));
        for (int type : new int[] {LinuxFou.FOU_ATTR_PORT, LinuxFou.FOU_ATTR_AF}) {
            assertThat(ours.attributes(4).bytes(type)).isEqualTo(theirs.attributes(4).bytes(type));
        }
    }

    @Test
    void theKernelsListenersAreRead() throws NetlinkException {
        Capture.Exchange listing = Capture.of("fou-list").exchanges().getFirst();
        ScriptedKernel kernel = ScriptedKernel.withFamily(FAMILY, listing::answersTo);

        assertThat(FouClient.over(NetlinkSocket.over(kernel)).listeners())
                .containsExactlyInAnyOrder(FOU, GUE, FOU6);
    }

    @Test
    void aRefusalNamesTheListener() throws NetlinkException {
        Capture.Exchange twice = Capture.of("fou-add-twice").exchanges().getFirst();
        FouClient fou =
                FouClient.over(
                        NetlinkSocket.over(ScriptedKernel.withFamily(FAMILY, twice::answersTo)));

        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> fou.add(FOU))
                .withMessage(
                        "netlink: add fou listener INET 5555: EADDRINUSE: Address already in use");
    }

    @Test
    void spoiledAnswersNeverDoMoreThanFail() {
        Fuzz.check(
                20250902L,
                List.of(FAMILY),
                Capture.of("fou-list").exchanges().getFirst(),
                kernel -> FouClient.over(NetlinkSocket.over(kernel)).listeners());
    }

    @Test
    void impossibleListenersCannotBeMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new FouListener(AddressFamily.INET, 70000, new FouListener.Content.Gue()))
                .withMessage("port: 70000 (expected: 1 to 65535)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FouListener.Content.Packets(256))
                .withMessage("IP protocol: 256 (expected: 1 to 255)");
    }

    private static ByteBuffer body(String capture) {
        return Capture.of(capture).request().body();
    }
}
