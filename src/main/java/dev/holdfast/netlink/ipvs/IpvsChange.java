package dev.holdfast.netlink.ipvs;

/// One step of a change, for [IpvsClient#apply].
public sealed interface IpvsChange {

    record AddService(VirtualService service) implements IpvsChange {}

    /// Scheduler, flags and persistence become these; destinations and connections stay.
    record EditService(VirtualService service) implements IpvsChange {}

    /// Its destinations go with it.
    record DeleteService(ServiceKey service) implements IpvsChange {}

    /// The new destination becomes the first of the service's list.
    record AddDestination(ServiceKey service, Destination destination) implements IpvsChange {}

    /// The destination keeps its place in the list.
    record EditDestination(ServiceKey service, Destination destination) implements IpvsChange {}

    record DeleteDestination(ServiceKey service, DestinationKey destination)
            implements IpvsChange {}
}
