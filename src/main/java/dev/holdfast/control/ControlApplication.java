package dev.holdfast.control;

import dev.holdfast.control.database.EmbeddedPostgres;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The control plane's program.
@SpringBootApplication
public class ControlApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(ControlApplication.class);
        application.addListeners(new EmbeddedPostgres());
        application.run(args);
    }
}
