package dev.holdfast.control.migration;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.service.KnownService;
import dev.holdfast.control.service.Services;
import dev.holdfast.wire.LegacyDestination;
import dev.holdfast.wire.Migration;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The one door through which a migration changes: its row, its history, and the revision at which
/// load balancers learn of it.
@Component
class MigrationStore {

    private static final TypeReference<List<LegacyDestination>> LEGACY = new TypeReference<>() {};

    private final MigrationRepository repository;
    private final Services services;
    private final JsonMapper json;

    MigrationStore(MigrationRepository repository, Services services, JsonMapper json) {
        this.repository = repository;
        this.services = services;
        this.json = json;
    }

    Optional<MigrationEntity> find(long serviceId) {
        return repository.findById(serviceId);
    }

    Course course(long serviceId) {
        return find(serviceId).map(this::course).orElse(Course.NONE);
    }

    Course course(MigrationEntity entity) {
        return new Course(
                entity.stage(),
                json.readValue(entity.legacy(), LEGACY),
                entity.backendWeight(),
                entity.forwards());
    }

    /// @param percent at CANARY
    /// @throws Refusal (409) when the course forwards and has nobody to forward to
    Migration write(Edit edit, KnownService service, Course course, @Nullable BigDecimal percent) {
        if (course.forwards() && course.legacy().isEmpty()) {
            throw Refusal.conflict(
                    "service %s is at %s and shares a VIP that is announced for another service: its"
                                    .formatted(service.name(), course.stage())
                            + " packets come here, so its migration must name legacyHosts");
        }
        Optional<MigrationEntity> known = find(service.id());
        MigrationEntity entity =
                known.isPresent() ? known.get() : new MigrationEntity(edit.siteId(), service.id());
        entity.become(course, percent, json.writeValueAsString(course.legacy()), edit.next());
        repository.saveAndFlush(entity);
        services.stateChanges(edit, service);
        Migration document = document(service, course, percent, edit.next());
        edit.changed(Kind.MIGRATION, service.name(), document);
        return document;
    }

    void remove(Edit edit, KnownService service) {
        find(service.id())
                .ifPresent(entity -> {
                    repository.delete(entity);
                    repository.flush();
                    edit.removed(Kind.MIGRATION, service.name());
                });
    }

    /// All but what is computed from the backends of the moment.
    static Migration document(
            KnownService service, Course course, @Nullable BigDecimal percent, long revision) {
        return new Migration(
                service.name(),
                course.stage(),
                Objects.requireNonNullElseGet(percent, () -> MigrationRules.of(course.stage())),
                course.legacy().stream().map(LegacyDestination::address).toList(),
                null,
                course.legacy(),
                course.backendWeight(),
                course.forwards(),
                revision);
    }
}
