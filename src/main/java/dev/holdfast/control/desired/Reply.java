package dev.holdfast.control.desired;

import dev.holdfast.control.problem.Refusal;

/// Where the answer to one open question goes. The first answer is sent; all others are ignored.
///
/// Safe to call from any thread. Each method tells whether its answer was the first.
interface Reply {

    /// Whether no answer was given yet and somebody still waits for one.
    boolean isOpen();

    /// Answers 200.
    ///
    /// @param json a state or a delta, as [Receiver#tell] makes it
    boolean state(byte[] json);

    /// Answers 304.
    boolean nothingNew();

    /// Answers with the refusal's own status.
    boolean refuse(Refusal why);

    /// Answers 500.
    boolean fail(RuntimeException why);

    /// Runs this once, when the answer was given or whoever asked has left; at once if so already.
    void whenOver(Runnable work);
}
