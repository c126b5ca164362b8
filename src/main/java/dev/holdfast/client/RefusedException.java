package dev.holdfast.client;

import org.jspecify.annotations.Nullable;

/// The control plane answered, and said no. The message carries its own words.
public final class RefusedException extends ControlPlaneException {

    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(String call, Answer answer) {
        super(call + ": " + answer.status() + " " + reason(answer));
        this.status = answer.status();
    }

    /// The HTTP status, such as 409.
    public int status() {
        return status;
    }

    /// As far as RFC 9457 and our own problems fill it in.
    record Problem(@Nullable String title, @Nullable String detail) {}

    private static String reason(Answer answer) {
        try {
            Problem problem = WireJson.read(answer.body(), Problem.class);
            if (problem.detail() != null) {
                return problem.detail();
            }
            if (problem.title() != null) {
                return problem.title();
            }
        } catch (UnreadableException e) {
            // Not a problem document: a proxy's page, perhaps. Its beginning says more than we can.
        }
        String text = answer.text().strip();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
