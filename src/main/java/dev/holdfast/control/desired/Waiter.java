package dev.holdfast.control.desired;

/// One agent's open question. While it waits it holds no thread, transaction or connection.
record Waiter(Receiver receiver, String site, String name, Question question, Reply reply) {}
