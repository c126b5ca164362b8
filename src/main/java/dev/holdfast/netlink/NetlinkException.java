package dev.holdfast.netlink;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The kernel refused, or its answer could not be had or understood.
///
/// The message has the operation, the errno's name, and the kernel's own words where it gave some:
/// `netlink: add link t1: EEXIST: File exists`, `netlink: add route 192.0.2.0/24: EINVAL: Nexthop
/// has invalid gateway (attribute 5 at byte 36)`.
public final class NetlinkException extends IOException {

    private static final long serialVersionUID = 1;

    private final String operation;
    private final Errno errno;
    private final int errnoNumber;
    private final String explanation;
    private final @Nullable String kernelText;
    private final int attributeOffset;

    /// An error without the kernel's words.
    public NetlinkException(String operation, Errno errno, String explanation) {
        super("netlink: " + operation + ": " + errno + ": " + explanation);
        this.operation = operation;
        this.errno = errno;
        this.errnoNumber = errno.number();
        this.explanation = explanation;
        this.kernelText = null;
        this.attributeOffset = -1;
    }

    NetlinkException(String operation, ExtendedAck ack) {
        super("netlink: " + operation + ": " + ack);
        this.operation = operation;
        this.errno = Errno.of(ack.errnoNumber());
        this.errnoNumber = ack.errnoNumber();
        this.explanation = ack.toString();
        this.kernelText = ack.text();
        this.attributeOffset = ack.offset();
    }

    /// The same trouble, told as that of a larger operation.
    NetlinkException during(String largerOperation) {
        NetlinkException told = new NetlinkException(largerOperation, errno, explanation);
        told.initCause(this);
        return told;
    }

    /// What was asked for, for example `add destination 10.0.0.7:80`.
    public String operation() {
        return operation;
    }

    public Errno errno() {
        return errno;
    }

    /// Tells errors apart that [Errno] has no name for.
    public int errnoNumber() {
        return errnoNumber;
    }

    /// The kernel's extended acknowledgement, for example `Invalid prefix for given prefix length`.
    public Optional<String> kernelText() {
        return Optional.ofNullable(kernelText);
    }

    /// Where in the request, counted from its header, the attribute stands that the kernel objects
    /// to.
    public OptionalInt attributeOffset() {
        return attributeOffset < 0 ? OptionalInt.empty() : OptionalInt.of(attributeOffset);
    }
}
