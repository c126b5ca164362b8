package dev.holdfast.control.driver;

import dev.holdfast.control.ControlApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/// A whole control plane on a port of its own and a real PostgreSQL, started once and shared by all
/// test classes that ask for it.
///
/// A test takes an [Api] by `@Autowired` and makes a site of its own in it: sites do not see each
/// other, so tests need not clean up.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = ControlApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = OnRealPostgres.class)
@Import(ApiOfTheServer.class)
public @interface WithControlPlane {}
