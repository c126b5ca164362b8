package dev.holdfast.control.explain;

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
/// @param members in ascending order of their ordinals
record ServiceThen(Service service, IpAddress vip, List<Member> members) {

    /// A backend as the table knows it.
    record Member(String host, long ordinal, IpAddress address, int weight, boolean serving) {}

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
    Member member(int index) {
        return members.get(members.size() - 1 - index);
    }
}
