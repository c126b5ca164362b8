package dev.holdfast.control.explain;

import dev.holdfast.control.migration.Course;
import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Service;
import java.util.List;

/// A service with its destinations, as they were at some revision.
///
/// @param course of its migration
/// @param members in ascending order of their ordinals; one without a host is an old load balancer
record ServiceThen(
        Service service,
        IpAddress vip,
        Course course,
        List<dev.holdfast.wire.Destination> members) {

    /// What to call a member in front of people.
    static String called(dev.holdfast.wire.Destination member) {
        String host = member.host();
        return host == null
                ? "the old load balancer " + member.address()
                : "%s (%s)".formatted(host, member.address());
    }

    ServiceFamily family() {
        return vip.family() == Family.IPV4 ? ServiceFamily.IPV4 : ServiceFamily.IPV6;
    }

    /// The kernel's table for one port of the service, newest destination first.
    Table table(int port) {
        List<Destination> oldestFirst =
                members.stream()
                        .map(member ->
                                member.serving()
                                        ? Destination.serving(
                                                member.address().toInetAddress(),
                                                port,
                                                member.weight())
                                        : Destination.drained(
                                                member.address().toInetAddress(),
                                                port,
                                                member.weight()))
                        .toList();
        return Table.ofAscending(TableSize.DEFAULT, family(), oldestFirst);
    }

    /// The member that stands at an index of the table's destinations.
    dev.holdfast.wire.Destination member(int index) {
        return members.get(members.size() - 1 - index);
    }
}
