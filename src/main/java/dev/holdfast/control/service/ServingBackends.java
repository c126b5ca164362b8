package dev.holdfast.control.service;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.wire.BackendHealth;
import dev.holdfast.wire.HealthCheck;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Keeps which backends serve in step with what people want of them and what automation found.
@Component
class ServingBackends {

    private record Members(long service) implements Edit.Kept<List<BackendRepository.Member>> {}

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
        for (BackendRepository.Member member : members(edit, service)) {
            member.backend().isFound(assumed);
        }
    }

    /// Decides anew who serves, as part of an edit. To be called whenever any backend of the
    /// service has come, gone or changed.
    void renew(Edit edit, ServiceEntity service) {
        List<BackendRepository.Member> members = members(edit, service);
        Serving serving =
                Serving.of(
                        members.stream().map(member -> member.backend().standing()).toList(),
                        panicPercent(service));
        for (BackendRepository.Member member : members) {
            BackendEntity backend = member.backend();
            if (backend.serves(serving.serves(backend.standing()), edit.next())) {
                edit.changed(
                        Kind.BACKEND,
                        service.name() + "/" + member.host(),
                        backend.shown(service.name(), member.host()));
                service.stateChanges(edit.next());
            }
        }
    }

    /// To be called before the backend is stored.
    void joins(Edit edit, ServiceEntity service, BackendRepository.Member member) {
        members(edit, service).add(member);
    }

    /// To be called before the backend is deleted.
    void leaves(Edit edit, ServiceEntity service, BackendEntity backend) {
        members(edit, service).removeIf(member -> member.backend().id() == backend.id());
    }

    int count(Edit edit, ServiceEntity service) {
        return members(edit, service).size();
    }

    /// Loaded once in an edit: a set of a thousand changes of one service must not read its
    /// thousand backends a thousand times.
    private List<BackendRepository.Member> members(Edit edit, ServiceEntity service) {
        return edit.kept(
                new Members(service.id()),
                () ->
                        new ArrayList<>(
                                repository.members(service.id(), "", null, Limit.unlimited())));
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
