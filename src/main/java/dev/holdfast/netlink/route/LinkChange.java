package dev.holdfast.netlink.route;

/// One step of a change, for [Links#apply].
public sealed interface LinkChange {

    /// What it is about.
    String name();

    record Add(Link link) implements LinkChange {
        @Override
        public String name() {
            return link.name();
        }
    }

    record SetState(String name, LinkState state) implements LinkChange {}

    record SetMtu(String name, int mtuBytes) implements LinkChange {}

    /// @param alias a remark of at most 255 bytes; empty takes it away
    record SetAlias(String name, String alias) implements LinkChange {}

    record SetGroup(String name, int group) implements LinkChange {}

    record Delete(String name) implements LinkChange {}
}
