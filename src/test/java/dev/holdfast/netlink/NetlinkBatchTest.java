package dev.holdfast.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetlinkBatchTest {

    @Test
    void nothingToSendSendsNothing() {
        ScriptedKernel kernel = ScriptedKernel.acknowledging();

        assertThat(NetlinkSocket.over(kernel).executeAll(List.of())).isEmpty();
        assertThat(kernel.sent()).isEmpty();
    }

    @Test
    void manyRequestsTravelInFewDatagramsAndKeepTheirOrder() {
        ScriptedKernel kernel = ScriptedKernel.acknowledging();

        assertThat(NetlinkSocket.over(kernel).executeAll(requests(300))).isEmpty();

        assertThat(kernel.sent()).hasSize(3);
        assertThat(sentNumbers(kernel)).isEqualTo(IntStream.range(0, 300).boxed().toList());
    }

    @Test
    void onlyTheLastOfADatagramAsksForAnAcknowledgement() {
        ScriptedKernel kernel = ScriptedKernel.acknowledging();
        NetlinkSocket.over(kernel).executeAll(requests(130));

        for (byte[] datagram : kernel.sent()) {
            List<NetlinkMessage> messages = NetlinkMessage.split(datagram);
            assertThat(messages.getLast().has(LinuxNetlink.NLM_F_ACK)).isTrue();
            assertThat(messages.subList(0, messages.size() - 1))
                    .noneMatch(message -> message.has(LinuxNetlink.NLM_F_ACK));
        }
    }

    @Test
    void largeRequestsFillADatagramEarlier() {
        ScriptedKernel kernel = ScriptedKernel.acknowledging();
        byte[] large = new byte[Batch.MAX_BYTES / 3];
        NetlinkRequest request = new NetlinkRequest(() -> "large", 40, 0, large);
        NetlinkRequest larger = new NetlinkRequest(() -> "larger", 40, 0, new byte[50_000]);

        NetlinkSocket.over(kernel).executeAll(List.of(request, request, request, larger, request));

        assertThat(kernel.sent().stream().map(sent -> NetlinkMessage.split(sent).size()))
                .containsExactly(2, 1, 1, 1);
    }

    @Test
    void refusalsAreToldByTheirPlace() {
        ScriptedKernel kernel =
                ScriptedKernel.answering(request -> {
                    int number = NetlinkSocketTest.number(request);
                    if (number == 3 || number == 127 || number == 200) {
                        return List.of(Replies.error(request, 17));
                    }
                    return request.has(LinuxNetlink.NLM_F_ACK)
                            ? List.of(Replies.ack(request))
                            : List.of();
                });

        SortedMap<Integer, NetlinkException> refused =
                NetlinkSocket.over(kernel).executeAll(requests(300));

        assertThat(refused.keySet()).containsExactly(3, 127, 200);
        assertThat(refused.get(200)).hasMessage("netlink: number 200: EEXIST: File exists");
        assertThat(sentNumbers(kernel)).hasSize(300);
    }

    @Test
    void whenTheExchangeBreaksDownTheRestIsNotSentAndCountsAsRefused() {
        ScriptedKernel kernel =
                ScriptedKernel.answering(request -> {
                    int number = NetlinkSocketTest.number(request);
                    if (number == 127) {
                        return List.of(Replies.ack(request));
                    }
                    return number == 130
                            ? List.of(Replies.error(request, 17))
                            : List.of(); // and no acknowledgement of the second batch
                });

        SortedMap<Integer, NetlinkException> refused =
                NetlinkSocket.over(kernel).executeAll(requests(300));

        assertThat(kernel.sent()).hasSize(2);
        assertThat(refused.keySet())
                .containsExactlyElementsOf(IntStream.range(128, 300).boxed().toList());
        assertThat(refused.get(299))
                .hasMessage("netlink: number 299: ETIMEDOUT: the script has ended");
    }

    private static List<NetlinkRequest> requests(int count) {
        List<NetlinkRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(NetlinkSocketTest.request("number " + i, i));
        }
        return requests;
    }

    private static List<Integer> sentNumbers(ScriptedKernel kernel) {
        return kernel.sent().stream()
                .flatMap(datagram -> NetlinkMessage.split(datagram).stream())
                .map(NetlinkSocketTest::number)
                .toList();
    }
}
