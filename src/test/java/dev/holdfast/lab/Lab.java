package dev.holdfast.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test class that builds data centres: says why when the lab cannot run here, keeps the
/// [Evidence] in `target/lab/<class>/<method>/` when a method fails, and tears all data centres
/// down after the class.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("lab")
@ExtendWith({LabAvailable.class, LabExtension.class})
public @interface Lab {}
