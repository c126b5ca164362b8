package dev.holdfast.control.desired;

import dev.holdfast.control.table.ExactTable;
import dev.holdfast.maglev.Table;
import dev.holdfast.wire.Destination;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Finds for each host of a service which of the earlier tables it asks first, and which when a
/// packet was sent on already, so that most connections from before find their host.
///
/// A table that names the asking host itself ends the search there. So which one helps depends on
/// what the host has gained: what came to it by the last change is known to the table before that;
/// what came by the change before, only to an older one; and each change moves some that it need
/// not, by the making of the table. It is reckoned with flows, look-up by look-up, as the kernels
/// will do it: each flow begun under each earlier table, which comes to where the present one has
/// it.
///
/// Ages count tables from the present one, which is 0. There are two hops and more tables than
/// that, so a connection counts for more the younger the table is that it began under.
///
/// All begin with the last change first and one and the same table second; then each chooses what
/// saves more, until nobody gains. What that comes to depends on where it began, so each second
/// table is tried, and the best is kept.
final class HopSearch {

    /// About a hundredth of all moves for no reason when a table is made; this finds 40 of them.
    private static final int FLOWS = 4096;

    /// The same in every process: what a host is told must not depend on who tells it.
    private static final long SEED = 20150316;

    /// Each turn saves more, so this ends anyway; seldom after the second.
    private static final int TURNS_MAX = 8;

    /// How many connections of the next older table one connection counts for, as a power of two:
    /// what saves many old ones by losing a young one is not worth it.
    private static final int OLDER_BITS = 4;

    private static final int NOBODY = -1;

    private final Map<String, Integer> numbers = new HashMap<>();

    /// By age and flow: who gets it.
    private final int[][] at;

    /// By host: an age.
    private int[] first;

    private int[] second;

    /// @param tables newest first, the present one and at least one earlier
    HopSearch(ExactTable exact, List<ChosenTable> tables) {
        int[] keys = new SplittableRandom(SEED).ints(FLOWS).toArray();
        List<int[]> found = new ArrayList<>();
        for (ChosenTable table : tables) {
            found.add(owners(exact.table(table.destinations()), table.destinations(), keys));
        }
        this.at = found.toArray(int[][]::new);
        this.first = filled(1);
        this.second = filled(oldest());
        long best = descend();
        for (int age = 1; age < oldest(); age++) {
            int[] firstBefore = first;
            int[] secondBefore = second;
            first = filled(1);
            second = filled(age);
            long saved = descend();
            if (saved > best) {
                best = saved;
            } else {
                first = firstBefore;
                second = secondBefore;
            }
        }
    }

    private int[] filled(int age) {
        int[] same = new int[numbers.size()];
        Arrays.fill(same, age);
        return same;
    }

    /// @return what is saved by then
    private long descend() {
        boolean better = oldest() > 1;
        for (int turn = 0; better && turn < TURNS_MAX; turn++) {
            better = choose(first, this::savedByFirst);
            better |= choose(second, this::savedBySecond);
        }
        return saved();
    }

    private long saved() {
        int[] saved = new int[numbers.size()];
        for (int age = 1; age < at.length; age++) {
            int[] byAge = new int[numbers.size()];
            savedByFirst(age, byAge);
            for (int host = 0; host < saved.length; host++) {
                saved[host] += first[host] == age ? byAge[host] : 0;
            }
        }
        return IntStream.of(saved).asLongStream().sum();
    }

    /// How much a connection that began under a table of this age counts.
    private int worth(int begun) {
        return 1 << (OLDER_BITS * (oldest() - begun));
    }

    /// The age of the table that a host asks for a packet that came from a load balancer.
    int first(String host) {
        Integer number = numbers.get(host);
        return number == null ? 1 : first[number];
    }

    /// The age of the table that a host asks for a packet that was sent on once.
    int second(String host) {
        Integer number = numbers.get(host);
        return number == null ? oldest() : second[number];
    }

    private int oldest() {
        return at.length - 1;
    }

    private int[] owners(Table table, List<Destination> ascending, int[] keys) {
        int[] names = new int[ascending.size()];
        for (int i = 0; i < names.length; i++) {
            Destination one = ascending.get(i);
            String name = one.host() == null ? one.address().toString() : one.host();
            // The table has the newest first.
            names[names.length - 1 - i] = numbers.computeIfAbsent(name, _ -> numbers.size());
        }
        return IntStream.of(keys)
                .map(table::find)
                .map(index -> index < 0 ? NOBODY : names[index])
                .toArray();
    }

    /// What each host saves with one age in place of another.
    private interface Savings {
        /// @param saved of each host, to be counted up
        void count(int age, int[] saved);
    }

    /// @return whether anybody saves more than before
    private boolean choose(int[] chosen, Savings savings) {
        int[][] saved = new int[at.length][chosen.length];
        for (int age = 1; age < at.length; age++) {
            savings.count(age, saved[age]);
        }
        boolean better = false;
        for (int host = 0; host < chosen.length; host++) {
            int before = chosen[host];
            for (int age = 1; age < at.length; age++) {
                if (saved[age][host] > saved[chosen[host]][host]) {
                    chosen[host] = age;
                }
            }
            better |= chosen[host] != before;
        }
        return better;
    }

    private void savedByFirst(int age, int[] saved) {
        for (int begun = 1; begun < at.length; begun++) {
            for (int flow = 0; flow < FLOWS; flow++) {
                int owner = at[begun][flow];
                int host = at[0][flow];
                if (owner != host && host != NOBODY && owner != NOBODY) {
                    int next = at[age][flow];
                    boolean isSaved = next == owner || isSavedBy(next, host, flow, owner);
                    saved[host] += isSaved ? worth(begun) : 0;
                }
            }
        }
    }

    /// Whether it finds its owner from where the first hop led.
    private boolean isSavedBy(int next, int host, int flow, int owner) {
        return next != host && next != NOBODY && at[second[next]][flow] == owner;
    }

    private void savedBySecond(int age, int[] saved) {
        for (int begun = 1; begun < at.length; begun++) {
            for (int flow = 0; flow < FLOWS; flow++) {
                int owner = at[begun][flow];
                int host = at[0][flow];
                int next = host == NOBODY ? NOBODY : at[first[host]][flow];
                if (next != NOBODY && owner != host && owner != next && next != host) {
                    saved[next] += at[age][flow] == owner ? worth(begun) : 0;
                }
            }
        }
    }
}
