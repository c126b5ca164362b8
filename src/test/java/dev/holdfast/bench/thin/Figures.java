package dev.holdfast.bench.thin;

import java.util.List;

/// What [FullSync] found, in milliseconds, and as a line that crosses from the guest.
///
/// @param services of ten destinations each
/// @param agent a full round into an empty IPVS
/// @param ipvsadm `ipvsadm -R` with the same content
/// @param late the same, each scheduler set when its service is whole
/// @param delta one weight changed
/// @param yardstick what [Yardstick] took there
record Figures(
        int services, double agent, double ipvsadm, double late, double delta, long yardstick) {

    private static final String MARK = "figures ";

    static List<Figures> in(String output) {
        return output.lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> parse(line.substring(MARK.length()).split(" ", -1)))
                .toList();
    }

    private static Figures parse(String[] words) {
        return new Figures(
                Integer.parseInt(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]),
                Double.parseDouble(words[4]),
                Long.parseLong(words[5]));
    }

    @Override
    public String toString() {
        return MARK + services + " " + agent + " " + ipvsadm + " " + late + " " + delta + " "
                + yardstick;
    }
}
