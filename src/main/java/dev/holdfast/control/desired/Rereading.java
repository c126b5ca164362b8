package dev.holdfast.control.desired;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Loads all sites at start, and from then on compares them with the database every few seconds:
/// what a lost notification would have told is found then.
///
/// Part of readiness, under the name `views`: nobody is sent here before the first state is loaded.
@Component("views")
class Rereading implements HealthIndicator {

    private final SiteViews views;
    private volatile boolean loaded;

    Rereading(SiteViews views) {
        this.views = views;
    }

    @Scheduled(fixedDelayString = "${holdfast.reread-interval:3s}")
    void read() {
        views.readAll().join();
        loaded = true;
    }

    @Override
    public Health health() {
        return loaded ? Health.up().build() : Health.outOfService().build();
    }
}
