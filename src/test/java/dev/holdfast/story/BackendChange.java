package dev.holdfast.story;

import java.time.Duration;
import java.util.Set;

/// What becomes of a backend of `shop` while connections go on.
enum BackendChange {
    JOINS("a backend joins") {
        @Override
        Duration make(Stage stage) {
            stage.joins("be5");
            return Duration.ZERO;
        }

        @Override
        void undo(Stage stage) {
            stage.noBackend("be5");
        }

        @Override
        Set<String> judged() {
            return Set.of("be5");
        }
    },
    DRAINS("a backend drains") {
        @Override
        Duration make(Stage stage) {
            stage.backend("be1", "{'adminState': 'DRAINING'}");
            return Duration.ZERO;
        }

        @Override
        void undo(Stage stage) {
            stage.backend("be1", "{}");
        }
    },
    GETS_HEAVIER("a backend's weight is tripled") {
        @Override
        Duration make(Stage stage) {
            stage.backend("be2", "{'weight': 3}");
            return Duration.ZERO;
        }

        @Override
        void undo(Stage stage) {
            stage.backend("be2", "{}");
        }
    },
    FAILS("a backend's server is killed") {
        @Override
        Duration make(Stage stage) {
            return stage.killServer("be2");
        }

        @Override
        void undo(Stage stage) {
            stage.startServer("be2");
        }

        @Override
        Set<String> gone() {
            return judged();
        }

        @Override
        Set<String> judged() {
            return Set.of("be2");
        }
    },
    IS_DISABLED("a backend is disabled") {
        @Override
        Duration make(Stage stage) {
            stage.backend("be1", "{'adminState': 'DISABLED'}");
            return Duration.ZERO;
        }

        @Override
        void undo(Stage stage) {
            stage.backend("be1", "{}");
        }

        @Override
        Set<String> gone() {
            return Set.of("be1");
        }
    },
    IS_DELETED("a backend is deleted") {
        @Override
        Duration make(Stage stage) {
            stage.noBackend("be3");
            return Duration.ZERO;
        }

        @Override
        void undo(Stage stage) {
            stage.joins("be3");
        }

        @Override
        Set<String> gone() {
            return Set.of("be3");
        }
    };

    private final String what;

    BackendChange(String what) {
        this.what = what;
    }

    /// Until load balancers and hosts know of it.
    ///
    /// @return how long it took until health checks had noticed; zero where they have nothing to do
    abstract Duration make(Stage stage);

    abstract void undo(Stage stage);

    /// Backends whose own connections end.
    Set<String> gone() {
        return Set.of();
    }

    /// Backends that health checks are meant to give a verdict on.
    Set<String> judged() {
        return Set.of();
    }

    String what() {
        return what;
    }
}
