package dev.holdfast.netlink;

import static dev.holdfast.netlink.NetlinkSocketTest.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NetlinkDumpTest {

    @Test
    void partsOfAllDatagramsMakeOneList() throws NetlinkException {
        List<Integer> list =
                dump(request ->
                        List.of(
                                Replies.join(part(request, 1), part(request, 2)),
                                part(request, 3),
                                Replies.join(part(request, 4), Replies.done(request, 0))));

        assertThat(list).containsExactly(1, 2, 3, 4);
    }

    @Test
    void anEmptyDumpIsAnEmptyList() throws NetlinkException {
        assertThat(dump(request -> List.of(Replies.done(request, 0)))).isEmpty();
    }

    @Test
    void theRequestAsksForAll() throws NetlinkException {
        ScriptedKernel kernel =
                ScriptedKernel.answering(request -> List.of(Replies.done(request, 0)));
        NetlinkSocket.over(kernel).dump(request("list", 1), NetlinkSocketTest::number);

        assertThat(kernel.lastSent().flags())
                .isEqualTo(LinuxNetlink.NLM_F_REQUEST | LinuxNetlink.NLM_F_DUMP);
    }

    @Test
    void aDumpThatWasInterruptedIsReadAgain() throws NetlinkException {
        AtomicInteger attempts = new AtomicInteger();
        List<Integer> list =
                dump(request ->
                        attempts.incrementAndGet() < 3
                                ? List.of(
                                        part(request, 1),
                                        interrupted(request, 2),
                                        Replies.done(request, 0))
                                : List.of(part(request, 7), Replies.done(request, 0)));

        assertThat(list).containsExactly(7);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void anInterruptionMayStandInTheEndAlone() throws NetlinkException {
        AtomicInteger attempts = new AtomicInteger();
        List<Integer> list =
                dump(request ->
                        attempts.incrementAndGet() == 1
                                ? List.of(
                                        part(request, 1),
                                        Replies.message(
                                                request,
                                                LinuxNetlink.NLMSG_DONE,
                                                LinuxNetlink.NLM_F_DUMP_INTR,
                                                Replies.ints(0)))
                                : List.of(Replies.done(request, 0)));

        assertThat(list).isEmpty();
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aDumpThatIsAlwaysInterruptedIsGivenUp() {
        NetlinkException given =
                catchThrowableOfType(
                        NetlinkException.class,
                        () ->
                                dump(request ->
                                        List.of(
                                                interrupted(request, 1),
                                                Replies.done(request, 0))));

        assertThat(given)
                .hasMessage("netlink: list: EINTR: changed while it was read, 8 times in a row");
    }

    @Test
    void anErrorAtTheStartOrAtTheEndIsThrown() {
        assertThat(
                        catchThrowableOfType(
                                NetlinkException.class,
                                () -> dump(request -> List.of(Replies.error(request, 1)))))
                .hasMessage("netlink: list: EPERM: Operation not permitted");
        assertThat(
                        catchThrowableOfType(
                                NetlinkException.class,
                                () ->
                                        dump(request ->
                                                List.of(
                                                        part(request, 1),
                                                        Replies.done(request, 2)))))
                .hasMessage("netlink: list: ENOENT: No such file or directory");
    }

    @Test
    void anEndWithoutAWordIsGood() throws NetlinkException {
        assertThat(
                        dump(request ->
                                List.of(
                                        Replies.message(
                                                request, LinuxNetlink.NLMSG_DONE, 0, new byte[0]))))
                .isEmpty();
    }

    private static byte[] part(NetlinkMessage request, int number) {
        return Replies.part(request, Replies.ints(number));
    }

    private static byte[] interrupted(NetlinkMessage request, int number) {
        return Replies.message(
                request,
                request.type(),
                LinuxNetlink.NLM_F_MULTI | LinuxNetlink.NLM_F_DUMP_INTR,
                Replies.ints(number));
    }

    private static List<Integer> dump(Function<NetlinkMessage, List<byte[]>> script)
            throws NetlinkException {
        return NetlinkSocket.over(ScriptedKernel.answering(script))
                .dump(request("list", 1), NetlinkSocketTest::number);
    }
}
