package dev.holdfast.lab;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A machine inside a test's own JVM, for classes with [InGuest]: a thread in a new, empty network
/// namespace. Sockets that are opened and programs that are started on it belong there.
public final class Apart implements AutoCloseable {

    private static final int CLONE_NEWNET = 0x40000000; // linux/sched.h

    private final ExecutorService thread;
    private final long id;

    private Apart(ExecutorService thread, long id) {
        this.thread = thread;
        this.id = id;
    }

    /// @param name of the thread
    public static Apart named(String name) throws Exception {
        ExecutorService thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name(name).daemon().factory());
        return new Apart(thread, get(thread.submit(Apart::leave)));
    }

    /// Does it there, and waits for it.
    public <T extends @Nullable Object> T ask(Callable<T> what) throws Exception {
        return get(start(what));
    }

    /// Has it done there; [#get] waits for it.
    public <T extends @Nullable Object> Future<T> start(Callable<T> what) {
        return thread.submit(what);
    }

    /// Waits, and throws what was thrown.
    public static <T extends @Nullable Object> T get(Future<T> started) throws Exception {
        try {
            return started.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    /// What `ip link … netns` calls it.
    public long id() {
        return id;
    }

    /// The namespace goes with the last socket that is open in it.
    @Override
    public void close() {
        thread.shutdownNow();
    }

    // int unshare(int flags), unshare(2): of this thread alone. Our netlink library never needs it.
    @SuppressWarnings("restricted")
    private static long leave() throws Exception {
        Linker linker = Linker.nativeLinker();
        MethodHandle unshare =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("unshare"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int answer = (int) unshare.invokeExact(CLONE_NEWNET);
            if (answer != 0) {
                throw new IllegalStateException("unshare: refused (expected: run as root)");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall throws nothing checked
        }
        String self = Files.readSymbolicLink(Path.of("/proc/thread-self")).toString();
        return Long.parseLong(self.substring(self.lastIndexOf('/') + 1));
    }
}
