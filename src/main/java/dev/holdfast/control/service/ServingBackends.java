package dev.holdfast.control.service;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.wire.BackendHealth;
import dev.holdfast.wire.HealthCheck;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Keeps which backends serve in step with what people want of them and what automation found.
@Component
class ServingBackends {

    private record Seats(long service) implements Edit.Kept<Map<Long, BackendRepository.Seat>> {}

    private final BackendRepository repository;
    private final JsonMapper json;
    private final Clock clock = Clock.systemUTC();

    ServingBackends(BackendRepository repository, JsonMapper json) {
        this.repository = repository;
        this.json = json;
    }

    /// What is known of a backend that joins: a service with a check waits for its first pass.
    @Nullable BackendHealth ofNew(ServiceEntity service) {
        return service.healthCheck() == null
                ? null
                : new BackendHealth(BackendHealth.State.UNTRIED, "not probed yet", now());
    }

    /// To be called when a service gets a check or loses it: who serves goes on serving, and
    /// nobody's verdict outlives the check.
    void checkChanges(Edit edit, ServiceEntity service, boolean checkedBefore) {
        boolean checked = service.healthCheck() != null;
        if (checked == checkedBefore) {
            return;
        }
        BackendHealth assumed =
                checked
                        ? new BackendHealth(
                                BackendHealth.State.UP,
                                "not probed yet; it served before it was",
                                now())
                        : null;
        for (BackendRepository.Member member :
                repository.members(service.id(), "", null, Limit.unlimited())) {
            member.backend().isFound(assumed);
            stands(edit, service, member.backend(), member.host());
        }
    }

    /// Decides anew who serves, as part of an edit. To be called whenever any backend of the
    /// service has come, gone or changed.
    void renew(Edit edit, ServiceEntity service) {
        Map<Long, BackendRepository.Seat> seats = seats(edit, service);
        Serving serving =
                Serving.of(
                        seats.values().stream().map(BackendRepository.Seat::standing).toList(),
                        panicPercent(service));
        for (BackendRepository.Seat seat : List.copyOf(seats.values())) {
            boolean serves = serving.serves(seat.standing());
            if (serves != seat.serving()) {
                BackendEntity backend = repository.findById(seat.backend()).orElseThrow();
                backend.serves(serves, edit.next());
                stands(edit, service, backend, seat.host());
                edit.changed(
                        Kind.BACKEND,
                        service.name() + "/" + seat.host(),
                        backend.shown(service.name(), seat.host()));
                service.stateChanges(edit.next());
            }
        }
    }

    /// To be called when a stored backend has joined or become another, on the host of this name.
    void stands(Edit edit, ServiceEntity service, BackendEntity backend, String host) {
        seats(edit, service).put(backend.id(), backend.seat(host));
    }

    /// To be called when something was found of a backend.
    void stands(Edit edit, ServiceEntity service, BackendEntity backend) {
        seats(edit, service).computeIfPresent(backend.id(), (_, seat) -> backend.seat(seat.host()));
    }

    void leaves(Edit edit, ServiceEntity service, BackendEntity backend) {
        seats(edit, service).remove(backend.id());
    }

    int count(Edit edit, ServiceEntity service) {
        return seats(edit, service).size();
    }

    /// Loaded once in an edit: a set of a thousand changes of one service must not read its
    /// thousand backends a thousand times. Plain values: an edit forgets its entities.
    private Map<Long, BackendRepository.Seat> seats(Edit edit, ServiceEntity service) {
        return edit.kept(
                new Seats(service.id()),
                () -> {
                    Map<Long, BackendRepository.Seat> seats = new LinkedHashMap<>();
                    repository.seats(service.id()).forEach(seat -> seats.put(seat.backend(), seat));
                    return seats;
                });
    }

    private int panicPercent(ServiceEntity service) {
        String check = service.healthCheck();
        return check == null
                ? Serving.PANIC_PERCENT
                : Objects.requireNonNullElse(
                        json.readValue(check, HealthCheck.class).panicPercent(),
                        Serving.PANIC_PERCENT);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
