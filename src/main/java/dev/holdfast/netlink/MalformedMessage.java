package dev.holdfast.netlink;

/// Bytes that are not what their header or their family says they are.
///
/// [NetlinkSocket] turns it into a [NetlinkException] with `EBADMSG`.
public final class MalformedMessage extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public MalformedMessage(String explanation) {
        super(explanation);
    }
}
