package dev.holdfast.agent.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// One slot, latest wins: the reader works at its own pace and never sees what was overtaken.
public final class Mailbox<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private @Nullable T slot;
    private boolean woken;

    public void put(T value) {
        lock.lock();
        try {
            slot = value;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /// As [#put], but what is in the slot and will never be seen has its say.
    ///
    /// @param join of the new value and the overtaken one
    public void put(T value, BinaryOperator<T> join) {
        lock.lock();
        try {
            T overtaken = slot;
            slot = overtaken == null ? value : join.apply(value, overtaken);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Lets a reader go on with an empty slot.
    public void wake() {
        lock.lock();
        try {
            woken = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Empties the slot; waits for something in it, but not forever.
    public Optional<T> take(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (slot == null && !woken && left > 0) {
                left = filled.awaitNanos(left);
            }
            woken = false;
            T value = slot;
            slot = null;
            return Optional.ofNullable(value);
        } finally {
            lock.unlock();
        }
    }
}
