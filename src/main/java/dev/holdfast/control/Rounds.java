package dev.holdfast.control;

import dev.holdfast.control.problem.DatabaseRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What is looked at by time. A look that fails is left out, and the next comes at its time.
@Configuration(proxyBeanMethods = false)
class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    @Bean
    ThreadPoolTaskSchedulerCustomizer sayWhatFailed() {
        return scheduler -> scheduler.setErrorHandler(Rounds::failed);
    }

    /// A database that is away for an hour is a line each time, and no trace of the stack.
    private static void failed(Throwable failure) {
        if (DatabaseRefusal.explain(failure).isEmpty()) {
            LOG.error("a round failed", failure);
        }
    }
}
