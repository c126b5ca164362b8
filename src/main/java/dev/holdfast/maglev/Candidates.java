package dev.holdfast.maglev;

import dev.holdfast.maglev.Member.Side;
import java.util.ArrayList;
import java.util.List;

/// All weights worth trying for a split: backends scaled so that the heaviest weighs 1, 2, 3 … and
/// legacy destinations that weigh the same or differ by 1. No weight goes above what a destination
/// may take in one turn, so that the kernel rounds nothing away.
final class Candidates {

    private final int slots;
    private final int weightMax;
    private final List<Member> newestFirst;
    private final int legacyCount;
    private final int heaviestNominal;

    Candidates(TableSize size, List<Member> ascending) {
        this.slots = size.slots();
        this.weightMax = size.turnMax();
        this.newestFirst = ascending.reversed();
        int legacy = 0;
        int heaviest = 0;
        for (Member member : ascending) {
            switch (member.side()) {
                case LEGACY -> legacy++;
                case BACKEND -> heaviest = Math.max(heaviest, member.destination().lastWeight());
            }
        }
        this.legacyCount = legacy;
        this.heaviestNominal = heaviest;
    }

    /// One choice of weights.
    ///
    /// @param scale the weight of the heaviest backend
    /// @param legacy the weights of all legacy destinations together
    /// @param percent the share of the backends
    /// @param distortion as in [Split]
    /// @param heaviest the largest of all weights
    /// @param round the sum of all weights
    record Candidate(
            int scale, int legacy, double percent, double distortion, int heaviest, int round) {}

    List<Candidate> all() {
        List<Candidate> found = new ArrayList<>();
        int[] weights = new int[newestFirst.size()];
        for (int scale = 1; scale <= weightMax; scale++) {
            double distortion = scaleBackends(weights, scale);
            for (int legacy = legacyCount; legacy <= legacyCount * weightMax; legacy++) {
                spreadLegacy(weights, legacy);
                int round = sum(weights);
                if (round > slots) {
                    break; // somebody would own nothing
                }
                // What has a common divisor is found again in its lowest terms.
                if (divisor(weights) == 1) {
                    double percent = percent(weights, round);
                    int heaviest = Math.max(scale, Math.ceilDiv(legacy, legacyCount));
                    found.add(new Candidate(scale, legacy, percent, distortion, heaviest, round));
                }
            }
        }
        return found;
    }

    /// The weights of one candidate, in the order of the kernel's list.
    int[] weights(Candidate candidate) {
        int[] weights = new int[newestFirst.size()];
        scaleBackends(weights, candidate.scale());
        spreadLegacy(weights, candidate.legacy());
        return weights;
    }

    private double scaleBackends(int[] weights, int scale) {
        double distortion = 0;
        for (int i = 0; i < weights.length; i++) {
            Member member = newestFirst.get(i);
            if (member.side() == Side.BACKEND) {
                double exact = (double) member.destination().lastWeight() * scale / heaviestNominal;
                weights[i] = Math.max(1, (int) Math.round(exact));
                distortion = Math.max(distortion, Math.abs(weights[i] / exact - 1));
            }
        }
        return distortion < 1e-9 ? 0 : distortion;
    }

    /// The oldest get the one more, when it does not come out even.
    private void spreadLegacy(int[] weights, int total) {
        int left = legacyCount;
        int rest = total;
        for (int i = 0; i < weights.length; i++) {
            if (newestFirst.get(i).side() == Side.LEGACY) {
                weights[i] = rest / left;
                rest -= weights[i];
                left--;
            }
        }
    }

    private static int sum(int[] weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        return sum;
    }

    private static int divisor(int[] weights) {
        int divisor = 0;
        for (int i = 0; i < weights.length && divisor != 1; i++) {
            divisor = Filling.gcd(weights[i], divisor);
        }
        return divisor;
    }

    /// Exactly what the table would say, without building it: whole rounds give everyone its turn,
    /// and the round that the end of the table cuts short gives turns to the head of the list.
    private double percent(int[] weights, int round) {
        int rounds = slots / round;
        int rest = slots % round;
        long backends = 0;
        long serving = 0;
        for (int i = 0; i < weights.length; i++) {
            int cut = Math.min(weights[i], rest);
            rest -= cut;
            Member member = newestFirst.get(i);
            if (member.destination().serves()) {
                int owned = rounds * weights[i] + cut;
                serving += owned;
                backends += member.side() == Side.BACKEND ? owned : 0;
            }
        }
        return 100.0 * backends / serving;
    }
}
