package dev.holdfast.control;

import dev.holdfast.control.database.EmbeddedPostgres;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/// The control plane's program.
@SpringBootApplication
@EnableScheduling
public class ControlApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(ControlApplication.class);
        application.addListeners(new EmbeddedPostgres());
        application.run(args);
    }
}
