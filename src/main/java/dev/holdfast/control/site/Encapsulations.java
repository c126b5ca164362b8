package dev.holdfast.control.site;

import dev.holdfast.wire.Encapsulation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// What is said of an encapsulation whose port is filled in.
public final class Encapsulations {

    private Encapsulations() {}

    /// The UDP ports its packets come to: FOU has one for each family of the packets within, GUE
    /// two more for second chance, IPIP none.
    static Set<Integer> ports(Encapsulation one) {
        int further =
                switch (Objects.requireNonNull(one.kind())) {
                    case FOU -> 1;
                    case GUE -> 2;
                    case IPIP -> 0;
                };
        Set<Integer> ports = new TreeSet<>();
        if (one.port() != null) {
            for (int i = 0; i <= further; i++) {
                ports.add(one.port() + i);
            }
        }
        return ports;
    }

    /// What hosts take packets in: the site's own encapsulation, then the others, each once.
    public static Set<Encapsulation> accepted(Encapsulation own, List<Encapsulation> others) {
        Set<Encapsulation> all = new LinkedHashSet<>(List.of(own));
        all.addAll(others);
        return all;
    }

    /// For people, such as `GUE on port 6080`.
    public static String words(Encapsulation one) {
        return one.kind() + (one.port() == null ? "" : " on port " + one.port());
    }

    /// As columns hold them.
    static List<String> texts(List<Encapsulation> some) {
        return some.stream()
                .map(one -> one.kind() + (one.port() == null ? "" : "/" + one.port()))
                .toList();
    }

    /// Reads what [#texts] wrote.
    public static List<Encapsulation> parse(List<String> texts) {
        return texts.stream()
                .map(text -> {
                    int slash = text.indexOf('/');
                    return slash < 0
                            ? new Encapsulation(Encapsulation.Kind.valueOf(text), null)
                            : new Encapsulation(
                                    Encapsulation.Kind.valueOf(text.substring(0, slash)),
                                    Integer.valueOf(text.substring(slash + 1)));
                })
                .toList();
    }
}
