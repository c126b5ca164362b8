package dev.holdfast.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NetlinkSocketTest {

    private static final int TYPE = 40;

    @Test
    void anAcknowledgementEndsAnExchange() throws NetlinkException {
        ScriptedKernel kernel = ScriptedKernel.acknowledging();

        NetlinkSocket.over(kernel).execute(request("do it", 7));

        NetlinkMessage sent = kernel.lastSent();
        assertThat(sent.type()).isEqualTo(TYPE);
        assertThat(sent.flags()).isEqualTo(LinuxNetlink.NLM_F_REQUEST | LinuxNetlink.NLM_F_ACK);
        assertThat(number(sent)).isEqualTo(7);
    }

    @Test
    void dataComesBeforeTheAcknowledgement() throws NetlinkException {
        NetlinkSocket socket =
                socket(request ->
                        List.of(
                                Replies.message(request, TYPE, 0, Replies.ints(5)),
                                Replies.ack(request)));

        assertThat(socket.get(request("ask", 1), NetlinkSocketTest::number)).containsExactly(5);
    }

    @Test
    void aRefusalCarriesOperationErrnoWordsAndPlace() {
        NetlinkSocket socket =
                socket(request ->
                        List.of(Replies.error(request, Errno.EINVAL, "invalid tunnel type", 16)));
        byte[] payload = new PayloadWriter().u8(13, 9).toBytes();
        NetlinkRequest request =
                new NetlinkRequest(() -> "add destination 10.0.0.7:80", TYPE, 0, payload);

        NetlinkException refusal =
                catchThrowableOfType(NetlinkException.class, () -> socket.execute(request));

        assertThat(refusal)
                .hasMessage(
                        "netlink: add destination 10.0.0.7:80: EINVAL: invalid tunnel type"
                                + " (attribute 13 at byte 16)");
        assertThat(refusal.operation()).isEqualTo("add destination 10.0.0.7:80");
        assertThat(refusal.errno()).isEqualTo(Errno.EINVAL);
        assertThat(refusal.errnoNumber()).isEqualTo(22);
        assertThat(refusal.kernelText()).contains("invalid tunnel type");
        assertThat(refusal.attributeOffset()).hasValue(16);
    }

    @Test
    void aRefusalWithoutWordsHasTheLibrarysOwn() {
        NetlinkException refusal = refusal(request -> List.of(Replies.error(request, 17)));

        assertThat(refusal).hasMessage("netlink: do it: EEXIST: File exists");
        assertThat(refusal.kernelText()).isEmpty();
        assertThat(refusal.attributeOffset()).isEmpty();
    }

    @Test
    void aRefusalThatQuotesTheRequestIsReadBehindIt() {
        // A real kernel's answer to a tool that does not ask for capped ones.
        Capture refused = Capture.of("link-unknown");

        assertThat(refusal(refused.exchanges().getFirst()::answersTo))
                .hasMessage("netlink: do it: EOPNOTSUPP: Unknown device type");
    }

    @Test
    void anErrnoWithoutNameKeepsItsNumber() {
        NetlinkException refusal = refusal(request -> List.of(Replies.error(request, 4000)));

        assertThat(refusal).hasMessage("netlink: do it: errno 4000: Unknown error");
        assertThat(refusal.errno()).isEqualTo(Errno.UNKNOWN);
        assertThat(refusal.errnoNumber()).isEqualTo(4000);
    }

    @Test
    void answersToAnEarlierRequestArePassedOver() throws NetlinkException {
        List<NetlinkMessage> asked = new ArrayList<>();
        NetlinkSocket socket =
                socket(request -> {
                    asked.add(request);
                    return asked.size() == 1
                            ? List.of() // and the socket gives up
                            : List.of(Replies.error(asked.getFirst(), 1), Replies.ack(request));
                });
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> socket.execute(request("first", 1)));

        socket.execute(request("second", 2));
    }

    @Test
    void answersForOthersArePassedOver() throws NetlinkException {
        NetlinkSocket socket =
                socket(request ->
                        List.of(
                                Replies.message(
                                        LinuxNetlink.NLMSG_ERROR,
                                        0,
                                        request.sequence(),
                                        ScriptedKernel.PORT_ID + 1,
                                        Replies.ints(-1, 0, 0, 0, 0)),
                                Replies.ack(request)));

        socket.execute(request("do it", 1));
    }

    @Test
    void anAnswerToNoRequestIsAnError() {
        NetlinkException refusal =
                refusal(request ->
                        List.of(
                                Replies.message(
                                        LinuxNetlink.NLMSG_ERROR,
                                        0,
                                        request.sequence() + 1,
                                        ScriptedKernel.PORT_ID,
                                        Replies.ints(0, 0, 0, 0, 0))));

        assertThat(refusal)
                .hasMessage("netlink: do it: EBADMSG: sequence: 2 (expected: at most 1)");
    }

    @Test
    void sequenceNumbersMayWrapAround() throws NetlinkException {
        Exchange exchange = new Exchange(ScriptedKernel.acknowledging(), Integer.MAX_VALUE - 1);
        for (int i = 0; i < 4; i++) {
            exchange.ask(request("do it", i), LinuxNetlink.NLM_F_ACK);
        }
        Batch batch = new Batch(0, List.of(request("a", 1), request("b", 2)));

        assertThat(exchange.askAll(batch)).isEmpty();
    }

    @Test
    void silenceIsAnErrorOfTheOperation() {
        NetlinkException silence = refusal(_ -> List.of());

        assertThat(silence).hasMessage("netlink: do it: ETIMEDOUT: the script has ended");
        assertThat(silence.errno()).isEqualTo(Errno.ETIMEDOUT);
    }

    @Test
    void anOverrunIsAnError() {
        NetlinkException lost =
                refusal(request ->
                        List.of(
                                Replies.message(
                                        request, LinuxNetlink.NLMSG_OVERRUN, 0, new byte[0])));

        assertThat(lost.errno()).isEqualTo(Errno.ENOBUFS);
    }

    @Test
    void anAnswerThatIsNotUnderstoodIsAnErrorOfTheOperation() {
        NetlinkSocket socket =
                socket(request ->
                        List.of(
                                Replies.message(request, TYPE, 0, Replies.ints(5)),
                                Replies.ack(request)));

        NetlinkException error =
                catchThrowableOfType(
                        NetlinkException.class,
                        () -> socket.get(request("ask", 1), message -> message.attributes(8)));

        assertThat(error)
                .hasMessage("netlink: ask: EBADMSG: body of 4 bytes (expected: 8 or more)");
    }

    @Test
    void closingClosesTheTransport() {
        ScriptedKernel kernel = ScriptedKernel.acknowledging();
        NetlinkSocket.over(kernel).close();

        assertThat(kernel.isClosed()).isTrue();
    }

    private static NetlinkException refusal(Function<NetlinkMessage, List<byte[]>> script) {
        return catchThrowableOfType(
                NetlinkException.class, () -> socket(script).execute(request("do it", 1)));
    }

    private static NetlinkSocket socket(Function<NetlinkMessage, List<byte[]>> script) {
        return NetlinkSocket.over(ScriptedKernel.answering(script));
    }

    static NetlinkRequest request(String operation, int number) {
        return new NetlinkRequest(() -> operation, TYPE, 0, Replies.ints(number));
    }

    static int number(NetlinkMessage message) {
        return message.payload().getInt();
    }
}
