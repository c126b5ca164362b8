package dev.holdfast.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/// Spoils what a real kernel said: cut short, changed here and there, or nothing but noise. Whoever
/// reads it must come to an end, with a [NetlinkException] or with a result.
public final class Fuzz {

    /// Reads answers through a client of its own.
    public interface Reader {
        void read(NetlinkTransport kernel) throws NetlinkException;
    }

    private static final int ROUNDS = 3_000;

    private Fuzz() {}

    /// @param lookUp of the generic netlink family, answered truly, if the family is generic
    /// @param answers datagrams of one exchange
    public static void check(
            long seed, List<Capture> lookUp, Capture.Exchange answers, Reader reader) {
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ScriptedKernel kernel =
                    lookUp.isEmpty()
                            ? ScriptedKernel.answering(request -> spoil(answers, request, random))
                            : ScriptedKernel.withFamily(
                                    lookUp.getFirst(), request -> spoil(answers, request, random));
            try {
                reader.read(kernel);
            } catch (NetlinkException expected) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + e, e);
            }
        }
        assertThat(refused).as("seed %d: refused of %d", seed, ROUNDS).isGreaterThan(ROUNDS / 4);
    }

    private static List<byte[]> spoil(
            Capture.Exchange answers, NetlinkMessage request, Random random) {
        return answers.answersTo(request).stream().map(answer -> spoil(answer, random)).toList();
    }

    private static byte[] spoil(byte[] datagram, Random random) {
        byte[] spoiled = datagram.clone();
        switch (random.nextInt(4)) {
            case 0 -> { // cut
                byte[] cut = new byte[random.nextInt(datagram.length)];
                System.arraycopy(datagram, 0, cut, 0, cut.length);
                return cut;
            }
            case 1 -> { // cut, with a first header that says so
                int length = 16 + random.nextInt(datagram.length - 15);
                byte[] cut = new byte[length];
                System.arraycopy(datagram, 0, cut, 0, length);
                ByteBuffer.wrap(cut).order(ByteOrder.nativeOrder()).putInt(0, length);
                return cut;
            }
            case 2 -> { // a few bytes anywhere
                for (int i = 0; i <= random.nextInt(8); i++) {
                    spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt();
                }
            }
            default -> { // noise behind the first header
                for (int i = 16; i < spoiled.length; i++) {
                    spoiled[i] = (byte) random.nextInt();
                }
                ByteBuffer.wrap(spoiled).order(ByteOrder.nativeOrder()).putInt(0, spoiled.length);
            }
        }
        return spoiled;
    }
}
