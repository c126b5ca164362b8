package dev.holdfast.netlink.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The calls of libc that a socket needs.
///
/// Each returns what the C function returns, or the negated errno where that is -1. Nothing is kept
/// between calls: errno and what is sent live in an arena of the one call, so two threads can never
/// see each other's. Where something is received is the caller's.
public final class Libc {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(PathElement.groupElement("errno")).withInvokeExactBehavior();

    // int socket(int domain, int type, int protocol), socket(2)
    private static final MethodHandle SOCKET =
            downcall("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    // int bind(int fd, const struct sockaddr *address, socklen_t length), bind(2)
    private static final MethodHandle BIND =
            downcall("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    // int connect(int fd, const struct sockaddr *address, socklen_t length), connect(2)
    private static final MethodHandle CONNECT =
            downcall("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    // int getsockname(int fd, struct sockaddr *address, socklen_t *length), getsockname(2)
    private static final MethodHandle GETSOCKNAME =
            downcall("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    // int setsockopt(int fd, int level, int name, const void *value, socklen_t length),
    // setsockopt(2)
    private static final MethodHandle SETSOCKOPT =
            downcall(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    // ssize_t send(int fd, const void *buffer, size_t length, int flags), send(2)
    private static final MethodHandle SEND =
            downcall(
                    "send",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    // ssize_t recv(int fd, void *buffer, size_t length, int flags), recv(2)
    private static final MethodHandle RECV =
            downcall(
                    "recv",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    // int close(int fd), close(2)
    private static final MethodHandle CLOSE =
            downcall("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Libc() {}

    /// A new socket's file descriptor.
    public static int socket(int domain, int type, int protocol) {
        return (int) call((_, state) -> (int) SOCKET.invokeExact(state, domain, type, protocol));
    }

    /// @param address a `struct sockaddr` of any family
    public static int bind(int fd, byte[] address) {
        return (int)
                call((arena, state) ->
                        (int)
                                BIND.invokeExact(
                                        state,
                                        fd,
                                        arena.allocateFrom(JAVA_BYTE, address),
                                        address.length));
    }

    /// @param address a `struct sockaddr` of any family
    public static int connect(int fd, byte[] address) {
        return (int)
                call((arena, state) ->
                        (int)
                                CONNECT.invokeExact(
                                        state,
                                        fd,
                                        arena.allocateFrom(JAVA_BYTE, address),
                                        address.length));
    }

    /// Fills `address` with the socket's own `struct sockaddr`.
    public static int getsockname(int fd, byte[] address) {
        return (int)
                call((arena, state) -> {
                    MemorySegment found = arena.allocate(address.length);
                    MemorySegment length = arena.allocateFrom(JAVA_INT, address.length);
                    int result = (int) GETSOCKNAME.invokeExact(state, fd, found, length);
                    MemorySegment.ofArray(address).copyFrom(found);
                    return result;
                });
    }

    /// @param value the option's value as the C structure lies in memory
    public static int setsockopt(int fd, int level, int name, byte[] value) {
        return (int)
                call((arena, state) ->
                        (int)
                                SETSOCKOPT.invokeExact(
                                        state,
                                        fd,
                                        level,
                                        name,
                                        arena.allocateFrom(JAVA_BYTE, value),
                                        value.length));
    }

    /// Number of bytes sent.
    public static long send(int fd, byte[] datagram, int flags) {
        return call((arena, state) ->
                (long)
                        SEND.invokeExact(
                                state,
                                fd,
                                arena.allocateFrom(JAVA_BYTE, datagram),
                                (long) datagram.length,
                                flags));
    }

    /// Number of bytes received; with `MSG_TRUNC` that may be more than `datagram` holds.
    public static long recv(int fd, byte[] datagram, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(datagram.length);
            long received = recv(fd, buffer, flags);
            int kept = Math.clamp(received, 0, datagram.length);
            MemorySegment.copy(buffer, JAVA_BYTE, 0, datagram, 0, kept);
            return received;
        }
    }

    /// Number of bytes received; with `MSG_TRUNC` that may be more than `buffer` holds.
    ///
    /// @param buffer native memory, which one thread uses at a time. A fresh one would be filled
    ///   with zeros for each call, which costs more than the call
    public static long recv(int fd, MemorySegment buffer, int flags) {
        return call(
                (_, state) -> (long) RECV.invokeExact(state, fd, buffer, buffer.byteSize(), flags));
    }

    public static int close(int fd) {
        return (int) call((_, state) -> (int) CLOSE.invokeExact(state, fd));
    }

    private interface Call {
        long make(Arena arena, MemorySegment state) throws Throwable;
    }

    private static long call(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = call.make(arena, state);
            return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall throws nothing checked
        }
    }

    // The one place where Java meets native code; a mistake in a signature above would corrupt
    // memory.
    @SuppressWarnings("restricted")
    private static MethodHandle downcall(String name, FunctionDescriptor signature) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                signature,
                Linker.Option.captureCallState("errno"));
    }
}
