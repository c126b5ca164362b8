package dev.holdfast.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The rules of ARCHITECTURE.md as functions of what they allow, so that a test can hand each one
/// less than it needs and see it fail.
final class Boundaries {

    static final String ROOT = "dev.holdfast.";

    /// Which of our packages each of them may use. What is not named here uses nothing of ours.
    static final Map<String, Set<String>> MAY_USE =
            Map.of(
                    "wire", Set.of(),
                    "maglev", Set.of(),
                    "netlink", Set.of(),
                    "client", Set.of("wire"),
                    "control", Set.of("wire", "maglev"),
                    "agent", Set.of("client", "wire", "maglev", "netlink"),
                    "kubernetes", Set.of("client", "wire"),
                    "cli", Set.of("client", "wire"));

    /// Whose libraries each package may use, beside the JDK's.
    static final Map<String, List<String>> MAY_USE_LIBRARIES =
            Map.of(
                    "wire", List.of("com.fasterxml.jackson.annotation.", "io.swagger.v3.oas."),
                    "maglev", List.of(),
                    "netlink", List.of(),
                    "client", List.of("com.fasterxml.jackson.annotation.", "tools.jackson."),
                    "agent",
                            List.of(
                                    "com.fasterxml.jackson.annotation.",
                                    "com.sun.net.httpserver.",
                                    "tools.jackson.",
                                    "picocli."));

    private static final List<String> EVERYONES = List.of("java.", "javax.", "org.jspecify.");

    private Boundaries() {}

    /// Arrows between our packages point where the table says.
    static ArchRule arrows(Map<String, Set<String>> mayUse) {
        return classes()
                .that()
                .resideInAPackage(ROOT + "*..")
                .should(
                        onlyUse(
                                "what ARCHITECTURE.md allows",
                                use -> {
                                    String from = part(use.getOriginClass());
                                    String to = part(use.getTargetClass());
                                    return to.isEmpty()
                                            || to.equals(from)
                                            || mayUse.getOrDefault(from, Set.of()).contains(to);
                                }));
    }

    /// The packages of the table use no library but those named there.
    static ArchRule libraries(Map<String, List<String>> mayUse) {
        return classes()
                .that()
                .resideInAPackage(ROOT + "*..")
                .should(
                        onlyUse(
                                "the libraries its machine can bear",
                                use -> {
                                    List<String> allowed = mayUse.get(part(use.getOriginClass()));
                                    String target =
                                            use.getTargetClass().getBaseComponentType().getName();
                                    return allowed == null
                                            || use.getTargetClass()
                                                    .getBaseComponentType()
                                                    .isPrimitive()
                                            || target.startsWith(ROOT)
                                            || EVERYONES.stream().anyMatch(target::startsWith)
                                            || allowed.stream().anyMatch(target::startsWith);
                                }));
    }

    /// One package calls native code.
    static ArchRule nativeCode(String home) {
        return classes()
                .that()
                .resideInAPackage("dev.holdfast..")
                .and()
                .resideOutsideOfPackage(home)
                .should(
                        onlyUse(
                                "native code through " + home + " alone",
                                use ->
                                        !use.getTargetClass()
                                                .getName()
                                                .equals("java.lang.foreign.Linker")));
    }

    /// The features of the control plane stand in no circle.
    static ArchRule noCircles(String slice) {
        return slices().matching(slice).should().beFreeOfCycles();
    }

    private static ArchCondition<JavaClass> onlyUse(String what, Predicate<Dependency> allowed) {
        return new ArchCondition<>("use only " + what) {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (Dependency use : origin.getDirectDependenciesFromSelf()) {
                    events.add(
                            new SimpleConditionEvent(use, allowed.test(use), use.getDescription()));
                }
            }
        };
    }

    /// `control` for `dev.holdfast.control.site.Sites`; empty for what is not ours.
    private static String part(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        String rest = name.substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? "" : rest.substring(0, dot);
    }
}
