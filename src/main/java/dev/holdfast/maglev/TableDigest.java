package dev.holdfast.maglev;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/// A short text that two load balancers have in common when, and only when, every flow gets the
/// same destination from both (SAME-TABLE).
///
/// It covers the size of the table, the family, the owner of every slot by address and port, and
/// which owners serve. It does not cover what no flow can see: weights and list order that make the
/// same table, and destinations that own no slot.
public final class TableDigest {

    private static final int BYTES = 16; // 32 hexadecimal digits, as all our digests

    private TableDigest() {}

    /// The digest of one table.
    public static String of(Table table) {
        MessageDigest sha = sha256();
        sha.update(bytes("mh " + table.size().slots() + " " + table.family() + "\n"));
        int[] owners = table.owners();
        int[] ranks = ranks(table, owners, sha);
        ByteBuffer slots = ByteBuffer.allocate(owners.length * Integer.BYTES);
        for (int owner : owners) {
            slots.putInt(owner < 0 ? -1 : ranks[owner]);
        }
        return hex(sha.digest(slots.array()));
    }

    /// The digest of all tables of a service, one for each protocol and port.
    ///
    /// @param byPort under names on which both sides agree, such as `TCP/443`
    public static String ofService(SortedMap<String, Table> byPort) {
        MessageDigest sha = sha256();
        for (Map.Entry<String, Table> entry : byPort.entrySet()) {
            sha.update(bytes(entry.getKey() + " " + of(entry.getValue()) + "\n"));
        }
        return hex(sha.digest());
    }

    /// Writes the destinations that own slots, in an order that does not come from the list, and
    /// numbers them in it.
    private static int[] ranks(Table table, int[] owners, MessageDigest sha) {
        List<Destination> destinations = table.destinations();
        boolean[] owns = new boolean[destinations.size()];
        for (int owner : owners) {
            if (owner >= 0) {
                owns[owner] = true;
            }
        }
        List<Integer> sorted =
                IntStream.range(0, owns.length)
                        .filter(i -> owns[i])
                        .boxed()
                        .sorted(Comparator.comparing(destinations::get, TableDigest::compare))
                        .toList();
        int[] ranks = new int[owns.length];
        for (int rank = 0; rank < sorted.size(); rank++) {
            Destination destination = destinations.get(sorted.get(rank));
            ranks[sorted.get(rank)] = rank;
            String state = destination.serves() ? " serves\n" : " drained\n";
            sha.update(bytes(Identity.of(destination) + state));
        }
        return ranks;
    }

    private static int compare(Destination left, Destination right) {
        int byAddress =
                Arrays.compareUnsigned(left.address().getAddress(), right.address().getAddress());
        return byAddress != 0 ? byAddress : Integer.compare(left.port(), right.port());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }
}
