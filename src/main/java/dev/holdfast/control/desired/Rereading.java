package dev.holdfast.control.desired;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Loads all sites at start, and from then on compares them with the database every few seconds:
/// what a lost notification would have told is found then.
///
/// Part of readiness, under the name `views`: nobody is sent here before the first state is loaded.
@Component("views")
class Rereading implements SmartLifecycle, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(Rereading.class);

    private final SiteViews views;
    private final Duration interval;
    private volatile @Nullable Thread thread;
    private volatile boolean loaded;

    Rereading(SiteViews views, @Value("${holdfast.reread-interval:3s}") Duration interval) {
        this.views = views;
        this.interval = interval;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("reread").start(this::run);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                views.readAll().join();
                loaded = true;
            } catch (RuntimeException e) { // whatever it was: the next time may be better
                LOG.warn("the sites could not be read; trying again in {}", interval, e);
            }
            try {
                Thread.sleep(interval);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public Health health() {
        return loaded ? Health.up().build() : Health.outOfService().build();
    }
}
