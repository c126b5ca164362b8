package dev.holdfast.lab;

/// Where a machine stands in its data centre's address plan.
///
/// @param network the second number of its addresses: 1 clients, 2 load balancers, 3 backends, 4
///   old
/// @param number the third, counted from 1; clients, whose first network is 10.1.0, count from 0
/// @param managementPort the guest's end of its management link
/// @param managementAddress with the length of its prefix
record Place(
        String dataCentre,
        String name,
        int network,
        int number,
        String managementPort,
        String managementAddress) {

    static final String VIPS = "198.51.100.0/24";
    static final String VIPS6 = "2001:db8:100::/64";

    String namespace() {
        return dataCentre + "-" + name;
    }

    String routerNamespace() {
        return dataCentre + "-router";
    }

    boolean isRouter() {
        return network == 0;
    }

    String address() {
        return "10." + network + "." + number + ".2";
    }

    String gateway() {
        return "10." + network + "." + number + ".1";
    }

    String address6() {
        return network6() + "::2";
    }

    String gateway6() {
        return network6() + "::1";
    }

    /// As the kernel would write it: a group of zeros is part of the `::`.
    private String network6() {
        return number == 0 ? "fd00:" + network : "fd00:" + network + ":" + number;
    }
}
