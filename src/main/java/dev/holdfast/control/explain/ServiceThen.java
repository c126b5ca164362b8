package dev.holdfast.control.explain;

import dev.holdfast.control.migration.Course;
import dev.holdfast.control.table.ExactTable;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Service;
import java.util.List;

/// A service with its destinations, as they were at some revision.
///
/// @param course of its migration
/// @param members in ascending order of their ordinals; one without a host is an old load balancer
record ServiceThen(Service service, IpAddress vip, Course course, List<Destination> members) {

    /// What to call a member in front of people.
    static String called(Destination member) {
        String host = member.host();
        return host == null
                ? "the old load balancer " + member.address()
                : "%s (%s)".formatted(host, member.address());
    }

    ServiceFamily family() {
        return ExactTable.family(vip.family());
    }

    /// The kernel's table for one port of the service, newest destination first.
    Table table(int port) {
        return ExactTable.of(vip.family(), port).table(members);
    }

    /// The member that stands at an index of the table's destinations.
    Destination member(int index) {
        return members.get(members.size() - 1 - index);
    }
}
