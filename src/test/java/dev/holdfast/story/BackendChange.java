package dev.holdfast.story;

import java.util.Set;

/// What becomes of a backend of `shop` while connections go on.
enum BackendChange {
    JOINS("a backend joins") {
        @Override
        void make(Stage stage) {
            stage.joins("be4");
        }

        @Override
        void undo(Stage stage) {
            stage.noBackend("be4");
        }
    },
    DRAINS("a backend drains") {
        @Override
        void make(Stage stage) {
            stage.backend("be1", "{'adminState': 'DRAINING'}");
        }

        @Override
        void undo(Stage stage) {
            stage.backend("be1", "{}");
        }
    },
    GETS_HEAVIER("a backend's weight is tripled") {
        @Override
        void make(Stage stage) {
            stage.backend("be2", "{'weight': 3}");
        }

        @Override
        void undo(Stage stage) {
            stage.backend("be2", "{}");
        }
    },
    FAILS("a backend's server is killed") {
        @Override
        void make(Stage stage) {
            stage.killServer("be2");
        }

        @Override
        void undo(Stage stage) {
            stage.startServer("be2");
        }

        @Override
        Set<String> gone() {
            return Set.of("be2");
        }
    },
    IS_DELETED("a backend is deleted") {
        @Override
        void make(Stage stage) {
            stage.noBackend("be3");
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
    abstract void make(Stage stage);

    abstract void undo(Stage stage);

    /// Backends whose own connections may end.
    Set<String> gone() {
        return Set.of();
    }

    String what() {
        return what;
    }
}
