package dev.holdfast.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// The methods of this test class run inside the guest, as root, in a network namespace of their
/// own that holds nothing but `lo`, all in one JVM. Each is reported here as if it had run here.
///
/// The instance is also made on this side, so fields must not open anything: that belongs into
/// `@BeforeEach` or `@BeforeAll`, which run in the guest alone.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("lab")
@ExtendWith(InGuestExtension.class)
public @interface InGuest {}
