package dev.holdfast.netlink.route;

/// One step of a change, for [Addresses#apply].
public sealed interface AddressChange {

    InterfaceAddress address();

    record Add(InterfaceAddress address) implements AddressChange {}

    record Delete(InterfaceAddress address) implements AddressChange {}
}
